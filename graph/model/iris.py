"""The IRI of everything in a dataset, made from its base IRI and what the data says, never from an order of lines.

>>> Iris("https://example.org/").passage("report", 5, 9).value
'https://example.org/source/report#char=5,9'
>>> [Iris("https://example.org/").name(NamedNode(iri)) for iri in ("https://example.org/lab", "https://schema.org/Place")]
['lab', 'https://schema.org/Place']
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from sys import intern

from pyoxigraph import Literal, NamedNode

from graph.model.datatypes import date_type
from graph.model.records import Claim, Decision, Mention
from graph.model.vocabulary import AZ, Term, expand

#: What the name of an own question has after the base.
QUESTION = "question/"
_NODES = 100_000  # that are held at once: an archive names millions, each most often within one stretch


def digest(*parts: object) -> str:
    """Hash the canonical N-Triples form of `parts`, joined by newlines: the first 16 hex digits of their SHA-256."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


@lru_cache(maxsize=10_000)  # claims of one source say the same ones
def date(text: str) -> Literal | None:
    """Give a date of any precision as a literal; None when it is none."""
    datatype = date_type(text)
    return Literal(text, datatype=expand(datatype)) if datatype else None


def rule(name: str) -> NamedNode:
    """Name a rule by the stem of its file."""
    return AZ.term(f"rule-{name}")


class Iris:
    """The names of one dataset, whose IRIs all begin with `base`."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.dataset = NamedNode(base)
        self._nodes: dict[str, NamedNode] = {}  # each is asked for as often as there are claims about it

    def entity(self, name: str) -> NamedNode:
        """Give what a claim or an inference names: an entity by its id, `source/ID`, a CURIE or an IRI."""
        if name not in self._nodes:
            if len(self._nodes) == _NODES:
                self._nodes.clear()
            self._nodes[name] = expand(name) if ":" in name else NamedNode(self.base + name)
        return self._nodes[name]

    def name(self, node: NamedNode) -> str:
        """Give the name by which claims and inferences speak of `node`: the inverse of `entity`."""
        local = node.value.removeprefix(self.base)
        return node.value if ":" in local else intern(local)

    def source(self, source: str) -> NamedNode:
        """Name a source by its id; it is also the named graph of what the source asserts."""
        return self.entity(f"source/{source}")

    def passage(self, source: str, start: int, end: int) -> NamedNode:
        """Name the characters of a source from `start` up to `end`, as RFC 5147 does."""
        return NamedNode(f"{self.base}source/{source}#char={start},{end}")

    def selector(self, source: str, start: int, end: int) -> NamedNode:
        """Name the node that holds a passage's two offsets."""
        return NamedNode(f"{self.base}selector/{source}/{start}-{end}")

    def graph(self, name: str) -> NamedNode:
        """Name one of the graphs that no source owns: entities, inferred, ontology or description."""
        return NamedNode(f"{self.base}graph/{name}")

    def description(self, kind: str, name: str) -> NamedNode:
        """Name a part of the dataset's description: a distribution, a linkset, a partition by class or property."""
        return NamedNode(f"{self.base}description/{kind}/{name}")

    def question(self, name: str) -> NamedNode:
        """Name a question of the dataset's own."""
        return NamedNode(f"{self.base}{QUESTION}{name}")

    def download(self, file: str) -> NamedNode:
        """Name the place that a file of the dataset is published at."""
        return NamedNode(f"{self.base}download/{file}")

    def object(self, claim: Claim) -> Term:
        """Give the object of a claim as a term: an entity, an IRI from elsewhere or a typed literal."""
        if claim.datatype:
            return Literal(claim.object, datatype=expand(claim.datatype))
        return self.entity(claim.object)

    def claim(self, claim: Claim) -> NamedNode:
        """Name a claim by its content: the same claim has the same name whatever line it stands on."""
        return NamedNode(f"{self.base}claim/{claim.id or self.claim_id(claim)}")

    def claim_id(self, claim: Claim) -> str:
        """Hash what a claim says, its status, who says it, in which record, and when it holds; not where in a text."""
        return digest(
            self.entity(claim.subject),
            expand(claim.property),
            self.object(claim),
            expand(claim.status.capitalize()),
            self.source(claim.source),
            Literal(claim.record) if claim.record else "",
            date(claim.since) or "",
            date(claim.until) or "",
        )

    def mention(self, mention: Mention) -> NamedNode:
        """Name the annotation that says that some characters of a source name an entity."""
        return NamedNode(f"{self.base}mention/{mention.source}/{mention.start}-{mention.end}/{mention.entity}")

    def decision(self, decision: Decision) -> NamedNode:
        """Name what curators decided by what it says of what."""
        key = digest(*map(Literal, (decision.kind, decision.a, decision.b, decision.source)))
        return NamedNode(f"{self.base}decision/{key}")

    def inference(self, key: str) -> NamedNode:
        """Name an inference by the hash of the triple that it gives."""
        return NamedNode(f"{self.base}inference/{key}")

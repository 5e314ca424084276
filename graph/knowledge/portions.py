"""A dataset in portions that can be judged one by one: some sources each, some inferences each, and the rest.

A portion holds what its sources, or inferences, say, and whatever the shapes that are asked in portions look at beyond
that: the ontology, the whole description of all that its claims name, and the plain statement of what others say of
those where it bears on the verdict. So a shape finds of what is in a portion what it finds in the whole, and what it
would find of those plain statements is left to the portion which holds them whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from graph.knowledge.triples import Blocks, inferred
from graph.knowledge.verdict import Finding, aside, findings
from graph.model.records import ASSERTED, Claim, Inference
from graph.model.vocabulary import AZ, DCTERMS, OA, RDF, expand
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_Statement = Claim | Inference

#: What sources with few claims are put together for: to judge no claims at all takes as long as to judge 150.
_CLAIMS = 1_000
_INFERENCES = 5_000
#: What is said of an entity in its description too.
DESCRIBING = {"rdf:type", "rdfs:label", "translatedLabel", "skos:altLabel", "skos:hiddenLabel"}


@dataclass(frozen=True, slots=True)
class Portion:
    """N-Quads, in pieces; `carried` are the statements that are judged elsewhere, written as in N-Triples.

    `named` is the class of what it names and does not hold, which is therefore asked of no shape here.
    """

    name: str
    text: tuple[bytes, ...]
    carried: frozenset[str]
    named: NamedNode | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def given(self) -> tuple[object, ...]:
        """All that a verdict on it depends on, beside the shapes."""
        whole = sha256()
        for piece in self.text:
            whole.update(piece)
        return whole.hexdigest(), sorted(self.carried), str(self.named)


def judged(shapes: str, folder: Path, portion: Portion) -> list[Finding]:
    """Give what shapes find of a portion, a copy of which stands meanwhile in `folder`, where there is such a one."""
    if not shapes:
        return []
    with scratch(folder if folder.is_dir() else None) as place:
        path = place / "portion.nq"
        with path.open("wb") as stream:
            stream.writelines(portion.text)
        found = findings(aside(shapes, portion.named) if portion.named else shapes, path)
    return [each for each in found if not {each.focus_node, each.value} & portion.carried]


class Elsewhere(NamedTuple):
    """What is to be known of a whole dataset: the properties that are used, and what is shown, anywhere."""

    used: Collection[str]
    shown: Collection[str]


class Portions(Sequence[Portion]):
    """All portions of a dataset, each made when it is asked for: in `fine` ones, of one source or one property each."""

    def __init__(self, knowledge: Knowledge, elsewhere: Elsewhere | None = None, *, fine: bool = False) -> None:
        """Take a dataset, or a part of one and what is to be known of the rest."""
        self._knowledge, self._iris = knowledge, knowledge.iris
        self._sources = list(_together(knowledge, 1 if fine else _CLAIMS))
        self._inferences = list(_alike(knowledge.inferences) if fine else _some(knowledge.inferences))
        self._inferred = {f"inference/{each.id}": each for each in knowledge.inferences}
        self._claims = None if elsewhere else {claim.id for claim in knowledge.facts.claims}
        self._about = _bearing(knowledge)
        self._elsewhere = elsewhere or Elsewhere({each.property for each in statements(knowledge)}, _shown(knowledge))
        self._decided = _decided(knowledge)
        self._common = _text(self._everywhere())

    def __len__(self) -> int:
        return len(self._sources) + len(self._inferences) + 1

    @overload
    def __getitem__(self, place: int) -> Portion: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Portion]: ...
    def __getitem__(self, place: int | slice) -> Portion | Sequence[Portion]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place < len(self._sources):
            return self.of_sources(self._sources[place])
        place -= len(self._sources)
        if place < len(self._inferences):
            return self.of_inferences(self._inferences[place])
        if place == len(self._inferences):
            return self.rest()
        raise IndexError(place)

    def together(self, places: Collection[int]) -> Iterator[Portion]:
        """Give what is in the portions at some places in three at most: sources, inferences, the rest."""
        if sources := [each for place, some in enumerate(self._sources) if place in places for each in some]:
            yield self.of_sources(sources)
        after = enumerate(self._inferences, len(self._sources))
        if inferences := [each for place, some in after if place in places for each in some]:
            yield self.of_inferences(inferences)
        yield from [self.rest()] if len(self) - 1 in places else ()

    def of_sources(self, sources: Sequence[str], besides: Iterable[str] = ()) -> Portion:
        """Give what some sources say, and the descriptions of all that they name and of some entities `besides`."""
        asserted = self._knowledge.asserted
        claims = [claim for source in sources for claim in asserted.by_source[source]]
        own = [piece for source in sources for piece in self._asserted(source)]
        decided = chain.from_iterable(self._decided.get(self._iris.claim(claim), ()) for claim in claims)
        named = {f"source/{source}" for source in sources}.union(besides, *map(self._ends, claims))
        carried, described = self._described(named, {claim.id for claim in claims})
        return Portion(", ".join(sources), (self._common, *own, _text(chain(decided, described))), carried)

    def of_inferences(self, inferences: Iterable[Inference]) -> Portion:
        """Give inferences and what they follow from."""
        whole = list(self._with_premises(inferences))
        named = set(chain.from_iterable(map(self._ends, whole)))
        carried, described = self._described(named, {each.id for each in whole})
        premises = {name for each in whole for name in each.premises if name.startswith("claim/")}
        there = sorted(name for name in premises if self._claims is None or name[6:] in self._claims)
        claims = (Triple(NamedNode(self._iris.base + name), RDF.type, AZ.Claim) for name in there)
        text = _text(chain(inferred(whole, self._iris), claims, described))
        return Portion("inferences", (self._common, text), carried, AZ.Claim)

    def _with_premises(self, inferences: Iterable[Inference]) -> Iterable[Inference]:
        """Give inferences and all that they follow from."""
        found: dict[str, Inference] = {}
        waiting = list(inferences)
        while waiting:
            each = waiting.pop()
            if each.id not in found:
                found[each.id] = each
                waiting += (self._inferred[name] for name in each.premises if name in self._inferred)
        return found.values()

    def rest(self, description: Iterable[Triple] | None = None) -> Portion:
        """Give the description of the dataset, if not its own, and of what no claim and no inference names."""
        facts = self._knowledge.facts
        named = set(chain.from_iterable(map(self._ends, statements(self._knowledge))))
        named.update(f"source/{source}" for sources in self._sources for source in sources)
        alone = {*facts.entities, *(f"source/{source}" for source in facts.sources)} - named
        carried, described = self._described(alone, set())
        return Portion(
            "description", (self._common, _text(chain(description or self._knowledge.description, described))), carried
        )

    def _asserted(self, source: str) -> Iterable[bytes]:
        """Give what a source asserts as it was written, or written now."""
        asserted = self._knowledge.asserted
        written = asserted.written.get(source)
        return chain.from_iterable(map(written, Blocks._fields)) if written else map(_text, asserted.blocks(source))

    def _everywhere(self) -> Iterator[Triple]:
        """Give what each portion holds: the ontology, the languages, and which properties, but links, are used."""
        knowledge, dataset = self._knowledge, self._iris.dataset
        yield from (quad.triple for quad in knowledge.ontology.quads(dataset))
        for each in knowledge.description:
            if each.subject == dataset and each.predicate in (RDF.type, DCTERMS.language):
                yield each
        links = {name for name, each in knowledge.ontology.properties.items() if each.edge}
        yield from (Triple(dataset, RDF.predicate, expand(name)) for name in sorted({*self._elsewhere.used} - links))

    def _ends(self, statement: _Statement) -> Iterator[str]:
        """Give the names of what a statement links, as entities and sources have them."""
        return (end.removeprefix(self._iris.base) if ":" in end else end for end in _linked(statement))

    def _described(self, names: Iterable[str], own: set[str]) -> tuple[frozenset[str], list[Triple]]:
        """Give whose statements on what is named are carried, and all that is said of it, but for `own` statements."""
        facts, asserted = self._knowledge.facts, self._knowledge.asserted
        carried, said = set[str](), list[Triple]()
        for name in sorted(names):
            if name in facts.entities:
                said += asserted.entity(facts.entities[name])
            elif (source := name.removeprefix("source/")) in facts.sources and source != name:
                said += asserted.source(facts.sources[source])
            if name in self._elsewhere.shown:
                said.append(Triple(self._iris.dataset, OA.hasBody, self._iris.entity(name)))
            for each in self._about.get(name, ()):
                if each.id not in own:
                    node, triples = self._statement(each)
                    carried.add(str(node))
                    said += triples
        return frozenset(carried), said

    def _statement(self, each: _Statement) -> tuple[NamedNode, Sequence[Triple]]:
        """Give the fact that a statement asserts, and that it states it, without where and on whose word."""
        iris = self._iris
        node = iris.claim(each) if isinstance(each, Claim) else iris.inference(each.id)
        end = iris.object(each) if isinstance(each, Claim) else iris.entity(each.object)
        subject, predicate = iris.entity(each.subject), expand(each.property)
        return node, (
            Triple(subject, predicate, end),
            Triple(node, RDF.subject, subject),
            Triple(node, RDF.predicate, predicate),
            Triple(node, RDF.object, end),
            Triple(node, AZ.status, AZ.term(each.status.capitalize())),
        )


def statements(knowledge: Knowledge) -> Iterator[_Statement]:
    """Give the claims and inferences of a dataset."""
    yield from knowledge.facts.claims
    yield from knowledge.inferences


def _some(inferences: Sequence[Inference]) -> Iterator[Sequence[Inference]]:
    yield from (inferences[first : first + _INFERENCES] for first in range(0, len(inferences), _INFERENCES))


def _alike(inferences: Sequence[Inference]) -> Iterator[Sequence[Inference]]:
    """Give together those of one property."""
    name = attrgetter("property")
    return (list(run) for _, run in groupby(sorted(inferences, key=name), name))


def _together(knowledge: Knowledge, most: int) -> Iterator[list[str]]:
    """Give the sources that say or name something, those of few claims together."""
    found, claims = list[str](), 0
    for source, said in knowledge.asserted.by_source.items():
        if said or knowledge.asserted.mentions[source]:
            found.append(source)
            claims += len(said)
        if claims >= most:
            yield found
            found, claims = [], 0
    if found:
        yield found


def _bearing(knowledge: Knowledge) -> dict[str, list[_Statement]]:
    """Give by its subject each asserted statement that bears on the verdict on others.

    It says what a description says too, or what another says that is not asserted.
    """
    weak = {_said(each) for each in statements(knowledge) if not _stands(each)}
    found: dict[str, list[_Statement]] = defaultdict(list)
    for each in statements(knowledge):
        describes = each.property in DESCRIBING or each.subject.startswith("source/")
        if _stands(each) and (describes or _said(each) in weak):
            found[each.subject].append(each)
    return found


def _stands(each: _Statement) -> bool:
    return each.asserted if isinstance(each, Claim) else each.status in ASSERTED


def _linked(each: _Statement) -> tuple[str, ...]:
    literal = isinstance(each, Claim) and each.datatype
    return (each.subject,) if literal else (each.subject, each.object)


def _said(each: _Statement) -> tuple[str, ...]:
    return each.subject, each.property, each.object, each.datatype if isinstance(each, Claim) else ""


def _shown(knowledge: Knowledge) -> set[str]:
    """Give what a text names, or a record holds, anywhere."""
    facts = knowledge.facts
    recorded = {end for claim in facts.claims if claim.record for end in _linked(claim)}
    return recorded | {mention.entity for mention in facts.mentions}


def _decided(knowledge: Knowledge) -> dict[object, list[Triple]]:
    """Give by claim what makes it invalid, and all that is said of that decision."""
    decisions: dict[object, list[Triple]] = defaultdict(list)
    for each in knowledge.description:
        decisions[each.subject].append(each)
    claims = {claim.id: knowledge.iris.claim(claim) for claim in knowledge.facts.claims if claim.lapse}
    return {
        node: [*decisions[node], *chain.from_iterable(decisions[each.object] for each in decisions[node])]
        for node in claims.values()
    }


def _text(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""

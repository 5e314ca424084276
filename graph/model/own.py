"""What a dataset adds to the model: terms in a namespace of its own, under the general ones, and files beside them.

>>> written("https://example.org/terms#Library"), written("Centre"), is_own("schema:url")
('Library', 'Centre', False)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from graph.errors import DataError, Problem, shown
from graph.model.vocabulary import AZ, OWL, RDF, RDFS, SCHEMA, contract, shorten

_CLASSES = (OWL.Class,)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
_ENDS = {
    (RDFS.domain, SCHEMA.domainIncludes): "is said of (az:Entity, say)",
    (RDFS.range, SCHEMA.rangeIncludes): "leads to (az:Entity, say, or xsd:string)",
}
_Fault = tuple[NamedNode, str]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of the dataset's own: the text of its file, and its titles and descriptions by language."""

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str


def is_own(name: str) -> bool:
    """Tell whether the name of a term is a dataset's own: an IRI, since no prefix of ours fits it."""
    return "://" in name


def written(name: str) -> str:
    """Give the name that the tables use for a term: of an own one the local name."""
    return re.split("[#/]", name)[-1] if is_own(name) else name


def namespace(node: object) -> str:
    """Give what the IRI of a term has before its local name; empty for anything else."""
    return node.value.removesuffix(written(node.value)) if isinstance(node, NamedNode) else ""


def check_files(added: Iterable[Path], general: Collection[str], what: str) -> None:
    """Refuse own rules or questions that are called as general ones are."""
    problems = [
        Problem(shown(path), 0, f'a general {what} is called "{path.stem}" already: give this file another name')
        for path in added
        if path.stem in general
    ]
    if problems:
        raise DataError(problems)


def check(path: Path, triples: Collection[Triple], general: Collection[Triple]) -> None:
    """Refuse own terms that are none, are called as general ones are, or hang in the air; each with its line."""
    places = _Places(path)
    problems = [Problem(shown(path), places.line(iri), message) for iri, message in _faults(triples, general)]
    if problems:
        raise DataError(sorted(problems))


def _faults(triples: Collection[Triple], general: Collection[Triple]) -> Iterator[_Fault]:
    for iri in dict.fromkeys(t.subject for t in triples if isinstance(t.subject, NamedNode)):
        if not is_own(contract(iri)):
            yield iri, f"{shorten(iri.value)} is not yours to describe: give your own term an own namespace"
    yield from _namesakes(_own(triples, *_CLASSES, *_PROPERTIES), _terms(general, *_CLASSES, *_PROPERTIES))
    above = set(_terms(general, *_CLASSES))
    for iri in _own(triples, *_CLASSES):
        if not _under(iri, triples, above):
            yield (
                iri,
                f'"{written(iri.value)}" is under no class of ours: add rdfs:subClassOf az:Entity, or a finer one',
            )
    for iri, (end, what) in product(_own(triples, *_PROPERTIES), _ENDS.items()):
        if not any(t.subject == iri and t.predicate in end for t in triples):
            yield iri, f'"{written(iri.value)}" has no {contract(end[0])}: say what it {what}'


def _namesakes(own: Iterable[NamedNode], general: Iterable[NamedNode]) -> Iterator[_Fault]:
    seen = {written(contract(iri)): "general" for iri in general}
    for iri in own:
        name = written(iri.value)
        if name in seen:
            yield iri, f'another term ({seen[name]}) is called "{name}" already: give yours another name'
        seen.setdefault(name, iri.value)


def unlabelled(
    path: Path, labels: Mapping[NamedNode, Mapping[str, str]], languages: Iterable[str]
) -> Iterator[Problem]:
    """Find the own terms without a label in a language of the dataset; `path` is their file."""
    tags = list(languages)
    lacking = {iri: [tag for tag in tags if tag not in labels[iri]] for iri in labels if is_own(contract(iri))}
    for iri, missing in lacking.items():
        if missing:
            wanted = ", ".join(f'"…"@{tag}' for tag in missing)
            message = f'"{written(iri.value)}" is not named in every language of the dataset: add rdfs:label {wanted}'
            yield Problem(shown(path), _Places(path).line(iri), message)


def _own(triples: Iterable[Triple], *kinds: NamedNode) -> list[NamedNode]:
    return [iri for iri in _terms(triples, *kinds) if is_own(contract(iri))]


def _terms(triples: Iterable[Triple], *kinds: NamedNode) -> list[NamedNode]:
    found = (t.subject for t in triples if t.predicate == RDF.type and t.object in kinds)
    return [iri for iri in dict.fromkeys(found) if isinstance(iri, NamedNode)]


def _under(iri: NamedNode, triples: Collection[Triple], above: Collection[object]) -> bool:
    """Tell whether a class is under a general one, however far."""
    waiting, seen = [iri], set[NamedNode]()
    while waiting:
        current = waiting.pop()
        if current in above and current.value.startswith(AZ):
            return True
        if current not in seen:
            seen.add(current)
            parents = (t.object for t in triples if t.subject == current and t.predicate == RDFS.subClassOf)
            waiting += [parent for parent in parents if isinstance(parent, NamedNode)]
    return False


class _Places:
    """Where the terms of a Turtle file are described."""

    def __init__(self, path: Path) -> None:
        parser = parse(path.read_bytes(), RdfFormat.TURTLE)
        self._prefixes = (list(parser), parser.prefixes)[1]  # they are known once it is read
        self._lines = path.read_text(encoding="utf-8-sig").splitlines()

    def line(self, iri: NamedNode) -> int:
        """Give the line that begins with a term; 0 where none does."""
        names = [f"{prefix}:{iri.value.removeprefix(base)}" for prefix, base in self._prefixes.items()]
        forms = {f"<{iri.value}>", *names}
        words = ((number, line.split()[:1]) for number, line in enumerate(self._lines, 1))
        return next((number for number, first in words if first and first[0] in forms), 0)

"""The ontology as the rest of the code needs it: classes, properties, statuses and rules, read from their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph.errors import DataError
from graph.model import header, iris, own
from graph.model.datatypes import TAG, fits
from graph.model.hierarchy import finest
from graph.model.inputs import ONTOLOGY, OWN_ONTOLOGY, SHAPES, rules
from graph.model.vocabulary import AZ, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS, contract

_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


@dataclass(frozen=True, slots=True)
class Class:
    """A kind of entity; `parents` are the classes of the ontology right above it."""

    iri: NamedNode
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property by the name that claims use; `edge` marks the links of the network.

    `single` marks those of which a thing has but one value at a time, `sole` those that but one thing has at a time.
    """

    name: str
    iri: NamedNode
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    edge: bool
    single: bool
    sole: bool
    inverse: str | None

    @property
    def datatypes(self) -> tuple[str, ...]:
        """The datatypes of its values, as CURIEs; none when it leads to an entity or an IRI."""
        return tuple(name for name in self.range if name.startswith(("xsd:", "rdf:")))

    def datatype_of(self, text: str) -> str:
        """Give the datatype of its values that `text` is one of; empty where it is none."""
        return next((name for name in self.datatypes if fits(text, name)), "")

    @property
    def foreign(self) -> bool:
        """Whether it leads to an IRI from elsewhere: no class of ours and no datatype is its range."""
        return all(":" in name and not own.is_own(name) for name in self.range) and not self.datatypes


@dataclass(frozen=True, slots=True)
class Concept:
    """A value that a claim or a source may have, such as a stage; `names` are its labels and what it is written as."""

    iri: NamedNode
    kind: str
    labels: Mapping[str, str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A SPARQL CONSTRUCT query: what follows from what is told; `name` is the stem of its file."""

    name: str
    labels: Mapping[str, str]
    text: str
    path: Path


@dataclass(frozen=True)
class Ontology:
    """The model: what claims may be about, what they may say, and what follows.

    A term is known by its local name or, if it is the dataset's own, by its IRI; the tables give local names alone.
    `prefixes` are those of its files, `shapes` the files of what a dataset must satisfy.
    """

    triples: tuple[Triple, ...]
    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    statuses: Mapping[str, Mapping[str, str]]
    rules: tuple[Rule, ...]
    concepts: Mapping[str, Concept]
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)
    shapes: tuple[Path, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all that it says, its rules and shapes too: what a result that rests on it depends on."""
        told = serialize(self.quads(NamedNode(AZ)), format=RdfFormat.N_QUADS) or b""
        rest = [each.text for each in self.rules], sorted(self.prefixes.items())
        files = [shape.read_bytes() for shape in self.shapes]
        return sha256(b"\n".join([told, repr(rest).encode(), *files])).hexdigest()

    @cached_property
    def class_names(self) -> dict[str, str]:
        """The classes by the names that the tables give them."""
        return {own.written(name): name for name in self.classes}

    @cached_property
    def property_names(self) -> dict[str, str]:
        """The properties by the names that the tables give them."""
        return {own.written(name): name for name in self.properties}

    def concepts_of(self, kinds: Iterable[str]) -> dict[str, Concept]:
        """Give the concepts of some classes, by the names that claims use, `az:Completed`."""
        wanted = set(kinds)
        return {name: each for name, each in self.concepts.items() if each.kind in wanted}

    def ancestors(self, name: str) -> frozenset[str]:
        """Give the class `name` and every class of the ontology above it."""
        return self._ancestors[name]

    def finest(self, names: Iterable[str]) -> tuple[str, ...]:
        """Give those of some classes that are above none of the others, sorted."""
        return finest(set(names), self._ancestors)

    def widest(self, names: Iterable[str]) -> frozenset[str]:
        """Give those of some classes that stand right below a class that is below none: places, agents, plans."""
        roots = {name for name, each in self.classes.items() if not each.parents}
        return frozenset(
            name
            for name in names
            if name in self.classes and roots.issuperset(self.classes[name].parents) and name not in roots
        )

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self._above(name)) for name in self.classes}

    def _above(self, name: str) -> Iterator[str]:
        waiting, seen = [name], set[str]()
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                yield current
                waiting.extend(self.classes[current].parents)

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """Give the ontology and the titles of its rules as quads of `graph`, in the order of their files."""
        for triple in self.triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
        for rule in self.rules:
            yield Quad(iris.rule(rule.name), RDF.type, AZ.Rule, graph)
            for language, label in rule.labels.items():
                yield Quad(iris.rule(rule.name), RDFS.label, Literal(label, language=language), graph)


def load(folder: Path, data: Path | None = None) -> Ontology:
    """Read `ecosystem.ttl` and `rules/*.rq` of `folder`, and what the dataset in the folder `data` adds of its own.

    DataError when a file is missing or is not what it should be.
    """
    general, _ = _triples(folder / ONTOLOGY)
    added, prefixes = _own(data, general) if data else ((), PREFIXES)
    shapes = tuple(each / SHAPES for each in (folder, data) if each and (each / SHAPES).is_file())
    return replace(_ontology(general + added, _rules(folder, data), prefixes), shapes=shapes)


def _own(data: Path, general: tuple[Triple, ...]) -> tuple[tuple[Triple, ...], Mapping[str, str]]:
    """Read the dataset's own terms, and all prefixes with theirs."""
    path = data / OWN_ONTOLOGY
    if not path.is_file():
        return (), PREFIXES
    triples, prefixes = _triples(path)
    own.check(path, triples, general)
    used = {prefix: iri for prefix, iri in prefixes.items() if any(iri == own.namespace(t.subject) for t in triples)}
    return triples, PREFIXES | used


def _rules(folder: Path, data: Path | None) -> tuple[Rule, ...]:
    general = [Path(path) for path in rules(folder)]
    added = [Path(path) for path in rules(data)] if data else []
    own.check_files(added, {path.stem for path in general}, "rule")
    return tuple(map(_rule, (*general, *added)))


def _ontology(triples: tuple[Triple, ...], rules: tuple[Rule, ...], prefixes: Mapping[str, str]) -> Ontology:
    about: dict[NamedNode, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            about.setdefault(triple.subject, []).append(triple)
    return Ontology(
        triples,
        {contract(iri): _class(iri, about) for iri in _instances(triples, OWL.Class) if _ours(iri)},
        {
            contract(iri): _property(iri, about[iri])
            for iri in _instances(triples, OWL.ObjectProperty, OWL.DatatypeProperty)
        },
        {contract(iri): _texts(about[iri], RDFS.label) for iri in _instances(triples, AZ.Status)},
        rules,
        {_value(iri): _concept(iri, about[iri]) for iri in _concepts(triples)},
        prefixes,
    )


def _ours(iri: NamedNode) -> bool:
    """Tell whether a term is one of the general ontology or the dataset's own, not of a standard one."""
    return iri.value.startswith(AZ) or own.is_own(contract(iri))


def _value(iri: NamedNode) -> str:
    """Give the name by which claims speak of a concept."""
    return f"az:{contract(iri)}" if iri.value.startswith(AZ) else iri.value


def _triples(path: Path) -> tuple[tuple[Triple, ...], dict[str, str]]:
    """Read a file of Turtle: its triples, and the prefixes that it declares."""
    try:
        parser = parse(path.read_bytes(), RdfFormat.TURTLE)
        quads = list(parser)
    except FileNotFoundError:
        raise DataError.at(path, "no such file") from None
    except (SyntaxError, ValueError) as exc:
        line = getattr(exc, "lineno", None) or 0
        raise DataError.at(path, f"not valid Turtle: {getattr(exc, 'msg', None) or exc}", line) from exc
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            message = f"a blank node at {quad.predicate}: give it an IRI, so that every build has the same bytes"
            raise DataError.at(path, message)
    return tuple(quad.triple for quad in quads), parser.prefixes


def _rule(path: Path) -> Rule:
    try:
        text = path.read_text(encoding="utf-8-sig")
        titles = header.read(text)[0].get("title")
    except UnicodeDecodeError as exc:
        raise DataError.at(path, "not UTF-8") from exc
    except ValueError as exc:
        raise DataError.at(path, str(exc)) from exc
    labels = titles if isinstance(titles, dict) else {}
    return Rule(path.stem, {tag: str(label) for tag, label in labels.items() if TAG.fullmatch(str(tag))}, text, path)


def _instances(triples: Iterable[Triple], *classes: NamedNode) -> list[NamedNode]:
    found = (t.subject for t in triples if t.predicate == RDF.type and t.object in classes)
    return list(dict.fromkeys(iri for iri in found if isinstance(iri, NamedNode)))


def _class(iri: NamedNode, about: Mapping[NamedNode, list[Triple]]) -> Class:
    triples = about[iri]
    parents = [parent for parent in _values(triples, RDFS.subClassOf) if _ours(parent) and parent in about]
    return Class(iri, _texts(triples, RDFS.label), _texts(triples, RDFS.comment), tuple(map(contract, parents)))


def _concepts(triples: Iterable[Triple]) -> list[NamedNode]:
    """Find what is in a scheme: stages, natures."""
    found = (t.subject for t in triples if t.predicate == SKOS.inScheme)
    return [iri for iri in dict.fromkeys(found) if isinstance(iri, NamedNode)]


def _concept(iri: NamedNode, triples: list[Triple]) -> Concept:
    kinds = _values(triples, RDF.type)
    names = [t.object.value for t in triples if t.predicate in _NAMES and isinstance(t.object, Literal)]
    return Concept(iri, contract(kinds[0]), _texts(triples, RDFS.label), tuple(dict.fromkeys(names)))


def _property(iri: NamedNode, triples: list[Triple]) -> Property:
    inverse = _values(triples, OWL.inverseOf)
    return Property(
        name=contract(iri),
        iri=iri,
        labels=_texts(triples, RDFS.label),
        comments=_texts(triples, RDFS.comment),
        domain=tuple(map(contract, _values(triples, RDFS.domain, SCHEMA.domainIncludes))),
        range=tuple(map(contract, _values(triples, RDFS.range, SCHEMA.rangeIncludes))),
        edge=Triple(iri, AZ.edge, Literal(True)) in triples,
        single=Triple(iri, AZ.singleValued, Literal(True)) in triples,
        sole=Triple(iri, AZ.singleHolder, Literal(True)) in triples,
        inverse=contract(inverse[0]) if inverse else None,
    )


def _values(triples: Iterable[Triple], *predicates: NamedNode) -> list[NamedNode]:
    return [t.object for t in triples if t.predicate in predicates and isinstance(t.object, NamedNode)]


def _texts(triples: Iterable[Triple], predicate: NamedNode) -> dict[str, str]:
    texts = (t.object for t in triples if t.predicate == predicate and isinstance(t.object, Literal))
    return {text.language or "": text.value for text in texts}

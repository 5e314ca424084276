"""The ontology as a document: each term with what it means, stands under and is used for, once in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode, Triple

from graph.model.own import written
from graph.model.records import Claim
from graph.model.vocabulary import AZ, DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, contract, shorten
from graph.model.words import head, order, spoken
from graph.system.memo import remembered
from graph.web import html
from graph.web.diagram import diagram
from graph.web.shapes import messages
from graph.web.terms import JsonTerm, ShownLabels, ShownTerm

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

#: The IRI of the ontology, whose terms are fragments of it.
ONTOLOGY = AZ.rstrip("#")
NAME = "ontology.html"

_GROUPS = {
    "classes": (OWL.Class,),
    "properties": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
    "concepts": (
        *(SKOS.ConceptScheme, AZ.Status, AZ.Standing, AZ.Stage, AZ.Nature, AZ.Currency),
        DCTERMS.ProvenanceStatement,
    ),
    "rules": (AZ.Rule,),
}
_LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.term("title"))
_ABOVE = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.broadMatch, SKOS.inScheme)
_DOMAIN = RDFS.domain, SCHEMA.domainIncludes
_RANGE = RDFS.range, SCHEMA.rangeIncludes
_MARKS = {AZ.singleValued: "single", AZ.singleHolder: "sole"}


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term: its fragment, its short name, what it is called and means, and the terms that it is told by."""

    anchor: str
    name: str
    cell: ShownTerm
    comment: ShownTerm | None
    domain: tuple[ShownTerm, ...]
    range: tuple[ShownTerm, ...]
    marks: tuple[str, ...]
    details: tuple[tuple[str, tuple[ShownTerm, ...]], ...]
    example: tuple[ShownTerm, ...]


@dataclass(frozen=True)
class Places:
    """Where the document leads: to the page of an entity and of a claim, by id and language, and to its own Turtle."""

    entity: Callable[[str, str], str] = lambda entity, language: f"index.html#select={entity}&lang={language}"
    claim: Callable[[Claim, str], str] = lambda claim, language: ""
    turtle: str = "ontology.ttl"


_BESIDE = Places()


def write(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the document as it stands beside the page of a build."""
    given = Document(knowledge, _BESIDE).given()
    stream.write(remembered("ontology.html", given, lambda: render(knowledge, _BESIDE)).encode())


def render(knowledge: Knowledge, places: Places, **context: Any) -> str:
    """Give the document, which leads to `places`; `context` is for the head of the page."""
    titles = knowledge.info.title
    document = Document(knowledge, places)
    languages = spoken(titles)
    about = document.about.get(ONTOLOGY, [])
    told = {each.predicate: each.object.value for each in about if not isinstance(each.object, Triple)}
    return html.render(
        "ontology.html",
        languages[0],
        titles,
        css=Markup(html.style().decode()),  # noqa: S704 - our own
        network="index.html",
        nav=[("home", "index.html")],
        switch=[(each, head(each)["name"], f"#{each}") for each in languages],
        sections=[document.section(language) for language in languages],
        iri=ONTOLOGY,
        version=told.get(OWL.versionInfo, ""),
        licence=told.get(DCTERMS.license, ""),
        turtle=places.turtle,
        **context,
    )


class _Labels(ShownLabels):
    """Names terms; those of the document are found in the section of its language."""

    anchors: dict[str, str]

    def cell(self, term: JsonTerm) -> ShownTerm:
        """Show a term; the language of the section is said once, for all of it."""
        return self.here(super().cell(term))

    def here(self, shown: ShownTerm) -> ShownTerm:
        """Leave out the language where it is the section's."""
        return replace(shown, language="") if shown.language == self.languages[0] else shown

    def href(self, iri: str) -> str:
        """Give where a term stands in this section, or elsewhere."""
        return f"#{self.languages[0]}-{self.anchors[iri]}" if iri in self.anchors else super().href(iri)


class Document:
    """What the document says in whatever language."""

    def __init__(self, knowledge: Knowledge, places: Places) -> None:
        self.knowledge, self.places = knowledge, places
        self.ontology = knowledge.ontology
        self.about: dict[str, list[Triple]] = {}
        for quad in self.ontology.quads(knowledge.iris.graph("ontology")):
            self.about.setdefault(str(getattr(quad.subject, "value", "")), []).append(quad.triple)
        self.groups = {
            word: [iri for iri, told in self.about.items() if _kinds(told) & {*kinds}]
            for word, kinds in _GROUPS.items()
        }
        self.anchors = {iri: _anchor(iri) for iris in self.groups.values() for iri in iris}

    def section(self, language: str) -> dict[str, Any]:
        """Give what stands in the section of a language."""
        labels = _Labels(order(language, self.knowledge.info.title), self.knowledge.info.base)
        labels.anchors = self.anchors
        for iri, told in self.about.items():
            for each in told:
                if each.predicate in _LABELS and isinstance(each.object, Literal):
                    labels.add(iri, each.object.language or "", each.object.value)
        names = {name: labels.cell(_uri(each.iri.value)).text for name, each in self.ontology.classes.items()}
        direction = head(language)["direction"]
        return {
            "language": language,
            "direction": direction,
            "first": language == spoken(self.knowledge.info.title)[0],
            "words": html.words(language, self.knowledge.info.title),
            "title": labels.cell(_uri(ONTOLOGY)),
            "changes": [*self._texts(ONTOLOGY, SKOS.changeNote, labels)],
            "diagram": diagram(self.ontology, names, self.counts, mirrored=direction == "rtl"),
            "groups": [(word, [self._entry(iri, labels) for iri in iris]) for word, iris in self.groups.items()],
            "shapes": [each.told(labels) for each in messages(self.ontology.shapes)],
            "alignments": [*self._alignments(labels)],
        }

    def _entry(self, iri: str, labels: _Labels) -> TermEntry:
        told = self.about[iri]
        name = contract(NamedNode(iri))
        details = [("above", _objects(told, _ABOVE)), ("inverse", _objects(told, (OWL.inverseOf,)))]
        return TermEntry(
            self.anchors[iri],
            self._short(iri),
            labels.cell(_uri(iri)),
            next(self._texts(iri, RDFS.comment, labels), None),
            self._cells(_objects(told, _DOMAIN), labels),
            self._cells(_objects(told, _RANGE), labels),
            tuple(word for mark, word in _MARKS.items() if Triple(NamedNode(iri), mark, Literal(True)) in told),
            tuple((word, self._cells(iris, labels)) for word, iris in details if iris),
            tuple(self._example(name, labels)),
        )

    def _cells(self, iris: Iterable[str], labels: _Labels) -> tuple[ShownTerm, ...]:
        return tuple(
            labels.cell(_uri(iri)) if iri in labels.labels else ShownTerm(self._short(iri), "", iri) for iri in iris
        )

    def _short(self, iri: str) -> str:
        fitting = [(space, prefix) for prefix, space in self.ontology.prefixes.items() if iri.startswith(space)]
        space, prefix = max(fitting, default=("", ""), key=lambda pair: len(pair[0]))
        return f"{prefix}:{iri[len(space) :]}" if fitting else shorten(iri)

    def _texts(self, iri: str, predicate: NamedNode, labels: _Labels) -> Iterator[ShownTerm]:
        """Give what a property says of a term: all that is said in the first language that it is said in."""
        found = [
            t.object for t in self.about.get(iri, ()) if t.predicate == predicate and isinstance(t.object, Literal)
        ]
        texts = {each.language or "": each.value for each in found}
        if texts:
            _, language = labels.chosen(texts)
            yield from (
                labels.here(ShownTerm(each.value, language)) for each in found if (each.language or "") == language
            )

    def _example(self, name: str, labels: _Labels) -> Iterator[ShownTerm]:
        """Give a thing of a class, or the two ends of a claim that a property makes."""
        language = labels.languages[0]
        if name in self.members:
            yield self._named(self.members[name], labels)
        elif claim := self.uses.get(name):
            yield self._named(claim.subject, labels)
            if claim.object in self.knowledge.facts.entities:
                yield self._named(claim.object, labels)
            else:
                ours = self.knowledge.iris.object(claim)
                cell = labels.cell(_uri(ours.value)) if isinstance(ours, NamedNode) else ShownTerm(ours.value)
                yield replace(cell, href=self.places.claim(claim, language) or cell.href)

    def _named(self, entity: str, labels: _Labels) -> ShownTerm:
        found = self.knowledge.facts.entities[entity]
        return labels.here(ShownTerm(*labels.chosen(found.labels), self.places.entity(entity, labels.languages[0])))

    def _alignments(self, labels: _Labels) -> Iterator[tuple[str, str, list[tuple[ShownTerm, ShownTerm]]]]:
        """Give, for each vocabulary, the terms of ours that stand under its own."""
        found: dict[str, list[tuple[ShownTerm, ShownTerm]]] = {}
        for iri in (*self.groups["classes"], *self.groups["properties"]):
            for other in _objects(self.about[iri], _ABOVE):
                prefix = self._short(other).partition(":")[0]
                if prefix in self.ontology.prefixes and not other.startswith(AZ) and other not in self.anchors:
                    pair = labels.cell(_uri(iri)), ShownTerm(self._short(other), "", other)
                    found.setdefault(prefix, []).append(pair)
        for prefix in sorted(found):
            yield prefix, self.ontology.prefixes[prefix], found[prefix]

    def given(self) -> tuple[object, ...]:
        """Give all that it depends on, but for the places where it leads."""
        info, entities = self.knowledge.info, self.knowledge.facts.entities
        uses = [(p, each.subject, each.object, each.datatype, each.foreign) for p, each in sorted(self.uses.items())]
        shown = {*self.members.values(), *(end for _, *ends, _, _ in uses for end in ends)} & entities.keys()
        names = [(each, entities[each].labels) for each in sorted(shown)]
        examples = sorted(self.counts.items()), sorted(self.members.items()), uses, names
        return info.base, list(info.title.items()), self.ontology.digest, *examples

    @cached_property
    def counts(self) -> Counter[str]:
        """How many things there are of each class."""
        entities = self.knowledge.facts.entities.values()
        return Counter(name for each in entities for name in set().union(*map(self.ontology.ancestors, each.classes)))

    @cached_property
    def members(self) -> dict[str, str]:
        """The first thing of each class."""
        entities = self.knowledge.facts.entities.values()
        return {name: each.id for each in reversed([*entities]) for name in self.ontology.finest(each.classes)}

    @cached_property
    def uses(self) -> dict[str, Claim]:
        """The first asserted claim about an entity by each property."""
        claims, entities = self.knowledge.facts.claims, self.knowledge.facts.entities
        return {each.property: each for each in reversed(claims) if each.asserted and each.subject in entities}


def _kinds(told: Iterable[Triple]) -> set[NamedNode]:
    return {t.object for t in told if t.predicate == RDF.type and isinstance(t.object, NamedNode)}


def _objects(told: Iterable[Triple], predicates: Iterable[NamedNode]) -> list[str]:
    wanted = {*predicates}
    return [t.object.value for t in told if t.predicate in wanted and isinstance(t.object, NamedNode)]


def _anchor(iri: str) -> str:
    return written(contract(NamedNode(iri)))


def _uri(iri: str) -> dict[str, str]:
    return {"type": "uri", "value": iri}

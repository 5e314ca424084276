"""Facts and inferences → RDF: every triple is made here, always in the same order.

Triples are made as they are asked for, one subject after the other: held, they would take 42 MiB per 10,000 claims and
save a twelfth of the time of a build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.knowledge import corroboration
from graph.model.iris import Iris, date, rule
from graph.model.mentions import by_source
from graph.model.ontology import Ontology
from graph.model.records import ASSERTED, Claim, Entity, Facts, Inference, Mention, Source
from graph.model.vocabulary import AZ, DCTERMS, OA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, Term, expand

_Block = TypeVar("_Block")


class Blocks(NamedTuple, Generic[_Block]):
    """What one source asserts, in the order in which it is written: facts, claims, then mentions and passages."""

    facts: _Block
    claims: _Block
    text: _Block


#: Gives what was written before of one source, by the name of the part; see `graph.scale.sections`.
PartReader = Callable[[str], Iterable[bytes]]


class SourcePart(NamedTuple):
    """The claims of one source, or all that is its text; `written` where just these were written before."""

    name: str
    triples: Iterable[Triple]
    written: PartReader | None


class Graph(NamedTuple):
    """A named graph: what it holds; `written` where that was written before."""

    name: NamedNode
    triples: Iterable[Triple]
    written: PartReader | None

    @classmethod
    def of(cls, name: NamedNode, made: Callable[[], Iterable[Triple]], written: PartReader | None) -> Graph:
        """Give a graph as it was written before, or `made` now."""
        return cls(
            name, chain.from_iterable(_read(written, each) for each in Blocks._fields) if written else made(), written
        )


class Asserted:
    """What the records of one dataset assert, as triples: facts, names, claims and passages, but no inference.

    `written` holds for sources whose blocks were written what reads them: ten times as fast as making them; and for the
    graphs of no source, by their IRIs.
    """

    def __init__(self, facts: Facts, ontology: Ontology, repeats: Mapping[str, str] | None = None) -> None:
        """Take the records; `repeats` is whose text each source has, where they are not all that tells it."""
        self.facts, self.ontology, self.iris = facts, ontology, Iris(facts.info.base)
        self.by_source: dict[str, list[Claim]] = {source: [] for source in facts.sources}
        for claim in facts.claims:
            self.by_source[claim.source].append(claim)
        self.mentions = by_source(facts.mentions, facts.sources)
        self.repeats = corroboration.repeats(facts) if repeats is None else repeats
        self.attested = corroboration.attested(facts, self.repeats)
        self.against = _against(facts)
        self.written: Mapping[str, PartReader] = {}

    def alone(self, source: str) -> Asserted:
        """Give what `blocks` of one source needs, and nothing of the others."""
        one, claims = copy(self), self.by_source[source]
        one.iris, one.repeats, one.written = Iris(self.iris.base), {}, {}
        one.facts = Facts(self.facts.info, {}, {}, (), passages=self.facts.passages.of(source))
        one.by_source, one.mentions = {source: claims}, {source: self.mentions[source]}
        one.attested = {each.id: self.attested[each.id] for each in claims}
        one.against = {each.id: self.against[each.id] for each in claims if each.id in self.against}
        del one.ontology
        return one

    def triples(self) -> Iterator[Triple]:
        """Give each triple once, subject by subject: entities, sources, claims, mentions, passages."""
        yield from self.things()
        for part in self.parts():
            yield from part.triples

    def things(self) -> Iterator[Triple]:
        """Give the entities, then the sources: what each is, and the facts of it."""
        by_subject = self._by_subject(self.facts.claims)
        for entity in self.facts.entities.values():
            yield from dict.fromkeys((*self.entity(entity), *map(self.fact, by_subject.get(entity.id, ()))))
        for source in self.facts.sources.values():
            facts = map(self.fact, by_subject.get(f"source/{source.id}", ()))
            yield from dict.fromkeys((*self.source(source), *facts))

    def parts(self) -> Iterator[SourcePart]:
        """Give what follows: the claims of each source, in the order of their first ones, then the text of each."""
        for source in dict.fromkeys(claim.source for claim in self.facts.claims):
            read = self.written.get(source)
            made = chain.from_iterable(map(self.claim, self.by_source[source]))
            yield SourcePart("claims", _read(read, "claims") if read else made, read)
        for source in self.by_source:
            read = self.written.get(source)
            yield SourcePart("text", _read(read, "text") if read else self._text(source), read)

    def section(self, source: str) -> Graph:
        """Give the graph of one source: its facts, its claims, its mentions and passages."""
        made = lambda: chain.from_iterable(self.blocks(source))  # noqa: E731
        return Graph.of(self.iris.source(source), made, self.written.get(source))

    def blocks(self, source: str) -> Blocks[Iterable[Triple]]:
        """Give what one source asserts."""
        claims = self.by_source[source]
        facts = chain.from_iterable(dict.fromkeys(map(self.fact, each)) for each in self._by_subject(claims).values())
        return Blocks(facts, chain.from_iterable(map(self.claim, claims)), self._text(source))

    def _text(self, source: str) -> Iterator[Triple]:
        """Give where a source names entities, and all its passages that are spoken of, in the order of the text."""
        mentions = self.mentions[source]
        for mention in mentions:
            yield from self.mention(mention)
        spans = {(mention.start, mention.end) for mention in mentions}
        for span in sorted(spans.union(*(claim.spans for claim in self.by_source[source]))):
            yield from self.passage(source, *span)

    def _by_subject(self, claims: Iterable[Claim]) -> dict[str, list[Claim]]:
        """Group the claims that are asserted by their subject, in its order."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.asserted:
                found[claim.subject].append(claim)
        return dict(sorted(found.items()))

    def fact(self, claim: Claim) -> Triple:
        """Give the plain triple that a claim is about."""
        return Triple(self.iris.entity(claim.subject), expand(claim.property), self.iris.object(claim))

    def classes(self, entity: Entity) -> Iterator[Triple]:
        """Give the classes of an entity, with those above them so that a query needs no reasoner."""
        subject = self.iris.entity(entity.id)
        above = sorted(set().union(*map(self.ontology.ancestors, entity.classes)) - set(entity.classes))
        for name in (*entity.classes, *above):
            yield Triple(subject, RDF.type, expand(name))

    def entity(self, entity: Entity) -> Iterator[Triple]:
        """Give the classes of an entity, and its names."""
        subject = self.iris.entity(entity.id)
        yield from self.classes(entity)
        for language, label in entity.labels.items():
            yield Triple(subject, RDFS.label, Literal(label, language=language))
        for language in sorted(entity.translated):
            yield Triple(subject, AZ.translatedLabel, Literal(entity.labels[language], language=language))
        for predicate, others in ((SKOS.altLabel, entity.alts), (SKOS.hiddenLabel, entity.hidden)):
            for language, names in others.items():
                for name in names:
                    yield Triple(subject, predicate, Literal(name, language=language))

    def source(self, source: Source) -> Iterator[Triple]:
        """Give the description of a source: what it is, who published it when, and the text that was read."""
        subject = self.iris.source(source.id)
        yield Triple(subject, RDF.type, expand(source.type))
        for language, title in source.titles.items():
            yield Triple(subject, DCTERMS.term("title"), Literal(title, language=language))
        values: tuple[tuple[NamedNode, Term | None], ...] = (
            (DCTERMS.publisher, Literal(source.publisher) if source.publisher else None),
            (DCTERMS.issued, date(source.issued)),
            (SCHEMA.url, NamedNode(source.url) if source.url else None),
            (DCTERMS.license, NamedNode(source.licence) if source.licence else None),
            (DCTERMS.language, Literal(source.language) if source.language else None),
            (AZ.length, _integer(source.length) if source.length else None),
            (AZ.sha256, Literal(source.sha256) if source.sha256 else None),
            (AZ.extractor, Literal(source.extractor) if source.extractor else None),
            *((AZ.nature, AZ.term(nature.capitalize())) for nature in source.natures),
        )
        for predicate, value in values:
            if value is not None:
                yield Triple(subject, predicate, value)
        if source.id in self.repeats:
            yield Triple(subject, AZ.sharesTextWith, self.iris.source(self.repeats[source.id]))

    def claim(self, claim: Claim) -> Iterator[Triple]:
        """Give a claim: what it says, its status, who says it, where, and when it holds."""
        subject, iris = self.iris.claim(claim), self.iris
        yield Triple(subject, RDF.type, AZ.Claim)
        yield Triple(subject, RDF.subject, iris.entity(claim.subject))
        yield Triple(subject, RDF.predicate, expand(claim.property))
        yield Triple(subject, RDF.object, iris.object(claim))
        yield Triple(subject, AZ.status, AZ.term(claim.status.capitalize()))
        yield Triple(subject, AZ.standing, AZ.term(claim.standing.capitalize()))
        yield Triple(subject, PROV.hadPrimarySource, iris.source(claim.source))
        if claim.record:
            yield Triple(subject, AZ.record, Literal(claim.record))
        for quotation in claim.quotations:
            yield Triple(subject, PROV.wasQuotedFrom, iris.passage(claim.source, quotation.start, quotation.end))
        for predicate, bound in ((AZ.term("from"), date(claim.since)), (AZ.until, date(claim.until))):
            if bound is not None:
                yield Triple(subject, predicate, bound)
        yield from dict.fromkeys(self._antecedents(claim))
        yield from self._beside(claim)

    def _beside(self, claim: Claim) -> Iterator[Triple]:
        """Give how many independent sources say a claim, where several do, and which claims it conflicts with."""
        subject, attested = self.iris.claim(claim), self.attested[claim.id]
        if attested.sources > 1:
            yield Triple(subject, AZ.independentSources, _integer(attested.sources))
            for predicate, bound in ((AZ.firstTold, date(attested.first)), (AZ.lastTold, date(attested.last))):
                if bound is not None:
                    yield Triple(subject, predicate, bound)
        for other in self.against.get(claim.id, ()):
            yield Triple(subject, AZ.conflictsWith, NamedNode(f"{self.iris.base}claim/{other}"))

    def _antecedents(self, claim: Claim) -> Iterator[Triple]:
        """Give the passages that name what a claim's own only refer to."""
        for quotation in claim.quotations:
            for end, spans in quotation.antecedents.items():
                for span in spans:
                    passage = self.iris.passage(claim.source, *span)
                    yield Triple(self.iris.claim(claim), AZ.antecedent, passage)
                    yield Triple(self.iris.claim(claim), AZ.term(f"{end}Antecedent"), passage)

    def mention(self, mention: Mention) -> Iterator[Triple]:
        """Give where a text names an entity, as a Web Annotation."""
        subject = self.iris.mention(mention)
        yield Triple(subject, RDF.type, OA.Annotation)
        yield Triple(subject, OA.motivatedBy, OA.identifying)
        yield Triple(subject, OA.hasBody, self.iris.entity(mention.entity))
        yield Triple(subject, OA.hasTarget, self.iris.passage(mention.source, mention.start, mention.end))

    def passage(self, source: str, start: int, end: int) -> Iterator[Triple]:
        """Give a passage: where it stands, and the length and SHA-256 of its folded words, where they are known."""
        passage = self.iris.passage(source, start, end)
        selector = self.iris.selector(source, start, end)
        yield Triple(passage, RDF.type, OA.SpecificResource)
        yield Triple(passage, OA.hasSource, self.iris.source(source))
        yield Triple(passage, OA.hasSelector, selector)
        if measure := self.facts.passages.get((source, start, end)):
            yield Triple(passage, AZ.length, _integer(measure[0]))
            yield Triple(passage, AZ.sha256, Literal(measure[1]))
        yield Triple(selector, RDF.type, OA.TextPositionSelector)
        yield Triple(selector, OA.start, _integer(start))
        yield Triple(selector, OA.end, _integer(end))


def inferred(inferences: Iterable[Inference], iris: Iris) -> Iterator[Triple]:
    """Give each inferred triple that is as good as a fact, and then how each, planned ones too, was inferred."""
    for one in inferences:
        if one.status not in ASSERTED:
            continue
        yield Triple(iris.entity(one.subject), expand(one.property), iris.entity(one.object))
    for one in inferences:
        subject = iris.inference(one.id)
        yield Triple(subject, RDF.type, AZ.Inference)
        yield Triple(subject, RDF.subject, iris.entity(one.subject))
        yield Triple(subject, RDF.predicate, expand(one.property))
        yield Triple(subject, RDF.object, iris.entity(one.object))
        yield from (Triple(subject, each, AZ.term(one.status.capitalize())) for each in (AZ.status, AZ.standing))
        yield Triple(subject, AZ.rule, rule(one.rule))
        for premise in one.premises:
            yield Triple(subject, PROV.wasDerivedFrom, NamedNode(iris.base + premise))


def _against(facts: Facts) -> dict[str, list[str]]:
    """Give the claims that each conflicts with, in both directions, among those that are there."""
    there = {claim.id for claim in facts.claims}
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in facts.conflicts:
        if one in there and other in there:
            found[one].append(other)
            found[other].append(one)
    return found


def _read(written: PartReader, name: str) -> Iterator[Triple]:
    for piece in written(name):
        yield from (quad.triple for quad in parse(piece, RdfFormat.N_QUADS))


def within(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    """Put triples into a named graph."""
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)

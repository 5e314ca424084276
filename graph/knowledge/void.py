"""The dataset described for catalogues and crawlers: VoID (https://www.w3.org/TR/void/) and DCAT 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from graph.knowledge import decided
from graph.model.citation import cited, issued
from graph.model.formats import BUILT, Format
from graph.model.iris import Iris, date
from graph.model.own import OwnQuestion
from graph.model.records import Claim, Facts, Info
from graph.model.vocabulary import (
    AZ,
    DCAT,
    DCTERMS,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    SH,
    SKOS,
    VOID,
    XSD,
    Term,
    expand,
    shorten,
)
from graph.model.words import written_in

#: How each graph was made that is no source's.
_MADE = {"description": AZ.Described, "entities": AZ.Curated, "inferred": AZ.Inferred, "ontology": AZ.Modelled}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


class Counted(NamedTuple):
    """How often the other triples of a dataset's Turtle have each predicate, and name each class as a type.

    `links` are its links to IRIs from elsewhere, by property and by where they lead.
    """

    predicates: Counter[NamedNode]
    classes: Counter[NamedNode]
    links: Counter[tuple[str, str]]
    entities: int


def describe(facts: Facts, iris: Iris, counted: Counted | None, files: Iterable[Format] = BUILT) -> Iterator[Triple]:
    """Give the description of a dataset, whose other triples were `counted`.

    It says titles, licence, publisher and sources, which `files` can be downloaded in which format, which vocabularies
    are used, how many things there are of each class of the ontology, and how many links lead where. Without
    counts, for a part of a dataset, only the first four are said.
    """
    told = (*_moved(facts, iris), *decided.triples(facts, iris))
    parts = dict.fromkeys((*_about(facts, iris), *_graphs(facts, iris), *told))
    if counted is not None:
        predicates, classes, links, entities = counted
        parts |= dict.fromkeys(
            (*_downloads(facts.info, iris, files), *_linksets(links, iris), *_partitions(iris, classes))
        )
        used = [*predicates, *classes, *(triple.predicate for triple in told)]
        parts |= dict.fromkeys(_vocabularies(iris, used))
        numbers = {VOID.entities: entities, VOID.classes: len(classes), VOID.properties: len(predicates)}
        numbers[VOID.triples] = predicates.total() + len(parts) + len(numbers) + 1
        parts |= dict.fromkeys(Triple(iris.dataset, unit, _count(number)) for unit, number in numbers.items())
    yield from sorted(parts, key=lambda triple: triple.subject != iris.dataset)


def questions(own: Iterable[OwnQuestion], iris: Iris) -> Iterator[Triple]:
    """Give the dataset's own questions, with which any copy of it can be asked (https://www.w3.org/TR/shacl/)."""
    for each in own:
        subject = iris.question(each.name)
        yield Triple(subject, RDF.type, SH.SPARQLSelectExecutable)
        for predicate, texts in ((DCTERMS.term("title"), each.titles), (DCTERMS.description, each.descriptions)):
            for language, text in texts.items():
                yield Triple(subject, predicate, Literal(text, language=language))
        yield Triple(subject, SH.select, Literal(each.text))


def links(claims: Iterable[Claim]) -> Counter[tuple[str, str]]:
    """Count the links to IRIs from elsewhere, by property and by where they lead."""
    return Counter(
        (claim.property, "{0.scheme}://{0.netloc}/".format(urlsplit(claim.object)))
        for claim in claims
        if claim.foreign and claim.asserted and "://" in claim.object
    )


def _about(facts: Facts, iris: Iris) -> Iterator[Triple]:
    info = facts.info
    values: list[tuple[NamedNode, Term]] = [(RDF.type, VOID.Dataset), (RDF.type, DCAT.Dataset)]
    for predicate, texts in ((DCTERMS.term("title"), info.title), (DCTERMS.description, info.description)):
        values += [(predicate, Literal(text, language=language)) for language, text in texts.items()]
    values += [(DCTERMS.language, Literal(language)) for language in info.languages]
    values += [
        (AZ.term("mainLanguage"), Literal(info.languages[0])),
        (DCTERMS.publisher, Literal(info.publisher)),
        (DCTERMS.license, NamedNode(info.licence)),
        (OWL.versionInfo, Literal(info.version)),
        (VOID.uriSpace, Literal(info.base)),
    ]
    values += [(DCTERMS.bibliographicCitation, Literal(cited(facts, tag), language=tag)) for tag in info.title]
    values += [(DCTERMS.issued, dated)] if (dated := date(issued(facts))) else []
    values += [(DCTERMS.creator, iris.description("agent", "curators")), (DCTERMS.identifier, Literal(info.base))]
    values += [(DCTERMS.rights, Literal(info.attribution))] if info.attribution else []
    values += [(VOID.exampleResource, iris.entity(entity)) for entity in list(facts.entities)[:1]]
    values += [(DCTERMS.source, iris.source(source)) for source in facts.sources]
    return (Triple(iris.dataset, predicate, value) for predicate, value in values)


def _graphs(facts: Facts, iris: Iris) -> Iterator[Triple]:
    """Say who made each graph that no source does, and how: what is in none of a source's is the curators' own."""
    curators = iris.description("agent", "curators")
    yield from decided.agent(curators, facts.info.publisher)
    for name, how in _MADE.items():
        yield Triple(iris.graph(name), PROV.wasAttributedTo, curators)
        yield Triple(iris.graph(name), DCTERMS.provenance, how)
    for source in facts.sources:
        yield Triple(iris.graph("inferred"), PROV.wasDerivedFrom, iris.source(source))


def _moved(facts: Facts, iris: Iris) -> Iterator[Triple]:
    """Say what became of IRIs that are no longer used."""
    for each in facts.moved:
        old = iris.entity(each.old)
        yield Triple(old, OWL.deprecated, Literal(True))
        yield Triple(old, SKOS.changeNote, Literal(each.reason, language=written_in(each.reason)))
        yield Triple(old, DCTERMS.modified, Literal(each.date, datatype=XSD.date))
        if each.new:
            yield Triple(old, DCTERMS.isReplacedBy, iris.entity(each.new))
        if each.new in facts.entities:
            yield Triple(old, OWL.sameAs, iris.entity(each.new))


def _vocabularies(iris: Iris, terms: list[NamedNode]) -> Iterator[Triple]:
    used = {shorten(term.value).partition(":")[0] for term in terms}
    for prefix in sorted(used & PREFIXES.keys()):
        yield Triple(iris.dataset, VOID.vocabulary, NamedNode(PREFIXES[prefix]))


def _downloads(info: Info, iris: Iris, files: Iterable[Format]) -> Iterator[Triple]:
    for each in files:
        file = each.file.format(info.name)
        node = iris.description("distribution", file.replace(".", "-"))  # an ending would ask for a format
        yield Triple(iris.dataset, DCAT.distribution, node)
        yield Triple(node, RDF.type, DCAT.Distribution)
        yield Triple(node, DCTERMS.term("title"), Literal(file))
        yield Triple(node, DCAT.downloadURL, iris.download(file))
        yield Triple(node, DCAT.mediaType, NamedNode(_MEDIA_TYPES + each.media))
        yield Triple(node, DCTERMS.license, NamedNode(info.licence))


def _linksets(links: Mapping[tuple[str, str], int], iris: Iris) -> Iterator[Triple]:
    for (name, place), number in sorted(links.items()):
        node, target = iris.description("linkset", f"{_slug(name)}/{urlsplit(place).netloc}"), NamedNode(place)
        yield Triple(iris.dataset, VOID.subset, node)
        yield Triple(node, RDF.type, VOID.Linkset)
        yield Triple(node, VOID.subjectsTarget, iris.dataset)
        yield Triple(node, VOID.objectsTarget, target)
        yield Triple(node, VOID.linkPredicate, expand(name))
        yield Triple(node, VOID.triples, _count(number))
        yield Triple(target, RDF.type, VOID.Dataset)
        yield Triple(target, VOID.uriSpace, Literal(place))


def _partitions(iris: Iris, classes: Counter[NamedNode]) -> Iterator[Triple]:
    for term, number in sorted(classes.items(), key=lambda pair: pair[0].value):
        if term.value.startswith(AZ):
            node = iris.description("class", _slug(shorten(term.value)))
            yield Triple(iris.dataset, VOID.classPartition, node)
            yield Triple(node, VOID.term("class"), term)
            yield Triple(node, VOID.entities, _count(number))


def _slug(name: str) -> str:
    return name.removeprefix("az:").replace(":", "-")


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)

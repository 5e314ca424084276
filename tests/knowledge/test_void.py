"""The description says what is in the files, counted again by another engine."""

from __future__ import annotations

import io

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, OWL, RDF, VOID, Literal, URIRef

from graph.export import rdf
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.part import around
from graph.model.formats import BUILT

BASE = "https://example.org/emerald-valley/"
DATASET = URIRef(BASE)
AZ = rdflib.Namespace("https://w3id.org/azetta/ontology#")


def read(knowledge: Knowledge, writer: str) -> rdflib.Graph:
    stream = io.BytesIO()
    getattr(rdf, writer)(knowledge, stream)
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


@pytest.fixture(scope="module")
def void(emerald: Knowledge) -> rdflib.Graph:
    return read(emerald, "description")


def test_titles_licence_publisher_version_and_sources(void: rdflib.Graph) -> None:
    assert set(void.objects(DATASET, RDF.type)) == {VOID.Dataset, DCAT.Dataset}
    assert Literal("وادي الزمرد (جهة متخيلة)", lang="ar") in set(void.objects(DATASET, DCTERMS.title))
    assert len(set(void.objects(DATASET, DCTERMS.description))) == 3
    assert void.value(DATASET, DCTERMS.license) == URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
    assert void.value(DATASET, DCTERMS.publisher) == Literal("Azetta's tests")
    assert void.value(DATASET, OWL.versionInfo) == Literal("1.0.0")
    assert void.value(DATASET, DCTERMS.issued) == Literal("2031-06-01", datatype=rdflib.XSD.date)
    english = "Emerald Valley (an invented region). Azetta's tests. 2031-06-01. v1.0.0. " + BASE
    assert Literal(english, lang="en") in set(void.objects(DATASET, DCTERMS.bibliographicCitation))
    sources = set(void.objects(DATASET, DCTERMS.source))
    assert sources == {URIRef(BASE + "source/bulletin"), URIRef(BASE + "source/gazetteer")}
    for source in sources:
        assert len(set(void.objects(source, DCTERMS.title))) == 3
        assert void.value(source, DCTERMS.license)


def test_the_counts_are_those_of_the_turtle(void: rdflib.Graph, emerald: Knowledge) -> None:
    turtle = read(emerald, "turtle")
    assert void.value(DATASET, VOID.triples).toPython() == len(turtle)
    assert void.value(DATASET, VOID.entities).toPython() == 13
    partitions = {
        void.value(part, VOID["class"]): void.value(part, VOID.entities).toPython()
        for part in void.objects(DATASET, VOID.classPartition)
    }
    assert partitions[AZ.City] == 1
    assert partitions[AZ.Claim] == 18
    assert partitions == {kind: len(set(turtle.subjects(RDF.type, kind))) for kind in partitions}
    ours = {kind for kind in turtle.objects(None, RDF.type) if kind.startswith(AZ)}
    assert set(partitions) == ours


def test_each_file_can_be_found_and_its_media_type_is_known(void: rdflib.Graph) -> None:
    files = {
        str(void.value(each, DCTERMS.title)): (void.value(each, DCAT.downloadURL), void.value(each, DCAT.mediaType))
        for each in void.objects(DATASET, DCAT.distribution)
    }
    assert set(files) == {each.file.format("emerald-valley") for each in BUILT}
    assert files["emerald-valley.ttl"] == (
        URIRef(BASE + "download/emerald-valley.ttl"),
        URIRef("https://www.iana.org/assignments/media-types/text/turtle"),
    )


def test_no_name_ends_as_a_file_does(void: rdflib.Graph) -> None:
    # The server reads such an ending as the format that is asked for.
    assert not [each for each in void.subjects(RDF.type, DCAT.Distribution) if "." in str(each).rpartition("/")[2]]


def test_links_to_elsewhere_are_counted_by_where_they_lead(void: rdflib.Graph) -> None:
    (links,) = void.objects(DATASET, VOID.subset)
    assert void.value(links, RDF.type) == VOID.Linkset
    assert void.value(links, VOID.linkPredicate) == rdflib.SDO.sameAs
    assert void.value(links, VOID.objectsTarget) == URIRef("https://example.org/")
    assert void.value(links, VOID.triples).toPython() == 1


def test_every_vocabulary_in_the_turtle_is_named(void: rdflib.Graph, emerald: Knowledge) -> None:
    named = {str(each) for each in void.objects(DATASET, VOID.vocabulary)}
    assert str(AZ) in named
    elsewhere = {BASE, "https://example.org/"}
    for subject, predicate in {tuple(map(str, pair)) for pair in read(emerald, "turtle").subject_predicates()}:
        if subject not in elsewhere and not subject.startswith(BASE + "description/"):
            assert predicate.startswith(tuple(named)), predicate


def test_a_part_of_a_dataset_claims_no_counts_of_the_whole(emerald: Knowledge) -> None:
    part = read(around(emerald, "al-marsa", 1), "turtle")
    assert part.value(DATASET, DCTERMS.license)
    assert not set(part.predicates(DATASET)) & {VOID.triples, VOID.entities, VOID.classPartition, DCAT.distribution}

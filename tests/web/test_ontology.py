"""The ontology as a document: every term, in each language, with what its files say of it."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from checkout import ONTOLOGY
from rdflib import OWL, RDF, RDFS, Graph, Namespace

from graph.knowledge.knowledge import Knowledge
from graph.web import ontology

AZ = Namespace("https://w3id.org/azetta/ontology#")


@pytest.fixture(scope="module")
def document(emerald: Knowledge) -> str:
    stream = io.BytesIO()
    ontology.write(emerald, stream)
    return stream.getvalue().decode()


@pytest.fixture(scope="module")
def sections(document: str) -> dict[str, str]:
    """What stands in the section of each language."""
    parts = re.split(r'<section id="(\w+)" lang="\w+" dir="\w+">', document)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_each_language_has_a_section_that_says_so(document: str) -> None:
    assert re.findall(r'<section id="(\w+)" lang="(\w+)" dir="(\w+)">', document) == [
        ("ar", "ar", "rtl"),
        ("fr", "fr", "ltr"),
        ("en", "en", "ltr"),
    ]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_class_property_and_concept_is_there_with_its_meaning(sections: dict[str, str], language: str) -> None:
    model = Graph().parse(ONTOLOGY / "ecosystem.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, AZ.Status, AZ.Stage, AZ.Standing, AZ.Nature)
    terms = {term for kind in kinds for term in model.subjects(RDF.type, kind) if term.startswith(AZ)}
    entries = re.findall(rf'<dt id="{language}-([^"]+)">(.*?)</dt>\n<dd>(.*?)</dd>', sections[language])
    told = {name: unescape(re.sub("<[^>]+>", "", f"{head}|{meaning}")) for name, head, meaning in entries}
    for term in terms:
        found = {
            predicate: next((str(each) for each in model.objects(term, predicate) if each.language == language), "")
            for predicate in (RDFS.label, RDFS.comment)
        }
        assert found[RDFS.comment] in told[term.removeprefix(AZ)]
        assert found[RDFS.label] in told[term.removeprefix(AZ)]
    assert len(terms) > 140


def test_it_says_the_version_rules_shapes_alignments_and_an_example(sections: dict[str, str]) -> None:
    french = sections["fr"]
    assert "Version\u00a0: <bdi>0.1.0</bdi>" in french
    assert "Situé dans un lieu, donc dans le territoire qui le contient" in french
    assert "il n’a pas d’IRI\u00a0: rien ne peut le citer" in french.replace(" :", "\u00a0:")
    assert re.search(r'<dt><a href="http://www.w3.org/ns/org#" dir="ltr">org</a></dt>\n<dd>.*unité.*org:Organ', french)
    assert 'href="index.html#select=cafe-fab-lab&amp;lang=fr" lang' not in french
    assert 'href="index.html#select=cafe-fab-lab&amp;lang=fr"' in french


def test_what_changed_is_told_in_the_reader_s_language(sections: dict[str, str]) -> None:
    assert "الخاصة ببلد بعينه" in sections["ar"]
    assert "propres à un pays" in sections["fr"]


def test_every_fragment_that_it_leads_to_is_there_once(document: str) -> None:
    places = re.findall(r' id="([^"]+)"', document)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', document)) <= set(places)
    assert {"Centre", "fr-Centre", "locatedIn", "UnderConstruction"} <= set(places)

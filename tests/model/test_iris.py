"""Names and IRIs are two forms of one identifier: each leads back to the other."""

from __future__ import annotations

import tracemalloc

import pytest

from graph.model.iris import Iris
from graph.model.vocabulary import contract, expand

IRIS = Iris("https://example.org/emerald-valley/")


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("al-marsa", "https://example.org/emerald-valley/al-marsa"),
        ("source/bulletin", "https://example.org/emerald-valley/source/bulletin"),
        ("claim/00000000000000aa", "https://example.org/emerald-valley/claim/00000000000000aa"),
        ("https://example.com/elsewhere", "https://example.com/elsewhere"),
    ],
)
def test_what_claims_and_inferences_name(name, iri):
    assert IRIS.entity(name).value == iri
    assert IRIS.name(IRIS.entity(name)) == name


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("locatedIn", "https://w3id.org/azetta/ontology#locatedIn"),
        ("rdf:type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ("https://example.com/near", "https://example.com/near"),
    ],
)
def test_properties_and_classes(name, iri):
    assert expand(name).value == iri
    assert contract(expand(name)) == name


def test_the_names_of_millions_are_not_held():
    iris = Iris("https://example.org/archive/")
    tracemalloc.start()
    try:
        for number in range(300_000):
            assert iris.entity(f"thing-{number}").value.endswith(f"/thing-{number}")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 20_000_000  # all of them take 60 MB

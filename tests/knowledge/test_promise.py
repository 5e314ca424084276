"""No triple without a source: whoever asks the published graphs finds who says each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY
from pyoxigraph import Store

from graph.pipeline import load

PREFIXES = """
PREFIX az: <https://w3id.org/azetta/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
ANONYMOUS = """
SELECT DISTINCT ?graph WHERE {
  GRAPH ?graph { ?s ?p ?o }
  FILTER NOT EXISTS { GRAPH ?any { ?claim prov:hadPrimarySource ?graph } }
  FILTER NOT EXISTS { GRAPH ?any { ?graph prov:wasAttributedTo ?who ; dcterms:provenance ?how } }
}"""
UNCLAIMED = """
SELECT ?s ?p ?o WHERE {
  GRAPH ?graph {
    ?s ?p ?o
    OPTIONAL { ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
    OPTIONAL {
      ?s a ?kind
      FILTER (?kind IN (az:Claim, oa:Annotation, oa:SpecificResource, oa:TextPositionSelector))
    }
  }
  FILTER (CONTAINS(STR(?graph), "/source/") && !BOUND(?claim) && !BOUND(?kind))
}"""
UNGROUNDED = """
SELECT ?s ?p ?o WHERE {
  GRAPH ?graph {
    ?s ?p ?o
    OPTIONAL { ?i rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; az:rule ?rule ; prov:wasDerivedFrom ?premise }
    OPTIONAL { ?s a ?kind FILTER (?kind = az:Inference) }
  }
  FILTER (STRENDS(STR(?graph), "/graph/inferred") && !BOUND(?i) && !BOUND(?kind))
}"""


@pytest.fixture(
    scope="module", params=[DATA, Path(__file__).parents[1] / "regions" / "emerald-valley" / "data"], ids=str
)
def store(request: pytest.FixtureRequest) -> Store:
    store = Store()
    store.bulk_extend(load(request.param, ONTOLOGY).quads())
    return store


@pytest.mark.parametrize("query", [ANONYMOUS, UNCLAIMED, UNGROUNDED], ids=["anonymous", "unclaimed", "ungrounded"])
def test_no_triple_is_without_a_source(store: Store, query: str) -> None:
    assert [tuple(map(str, row)) for row in store.query(PREFIXES + query)] == []


@pytest.mark.parametrize(
    ("update", "query"),
    [
        ("INSERT DATA { GRAPH <x:g> { <x:s> <x:p> <x:o> } }", ANONYMOUS),
        ("INSERT { GRAPH ?g { <x:s> <x:p> <x:o> } } WHERE { GRAPH ?a { ?c prov:hadPrimarySource ?g } }", UNCLAIMED),
        ("INSERT { GRAPH ?g { <x:s> <x:p> <x:o> } } WHERE { GRAPH ?g { ?i a az:Inference } }", UNGROUNDED),
    ],
)
def test_a_triple_that_nobody_says_is_found(store: Store, update: str, query: str) -> None:
    spoiled = Store()
    spoiled.bulk_extend(store)
    spoiled.update(PREFIXES + update)
    assert list(spoiled.query(PREFIXES + query))

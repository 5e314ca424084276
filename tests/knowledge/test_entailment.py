"""What a reasoner makes of the published dataset: nothing gets a class that it has not, by domain or range."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from checkout import ONTOLOGY
from pyoxigraph import RdfFormat, serialize
from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from graph.model.vocabulary import AZ
from graph.pipeline import load

VALLEY = Path(__file__).parents[1] / "regions" / "emerald-valley" / "data"


@pytest.mark.oracle
def test_a_reasoner_classes_nothing_otherwise_than_the_dataset_does() -> None:
    """A status was once said to be a claim's alone, which made every inference a claim."""
    triples = (quad.triple for quad in load(VALLEY, ONTOLOGY).quads())
    graph = Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    told = {
        (thing, above)
        for thing, kind in graph.subject_objects(RDF.type)
        for above in graph.transitive_objects(kind, RDFS.subClassOf)
    }
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(graph)

    def ours(kind: Node) -> bool:
        return str(kind).startswith(AZ)

    entailed = {(thing, kind) for thing, kind in graph.subject_objects(RDF.type) if ours(kind)}
    assert len(entailed) > 50
    assert entailed - told == set()

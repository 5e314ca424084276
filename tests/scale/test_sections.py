"""What is written source by source, in pieces, is to the byte what one stream would write, in every syntax."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from graph.export import rdf
from graph.knowledge import tally
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.scale import cache, sections
from graph.scale.engines import local

#: What would be taken for the end of a triple, or of a line, if it stood in a text as it is.
AWKWARD = 'one .\ntwo ;\n\tthree "quoted" \\ } </rdf:RDF>]'
WRITERS = {
    "turtle": RdfFormat.TURTLE,
    "rdf_xml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "n_quads": RdfFormat.N_QUADS,
    "json_ld": RdfFormat.JSON_LD,
}


@pytest.fixture
def knowledge(emerald: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    """A dataset in pieces of a few triples, its sources mixed, where records are called like the syntax around them."""
    monkeypatch.setattr(sections, "_TRIPLES", 5)
    mixed = sorted(emerald.facts.claims, key=lambda claim: claim.id)
    claims = tuple(replace(each, record=AWKWARD) if each.record else each for each in mixed)
    assert any(claim.record == AWKWARD for claim in claims)
    return Knowledge(Asserted(replace(emerald.facts, claims=claims), emerald.ontology), emerald.inferences)


@pytest.mark.parametrize("name", WRITERS)
def test_pieces_of_sources_are_the_bytes_of_one_stream(knowledge: Knowledge, tmp_path: Path, name: str) -> None:
    terms = knowledge.triples() if name in ("turtle", "rdf_xml") else knowledge.quads()
    whole = serialize(terms, format=WRITERS[name], prefixes=dict(knowledge.ontology.prefixes))
    counted = tally.of(knowledge.asserted, ())
    stream, exported = io.BytesIO(), io.BytesIO()
    getattr(rdf, name)(knowledge, exported)
    assert exported.getvalue() == whole
    with cache.of(tmp_path / "dist", fresh=True) as memo:
        sections.write(knowledge, memo, local)
        getattr(rdf, name)(knowledge, stream)
        assert tally.of(knowledge.asserted, ()) == counted
    assert stream.getvalue() == whole

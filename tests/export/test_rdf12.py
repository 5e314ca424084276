"""RDF 1.2: what a claim says as a triple term, read back by an engine that knows it."""

from __future__ import annotations

import io

import pyoxigraph
import pytest

from graph.export import writers
from graph.knowledge.knowledge import Knowledge
from graph.model.formats import FORMATS

BASE = "https://example.org/emerald-valley/"
SAID = """
PREFIX az: <https://w3id.org/azetta/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?claim { ?claim a az:Claim ; rdf:reifies <<( <%sbarmij> az:inPartnershipWith ?o )>> }
"""


@pytest.mark.parametrize(
    ("name", "kind"), [("ttl12", pyoxigraph.RdfFormat.TURTLE), ("nt12", pyoxigraph.RdfFormat.N_TRIPLES)]
)
def test_each_claim_reifies_the_one_triple_that_it_says(
    emerald: Knowledge, name: str, kind: pyoxigraph.RdfFormat
) -> None:
    stream = io.BytesIO()
    writers.write(emerald, FORMATS[name], stream)
    store = pyoxigraph.Store()
    store.load(stream.getvalue(), format=kind)
    reifies = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
    found = {quad.subject.value: quad.object for quad in store.quads_for_pattern(None, reifies, None)}
    assert len(found) == 18
    plain = {
        emerald.iris.claim(claim).value: (claim.subject, claim.property, claim.object) for claim in emerald.facts.claims
    }
    assert found.keys() == plain.keys()
    fact = next(iri for iri, said in plain.items() if said == ("barmij", "inPartnershipWith", "manara-foundation"))
    assert found[fact].subject.value == f"{BASE}barmij"
    assert found[fact].object.value == f"{BASE}manara-foundation"
    assert not list(store.quads_for_pattern(None, pyoxigraph.NamedNode(f"{reifies.value[:-7]}subject"), None))
    solutions = store.query(SAID % BASE)
    assert [row["claim"].value for row in solutions] == [fact]

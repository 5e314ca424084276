"""A query that finds nothing because of a slip of the pen says so; one that answers is not bothered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.dataset import Dataset
from graph.errors import QueryError
from graph.knowledge import reason
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.store.embedded import Embedded
from graph.store.unknown import unknown


@pytest.fixture(scope="module")
def valley(emerald: Knowledge) -> Embedded:
    return Embedded(emerald.quads())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?x { ?x a az:Citty }", ['nothing is called az:Citty; did you mean "az:City"?']),
        ("SELECT ?x { ?x az:loctedIn :al-marsa }", ['nothing is called az:loctedIn; did you mean "az:locatedIn"?']),
        ("SELECT ?x { :al-mrsa ?p ?x.}", ['nothing is called :al-mrsa; did you mean ":al-marsa"?']),
        (
            "SELECT ?x { ?x a az:Citty ; az:locatedIn :al-mrsa . ?x a az:Citty }",
            [
                'nothing is called az:Citty; did you mean "az:City"?',
                'nothing is called :al-mrsa; did you mean ":al-marsa"?',
            ],
        ),
        ("SELECT ?x { ?x rdfs:label 'az:Citty' } # az:Citty", []),
        ("PREFIX az: <http://x/> SELECT ?x { ?x a az:Citty }", []),
        ("SELECT ?x { ?x a az:Pole, az:City }", []),
        ("SELECT ?x { ?x a az:Qqqqqq }", ["nothing is called az:Qqqqqq"]),
    ],
)
def test_what_nothing_is_called_is_told_with_the_nearest_name(valley: Embedded, text: str, told: list[str]) -> None:
    assert [*unknown(text, valley)] == told


def test_an_unknown_prefix_is_told_with_the_nearest(valley: Embedded) -> None:
    with pytest.raises(QueryError, match="the prefix “rfds:” is not declared; did you mean “rdfs:”"):
        valley.query("SELECT ?x { ?x rfds:label ?y }")


def test_who_presides_is_answered_by_that_claim_alone(emerald: Knowledge) -> None:
    """No claim says of which authority the council is, nor which region that governs."""
    facts = emerald.facts
    alone = tuple(claim for claim in facts.claims if claim.property == "presidentOf")
    asserted = Asserted(replace(facts, claims=alone), emerald.ontology)
    known = replace(emerald, asserted=asserted, inferences=reason.infer(asserted).inferences)
    (row,) = Dataset(Embedded(known.quads())).question("roles", language="en")
    base = "https://example.org/emerald-valley/"
    assert (row["person"], row["what"]) == (f"{base}noura-haddad", f"{base}emerald-valley-council")

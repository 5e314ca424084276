"""Rules as joins over columns give what SPARQL gives: the same links, rules, premises, statuses and ids, in order."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from checkout import ONTOLOGY, ROOT

from graph import pipeline
from graph.knowledge import closure, reason
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.model.ontology import Rule
from graph.model.records import Claim

PREFIXES = "\n".join(
    f"PREFIX {prefix}: <{iri}>"
    for prefix, iri in {
        "az": "https://w3id.org/azetta/ontology#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    }.items()
)
#: Rules that a region may have of its own, by what is particular in them: their heads, and the lines of their WHERE.
JOINS = {
    "a thing with itself": ("?a az:met ?a", ["?a az:partOf ?b .", "?b az:partOf ?a ."]),
    "the same triple twice": ("?a az:met ?b", ["?a az:partnerOf ?b .", "?c az:partnerOf ?d .", "?a az:partnerOf ?d ."]),
    "a place in itself": ("?a az:partOf ?b", ["?a az:locatedIn ?a .", "?a ?p ?b .", "FILTER (?a != ?b)"]),
    "two links at once": ("?a az:met ?b . ?b az:partnerOf ?a", ["?a az:launches ?b ."]),
    "a name in capitals": ("?A az:met ?a", ["?A az:launches ?a .", "?a az:partOf ?A ."]),
    "equal": ("?a az:met ?c", ["?a az:partOf ?b .", "?c az:partOf ?d .", "FILTER (?b = ?d && ?a != ?c)"]),
    "none of some": (
        "?a az:met ?b",
        ["?a ?p ?b .", "?b a az:City .", "FILTER (?p NOT IN (az:locatedIn, az:unheardOf))"],
    ),
    "no way back": ("?a az:met ?b", ["?a az:partOf ?b .", "FILTER NOT EXISTS { ?b ?p ?a . ?p rdfs:range az:Place }"]),
    "neither nor": (
        "?a az:partnerOf ?b",
        [
            "?a az:met ?b .",
            "FILTER NOT EXISTS { ?a az:partOf ?c . FILTER (?c = ?b) }",
            "FILTER NOT EXISTS { ?b az:locatedIn ?c . FILTER NOT EXISTS { ?a az:locatedIn ?c } }",
        ],
    ),
    "a link that the model has no name for": ("?a az:unheardOf ?b", ["?a az:met ?b ."]),
}
#: The same of what joins do not say.
APART = {
    "a pattern of a name": ("?a az:met ?b", ["?a ?p ?b .", 'FILTER (REGEX(STR(?p), "part", "i"))']),
    "one of two": ("?a az:met ?b", ["?a az:partOf ?b .", "FILTER (?a = ?b || EXISTS { ?b az:partOf ?a })"]),
    "a longer way": ("?a az:met ?b", ["?a az:partnerOf ?b .", "FILTER NOT EXISTS { ?b az:partOf+ ?a }"]),
    "an optional one": (
        "?a az:met ?b",
        ["?a az:partOf ?b .", "FILTER NOT EXISTS { ?b az:met ?c OPTIONAL { ?c ?p ?a } }"],
    ),
    "values": (
        "?a az:met ?b",
        ["?a az:partOf ?b .", "az:met rdfs:label ?v .", "az:met rdfs:comment ?w .", "FILTER (?v != ?w)"],
    ),
    "nothing shared": ("?a az:met ?b", ["?a az:partOf ?b .", "FILTER NOT EXISTS { ?c az:partOf ?c }"]),
    "a variable alone": ("?a az:met ?b", ["?a az:partOf ?b .", "FILTER (?a)"]),
}
PROPERTIES = [
    "containedIn",
    "locatedIn",
    "partOf",
    "hasPart",
    "deliveredAt",
    "partnerOf",
    "councilOf",
    "launches",
    "inPartnershipWith",
    "locatedThroughout",
    "met",
    "coOrganises",
    "contains",
    "directorOf",
]
STATUSES = ("stated", "stated", "ongoing", "planned", "discussed")


def ruled(asserted: Asserted, own: dict[str, tuple[str, list[str]]]) -> Asserted:
    """Give the same facts under more rules."""
    rules = [
        Rule(f"own-{number}", {}, "\n".join([PREFIXES, f"CONSTRUCT {{ {head} }}", "WHERE {", *where, "}"]), Path(name))
        for number, (name, (head, where)) in enumerate(own.items())
    ]
    return Asserted(asserted.facts, replace(asserted.ontology, rules=(*asserted.ontology.rules, *rules)))


def both(asserted: Asserted, monkeypatch: pytest.MonkeyPatch) -> reason.Inferred:
    """Infer by joins, and hold that to what SPARQL infers."""
    monkeypatch.setattr(reason, "MANY", sys.maxsize)
    by_sparql = reason.infer(asserted)
    monkeypatch.setattr(reason, "MANY", 0)
    by_joins = reason.infer(asserted)
    assert by_joins.inferences == by_sparql.inferences
    assert by_sparql.apart == ()
    return by_joins


def tangle(knowledge: Knowledge, chance: random.Random) -> Asserted:
    """Give facts about a few things that lead in circles, some said twice, under any status."""
    things = chance.sample(sorted(knowledge.facts.entities), chance.randint(3, 7))
    source = min(knowledge.facts.sources)
    claims = []
    for line in range(chance.randint(1, 40)):
        ends = chance.choice(things), chance.choice(PROPERTIES), chance.choice(things)
        status, lapse = chance.choice(STATUSES), chance.choice(["", "", "", "", "over"])
        one = Claim(*ends, "", False, status, source, (), "r", line, lapse=lapse, id=f"{chance.getrandbits(64):016x}")
        claims.append(one)
    return Asserted(replace(knowledge.facts, claims=tuple(claims), mentions=()), knowledge.ontology)


@pytest.mark.parametrize("seed", range(5))
def test_joins_infer_the_same_from_a_tangle(emerald: Knowledge, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    asserted = tangle(emerald, chance)
    own = dict(chance.sample(sorted(JOINS.items()), 4))
    assert both(ruled(asserted, own), monkeypatch).apart == ()


@pytest.mark.slow
def test_joins_infer_the_same_from_many_tangles(emerald: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(5, 200):
        chance = random.Random(seed)
        own = dict(chance.sample(sorted((JOINS | APART).items()), 6))
        both(ruled(tangle(emerald, chance), own), monkeypatch)


def test_joins_infer_the_same_from_the_real_data(souss: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    found = both(souss.asserted, monkeypatch)
    assert found == (souss.inferences, ())
    assert {one.status for one in found.inferences} >= {"stated", "planned"}


def generated(folder: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> Asserted:
    monkeypatch.syspath_prepend(ROOT / "bench")
    from generate import write

    write(folder, size, size // 1000)
    monkeypatch.setattr(reason, "MANY", 0)
    return pipeline.load(folder, ONTOLOGY).asserted


def test_joins_infer_the_same_from_a_thousand_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(both(generated(tmp_path, 1_000, monkeypatch), monkeypatch).inferences) == 495


@pytest.mark.slow
def test_joins_infer_the_same_from_a_hundred_thousand_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(both(generated(tmp_path, 100_000, monkeypatch), monkeypatch).inferences) == 49_015


def test_a_rule_that_no_join_says_is_run_by_sparql_beside_the_others(
    emerald: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed = ruled(tangle(emerald, random.Random(2)), JOINS | APART)
    assert both(mixed, monkeypatch).apart == tuple(f"own-{len(JOINS) + number}" for number in range(len(APART)))


@pytest.mark.long
def test_a_summary_names_the_rules_that_sparql_was_needed_for(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head, where = "?a az:partnerOf ?b", ["?b az:partnerOf ?a .", 'FILTER (CONTAINS(STR(?b), "foundation"))']
    text = "\n".join(
        [
            "#+ title:",
            "#+   en: Partners of each other",
            PREFIXES,
            f"CONSTRUCT {{ {head} }}",
            "WHERE {",
            *where,
            "}",
            "",
        ]
    )
    (region / "data" / "rules").mkdir()
    (region / "data" / "rules" / "partners-both.rq").write_text(text, encoding="utf-8")
    line = "rules run by SPARQL, since they are no joins: partners-both"
    assert line not in pipeline.build(Path("data"), ONTOLOGY, Path("dist")).lines
    before = {path.name: path.read_bytes() for path in Path("dist").iterdir()}
    monkeypatch.setattr(reason, "MANY", 0)
    assert line in pipeline.build(Path("data"), ONTOLOGY, Path("dist"), anew=True).lines
    assert {path.name: path.read_bytes() for path in Path("dist").iterdir()} == before


def test_without_duckdb_many_claims_are_reasoned_on_by_sparql(
    emerald: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reason, "MANY", 0)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert reason.infer(emerald.asserted) == (emerald.inferences, ())


@pytest.mark.parametrize("rule", [*JOINS, *APART])
def test_what_a_join_says(emerald: Knowledge, rule: str) -> None:
    asserted = ruled(emerald.asserted, {rule: (JOINS | APART)[rule]})
    assert closure.infer(asserted)[1] == (("own-0",) if rule in APART else ())

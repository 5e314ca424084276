"""What does not stand is described and not asserted, nor a premise, and the dataset says why and who decided."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from pyoxigraph import RdfFormat, Store

from graph.export import rdf, tables
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.validate import validate
from graph.pipeline import load
from graph.store import question
from graph.store.embedded import Embedded
from graph.store.network import network

HEAD = "kind,a,b,source,reason,by,on\n"
PREFIXES = """
PREFIX : <https://example.org/emerald-valley/>
PREFIX az: <https://w3id.org/azetta/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PLACED = ("cafe-numerique", "locatedIn", "al-marsa")
ENDED = "cafe-numerique,locatedIn,al-marsa,stated,bulletin,130,167,,,,,,"


def read(at: str = "") -> Knowledge:
    return load(Path("data"), ONTOLOGY, at=at)


def one(knowledge: Knowledge, subject: str, name: str, value: str) -> str:
    (found,) = (c.id for c in knowledge.facts.claims if (c.subject, c.property, c.object) == (subject, name, value))
    return found


def decide(*lines: str) -> Knowledge:
    Path("data/decisions.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    knowledge = read()
    validate(knowledge, Path("data"), ONTOLOGY)
    return knowledge


def turtle(knowledge: Knowledge) -> Store:
    stream, store = io.BytesIO(), Store()
    rdf.turtle(knowledge, stream)
    store.load(stream.getvalue(), RdfFormat.TURTLE)
    return store


def holds(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {pattern} }}"))


def standings(knowledge: Knowledge) -> set[tuple[str, str]]:
    """The property and standing of each claim whose standing is not its status, as the table of claims says them."""
    stream = io.BytesIO()
    tables.claims(knowledge, stream)
    rows = csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig")))
    return {(row["property"], row["standing"]) for row in rows if row["standing"] != row["status"]}


def graph_of(knowledge: Knowledge) -> dict[tuple[str, str, str], object]:
    """The links of the network that a store of the same dataset gives."""
    return dict(network(Embedded(knowledge.quads()), "ar").edges)


def inferred(knowledge: Knowledge) -> set[tuple[str, str, str]]:
    return {(each.subject, each.property, each.object) for each in knowledge.inferences}


@pytest.mark.usefixtures("region")
def test_a_withdrawn_claim_is_described_and_neither_asserted_nor_a_premise() -> None:
    assert ("barmij", "locatedIn", "al-marsa") in inferred(read())
    claim = one(read(), *PLACED)
    knowledge = decide(f"withdraw,{claim},,bulletin,the café is in the next town,N. Haddad,2031-06-02")
    store = turtle(knowledge)
    assert not holds(store, ":cafe-numerique az:locatedIn :al-marsa")
    said = f"<https://example.org/emerald-valley/claim/{claim}> az:status az:Stated ; az:standing az:Withdrawn ;"
    why = "prov:wasInvalidatedBy ?decision . ?decision a az:Withdrawal, prov:Activity ; prov:used :source\\/bulletin ;"
    who = 'skos:changeNote "the café is in the next town"@en ; prov:wasAssociatedWith ?who . ?who foaf:name "N. Haddad"'
    assert holds(store, f"{said} {why} {who}")
    assert holds(store, '?decision a az:Decision ; dcterms:date "2031-06-02"^^<http://www.w3.org/2001/XMLSchema#date>')
    assert not {triple for triple in inferred(knowledge) if triple[1:] == PLACED[1:]}
    assert standings(knowledge) == {("locatedIn", "withdrawn")}


@pytest.mark.usefixtures("region")
def test_of_two_claims_the_one_that_is_not_preferred_is_no_longer_asserted(edit) -> None:
    edit("data/claims.csv", ENDED, f"{ENDED}\ncafe-numerique,locatedIn,emerald-valley,stated,gazetteer,,,body/2,,,,,")
    better, worse = one(read(), *PLACED), one(read(), "cafe-numerique", "locatedIn", "emerald-valley")
    knowledge = decide(f"prefer,{better},{worse},,the bulletin is of the place,N. Haddad,2031-06-02")
    store = turtle(knowledge)
    base = "https://example.org/emerald-valley/claim/"
    assert holds(store, ":cafe-numerique az:locatedIn :al-marsa")
    decision = f"?decision a az:Preference ; prov:used <{base}{better}>, <{base}{worse}>"
    assert holds(store, f"<{base}{worse}> az:standing az:Outweighed ; prov:wasInvalidatedBy ?decision . {decision}")
    assert not holds(store, f"<{base}{better}> prov:wasInvalidatedBy ?decision")
    assert standings(knowledge) == {("locatedIn", "outweighed")}


@pytest.mark.usefixtures("region")
def test_what_a_name_means_is_published_with_the_reason() -> None:
    same = "same,بارميج,barmij,bulletin,a spelling of the press,N. Haddad,2031-06-02"
    other = "distinct,marsa-tech,barmij,,one is a fair,Azetta's tests,2031-06-02"
    store = turtle(decide(same, other))
    assert holds(store, '?it a az:Identification ; prov:used :barmij ; az:decidedName "بارميج"')
    curators = "<https://example.org/emerald-valley/description/agent/curators>"
    assert holds(store, f"?it a az:Distinction ; prov:used :barmij, :marsa-tech ; prov:wasAssociatedWith {curators}")
    assert not holds(store, "?claim prov:wasInvalidatedBy ?it")


@pytest.mark.usefixtures("region")
def test_each_program_that_proposed_a_claim_is_an_agent_of_its_own() -> None:
    claim = one(read(), *PLACED)
    both = "azetta 0.2 + m-1 (prompt 1)"
    store = turtle(decide(f"accept,{claim},{both},bulletin,cue is-in,N. Haddad,2031-06-02"))
    for name in both.split(" + "):
        assert holds(store, f'?it prov:wasAssociatedWith ?one . ?one a prov:SoftwareAgent ; foaf:name "{name}"')
    assert not holds(store, f'?one foaf:name "{both}"')


@pytest.mark.usefixtures("region")
def test_who_accepted_a_claim_and_what_proposed_it_is_published() -> None:
    claim = one(read(), *PLACED)
    gone = "accept,0000000000000000,azetta 0.3,,cue is-in,N. Haddad,2031-06-02"
    knowledge = decide(f"accept,{claim},azetta 0.2,bulletin,cue is-in,N. Haddad,2031-06-02", gone)
    store = turtle(knowledge)
    taken = f"<https://example.org/emerald-valley/claim/{claim}> prov:wasGeneratedBy ?decision . "
    taken += '?decision a az:Acceptance ; skos:changeNote "cue is-in" ; prov:wasAssociatedWith ?curator, ?reader . '
    who = '?curator foaf:name "N. Haddad" . ?reader a prov:SoftwareAgent ; foaf:name "azetta 0.2"'
    assert holds(store, taken + who)
    assert holds(store, ":cafe-numerique az:locatedIn :al-marsa")
    assert not holds(store, '?reader foaf:name "azetta 0.3"')  # a claim that a curator took out again since
    stream = io.BytesIO()
    tables.claims(knowledge, stream)
    rows = csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig")))
    by = {
        (row["claim"], row["accepted_by"], row["accepted_on"], row["proposed_by"]) for row in rows if row["proposed_by"]
    }
    assert by == {(claim, "N. Haddad", "2031-06-02", "azetta 0.2")}


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("at", "standing", "there"),
    [("", "over", False), ("2031-05", "stated", True), ("2029", "upcoming", False), ("2031", "stated", True)],
)
def test_a_day_decides_what_is_asserted_and_what_follows(edit, at: str, standing: str, there: bool) -> None:
    edit("data/claims.csv", ENDED, ENDED.removesuffix(",") + "2030-03,2031-05")
    knowledge = read(at)
    validate(knowledge, Path("data"), ONTOLOGY)
    assert holds(turtle(knowledge), ":cafe-numerique az:locatedIn :al-marsa") is there
    assert (("barmij", "locatedIn", "al-marsa") in inferred(knowledge)) is there
    assert standings(knowledge) == (set() if there else {("locatedIn", standing)})


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("lapse", ["Over", "Withdrawn"])
@pytest.mark.parametrize("name", ["centres", "claims", "in-city"])
def test_a_question_marks_what_does_not_stand(edit, name: str, lapse: str) -> None:
    """The café is a centre, and what the bulletin says of its place is listed; nothing follows from it any more."""
    if lapse == "Over":
        edit("data/claims.csv", ENDED, ENDED + "2031-05")
    knowledge = read() if lapse == "Over" else decide(f"withdraw,{one(read(), *PLACED)},,,a mistake,N. H.,2031-06-02")
    values = {"centres": {}, "claims": {"entity": "cafe-numerique"}, "in-city": {"city": "al-marsa"}}[name]
    answer = question.load(name).ask(Embedded(knowledge.quads()), values)
    passage, status = "bulletin#char=130,167", answer.columns.index("status")
    at = {"claims": "130"}.get(name, passage)
    placed = [str(row[status]) for row in answer.rows if any(at in str(cell) for cell in row)]
    assert placed
    assert set(placed) == {f"<https://w3id.org/azetta/ontology#{lapse}>"}


@pytest.mark.parametrize("name", sorted({*question.names()} - {"promises", "silence"}))  # which ask how it was told
def test_no_question_takes_the_status_of_a_claim_for_its_standing(name: str) -> None:
    assert "az:status" not in question.load(name).text


@pytest.mark.usefixtures("region")
def test_a_link_says_that_it_is_over_and_what_was_withdrawn_gives_none(edit) -> None:
    edit("data/claims.csv", ENDED, ENDED + "2031-05")
    ended = read()
    assert ended.network.edges[PLACED[0], PLACED[2], PLACED[1]]["status"] == "over"
    assert graph_of(ended) == dict(ended.network.edges)
    knowledge = decide(f"withdraw,{one(read(), *PLACED)},,,a mistake,N. Haddad,2031-06-02")
    assert not knowledge.network.has_edge(PLACED[0], PLACED[2])
    assert graph_of(knowledge) == dict(knowledge.network.edges)

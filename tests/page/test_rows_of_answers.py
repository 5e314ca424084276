"""The documented questions: answered in the page for any value as the engine answers, each row with its evidence."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from graph.errors import QueryError
from graph.model.own import OwnQuestion
from graph.page import answers
from graph.page.compact import Numbering
from graph.page.proofs import Proofs
from graph.store import question
from graph.store.embedded import Embedded

OPEN = ".question[open]"
HEADER = "#+ title: {en: Own}\n#+ description: {en: Of the dataset's own.}\n"
#: Asks the page each of some addresses and gives the CSV of what it answers, or nothing where it has no answer.
ASK = """
async addresses => {
  let copied = "";
  navigator.clipboard.writeText = async (text) => { copied = text; };
  const found = [];
  for (const address of addresses) {
    [copied, location.hash] = ["", address];
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const buttons = [...document.querySelectorAll(".question[open] button")];
    buttons.find((each) => each.textContent === "Copy the table (CSV)")?.click();
    await new Promise((done) => setTimeout(done));
    found.push(copied);
  }
  return found;
}
"""


def in_the_page(knowledge, query):
    """What the page holds of a question of the dataset's own."""
    own = replace(knowledge, questions=(OwnQuestion("own", {}, {}, HEADER + query),))
    proofs = Proofs(own, own.facts.claims, own.inferences)
    (found,) = [each for each in answers.answers(own, proofs, Numbering(own)) if each["name"] == "own"]
    return found


@pytest.fixture(scope="module")
def store(souss):
    return Embedded(souss.quads())


def values_of(parameter, knowledge):
    """Some values of a parameter: its list, the sources, or things of its class spread over the alphabet."""
    if parameter.values:
        return parameter.values
    if parameter.type == "prov:Entity":
        return sorted(knowledge.facts.sources)[:2]
    ontology, wanted = knowledge.ontology, parameter.type.removeprefix("az:")
    fitting = [
        each.id
        for each in knowledge.facts.entities.values()
        if any(wanted in ontology.ancestors(name) | {name} for name in each.classes)
    ]
    return fitting[:: max(1, len(fitting) // 2)]


def told(text, columns):
    """The rows of the page's CSV, without the names beside the addresses and without the claims."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return sorted(tuple(row[column] for column in columns) for row in rows)


def answered(asked, values, store):
    answer = asked.ask(store, values)
    columns = list(answer.columns)
    cells = [["" if cell is None else cell.value for cell in row] for row in answer.rows]
    spelled = [["'" + cell if re.match(r"[=+\-@]\D", cell) else cell for cell in row] for row in cells]
    return columns, sorted(set(map(tuple, spelled)))


def test_each_question_is_answered_for_any_value_as_the_engine_answers(visit, curated, souss, store):
    cases = [(asked, {}) for asked in question.asked_of(store).values() if asked.name != "link"]
    cases += [
        (asked, {name: value})
        for asked, _ in cases
        for name, parameter in asked.parameters.items()
        for value in values_of(parameter, souss)
    ]
    cases = [case for case in cases if case[1] or not any(each.required for each in case[0].parameters.values())]
    assert len(cases) > 80
    hashes = [
        f"lang=en&view=questions&question={asked.name}"
        + "".join(f"&with={name}~{value}" for name, value in given.items())
        for asked, given in cases
    ]
    for (asked, given), text in zip(cases, visit(curated).evaluate(ASK, hashes), strict=True):
        columns, wanted = answered(asked, given, store)
        assert told(text, columns) == wanted, (asked.name, given)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?source WHERE { ?claim a az:Claim ; prov:hadPrimarySource ?source }", 18),
        ("SELECT DISTINCT ?source WHERE { ?claim a az:Claim ; prov:hadPrimarySource ?source }", 2),
        ("SELECT ?source WHERE { ?claim a az:Claim ; prov:hadPrimarySource ?source } GROUP BY ?source", 2),
        ("SELECT ?source WHERE { GRAPH ?source { ?claim a az:Claim } } GROUP BY ?source HAVING (COUNT(?claim) > 9)", 1),
        ("SELECT ?source WHERE { ?claim prov:hadPrimarySource ?source } GROUP # what }\n BY ?source # and } again", 2),
        ("SELECT DISTINCT ?source WHERE { ?claim prov:hadPrimarySource ?source } LIMIT 2", 2),
        ("SELECT DISTINCT ?source WHERE { ?claim prov:hadPrimarySource ?source } ORDER BY ?source OFFSET 1", 1),
        ("select ?source where { {\nSELECT ?source WHERE { ?claim prov:hadPrimarySource ?source }\n} }", 18),
        ("SELECT (COUNT(*) AS ?all) WHERE { {\nSELECT ?source WHERE { ?claim prov:hadPrimarySource ?source }\n} }", 1),
    ],
)
def test_an_own_question_has_as_many_rows_as_it_asks_for(emerald, query, rows):
    assert in_the_page(emerald, query)["count"] == rows


def test_an_own_question_of_a_graph_that_is_none_is_refused_by_name(emerald):
    with pytest.raises(QueryError, match=r"^questions/own\.rq: <https://example.org/nowhere>: there is no such graph"):
        in_the_page(emerald, "SELECT ?claim FROM <https://example.org/nowhere> WHERE { ?claim a az:Claim }")


def test_an_own_question_that_has_no_end_is_refused_by_name(emerald, monkeypatch):
    monkeypatch.setattr(answers, "_SECONDS", 1.0)
    with pytest.raises(QueryError, match=r"^questions/own\.rq: no answer within 1 seconds, for any value"):
        in_the_page(emerald, "SELECT (COUNT(*) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


def test_a_thing_is_chosen_a_row_shows_its_evidence_and_back_returns(visit, curated, violations):
    tab = visit(curated, "#lang=en&view=questions&question=centres")
    tab.locator(f"{OPEN} select").select_option("Incubator")
    expect(tab.locator(f"{OPEN} > summary strong")).to_contain_text("ncubator")
    assert "with=kind~Incubator" in tab.url
    tab.goto(f"{curated.as_uri()}#lang=en&view=questions&question=activities")
    field = tab.get_by_role("combobox", name="Person")
    field.click()
    offered = tab.get_by_role("listbox", name="person").get_by_role("option")
    expect(offered.first).to_be_visible()  # those who have an answer, before anything is written
    field.fill("achengli")
    tab.keyboard.press("Enter")
    expect(tab.locator(f"{OPEN} > summary strong")).to_have_text(" Karim Achengli")
    assert "with=person~karim-achengli" in tab.url
    row = tab.locator(f"{OPEN} tbody tr").first
    row.get_by_role("button", name="Evidence").click()
    proof = tab.locator(f"{OPEN} tr.proof .evidence").first
    expect(proof).to_contain_text("Karim Achengli – ")
    expect(proof.get_by_role("link", name="Characters")).to_be_visible()
    assert violations(tab) == []
    tab.go_back()
    expect(tab.locator(f"{OPEN} > summary strong")).to_have_count(0)


def test_premises_are_named_and_lead_to_the_record(visit, valley):
    tab = visit(valley, "#lang=fr&view=questions&question=inferred")
    expect(tab.locator(OPEN)).not_to_contain_text("claim/")
    tab.locator(f"{OPEN} tbody td a:not(.thing, .words)").first.click()
    expect(tab.locator("#record h2").first).to_be_visible()
    assert "select=" in tab.url


def test_how_two_things_are_linked_is_answered_by_the_paths(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=link&with=from~agadir,to~abrid")
    tab.locator(OPEN).get_by_role("link", name="Show the answers in the network").click()
    expect(tab.locator("#record .hops li").first).to_have_text("Agadir")


def test_a_row_shows_its_things_in_the_network(visit, valley, names_drawn):
    tab = visit(valley, "#lang=en&view=questions&question=roles")
    row = tab.locator(f"{OPEN} tbody tr").first
    things = set(row.locator("a.thing bdi").all_text_contents())
    row.get_by_role("button", name="Network").click()
    expect(tab.locator("#view-network")).to_be_visible()
    assert names_drawn(tab) == things


def test_a_click_beside_the_names_of_a_row_does_the_same(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=activities")
    tab.locator(f"{OPEN} tbody td:not(:has(a, button))").first.click()
    expect(tab.locator("#view-network")).to_be_visible()
    assert "marked=" in tab.url


def test_all_the_things_of_a_long_answer_are_shown_and_all_its_rows_can_be_listed(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=names")
    box = tab.locator(OPEN)
    expect(box.locator("tbody tr")).to_have_count(60)
    box.get_by_role("button", name="Show more").click()
    assert box.locator("tbody tr").count() == int(re.search(r"\d+", box.locator("summary .number").inner_text())[0])
    box.get_by_role("button", name="Show the answers in the network").click()
    shown = tab.url.partition("marked=")[2].partition("&")[0].split(",")
    assert len(shown) > 100  # every entity of the dataset has a name


def test_above_the_limit_no_answers_are_written_and_the_page_says_what_gives_them(visit, paged, emerald, monkeypatch):
    monkeypatch.setattr(answers, "MOST_THINGS", 5)
    page = paged(emerald)
    tab = visit(page, "#lang=en&view=questions&question=partners")
    expect(tab.locator(OPEN)).to_contain_text("Run azetta serve, make the page with --sparql")
    expect(tab.locator(f"{OPEN} p code").first).to_have_text("azetta question partners")
    expect(tab.locator(f"{OPEN} :is(.pickers, table, .number)")).to_have_count(0)
    tab = visit(page, "#lang=ar&view=questions&question=claims")
    expect(tab.locator(f"{OPEN} p code").first).to_have_text("azetta question claims --entity …")

"""The page that answers SPARQL by itself: as the command line does, offline, within its deadline, by keyboard too."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyoxigraph
import pytest
from playwright.sync_api import Page, expect
from programs import run

from graph.export import writers
from graph.model.formats import FORMATS

HERE = Path(__file__).parent
QUERIES = dict(
    re.findall(r"^### (\w+)\n(.*?)(?=^###|\Z)", (HERE / "queries.rq").read_text(encoding="utf-8"), re.M | re.S)
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?a) < STR(?i)) }"
NPM = (HERE / "package.json").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def fetched(tmp_path_factory):
    """A cache into which npm has put the engine: here that of the tests."""
    cache = tmp_path_factory.mktemp("cache")
    (cache / "azetta").symlink_to(HERE)
    return cache


@pytest.fixture(scope="session")
def answering(tmp_path_factory, fetched, emerald):
    path = tmp_path_factory.mktemp("answering") / "index.html"
    with pytest.MonkeyPatch.context() as patch, path.open("wb") as file:
        patch.setenv("XDG_CACHE_HOME", str(fetched))
        writers.write(emerald, FORMATS["sparql.html"], file)
    return path


def ask(tab: Page, query: str) -> None:
    tab.locator("#query-text").fill(query)
    tab.locator("#query-text").press("Control+Enter")
    expect(tab.locator("#query-answer > *, #query-fault:not([hidden])").first).to_be_visible(timeout=30_000)


def given(tab: Page, what: str) -> str:
    with tab.expect_download() as waiting:
        tab.locator(f"#answer-{what}").click()
    return Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def test_one_file_of_queries_is_answered_as_the_command_line_answers(visit, answering, emerald_home):
    tab = visit(answering, "#lang=en&view=ask")
    for name, query in QUERIES.items():
        done = run(emerald_home, "query", query, "-f", "turtle" if name == "construct" else "csv")
        ask(tab, query)
        if done.returncode:
            place = re.match(r"line (\d+), column (\d+): (.*)", done.stderr)
            fault = tab.locator("#query-fault").text_content()
            assert fault.startswith(f"Line {place[1]}, column {place[2]}: "), (name, fault, done.stderr)
            assert tab.locator(".line-numbers .marked").text_content() == place[1]
        elif name == "construct":
            ours, theirs = (
                set(pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)) for text in (given(tab, "turtle"), done.stdout)
            )
            assert ours == theirs
            assert len(ours) == 1
        elif name == "yes":
            assert (tab.locator(".truth").text_content(), done.stdout.split()[-1]) == ("Yes", "true")
        elif name == "none":
            expect(tab.locator("#query-answer")).to_contain_text("No answer in this data.")
            assert len(done.stdout.splitlines()) == 1
        else:
            rows = [sorted(csv.reader(io.StringIO(text))) for text in (given(tab, "csv"), done.stdout)]
            assert rows[0] == rows[1], name
            assert len(rows[0]) > 1, name


def test_what_never_ends_is_ended_at_the_deadline_and_the_next_query_is_answered(visit, answering):
    tab = visit(answering, "#lang=en&view=ask")
    tab.clock.install()
    tab.locator("#query-text").fill(ENDLESS)
    tab.locator("#query-run").click()
    tab.clock.run_for(100)
    expect(tab.locator("#query-state")).to_have_text("Running…", timeout=30_000)
    tab.clock.run_for(1000 * 10)
    expect(tab.locator("#query-state")).to_contain_text("Stopped after 10 seconds")
    tab.locator("#query-text").fill(QUERIES["arabic"])
    tab.locator("#query-run").press("Enter")
    tab.clock.run_for(100)
    expect(tab.locator("#query-answer tbody tr")).to_have_count(2, timeout=30_000)
    tab.locator("#query-text").fill(ENDLESS)
    tab.locator("#query-run").click()
    tab.locator("#query-stop").click()
    expect(tab.locator("#query-state")).to_have_text("Stopped.")


def test_what_was_asked_is_in_the_address_and_back_leads_to_what_was_asked_before(visit, answering):
    tab = visit(answering, "#lang=en&view=ask&query=ASK%20%7B%7D")
    field = tab.locator("#query-text")
    expect(field).to_have_value("ASK {}")
    assert tab.locator("#query-answer").text_content() == ""  # nothing runs unasked
    ask(tab, QUERIES["yes"])
    ask(tab, "ASK { ?a :b ?c }")
    expect(tab.locator(".truth")).to_have_text("No")
    tab.go_back()
    expect(field).to_have_value(QUERIES["yes"])
    tab.locator("[data-lang=ar]").click()
    expect(field).to_have_value(QUERIES["yes"])
    tab.go_back()
    tab.go_back()
    expect(field).to_have_value("ASK {}")


def test_names_are_completed_by_keyboard_in_any_language(visit, answering):
    tab = visit(answering, "#lang=ar&view=ask")
    field, names = tab.locator("#query-text"), tab.locator("#query-names")
    field.fill("")
    field.type("SELECT ?a { ?a a مركز ت")
    field.press("Control+Space")
    expect(names.locator("[role=option]").first).to_be_visible()
    field.press("Escape")
    expect(names).to_be_hidden()
    field.fill("SELECT ?a { ?a a az:Trai")
    field.press("Control+Space")
    expect(names.locator("[aria-selected=true] code")).to_have_text("az:TrainingCentre")
    assert field.get_attribute("aria-activedescendant") == names.locator("[aria-selected=true]").get_attribute("id")
    field.press("Enter")
    field.type("; az:locatedIn المرس")
    expect(names.locator("code").first).to_have_text(":al-marsa")
    field.press("ArrowDown")
    field.press("Enter")
    field.type("}")
    expect(field).to_have_value("SELECT ?a { ?a a az:TrainingCentre ; az:locatedIn :al-marsa }")
    expect(names).to_be_hidden()
    field.press("Control+Enter")
    expect(tab.locator("#query-answer tbody tr")).to_have_count(1, timeout=30_000)
    field.fill('ASK { ?a ?b "المرس')
    expect(names).to_be_hidden()  # not within a text
    field.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "query-run"  # and the field lets go of the keyboard


VIEWS = (
    "",
    "&status=planned,ongoing",
    "&select=al-marsa",
    "&kind=Programme,Centre",
    "&from=noura-haddad&to=young-people",
    "&view=map&source=gazetteer",
)


def test_a_view_becomes_the_query_of_its_claims_and_the_answer_a_view(visit, answering, take):
    tab = visit(answering, "#lang=en")
    for view in VIEWS:
        tab.goto(f"{answering.as_uri()}#lang=en{view}")
        of_view = {row["claim"] for row in csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig")))}
        tab.locator("#take").press("Enter")
        tab.locator("[data-take=sparql]").press("Enter")
        assert tab.evaluate("document.activeElement.id") == "query-run"
        tab.locator("#query-run").press("Enter")
        expect(tab.locator("#query-answer tbody tr").first).to_be_visible(timeout=30_000)
        assert {row["claim"] for row in csv.DictReader(io.StringIO(given(tab, "csv")))} == of_view, view
        assert {row["claim"] for row in csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig")))} == of_view
        assert of_view
        tab.locator("#answer-in-view").press("Enter")
        expect(tab.locator("#view-network")).to_be_visible()
        assert "marked=" in tab.evaluate("location.hash")


@pytest.mark.parametrize(("language", "scheme", "width"), [("ar", "light", 360), ("fr", "dark", 1440)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(visit, answering, violations, language, scheme, width):
    size = {"width": width, "height": 740}
    tab = visit(answering, f"#lang={language}&view=ask", color_scheme=scheme, viewport=size)
    ask(tab, QUERIES["optional"])
    found = violations(tab)
    ask(tab, QUERIES["token"])
    tab.locator("#query-text").type(" az:Cit")
    expect(tab.locator("#query-names")).to_be_visible()
    found += violations(tab)
    ask(tab, QUERIES["construct"])
    found += violations(tab)
    assert found == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("getComputedStyle(document.querySelector('#query-text')).direction") == "ltr"


def test_the_policy_gains_two_words_and_the_engine_waits_until_it_is_asked(visit, answering, valley):
    policies = [
        re.search(r'Policy" content="([^"]+)"', file.read_text(encoding="utf-8"))[1] for file in (valley, answering)
    ]
    plain, more = (re.sub(r"'sha256-[^']+'", "#", policy) for policy in policies)
    assert more == plain.replace("; style", " 'wasm-unsafe-eval'; worker-src blob:; style", 1)
    tab = visit(answering, "#lang=en&view=ask")
    assert tab.workers == []
    ask(tab, "ASK {}")
    assert len(tab.workers) == 1


def test_the_default_page_has_nothing_of_it(visit, valley):
    tab = visit(valley, "#lang=en&view=ask&query=ASK%20%7B%7D")
    assert tab.locator("[data-view=ask], #view-ask, #machine").count() == 0
    expect(tab.locator("[data-view=network]")).to_have_attribute("aria-pressed", "true")

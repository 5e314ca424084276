"""The page that answers SPARQL by itself: as the command line does, offline, within its deadline, by keyboard too."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from playwright.sync_api import Page, expect
from programs import run

from graph.export import writers
from graph.model.formats import FORMATS
from graph.page import engine, html

HERE = Path(__file__).parent
QUERIES = dict(re.findall(r"^### (\w+)\n(.*?)(?=^###|\Z)", (HERE / "queries.rq").read_text(encoding="utf-8"), re.M | re.S))
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


def test_one_file_of_queries_is_answered_as_the_command_line_answers(visit, answering, region):
    assert run(region, "build").returncode == 0
    tab = visit(answering, "#lang=en&view=ask")
    for name, query in QUERIES.items():
        done = run(region, "query", query, "-f", "turtle" if name == "construct" else "csv")
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

"""Over HTTP the questions' SPARQL can be edited and run, and an overview asks for what it does not hold."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from programs import ROOT

from graph import pipeline
from graph.knowledge import overview

VALLEY = ROOT / "tests" / "regions" / "emerald-valley" / "data"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the build in `dist` there, at the address that this gives."""
    code = "from graph.cli import main; main()"
    serving = [sys.executable, "-c", code, "serve", "--out", str(folder / "dist"), "--port", "0"]
    with subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            yield re.search(r"http://[\d.]+:\d+/", server.stdout.readline())[0]
        finally:
            server.terminate()


def test_a_question_is_edited_and_run_and_a_wrong_one_explained(browser, emerald_home):
    with served(emerald_home) as address:
        context = browser.new_context(locale="en-GB")
        tab = context.new_page()
        tab.goto(f"{address}#lang=en&view=questions&question=centres")
        box = tab.locator(".question[open]")
        box.locator("details summary").click()
        query, answer = box.locator("textarea"), box.locator("[aria-live]")
        query.fill("SELECT ?who WHERE { ?who a az:Council }")
        box.get_by_role("button", name="Run").click()
        expect(answer).to_contain_text("Emerald Valley Council")
        query.fill("CONSTRUCT { ?who a az:Council } WHERE { ?who a az:Council }")
        box.get_by_role("button", name="Run").click()
        expect(answer.locator("pre")).to_contain_text("emerald-valley-council")
        tab.locator("button[data-lang=fr]").click()
        box.locator("details summary").click()
        expect(query).to_have_value("CONSTRUCT { ?who a az:Council } WHERE { ?who a az:Council }")
        tab.locator("button[data-lang=en]").click()
        box.locator("details summary").click()
        query.fill("SELECT nonsense")
        box.get_by_role("button", name="Run").click()
        expect(answer).to_contain_text("Failed:")
        context.close()


def test_an_overview_finds_what_it_does_not_hold_and_tells_what_is_said_of_it(
    browser, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.knowledge.knowledge.MOST_CLAIMS", 17)
    monkeypatch.setattr(overview, "THINGS", 6)
    pipeline.build(VALLEY, ROOT / "ontology", tmp_path / "dist")
    with served(tmp_path) as address:
        tab = browser.new_context(locale="en-GB").new_page()
        tab.goto(f"{address}#lang=en")
        tab.locator("#search").fill("Noura")
        outside = tab.locator("#results [role=group]", has_text="Not in this overview").locator("[role=option]")
        expect(outside).to_contain_text("Noura Haddad")
        outside.dispatch_event("mousedown")
        record = tab.locator("#record")
        for _ in range(2):
            expect(record.locator("h2")).to_have_text("Noura Haddad")
            expect(record.locator("li")).to_contain_text(
                "Noura Haddad presides over Emerald Valley Council stated Gazetteer"
            )
            tab.reload()
        tab.locator("button[data-lang=ar]").click()
        expect(record).to_contain_text("خارج هذه النظرة العامة")
        tab.goto(f"{address}#lang=en&select=never-heard-of")
        expect(record).to_contain_text("names nothing so")

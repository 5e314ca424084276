"""Over HTTP the questions' SPARQL can be edited and run."""

from __future__ import annotations

import re
import subprocess
import sys

from playwright.sync_api import expect


def test_a_question_is_edited_and_run_and_a_wrong_one_explained(browser, emerald_home):
    serving = [
        sys.executable,
        "-c",
        "from graph.cli import main; main()",
        "serve",
        "--out",
        str(emerald_home / "dist"),
        "--port",
        "0",
    ]
    with subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        address = re.search(r"http://[\d.]+:\d+/", server.stdout.readline())[0]
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
        server.terminate()

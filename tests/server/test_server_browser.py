"""A real browser under the server's policies: the pages work, complain of nothing and ask nobody else."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from graph.knowledge.knowledge import Knowledge
from graph.page import html as network
from graph.web import ontology

from .conftest import Served, running, write_build


@pytest.fixture(scope="module")
def site(quads: str, emerald: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    files = {}
    for name, write in {"index.html": network.write, "ontology.html": ontology.write}.items():
        written = io.BytesIO()
        write(emerald, written)
        files[name] = written.getvalue().decode()
    folder = tmp_path_factory.mktemp("site") / "dist"
    with running(write_build(folder, quads, **files)) as server:
        yield server


@pytest.fixture(scope="module")
def tab(site: Served) -> Iterator[Page]:
    chromium = shutil.which("chromium")
    assert chromium, "the tests of the pages need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        opened = browser.new_context(locale="fr-FR", base_url=site.address).new_page()
        asked, complaints = [], []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
        refused = "the server responded with a status of 400 (Bad Request)"  # a query that is wrong, as it should be
        assert [each for each in complaints if refused not in each] == []
        assert [url for url in asked if not url.startswith((site.address, "data:", "blob:"))] == []
        browser.close()


def test_a_query_is_written_run_and_followed_to_the_thing_it_names(tab: Page) -> None:
    tab.goto("/query")
    assert tab.locator("html").get_attribute("lang") == "fr"
    tab.get_by_role("textbox").fill("SELECT ?city { ?city az:population ?n }")
    tab.get_by_role("button", name="Exécuter").click()
    assert tab.get_by_role("cell").all_inner_texts() == ["L'oasis"]
    views = {name: tab.get_by_role("link", name=name, exact=True).last for name in ("Réseau", "Carte")}
    assert {name: link.get_attribute("href") for name, link in views.items()} == {
        "Réseau": "/#lang=fr&view=network&marked=oasis",
        "Carte": "/#lang=fr&view=map&marked=oasis",
    }
    script = tab.request.get("/query.js").text()
    assert "fetch(`/" not in script, "where a proxy shows the server below a path, that is another place"
    tab.get_by_role("cell").get_by_role("link").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "L'oasis"
    tab.get_by_role("link", name="العربية").click()
    assert (tab.locator("html").get_attribute("dir"), tab.get_by_role("heading", level=1).inner_text()) == (
        "rtl",
        "الواحة",
    )


def test_names_are_completed_the_line_of_a_mistake_is_marked_and_the_answer_saved(tab: Page) -> None:
    tab.goto("/query?lang=fr")
    field, names = tab.get_by_role("textbox"), tab.get_by_role("option")
    field.fill("SELECT ?n {\n oas")
    field.press("Control+Space")
    expect(names).to_have_text([":oasisL'oasis"])
    expect(names).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    field.type("az:popu")
    expect(names).to_have_text(re.compile("az:population"))
    field.press("ArrowDown")
    field.press("Enter")
    field.type("?n ?m }")
    field.press("Control+Enter")
    expect(tab.locator(".line-numbers .marked")).to_have_text("2")
    field.fill(field.input_value().replace(" ?m", ""))
    field.press("Control+Enter")
    expect(tab.get_by_role("cell")).to_have_count(1)
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="CSV").click()
    assert Path(saved.value.path()).read_text(encoding="utf-8").splitlines()[0] == "n"
    tab.go_back()
    expect(tab.locator(".line-numbers .marked")).to_have_text("2")


def test_the_style_is_applied_and_a_page_is_no_wider_than_a_phone(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 700})
    for path in ("/valley/lab.html", "/query?query=SELECT*{?s?p?o}LIMIT 5", "/azetta/ontology.html"):
        tab.goto(path)
        assert tab.evaluate("getComputedStyle(document.querySelector('header')).display") == "flex"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
    tab.set_viewport_size({"width": 1200, "height": 800})


def test_the_network_works_under_the_policy_it_is_served_with(tab: Page) -> None:
    tab.goto("/")
    tab.locator("canvas").first.wait_for()

"""The pages of a site in a real browser, from plain files in a folder, on a phone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from programs import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "page" / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = "axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations.map(({id}) => id))"
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({value}) => { sum += value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 200);
})"""


def test_a_page_is_styled_still_narrow_and_open_to_all(site: Path) -> None:
    chromium = shutil.which("chromium")
    assert chromium, "the tests of the pages need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        tab = browser.new_page(viewport={"width": 360, "height": 700}, color_scheme="dark")
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        for path in ("ar/cafe-numerique.html", "fr/source/bulletin.html", "en/index.html", "ontology.html"):
            tab.goto((site / path).as_uri())
            assert tab.evaluate("getComputedStyle(document.querySelector('header')).display") == "flex"
            assert tab.evaluate("document.documentElement.scrollWidth") == 360, path
            assert tab.evaluate(SHIFTS) == 0, path
            tab.evaluate(AXE.read_text(encoding="utf-8"))
            assert tab.evaluate(FAULTS) == [], path
        tab.goto((site / "ar" / "cafe-numerique.html").as_uri())
        tab.get_by_role("link", name="Français").click()
        assert tab.get_by_role("heading", level=1).inner_text() == "Café Numérique"
        for place, language in (("", "ar"), ("#fr", "fr"), ("#en-City", "en"), ("#City", "ar")):
            tab.goto("about:blank")
            tab.goto((site / f"ontology.html{place}").as_uri().replace("%23", "#"))
            shown = [each.get_attribute("id") for each in tab.locator("section").all() if each.is_visible()]
            assert shown == [language], place
            top = tab.evaluate("scrollY")
            assert top > 500 if place.endswith("City") else top == 0, "a language begins with the document's head"
        assert all(each.startswith((site.as_uri(), "data:")) for each in asked)
        browser.close()

"""Of what is too large for one page, the page holds an overview, and says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from graph.knowledge import overview
from graph.knowledge.knowledge import Knowledge


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.knowledge.knowledge.MOST_CLAIMS", 17)
    monkeypatch.setattr(overview, "THINGS", 6)


def test_an_overview_says_of_how_much_it_is_and_what_the_communities_are(large, visit, paged, emerald: Knowledge):
    tab = visit(paged(emerald), "#lang=fr")
    expect(tab.locator("#partial")).to_contain_text("les 6 entités les plus reliées sur 13")
    tab.locator("[data-lang=ar]").click()
    expect(tab.locator("#partial")).to_contain_text("نظرة عامة: 6 من 13 من العناصر")
    tab.locator("[data-lang=en]").click()
    expect(tab.locator("#partial")).to_contain_text("azetta serve")
    tab.locator("[data-view=questions]").click()
    tab.locator(".question > summary").first.click()
    expect(tab.locator(".question[open]")).to_contain_text("azetta question")
    tab.locator("[data-view=communities]").click()
    rows = [
        [" ".join(cell.split()) for cell in row.inner_text().split("\t")]
        for row in tab.locator("#communities tr").all()[1:]
    ]
    assert rows == [
        ["Emerald Valley Region", "6", "Barmij 1 Café Numérique 1"],
        ["Barmij", "4", "Café Numérique 1 Emerald Valley Region 1"],
        ["Café Numérique", "3", "Barmij 1 Emerald Valley Region 1"],
    ]
    tab.locator("#communities tbody a", has_text="Barmij").first.click()
    expect(tab.locator("#record h2")).to_have_text("Barmij")

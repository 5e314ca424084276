"""Figures, sums and dates are written as the language writes them, wherever a claim is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SPACE = "\u202f"  # between three digits and three in French
AT = "select=technopark-tiznit&compare=innovation-city"


@pytest.mark.parametrize(
    ("lang", "cost", "area", "works", "silent"),
    [
        ("ar", "42.000.000 درهم مغربي", "4.900 م²", "غشت 2025", ["2.000 م²", "50.000.000 درهم مغربي", "يناير 2019"]),
        (
            "fr",
            f"42{SPACE}000{SPACE}000 dirhams marocains",
            f"4{SPACE}900 m²",
            "août 2025",
            [f"2{SPACE}000 m²", f"50{SPACE}000{SPACE}000 dirhams marocains", "janvier 2019"],
        ),
        ("en", "42,000,000 Moroccan dirhams", "4,900 m²", "August 2025", ["2,000 m²", "50,000,000 Moroccan dirhams"]),
    ],
)
def test_a_comparison_a_citation_and_the_silence_of_sources_have_no_raw_figure(
    visit, curated, lang, cost, area, works, silent
):
    tab = visit(curated, f"#lang={lang}&{AT}")
    table = tab.locator(".comparison")
    for said in (cost, area, works):
        expect(table.get_by_text(said, exact=True).first).to_be_visible()
    value = table.locator("li", has_text=cost).first
    value.locator("summary").first.click()
    value.locator("[data-more=cite] > summary").click()
    expect(value.locator("[data-more=cite] p").first).to_contain_text(cost)
    tab.goto(f"{tab.url.split('#')[0]}#lang={lang}&view=questions&question=silence&with=technopark-agadir")
    answers = tab.locator(".question[open] table")
    for said in silent:
        expect(answers).to_contain_text(said)
    shown = f"{table.inner_text() if table.count() else ''}{answers.inner_text()}"
    assert [raw for raw in ("42000000", "50000000", "2019-01", "2025-08") if raw in shown] == []
    button = answers.locator("[aria-expanded]").nth(1)
    assert silent[1] in button.get_attribute("aria-label")


def test_what_another_source_says_otherwise_has_its_unit_too(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=conflicts")
    answers = tab.locator(".question[open] table")
    for area in ("1,240 m²", "1,500 m²"):
        expect(answers.get_by_text(area, exact=True)).to_have_count(
            2
        )  # as what the one says, and as what the other does
    assert not [raw for raw in ("1240", "1500") if raw in answers.inner_text()]

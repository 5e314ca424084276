"""Planned, under way and standing are told apart without colour: by dashes, by outlines, in words."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import expect

from graph.knowledge.triples import Asserted
from graph.model.records import Claim

RIM = re.compile(r'<path[^>]*stroke-width="0\.28"[^>]*><title>([^<]+)<')  # an outline is wider than other rims


def staged(knowledge, *stages):
    """Give a dataset that tells, by the gazetteer, of stages of its fab lab: [(stage, since)]."""
    told = [
        Claim(
            "cafe-fab-lab", "stage", stage, "", True, "stated", "gazetteer", (), "lab/1", n, since=since, id=f"{n:016x}"
        )
        for n, (stage, since) in enumerate(stages)
    ]
    facts = replace(knowledge.facts, claims=(*knowledge.facts.claims, *told))
    return replace(knowledge, asserted=Asserted(facts, knowledge.ontology))


def test_what_is_planned_is_an_outline_and_what_is_built_has_a_core(visit, paged, emerald, take):
    building = ("az:UnderConstruction", "2030")
    tab = visit(paged(staged(emerald, building)), "#lang=en")
    drawing = take(tab, "svg").decode()
    assert set(RIM.findall(drawing)) == {"Café Numérique incubator", "Café Numérique fab lab"}
    opened = take(visit(paged(staged(emerald, building, ("az:InOperation", "2031"))), "#lang=en"), "svg").decode()
    assert RIM.findall(opened) == ["Café Numérique incubator"]


def test_the_legend_shows_it_and_the_map_says_it(visit, paged, emerald):
    tab = visit(paged(staged(emerald, ("az:UnderConstruction", "2030"))), "#lang=fr&view=map")
    samples = tab.locator("[data-facet=status]")
    rims = {each.get_attribute("data-value"): each.locator("path[stroke]").count() for each in samples.all()}
    assert rims == {"stated": 0, "ongoing": 1, "planned": 1, "inferred": 0}
    lines = [each.get_attribute("stroke-dasharray") for each in samples.locator("line").all()]
    assert len(set(lines)) == len(lines) == 4
    expect(tab.locator("#map .mark[aria-label*='Café Numérique']").first).to_be_attached()


def test_without_the_pages_colours_lines_and_marks_still_stand_out(visit, valley):
    """Where the system chooses the colours, the picture follows its ground, whatever the page was switched to."""
    tab = visit(valley, "#lang=en&theme=light", forced_colors="active", color_scheme="dark")
    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    style = "getComputedStyle(document.documentElement).getPropertyValue"
    assert tab.evaluate(f"{style}('--edge')") == tab.evaluate(f"{style}('--edge-strong')")

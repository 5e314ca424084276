"""The picture that is taken away can be read without the page: directions, names apart, what it is and whence."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from checkout import DATA, ONTOLOGY

from graph.knowledge import part
from graph.pipeline import load

BOXES = """selector => [...document.querySelectorAll(selector)].map(e => {
  const { left, right, top, bottom } = e.getBoundingClientRect(); return [left, right, top, bottom]; })"""
MARKS = """[...document.querySelectorAll('path:has(title)')].map(p => {
  const [x, y, r] = p.getAttribute('transform').match(/-?[\\d.]+/g).map(Number); return [p.textContent, x, y, r]; })"""
NAMES = """[...document.querySelectorAll('g.name')].map(g => [...g.querySelectorAll('text')]).map(lines => [
  lines.map(line => line.textContent).join(' '), lines.map(line => {
    const { x, width } = line.getBBox(), y = Number(line.getAttribute('y'));
    return [x, x + width, y - 11, y + 4]; })])"""  # the box of a text would have the room above its letters too
RINGS = "[...document.querySelectorAll('path:has(title)')].filter(p => p.getAttribute('d').includes('M-.5 0A.5'))"


@pytest.fixture
def picture(browser, take):
    """Open the picture of a page by itself."""
    opened = []

    def look(tab):
        tab.wait_for_timeout(300)
        context = browser.new_context(viewport={"width": 1600, "height": 1200})
        opened.append(context)
        shown = context.new_page()
        shown.set_content(take(tab, "svg").decode().partition("?>")[2])
        return shown

    yield look
    for context in opened:
        context.close()


def test_it_says_its_title_its_kinds_its_sources_and_its_licence(visit, valley, picture):
    frame = picture(visit(valley, "#lang=en")).locator("g.frame").inner_html()
    for words in (
        "Emerald Valley (an invented region)",
        "planned",
        "Sources: ",
        "Version 1.0.0 · 1 June 2031",
        "Licence: ",
        "#lang=en",
    ):
        assert words in frame
    assert "programme" in frame.lower()


def test_lit_links_have_heads_that_no_name_covers(visit, curated, picture):
    shown = picture(visit(curated, "#lang=ar&select=souss-massa-authority"))
    heads, names = shown.evaluate(BOXES, ".head"), shown.evaluate(BOXES, "g.name text")
    assert len(heads) > 3
    covered = [
        (head, name)
        for head in heads
        for name in names
        if name[0] < (head[0] + head[1]) / 2 < name[1] and name[2] + 3 < (head[2] + head[3]) / 2 < name[3] - 3
    ]
    assert covered == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_names_side_by_side_do_not_run_together(visit, curated, picture, language):
    names = picture(visit(curated, f"#lang={language}")).evaluate(BOXES, "g.name text")
    touching = [
        (one, two) for one in names for two in names if one[0] < two[0] < one[1] + 5 and abs(one[2] - two[2]) < 10
    ]
    assert touching == []


def test_a_ring_hides_the_links_behind_it(visit, curated, picture):
    shown = picture(visit(curated, "#lang=en"))
    holes = f"{RINGS}.map(p => p.previousElementSibling)"
    rings = shown.evaluate(f"{RINGS}.map(p => p.getAttribute('transform'))")
    assert rings
    assert shown.evaluate(f"{holes}.map(p => p.getAttribute('transform'))") == rings
    assert set(shown.evaluate(f"{holes}.map(p => p.getAttribute('fill'))")) == {"#fbf9f4"}


def test_no_count_floats_over_a_faded_link(visit, curated, picture):
    for chosen in ("select=tangier", "from=karim-achengli&to=agadir"):
        assert picture(visit(curated, f"#lang=en&{chosen}")).locator("g.count").count() == 0


def test_heads_stand_outside_the_ring_of_what_is_selected(visit, valley, picture):
    shown = picture(visit(valley, "#lang=en&select=emerald-valley-council"))
    find = "[...document.querySelectorAll('path:has(title)')].find(p => p.textContent === 'Emerald Valley Council')"
    x, y, size = shown.evaluate(f"[...{find}.getAttribute('transform').matchAll(/[\\d.]+/g)].map(Number)")
    places = shown.evaluate("[...document.querySelectorAll('.head')].map(p => p.getAttribute('transform'))")
    heads = [tuple(map(float, re.findall(r"[\d.]+", place)[:2])) for place in places]
    near = [math.dist((x, y), head) / size for head in heads if math.dist((x, y), head) < 4 * size]
    assert near
    assert min(near) > 1.75


def test_communities_stand_on_grounds_named_by_their_hubs(visit, curated, names_drawn, picture):
    tab = visit(curated, "#lang=en")
    names = names_drawn(tab)
    hubs = picture(tab).evaluate("[...document.querySelectorAll('g.ground')].map(g => g.dataset.hub)")
    assert len(hubs) == 10
    assert {"souss-massa-authority", "technopark-tiznit", "karim-achengli"} <= set(hubs)
    assert {"Souss-Massa Region", "Technopark Tiznit", "Karim Achengli"} <= names


@pytest.fixture(scope="module")
def with_one_article(paged):
    """The page of what the first article and the reference data say."""
    first = {"albarg-2024-04-22", "hcp-2024", "geonames", "wikidata"}
    return paged(replace(part._part(load(DATA, ONTOLOGY), lambda claim: claim.source in first), whole=True))


@pytest.mark.parametrize(("page", "language"), [("curated", "ar"), ("curated", "fr"), ("with_one_article", "fr")])
def test_of_the_things_at_least_eighty_are_named_each_beside_its_own_mark(visit, picture, request, page, language):
    shown = picture(visit(request.getfixturevalue(page), f"#lang={language}"))
    names, marks = shown.evaluate(NAMES), shown.evaluate(MARKS)
    assert len(names) >= 80
    for name, lines in names:
        gaps = [(gap(lines, *at), title.startswith(name.removesuffix("…"))) for title, *at in marks]
        own = min(far for far, is_own in gaps if is_own)
        assert all(far > own - 0.5 for far, is_own in gaps if not is_own), f"{name} stands nearer to a stranger"


def gap(lines, x, y, r):
    """Measure from the letters of a name to the rim of a mark."""
    far = (math.hypot(max(left - x, 0, x - right), max(top - y, 0, y - foot)) for left, right, top, foot in lines)
    return max(0, min(far) - r)


COVERED = """boxes => boxes.filter(([left, right, top, bottom]) => {
  const canvas = document.getElementById("canvas"), { x, y } = canvas.getBoundingClientRect();
  return !canvas.contains(document.elementFromPoint(x + (left + right) / 2, y + (top + bottom) / 2));
})"""


@pytest.mark.parametrize("size", [(1440, 900), (360, 740)])
def test_no_name_stands_under_a_button(visit, curated, picture, size):
    tab = visit(curated, "#lang=en", viewport={"width": size[0], "height": size[1]})
    for picked in ("", "&select=orange-digital-center-agadir", "&tour=who-leads&select=souss-massa-authority"):
        tab.evaluate("hash => { location.hash = hash; }", f"lang=en{picked}")
        lines = [line for _, lines in picture(tab).evaluate(NAMES) for line in lines]
        assert len(lines) > 3
        assert tab.evaluate(COVERED, lines) == [], picked

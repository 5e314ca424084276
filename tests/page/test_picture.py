"""The picture that is taken away can be read without the page: directions, names apart, what it is and whence."""

from __future__ import annotations

import math
import re

import pytest

BOXES = """selector => [...document.querySelectorAll(selector)].map(e => {
  const { left, right, top, bottom } = e.getBoundingClientRect(); return [left, right, top, bottom]; })"""
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
    for words in ("Emerald Valley (an invented region)", "planned", "Sources: ", "Licence: "):
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
    assert len(names) >= 78  # of the 133 that are drawn
    hubs = picture(tab).evaluate("[...document.querySelectorAll('g.ground')].map(g => g.dataset.hub)")
    assert len(hubs) == 10
    assert {"souss-massa-authority", "technopark-tiznit", "karim-achengli"} <= set(hubs)
    assert {"Souss-Massa Region", "Technopark Tiznit", "Karim Achengli"} <= names

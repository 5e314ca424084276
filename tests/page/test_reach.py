"""Nothing is out of reach: on a phone, held upright or across, at 400 % zoom, on a large screen; axe is content."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest
from playwright.sync_api import expect

VIEWS = ("network", "map", "table", "timeline", "spots", "questions", "texts")
LANGUAGES = {"ar": "rtl", "fr": "ltr", "en": "ltr"}
SCHEMES = ("light", "dark")
ZOOMED, ACROSS = (320, 256), (640, 360)  # 1280×1024 at 400 %; a phone held across
SIZES = ((360, 640), (390, 844), (768, 1024), (1440, 900), (2560, 1440), ACROSS, ZOOMED)
ALL = tuple(product(VIEWS, LANGUAGES, SCHEMES, SIZES))
LINKED = {"Technopark Tiznit", "Tiznit", "Région Souss-Massa"}
OUT_OF_REACH = (Path(__file__).parent / "reach.js").read_text(encoding="utf-8")


def mixed():
    """Choose so few of all cases that each pair of view, language, scheme and size is among them."""
    for v, view in enumerate(VIEWS):
        for s, size in enumerate(SIZES):
            yield view, tuple(LANGUAGES)[(v + s) % 3], SCHEMES[(v + s // 2) % 2], size


def pairs(cases):
    return {pair for case in cases for pair in combinations(enumerate(case), 2)}


def test_the_ordinary_cases_hold_every_pair():
    assert pairs(mixed()) == pairs(ALL)


def check(visit, file, violations, cases):
    tab = visit(file)
    found = {}
    for number, (view, language, scheme, (width, height)) in enumerate(cases):
        picked = "&select=agadir" if number % 2 else ""
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(color_scheme=scheme)
        tab.evaluate("hash => { location.hash = hash; }", f"lang={language}&view={view}{picked}")
        expect(tab.locator(f"[data-view={view}]")).to_have_attribute("aria-pressed", "true")
        root = tab.locator("html")
        expect(root).to_have_attribute("data-theme", scheme)
        expect(root).to_have_attribute("dir", LANGUAGES[language])
        found[view, language, scheme, width, picked] = tab.evaluate(OUT_OF_REACH) + violations(tab, targets=True)
    assert {case: complaints for case, complaints in found.items() if complaints} == {}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_out_of_reach(visit, curated, violations, size):
    check(visit, curated, violations, [case for case in mixed() if case[3] == size])


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_out_of_reach_whatever_the_combination(visit, curated, violations, language, size):
    check(visit, curated, violations, [case for case in ALL if case[1] == language and case[3] == size])


def test_at_400_percent_the_view_is_seen_before_anything_is_scrolled(visit, curated):
    tab = visit(curated, viewport={"width": ZOOMED[0], "height": ZOOMED[1]})
    for lang, view in (("ar", "network"), ("fr", "questions"), ("en", "map")):
        tab.evaluate("hash => { location.hash = hash; }", f"lang={lang}&view={view}")
        shown = tab.locator("#canvas" if view == "network" else f"#{view}")
        expect(shown).to_be_visible()
        assert tab.locator("header").bounding_box()["height"] <= 0.4 * ZOOMED[1]
        assert shown.bounding_box()["y"] <= 0.6 * ZOOMED[1]
        expect(tab.locator("#search")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [ZOOMED, ACROSS, (360, 640)])
def test_what_is_picked_has_its_picture_in_sight(visit, curated, things_drawn, width, height):
    """Neither a slit nor a heap: what the thing is linked to stands apart, and inside."""
    tab = visit(curated, "#lang=fr", viewport={"width": width, "height": height})
    tab.evaluate("location.hash = 'lang=fr&select=technopark-tiznit'")
    expect(tab.locator("#record h2")).to_have_text("Technopark Tiznit")
    canvas = tab.locator("#canvas").bounding_box()
    assert canvas["y"] >= 0
    assert canvas["y"] + canvas["height"] <= height
    assert canvas["height"] >= 150
    near = [spot for name, spot in things_drawn(tab).items() if name in LINKED]
    assert all(0 < x < canvas["width"] and 0 < y < canvas["height"] for x, y in near)
    assert len(near) == len(LINKED)
    assert max(y for _, y in near) - min(y for _, y in near) > 50


def test_a_keyboard_does_not_cover_the_field_it_types_into(visit, curated):
    tab = visit(curated, "#lang=ar", viewport={"width": 390, "height": 844})
    tab.locator("#about-toggle").click()
    field = tab.locator("#path-from")
    field.click()
    tab.set_viewport_size({"width": 390, "height": 420})  # what a keyboard leaves
    field.press_sequentially("agad")
    expect(tab.locator("#path-from-list [role=option]").first).to_be_in_viewport(ratio=0.9)
    expect(field).to_be_in_viewport(ratio=1)
    box = field.bounding_box()
    assert tab.evaluate("at => document.elementFromPoint(...at).id", [box["x"] + 20, box["y"] + 10]) == "path-from"

"""On a phone nothing is out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_view_has_its_tab_in_sight(visit, valley, lang):
    tab = visit(valley, f"#lang={lang}&view=questions", **PHONE)
    boxes = [each.bounding_box() for each in tab.locator("[data-view]").all()]
    assert len(boxes) == 7
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_introduction_and_the_ways_between_things_open_without_choosing_one(visit, valley):
    tab = visit(valley, "#lang=fr", **PHONE)
    expect(tab.locator("#path-from")).to_be_hidden()
    tab.get_by_role("button", name="À propos et chemins").tap()
    expect(tab.locator("#path-from")).to_be_visible()
    tab.locator("#record .links a").first.tap()
    expect(tab.locator("#about-toggle")).to_be_hidden()  # else it opens what nobody sees before the record is closed
    tab.locator("#record .head button").tap()
    expect(tab.locator("#record-side")).to_be_hidden()


def test_the_buttons_over_the_network_stay_inside(visit, valley):
    for lang in ("ar", "fr", "en"):
        tab = visit(valley, f"#lang={lang}", **PHONE)
        boxes = [tab.locator(each).bounding_box() for each in ("#legend-toggle", "#about-toggle")]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_open_legend_leaves_its_button_and_what_is_filtered_free(visit, valley, lang):
    tab = visit(valley, f"#lang={lang}&status=planned,stated&kind=Programme", **PHONE)
    chips = tab.locator("#chips button").all()
    buttons = [tab.locator("#legend-toggle"), tab.locator("#about-toggle"), *chips]
    boxes = [each.bounding_box() for each in buttons]
    assert len(chips) == 4
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert [box["height"] for box in boxes[:2]] == [40, 40]
    tab.locator("#legend-toggle").tap()
    button = tab.locator("#legend-toggle").bounding_box()
    assert tab.locator("#legend").bounding_box()["y"] >= button["y"] + button["height"]
    tab.locator("#legend-toggle").tap()
    expect(tab.locator("#legend")).to_be_hidden()

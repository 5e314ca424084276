"""On paper: light, with a title, a key, the sources and the licence, and with the evidence."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


def on_paper(tab):
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    return tab.locator("#sheet")


def test_printing_leaves_out_what_only_a_screen_needs(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(tab.locator("header")).to_be_hidden()
    expect(tab.locator("#record")).to_contain_text("Characters 48–79")
    expect(tab.locator("#record h2")).to_be_visible()


@pytest.mark.parametrize("view", ["network", "map", "table"])
def test_a_sheet_says_what_it_is_and_is_light_whatever_the_screen(visit, valley, view):
    tab = visit(valley, f"#lang=en&view={view}", color_scheme="dark")
    sheet = on_paper(tab)
    expect(sheet).to_be_visible()
    for words in ("Emerald Valley (an invented region)", "Licence: ", "Sources: ", "https://"):
        expect(sheet).to_contain_text(words)
    assert tab.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(251, 249, 244)"
    if view != "table":
        drawn = {"network": "programme", "map": "centre"}[view]  # no programme of the valley has a place of its own
        assert drawn in sheet.inner_text().lower()
        ground = {"network": "#fbf9f4", "map": "rgb(226, 236, 238)"}[view]
        expect(sheet.locator("rect").first).to_have_attribute("fill", ground)
        expect(tab.locator(f"#view-{view}")).to_be_hidden()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.emulate_media(media="screen")
    expect(sheet).to_have_count(0)
    assert tab.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(18, 23, 29)"


def test_the_sheet_shows_the_whole_whatever_the_zoom(visit, valley):
    tab = visit(valley, "#lang=en")
    for _ in range(8):
        tab.locator("#zoom-in").click()
    sheet = on_paper(tab)
    frame = sheet.bounding_box()
    spots = [spot.bounding_box() for spot in sheet.locator("path:has(title)").all()]
    assert len(spots) == 13
    assert all(frame["x"] < spot["x"] < frame["x"] + frame["width"] for spot in spots)
    assert all(frame["y"] < spot["y"] < frame["y"] + frame["height"] for spot in spots)

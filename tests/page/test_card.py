"""The card beside what is pointed at or walked to: not over its mark, not out of the picture, not for a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LINES = {
    "en": ["Barmij", "Café Numérique", "Training centre", "located in: Al Marsa", "Sources: 1"],
    "ar": ["المقهى الرقمي", "مركز تكوين", "المصادر: 1"],
}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_it_tells_the_kind_three_facts_and_how_many_sources(visit, valley, things_drawn, lang):
    tab = visit(valley, f"#lang={lang}")
    x, y = things_drawn(tab)[{"en": "Café Numérique", "ar": "المقهى الرقمي"}[lang]]
    tab.locator("#canvas").hover(position={"x": x, "y": y})
    card = tab.locator("#card")
    for words in LINES[lang]:
        expect(card).to_contain_text(words)
    expect(card.locator("li")).to_have_count(3)
    tab.keyboard.press("Escape")
    expect(card).to_be_hidden()
    tab.locator("#canvas").hover(position={"x": 3, "y": 300})
    tab.locator("#canvas").hover(position={"x": x, "y": y})
    expect(card).to_be_visible()
    tab.mouse.down()
    tab.mouse.up()
    expect(tab.locator("#record h2")).to_have_text(LINES[lang][lang == "en"])
    expect(card).to_be_hidden()  # its record says all that and more


@pytest.mark.parametrize("view", [{"width": 1440, "height": 900}, {"width": 700, "height": 420}])
@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_it_stands_beside_the_mark_and_within_the_picture(visit, curated, things_drawn, view, lang):
    tab = visit(curated, f"#lang={lang}", viewport=view)
    canvas = tab.locator("#canvas").bounding_box()
    seen = 0
    for x, y in sorted(things_drawn(tab).values())[::7]:
        if not (0 < x < canvas["width"] and 60 < y < canvas["height"] - 60):
            continue
        tab.mouse.move(canvas["x"] + x, canvas["y"] + y)
        tab.wait_for_timeout(60)
        card = tab.locator("#card").bounding_box()
        if card is None:  # no room
            continue
        seen += 1
        left, top = card["x"] - canvas["x"], card["y"] - canvas["y"]
        assert left >= 0
        assert top >= 0
        assert left + card["width"] <= canvas["width"]
        assert top + card["height"] <= canvas["height"]
        assert not (left < x < left + card["width"] and top < y < top + card["height"])
    assert seen > 8


def test_the_keyboard_has_it_too_and_says_it(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#canvas").focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator("#card strong")).to_have_text("Barmij")
    for place in ("#card", "#live"):
        expect(tab.locator(place)).to_contain_text("Emerald Valley Region – launches – …")
    tab.locator("[data-view=map]").click()
    tab.locator("#map .mark").first.focus()
    tab.keyboard.press("Tab")
    expect(tab.locator("#view-map #card")).to_be_visible()
    tab.locator("[data-view=table]").click()
    expect(tab.locator("#card")).to_be_hidden()


def test_a_finger_opens_the_record_and_no_card(visit, valley, things_drawn):
    tab = visit(valley, "#lang=en", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    x, y = things_drawn(tab)["Barmij"]
    tab.locator("#canvas").tap(position={"x": x, "y": y})
    expect(tab.locator("#record h2")).to_have_text("Barmij")
    expect(tab.locator("#card")).to_be_hidden()
    tab.locator("#record .head button").tap()
    tab.locator("[data-view=map]").tap()
    tab.locator("#map .mark").first.tap()
    expect(tab.locator("#card")).to_be_hidden()


def test_the_record_begins_with_the_same_facts(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij", viewport={"width": 1280, "height": 500})
    facts = tab.locator("#record .glance li")
    assert facts.first.inner_text() == "Emerald Valley Region – launches – …"
    expect(facts.first).to_be_in_viewport()

"""Whatever is drawn turns into whatever is asked for next."""

from __future__ import annotations

from playwright.sync_api import expect


def pick(tab, words):
    tab.locator("#search").fill(words)
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_have_text(words)


def test_one_thing_after_the_other_is_found_beyond_the_filter(visit, curated, things_drawn):
    tab = visit(curated, "#lang=en")
    tab.locator("[data-facet=kind][data-value=Centre]").click()
    centres = set(things_drawn(tab))
    for city in ("Agadir", "Tiznit"):
        pick(tab, city)
        assert set(things_drawn(tab)) == centres | {city}


def test_two_steps_back_at_once_lead_from_one_filter_to_another(visit, curated, things_drawn):
    tab = visit(curated, "#lang=en")
    tab.locator("[data-facet=kind][data-value=Pole]").click()
    poles = set(things_drawn(tab))
    tab.locator("#chips button", has_text="Clear filters").click()
    tab.locator("[data-facet=kind][data-value=Event]").click()
    tab.evaluate("history.go(-2)")
    expect(tab.locator("#chips")).to_contain_text("Competitiveness pole")
    assert set(things_drawn(tab)) == poles


def test_one_address_after_the_other(visit, curated, things_drawn):
    tab = visit(curated, "#lang=en&kind=Place&select=youcode")
    places = set(things_drawn(tab)) - {"YouCode"}
    tab.goto(f"{curated.as_uri()}#lang=en&kind=Place&select=haliopole")
    assert set(things_drawn(tab)) == places | {"Haliopôle"}

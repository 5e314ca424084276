"""Whatever is drawn turns into whatever is asked for next."""

from __future__ import annotations

from playwright.sync_api import expect


def pick(tab, words):
    tab.locator("#search").fill(words)
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_have_text(words)


def test_one_thing_after_the_other_is_found_beyond_the_filter(visit, valley, things_drawn):
    tab = visit(valley, "#lang=en")
    tab.locator("[data-facet=kind][data-value=Centre]").click()
    centres = set(things_drawn(tab))
    assert centres == {"Café Numérique", "Café Numérique fab lab", "Café Numérique incubator"}
    for other in ("Al Marsa", "Noura Haddad"):
        pick(tab, other)
        assert set(things_drawn(tab)) == centres | {other}


def test_two_steps_back_at_once_lead_from_one_filter_to_another(visit, valley, things_drawn):
    tab = visit(valley, "#lang=en")
    tab.locator("[data-facet=kind][data-value=Programme]").click()
    tab.locator("#chips button", has_text="Clear filters").click()
    tab.locator("[data-facet=kind][data-value=Event]").click()
    tab.evaluate("history.go(-2)")
    expect(tab.locator("#chips")).to_contain_text("Programme")
    assert set(things_drawn(tab)) == {"Barmij"}


def test_one_address_after_the_other(visit, valley, things_drawn):
    tab = visit(valley, "#lang=en&kind=Place&select=barmij")
    assert set(things_drawn(tab)) == {"Emerald Valley", "Al Marsa", "Barmij"}
    tab.goto(f"{valley.as_uri()}#lang=en&kind=Place&select=marsa-tech")
    assert set(things_drawn(tab)) == {"Emerald Valley", "Al Marsa", "Marsa Tech"}

"""Everybody can use it: its records and panels, by keyboard, without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_records_paths_and_panels(visit, quoting, violations, scheme):
    tab = visit(quoting, "#lang=ar&select=barmij", color_scheme=scheme)
    for summary in tab.locator("#record summary").all():
        summary.click()
    found = violations(tab)
    tab.goto(f"{quoting.as_uri()}#lang=fr&from=noura-haddad&to=young-people")
    found += violations(tab)
    tab.goto(f"{quoting.as_uri()}#lang=en&kind=Programme&select=cafe-incubator~partOf~cafe-numerique")
    tab.locator("#take").click()
    tab.locator("#search").fill("cafe")
    found += violations(tab)
    assert found == []


def test_axe_finds_nothing_when_embedded(visit, valley, violations):
    tab = visit(valley, "#lang=fr&embed&select=barmij", viewport={"width": 900, "height": 600})
    assert violations(tab) == []


def test_the_keyboard_alone_finds_selects_and_leaves(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.keyboard.press("/")
    tab.keyboard.type("manara")
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_be_focused()
    expect(tab.locator("#record h2")).to_have_text("Manara Foundation")
    tab.keyboard.press("Escape")
    expect(tab.locator("#record h2")).to_have_text("Emerald Valley (an invented region)")


def test_the_keyboard_walks_the_network_and_says_where_it_is(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#canvas").focus()
    tab.keyboard.press("ArrowRight")
    first = tab.locator("#live").inner_text()
    tab.keyboard.press("ArrowDown")
    second = tab.locator("#live").inner_text()
    assert first
    assert second
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_have_text(second.split(",")[0])


def test_the_first_tab_stop_leads_to_the_record(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    tab.keyboard.press("Tab")
    expect(tab.locator("#skip")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_be_focused()
    assert "select=barmij" in tab.url


def test_filters_are_announced(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("[data-facet=kind][data-value=Programme]").click()
    expect(tab.locator("#live")).to_have_text(tab.locator("#counts").inner_text())


def test_without_scripts_the_links_are_there_as_a_table(browser, valley, emerald):
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(valley.as_uri())
    expect(tab.locator("header")).to_be_hidden()
    rows = [row.split("\t")[:3] for row in tab.locator("noscript tr").all_inner_texts()]
    assert ["جهة وادي الزمرد", emerald.ontology.properties["launches"].labels["ar"], "برمج"] in rows
    context.close()

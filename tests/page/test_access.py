"""Everybody can use it: its records and panels, by keyboard, without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_records_paths_and_panels(visit, quoting, violations, scheme):
    tab = visit(quoting, "#lang=ar&select=barmij", color_scheme=scheme)
    for summary in tab.locator("#record summary").all():
        if summary.is_visible():
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


def test_the_arrows_follow_the_links_of_a_thing_and_say_which(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(tab.locator("#skip-view")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#canvas")).to_be_focused()
    tab.keyboard.press("ArrowUp")
    here = tab.locator("#live").inner_text()
    assert here.startswith("Barmij, programme")
    followed = 0
    for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight") * 2:
        tab.keyboard.press(key)
        there = tab.locator("#live").inner_text()
        _, _, link = there.partition(". ")
        if link:  # else nothing that it is linked to lies that way
            followed += 1
            assert {here.split(",")[0], there.split(",")[0]} == {link.split(" – ")[0], link.split(" – ")[2]}
        here = there
    assert followed >= 3


ACTS = (  # where to press Enter, one after the other
    "#legend [data-facet=kind] >> nth=1",
    "#legend [data-facet=kind] >> nth=0",
    "#chips .chip >> nth=0",
    "#chips .chip >> nth=0",
    "#legend [data-mode=fade]",
    "#legend .quiet >> nth=0",
    "[data-view=table]",
    "#table [aria-pressed=false]",
    "[data-sort=status]",
    "#rows a.thing >> nth=2",
    "#record .switch [aria-pressed=false] >> nth=0",
    "#record .links a >> nth=0",
    "#record .head button",
    "[data-view=questions]",
    ".question > summary >> nth=0",
    "[data-view=timeline]",
    ".dot >> nth=0",
    "#record .links a >> nth=0",
    "#tour-next",
    "#tour-leave",
)


@pytest.mark.parametrize("width", [1440, 390])
def test_focus_is_never_lost(visit, curated, width):
    tab = visit(curated, "#lang=fr", viewport={"width": width, "height": 844})
    pressed = []
    for act in ACTS:
        place = tab.locator(act)
        if place.is_visible():
            place.press("Enter")
            tab.wait_for_timeout(30)  # what is hidden loses focus with the next picture
            pressed.append(act)
            assert tab.evaluate("document.activeElement !== document.body"), act
    assert len(pressed) == (len(ACTS) if width == 1440 else 11)


def test_escape_closes_what_lies_on_top_and_gives_focus_back(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij", viewport={"width": 390, "height": 844})
    tab.locator("#legend-toggle").press("Enter")
    tab.locator("#take").press("Enter")
    tab.locator("#search").press_sequentially("man")
    for closed, back in (("#results", "#search"), ("#take-panel", "#take"), ("#legend", "#legend-toggle")):
        expect(tab.locator(closed)).to_be_visible()
        tab.keyboard.press("Escape")
        expect(tab.locator(closed)).to_be_hidden()
        expect(tab.locator(back)).to_be_focused()
    expect(tab.locator("#record h2")).to_have_text("Barmij")
    tab.keyboard.press("Escape")
    expect(tab.locator("#record-side")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_tell_what_is_pressed_and_draw_in_the_system_s(visit, valley, scheme):
    tab = visit(valley, "#lang=en&kind=Programme", forced_colors="active", color_scheme=scheme)
    system = tab.evaluate("""() => {
      const probe = document.body.appendChild(document.createElement("i"));
      return Object.fromEntries(["Highlight", "CanvasText", "Canvas"].map((name) => {
        probe.style.color = name;
        return [name, getComputedStyle(probe).color];
      }));
    }""")
    background = "each => getComputedStyle(each).backgroundColor"
    for pressed in ("[data-view=network]", "[data-lang=en]", "[data-facet=kind][data-value=Programme]"):
        assert tab.locator(pressed).evaluate(background) == system["Highlight"]
    assert tab.locator("[data-view=map]").evaluate(background) != system["Highlight"]
    letters = "() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
    assert tab.evaluate(letters) == "CanvasText"


def test_reduced_motion_ends_where_motion_ends(visit, curated, things_drawn):
    drawn = []
    for motion in ("reduce", "no-preference"):
        tab = visit(curated, "#lang=en", reduced_motion=motion)
        tab.locator("#search").fill("Agadir")
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(700)
        drawn.append(things_drawn(tab))
    calm, moved = drawn
    assert set(calm) == set(moved)
    assert all(abs(a - b) < 3 for name in calm for a, b in zip(calm[name], moved[name], strict=True))


# What a screen reader reads, task by task: roles and names, in their order.
FIND = """
- search:
  - combobox "Search…" [expanded]: manar
  - listbox "Search…":
    - group "Entities (1)":
      - text: Entities (1)
      - option "Manara Foundation organisation" [selected]
"""
READ = """
- heading "Manara Foundation" [level=2]
- button "Close"
- heading "Its links" [level=3]
- heading "partner of 2" [level=4]
- list:
  - listitem:
    - link "Emerald Valley Region"
    - text: inferred
    - group: Evidence
- heading "Links to it" [level=3]
- heading "in partnership with 1" [level=4]
- list:
  - listitem:
    - link "Barmij"
    - group: Evidence
"""
PROVEN = """
- paragraph: stated
- paragraph:
  - text: /Emerald Valley bulletin/
  - time: 1 June 2031
  - link "Characters 48–107"
- link "Open the source"
- group: Cite
- group: Report an error
"""
FILTERED = """
- region "Network":
  - 'button "Clear filters: Programme"'
  - button "Clear filters"
  - application /Network of entities\\. Arrows follow the links/
"""
KIND = """
- region "Kind":
  - heading "Kind" [level=3]
  - list:
    - listitem:
      - button "Programme 1" [pressed]
"""


def test_a_screen_reader_finds_reads_proves_and_filters(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.keyboard.press("/")
    tab.keyboard.type("manar")
    expect(tab.locator("header")).to_match_aria_snapshot(FIND)
    expect(tab.locator("#live")).to_have_text("Results: 1")
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_be_focused()
    expect(tab.locator("#record")).to_match_aria_snapshot(READ)
    tab.locator("#record").get_by_label("Evidence: Barmij").press("Enter")
    expect(tab.locator("#record")).to_match_aria_snapshot(PROVEN)
    tab.locator("[data-facet=kind][data-value=Programme]").press("Enter")
    expect(tab.locator("#legend")).to_match_aria_snapshot(KIND)
    expect(tab.locator("main")).to_match_aria_snapshot(FILTERED)
    expect(tab.locator("#live")).to_contain_text("2 of 13")  # the programme, and what is picked


def test_a_screen_reader_has_a_question_answered(visit, valley):
    tab = visit(valley, "#lang=en&view=questions")
    tab.locator(".question > summary", has_text="Which centres").press("Enter")
    asked = tab.get_by_role("region", name="Questions", exact=True)
    expect(asked.get_by_role("heading", name="Questions", level=2)).to_be_visible()
    expect(asked.get_by_role("columnheader", name="centre")).to_be_visible()
    expect(asked.get_by_role("row").nth(1).get_by_role("link", name="Café Numérique")).to_be_visible()

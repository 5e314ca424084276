"""A view says what it shows, and nothing else: counts, emptiness, the title of the tab, what is lit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

NOTHING = "kind=Council&status=planned"  # the council plans nothing


@pytest.mark.parametrize("view", ["network", "map", "table", "timeline", "spots"])
def test_filters_that_match_nothing_say_so_in_every_view(visit, valley, view):
    tab = visit(valley, f"#lang=en&view={view}&{NOTHING}")
    expect(tab.locator(f"#view-{view}").get_by_text("Nothing matches the filters.")).to_be_visible()
    expect(tab.locator("#counts")).to_contain_text("Entities: 0 of 13")


def test_a_view_that_heeds_no_filter_says_so(visit, valley):
    tab = visit(valley, f"#lang=en&{NOTHING}")
    note = tab.get_by_text("The filters do not change this view.")
    expect(note).to_have_count(0)
    tab.locator("[data-view=questions]").click()
    expect(note).to_be_visible()
    expect(tab.locator("#counts")).to_contain_text("Entities: 13 of 13")


def test_gaps_under_a_filter_show_zeros_or_say_that_nothing_matches(visit, curated):
    tab = visit(curated, "#lang=en&view=spots&kind=Event")
    line = tab.locator("#spots tbody tr", has_text="Tata").locator("td")
    expect(tab.locator("#spots thead th")).to_have_text(["Place", "Towns and communes", "event"])
    expect(line).to_have_text(["0 of 20", "0"])
    tab.goto(f"{curated.as_uri()}#lang=en&view=spots&kind=Council&sector=tourism")
    expect(tab.locator("#spots")).to_have_text("Nothing matches the filters.")


def test_the_timeline_has_the_claims_and_the_sources_that_pass_and_no_others(visit, valley):
    tab = visit(valley, "#lang=en&view=timeline&kind=Council")
    assert tab.locator("#timeline li").count() == 1  # the bulletin tells of the council; the gazetteer and no date do
    tab = visit(valley, "#lang=en&view=timeline&status=planned")
    assert tab.locator("#timeline time").all_inner_texts() == ["1 June 2031"]


def test_the_count_is_of_what_is_drawn(visit, valley, things_drawn):
    for address in ("kind=Theme&select=barmij", "kind=Theme&from=noura-haddad&to=barmij", "place=al-marsa"):
        tab = visit(valley, f"#lang=en&{address}")
        expect(tab.locator("#counts")).to_contain_text(f"Entities: {len(things_drawn(tab))} of 13")


def test_numbers_beside_each_other_count_the_same_or_say_what_they_count(visit, curated):
    tab = visit(curated, "#lang=en&view=table")
    numbers = tab.locator("section", has=tab.get_by_role("heading", name="Most linked")).locator(".number")
    column = tab.locator("#rows tbody tr td:nth-child(5)").all_inner_texts()
    assert numbers.all_inner_texts() == column[:8]
    entities, links = re.findall(r"\d+", tab.locator("#counts").inner_text())[1:]
    expect(tab.locator("#record")).to_contain_text(
        f"The network draws only what texts name or link (entities: {entities} · links: {links})."
    )


def test_the_filter_of_rows_is_in_the_address_and_escape_clears_it(visit, valley):
    tab = visit(valley, "#lang=en&view=table")
    tab.locator("#table input").press_sequentially("cafe")
    assert "rows=cafe" in tab.url
    shown = tab.locator("#rows tbody tr").count()
    assert 0 < shown < 13
    tab.reload()
    expect(tab.locator("#rows tbody tr")).to_have_count(shown)
    expect(tab.locator("#table input")).to_have_value("cafe")
    tab.locator("#rows tbody a").first.click()
    expect(tab.locator("#rows tbody tr")).to_have_count(shown)
    tab.keyboard.press("Escape")  # first the rows, then what is picked
    expect(tab.locator("#rows tbody tr")).to_have_count(13)
    expect(tab.locator("#table input")).to_have_value("")
    assert "rows" not in tab.url
    assert "select" in tab.url


def test_the_tab_names_the_view_and_what_is_picked(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    whole = tab.locator("#title").inner_text()
    assert tab.title() == f"Barmij · Network · {whole}"
    tab.keyboard.press("Escape")
    assert tab.title() == f"Network · {whole}"
    for address, named in {
        "lang=fr&view=map&select=barmij&compare=noura-haddad": "Barmij – Noura Haddad · Carte",
        "lang=en&from=barmij&to=al-marsa": "Barmij – Al Marsa · Network",
        "lang=en&view=questions&question=poles&select=barmij": "Which poles are there, which sectors are they meant to"
        " serve, and what solutions do they seek? · Barmij · Questions",
        "lang=en&view=questions&question=activities": "What did each person do, and with whom? · Questions",
        "lang=en&view=questions&question=activities&with=person~noura-haddad": "What did this person do, and with whom?"
        " · Noura Haddad · Questions",
        "lang=ar&view=timeline": "الخط الزمني",
    }.items():
        tab.goto(f"{tab.url.split('#')[0]}#{address}")
        assert tab.title() == f"{named} · {tab.locator('#title').inner_text()}"


def test_the_panel_closes_at_a_click_elsewhere_and_not_at_one_within(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#take").click()
    tab.locator("#take-panel h2").click()
    expect(tab.locator("#take-panel")).to_be_visible()
    tab.locator("#counts").click()
    expect(tab.locator("#take-panel")).to_be_hidden()
    expect(tab.locator("#take")).to_have_attribute("aria-expanded", "false")


def test_what_is_lit_is_in_sight_and_calm_motion_ends_where_motion_does(visit, curated, things_drawn):
    ends = []
    for motion in ("reduce", "no-preference"):
        tab = visit(curated, "#lang=en", reduced_motion=motion)
        tab.locator("#search").fill("Agadir")
        tab.locator("#results [role=option]").first.click()
        tab.wait_for_timeout(600)  # a movement takes 350 ms
        ends.append(things_drawn(tab))
    assert ends[0] == ends[1]
    box = tab.locator("#canvas").bounding_box()
    linked = {name for name in tab.locator("#record .links .thing bdi").all_text_contents() if name in ends[0]}
    assert len(linked) > 5
    for name in {"Agadir", *linked}:
        x, y = ends[0][name]
        assert 0 < x < box["width"], name
        assert 0 < y < box["height"], name

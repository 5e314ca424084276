"""Two things are compared side by side, each value with its evidence."""

from __future__ import annotations

from playwright.sync_api import expect


def test_two_things_side_by_side_with_what_both_have(visit, curated, violations):
    tab = visit(curated, "#lang=en&select=logipole")
    tab.locator("#record summary", has_text="Compare with").click()
    tab.locator("#compare-with").fill("haliopole")
    tab.keyboard.press("Enter")
    table = tab.get_by_role("table", name="Logipôle Souss-Massa – Haliopôle")
    assert "compare=haliopole" in tab.url
    heads = table.locator("thead th").all_inner_texts()
    assert [head.strip() for head in heads] == ["Logipôle Souss-Massa", "Haliopôle"]
    expect(table.get_by_text("in both").first).to_be_visible()
    value = table.locator("li").first
    value.locator("summary").click()
    expect(value.locator(".evidence").first).to_contain_text("Characters")
    assert violations(tab) == []
    tab.go_back()
    expect(tab.locator(".comparison")).to_have_count(0)
    expect(tab.locator("#record h2").first).to_have_text("Logipôle Souss-Massa")


def test_what_is_outweighed_is_no_fact_beside_one(visit, curated):
    tab = visit(curated, "#lang=en&select=technopark-tiznit&compare=technopark-agadir")
    outweighed = tab.locator(".comparison li", has_text="under construction").filter(has_text="outweighed")
    expect(outweighed).to_have_count(1)
    expect(outweighed).not_to_contain_text("in both")
    tab = visit(curated, "#lang=en&view=timeline")
    lane = tab.locator(".lane", has=tab.get_by_role("link", name="Technopark Agadir"))
    expect(lane.locator(".story")).to_contain_text("under construction (outweighed)")


def test_what_curators_decided_against_stands_on_the_records_as_such(visit, curated):
    tab = visit(curated, "#lang=en&select=brahim-hafidi")

    def go(thing):
        tab.evaluate("thing => { location.hash = `#lang=en&select=${thing}`; }", thing)
        expect(tab.locator("#record .iri")).to_contain_text(f"/{thing}")

    aside = tab.locator("#record .aside .fact")
    since = aside.filter(has=tab.locator(".evidence", has_text="14 September 2015"))
    expect(aside).to_have_count(2)
    since.locator("> summary").click()
    expect(since.locator("p", has_text="Since 14 September 2015").locator(".status")).to_have_text("outweighed")
    decision = since.locator(".decision")
    expect(decision).to_contain_text("the term of Brahim Hafidi, elected in 2015, was over")
    expect(decision).to_contain_text("Azetta · 26 November 2026")
    expect(decision.locator("bdi[lang=en]", has_text="the term of")).to_have_count(1)
    tab.evaluate("location.hash = '#lang=ar&select=brahim-hafidi'")
    expect(tab.locator("#record .decision", has_text="the term of").first).to_contain_text("was over (English)")
    tab.evaluate("location.hash = '#lang=en&select=brahim-hafidi'")
    expect(decision.locator("p", has_text="Karim Achengli –").locator(".status")).to_have_text("stated")
    expect(tab.locator("#record .links, #record .glance li")).to_have_count(0)  # no fact, no link
    go("souss-massa-council")
    expect(aside.filter(has_text="Brahim Hafidi")).to_have_count(2)
    expect(tab.locator("#record .links > li", has_text="Brahim Hafidi")).to_have_count(0)
    standing = tab.locator("#record .links li", has_text="Karim Achengli").first
    standing.locator("summary").first.click()
    expect(standing.locator(".decision").first).to_contain_text("Brahim Hafidi")  # both sides say what was decided
    go("souss-massa")
    expect(aside.filter(has_text="Ahmed Hajji")).to_have_count(1)
    go("technopark-tiznit")
    closed = tab.locator("#record details.fact:not([open]) > summary", has_text="Other sources say otherwise")
    expect(closed).to_have_count(2)
    expect(closed.first).to_contain_text("1,240")
    expect(closed.first).to_contain_text("1,500")

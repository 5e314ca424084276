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

"""How are X and Y linked? By what is told, each step with its claims."""

from __future__ import annotations

from playwright.sync_api import expect


def steps(tab):
    return tab.locator("#record .hops .thing bdi").all_inner_texts()


def test_the_shortest_way_with_its_claims(visit, valley):
    tab = visit(valley, "#lang=en&from=noura-haddad&to=barmij")
    assert steps(tab) == ["Noura Haddad", "Emerald Valley Council", "Emerald Valley Region", "Barmij"]
    hop = tab.locator("#record .hop").last
    expect(hop).to_contain_text("launches")
    hop.locator("summary").first.click()
    expect(hop.locator(".evidence")).to_contain_text("Characters 26–64")


def test_the_ends_are_typed_and_found(visit, valley, names_drawn):
    tab = visit(valley, "#lang=en")
    tab.locator("#path-from").fill("المنارة")
    tab.keyboard.press("Enter")
    expect(tab.locator("#path-to")).to_be_focused()
    tab.keyboard.type("young")
    tab.keyboard.press("Enter")
    expect(tab.locator("#live")).to_have_text("Manara Foundation – Young people: Steps: 2")
    expect(tab.locator("#record h2")).to_be_focused()
    assert steps(tab) == ["Manara Foundation", "Barmij", "Young people"]
    assert names_drawn(tab) == {"Manara Foundation", "Barmij", "Young people"}


def test_other_ways_are_offered(visit, valley):
    tab = visit(valley, "#lang=en&from=noura-haddad&to=al-marsa")
    ways = tab.locator("#record [data-path]")
    assert ways.count() > 1
    shortest = steps(tab)
    ways.nth(1).click()
    assert len(steps(tab)) >= len(shortest)
    assert steps(tab) != shortest
    assert "path=1" in tab.url


def test_no_way_and_no_second_end_say_so(visit, valley):
    tab = visit(valley, "#lang=en&from=barmij&to=barmij")
    expect(tab.locator("#record")).to_contain_text("Choose two different entities.")


def test_a_number_past_the_last_way_shows_the_first_everywhere(visit, valley, names_drawn):
    tab = visit(valley, "#lang=en&from=manara-foundation&to=young-people&path=9")
    assert steps(tab) == ["Manara Foundation", "Barmij", "Young people"]
    assert names_drawn(tab) == {"Manara Foundation", "Barmij", "Young people"}
    expect(tab.locator("#record [data-path='0']")).to_have_attribute("aria-pressed", "true")

"""Search finds a name however it is written."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Barmij", "Barmij"),
        ("برمج", "Barmij"),
        ("بَرْمِج", "Barmij"),  # short vowels
        ("البرنامج", "Barmij"),  # another spelling
        ("cafe numerique", "Café Numérique"),  # accents
        ("مؤسسه المناره", "Manara Foundation"),  # ta marbuta as ha
        ("موسسة", "Manara Foundation"),  # hamza on waw
        ("المرسي", "Al Marsa"),  # alif maqsura as ya
        ("la marsa", "Al Marsa"),
        ("ⴰⵙⵉⴼ", "Emerald Valley"),  # Tifinagh
        ("noura-haddad", "Noura Haddad"),  # its id
    ],
)
def test_finds(visit, valley, typed, found):
    tab = visit(valley, "#lang=en")
    tab.locator("#search").fill(typed)
    expect(tab.locator("#results [role=option] .grow > bdi").first).to_have_text(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("مدرسة ١٣٣٧", "1337"),
        ("ديفوكس", "Devoxx Morocco"),
        ("اگادير", "Agadir"),
        ("أكادير", "Agadir"),
        ("elioupol", None),
    ],
)
def test_finds_in_the_curated_names(visit, curated, typed, found):
    tab = visit(curated, "#lang=en")
    tab.locator("#search").fill(typed)
    if found:
        expect(tab.locator("#results [role=option] .grow > bdi", has_text=found).first).to_be_visible()
    else:
        expect(tab.locator("#results")).to_have_text(f"Nothing found for “{typed}”")


def test_arrows_and_enter_choose(visit, valley):
    tab = visit(valley, "#lang=fr")
    tab.locator("#search").fill("emeraude")
    options = tab.locator("#results [role=option]")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert tab.locator("#search").get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    chosen = options.nth(1).locator(".grow > bdi").inner_text()
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_have_text(chosen)


def test_escape_closes_the_list_before_it_leaves_the_record(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    tab.locator("#search").fill("manara")
    tab.keyboard.press("Escape")
    expect(tab.locator("#results")).to_be_hidden()
    expect(tab.locator("#record h2")).to_have_text("Barmij")

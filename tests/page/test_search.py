"""Search finds a name however it is written."""

from __future__ import annotations

from playwright.sync_api import expect

SPELLINGS = {
    "Barmij": "Barmij",
    "برمج": "Barmij",
    "بَرْمِج": "Barmij",  # short vowels
    "البرنامج": "Barmij",  # another spelling
    "cafe numerique": "Café Numérique",  # accents
    "مؤسسه المناره": "Manara Foundation",  # ta marbuta as ha
    "موسسة": "Manara Foundation",  # hamza on waw
    "المرسي": "Al Marsa",  # alif maqsura as ya
    "la marsa": "Al Marsa",
    "ⴰⵙⵉⴼ": "Emerald Valley",  # Tifinagh
    "noura-haddad": "Noura Haddad",  # its id
}
CURATED = {
    "مدرسة ١٣٣٧": "1337",  # Arabic-Indic digits
    "ديفوكس": "Devoxx Morocco",  # written with a Moroccan letter
    "اگادير": "Agadir",
    "أكادير": "Agadir",
}


def first_found(tab, typed):
    tab.locator("#search").fill(typed)
    return tab.locator("#results [role=option] .grow > bdi").first.inner_text()


def test_finds_a_name_in_any_language_and_spelling(visit, valley):
    tab = visit(valley, "#lang=en")
    assert {typed: first_found(tab, typed) for typed in SPELLINGS} == SPELLINGS


def test_finds_the_curated_names(visit, curated):
    tab = visit(curated, "#lang=en")
    assert {typed: first_found(tab, typed) for typed in CURATED} == CURATED


def test_a_name_is_shown_once_however_many_spellings_fold_to_it(visit, curated):
    tab = visit(curated, "#lang=ar")
    assert first_found(tab, "اگادير") == "أكادير"
    expect(tab.locator("#results [role=option]").first).to_have_text("أكاديرمكان")


def test_says_so_when_nothing_is_found(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#search").fill("elioupol")
    expect(tab.locator("#results")).to_have_text("Nothing found for “elioupol”")
    expect(tab.locator("#live")).to_have_text("Nothing found for “elioupol”")


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


def test_an_identifier_is_found_but_never_shown_as_a_spelling(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#search").fill("emerald valley auth")
    option = tab.locator("#results [role=option]").first
    expect(option.locator(".grow > bdi")).to_have_text("Emerald Valley Region")
    expect(option.locator(".grow small")).to_have_count(0)

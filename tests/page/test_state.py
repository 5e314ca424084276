"""Every state is an address: to share, to come back to, to put into another page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


def test_back_and_forward_walk_through_selections_views_and_languages(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#record .links a", has_text="Barmij").click()
    tab.locator("[data-view=table]").click()
    tab.locator("button[data-lang=ar]").click()
    expect(tab.locator("html")).to_have_attribute("dir", "rtl")
    tab.go_back()
    expect(tab.locator("html")).to_have_attribute("dir", "ltr")
    expect(tab.locator("#view-table")).to_be_visible()
    tab.go_back()
    expect(tab.locator("#view-network")).to_be_visible()
    expect(tab.locator("#record h2")).to_have_text("Barmij")
    tab.go_back()
    expect(tab.locator("#record h2")).to_have_text("Emerald Valley (an invented region)")
    tab.go_forward()
    expect(tab.locator("#record h2")).to_have_text("Barmij")


def test_an_address_opens_the_same_state_elsewhere(visit, valley):
    first = visit(valley, "#lang=fr&view=table")
    first.locator("[data-facet=kind][data-value=Centre]").click()
    first.locator("#rows tbody a").first.click()
    second = visit(valley, first.url.partition("index.html")[2])
    for place in ("#record h2", "#rows", "#chips"):
        assert second.locator(place).inner_text() == first.locator(place).inner_text()


def test_the_filter_of_what_is_of_no_declared_kind_is_in_the_address_too(visit, curated):
    """Unnamed partner institutions are a group, which has no mark of its own."""
    tab = visit(curated, "#lang=en&view=table")
    tab.locator("[data-facet=kind]", has_text="Other").click()
    expect(tab.locator("#counts")).to_contain_text("Entities: 1 of")
    tab.reload()
    expect(tab.locator("#counts")).to_contain_text("Entities: 1 of")
    expect(tab.locator("#rows tbody th", has_text="National and international institutions")).to_be_visible()


@pytest.mark.parametrize(("locale", "language"), [("fr-FR", "fr"), ("ar-MA", "ar"), ("en-US", "en"), ("de-DE", "ar")])
def test_the_first_language_is_the_browsers_or_else_the_datasets(visit, valley, locale, language):
    tab = visit(valley, locale=locale)
    expect(tab.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize(
    "hash_", ["#select=nobody", "#view=nowhere&depth=99", "#kind=,,,&lang=xx", "#%E0%A4%A", "#from=x&to=y"]
)
def test_a_wrong_address_still_opens(visit, valley, hash_):
    tab = visit(valley, hash_)
    expect(tab.locator("#counts")).to_contain_text("13")


def test_the_dark_mode_follows_the_system_until_it_is_switched(visit, valley):
    tab = visit(valley, "#lang=en", color_scheme="dark")
    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    tab.locator("#theme").click()
    expect(tab.locator("html")).to_have_attribute("data-theme", "light")
    assert "theme=light" in tab.url


def test_arabic_islands_keep_their_own_direction(visit, valley):
    tab = visit(valley, "#lang=ar&select=barmij")
    tab.locator("#record .turtle summary").click()
    for place in ("#record .iri code", "#record .turtle pre", "#canvas"):
        assert tab.locator(place).evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert tab.locator("#record h2").evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_embedded_it_shows_the_picture_alone_and_leads_to_the_whole(visit, valley):
    tab = visit(valley, "#lang=en&embed")
    for part in ("header", "#legend", "#record-side"):
        expect(tab.locator(part)).to_be_hidden()
    expect(tab.locator("#canvas canvas")).to_be_visible()
    assert "embed" not in tab.locator("#full").get_attribute("href")


def test_no_word_is_left_in_another_language(visit, valley):
    shown = {}
    for language in ("ar", "fr", "en"):
        tab = visit(valley, f"#lang={language}")
        shown[language] = tab.evaluate("[...document.querySelectorAll('[data-t]')].map(e => e.textContent)")
    assert all(all(words) for words in shown.values())
    same = {a for a, b in zip(shown["fr"], shown["en"], strict=True) if a == b}
    assert same <= {"Questions"}
    assert not set(shown["ar"]) & set(shown["fr"])


def test_a_copied_link_and_the_snippet_say_their_language(visit, valley):
    tab = visit(valley, locale="fr-FR")
    tab.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    tab.locator("#take").click()
    tab.get_by_role("button", name="Copier l’adresse de cette vue").click()
    assert "#lang=fr" in tab.evaluate("window.copied")
    expect(tab.get_by_role("button", name="Copié")).to_be_visible()
    expect(tab.get_by_role("button", name="Copier l’adresse de cette vue")).to_be_visible()  # it says so again
    assert tab.locator("#live").inner_text() == "Copié"
    assert "lang=fr" in tab.locator("#snippet").inner_text()
    tab.locator("[data-view=map]").click()
    reader = visit(valley, tab.url.partition("index.html")[2], locale="ar-MA")
    expect(reader.locator("html")).to_have_attribute("lang", "fr")

"""The reader's own copy of a text: proved to be the one that was read, and every word of it leads to what it proves."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from playwright.sync_api import expect

TEXTS = Path(__file__).parents[1] / "regions" / "emerald-valley" / "texts"
READ = (TEXTS / "bulletin.txt").read_bytes().decode("utf-8")
LAUNCHES = "#lang=en&select=emerald-valley-authority~launches~barmij"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def give(tab, text):
    """Paste a copy, and wait until the page says what it is."""
    tab.locator("#texts textarea").fill(text)
    tab.get_by_role("button", name="Show the text").click()
    expect(tab.locator("#copy-said")).to_be_focused()


def lit(tab):
    return "".join(tab.locator(".words-read .lit").all_text_contents())


def test_the_very_text_is_known_and_shown_in_its_own_direction(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, READ)
    expect(tab.locator("#copy-said")).to_have_text("This is the very text that was read: 287 characters, same SHA-256.")
    assert tab.locator(".words-read > p").all_text_contents() == READ.split("\r\n")
    expect(tab.locator(".words-read")).to_have_attribute("dir", "rtl")
    expect(tab.locator(".words-read")).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("changed", [READ.replace("\r\n", "\n"), READ + "\n", "\ufeff" + READ])
def test_what_an_editor_adds_to_the_same_text_makes_no_other_of_it(visit, valley, tmp_path, changed):
    (tmp_path / "copy.txt").write_bytes(changed.encode())
    tab = visit(valley, "#lang=en&view=texts")
    tab.locator("#texts input[type=file]").set_input_files(tmp_path / "copy.txt")
    expect(tab.locator("#copy-said")).to_contain_text("the very text")


def test_a_click_in_the_record_leads_to_the_words_beyond_emoji_and_back(visit, valley):
    """The rocket and the woman at her computer are one and three code points, and twice as many units of JavaScript."""
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, READ)
    tab.goto(f"{tab.url.partition('#')[0]}{LAUNCHES}&view=texts")
    tab.locator("#record .position a").click()
    assert lit(tab) == READ[26:64]
    expect(tab.locator(".words-read .lit").first).to_be_focused()
    expect(tab.locator("#proof")).to_contain_text("Paragraph 2 · Characters 26–64")
    tab.locator("#proof a", has_text="Emerald Valley Region – launches – Barmij").click()
    expect(tab.locator("#record h2")).to_have_text("Launches")
    expect(tab.locator("#record blockquote")).to_have_text(READ[26:64])


def test_a_click_in_the_words_lists_what_they_prove_and_name(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, READ)
    tab.locator(".words-read [role=button]", has_text=READ[229:242]).click()
    assert "at=229-242" in tab.url
    said = tab.locator("#proof")
    expect(said).to_contain_text("part of")
    expect(said).to_contain_text("planned")
    expect(said).to_contain_text("The passage refers to it without naming it: Café Numérique · Characters 130–152")
    said.locator("a.words").first.click()
    assert lit(tab) == READ[130:152]
    expect(tab.locator("#proof")).to_contain_text("Names what other passages only refer to")


def test_what_names_an_end_is_lit_with_the_claim(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, READ)
    tab.goto(f"{tab.url.partition('#')[0]}#lang=en&view=texts&text=bulletin&at=219-242")
    assert lit(tab) == READ[219:242]
    assert "".join(tab.locator(".words-read .lit-named").all_text_contents()) == READ[130:152]


def test_what_no_claim_cites_is_marked(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, READ)
    assert tab.locator(".words-read .w-uncited").all_text_contents() == [READ[11:24]]


def test_a_copy_that_differs_says_where_and_what_still_holds(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")  # what is pasted has four line ends of one character, not two
    other = "🌍 " + READ.replace("مختبرا للتصنيع", "ورشة للتصنيع").replace("أطلقت", "اطلقت")
    give(tab, other)
    expect(tab.locator("#copy-said")).to_have_text(
        f"This copy differs from the text that was read (characters: {len(other) - 4}; in that text: 287). "
        "Claims whose words still stand in it: 9 of 10."
    )
    expect(tab.locator(".copy li")).to_contain_text("fab lab – part of – Café Numérique")
    tab.locator(".copy li button").click()
    assert "ورشة" in "".join(tab.locator(".words-read .departs").all_text_contents())
    tab.goto(f"{tab.url.partition('#')[0]}#lang=en&view=texts&text=bulletin&at=26-64")
    assert lit(tab) == READ[26:64].replace("أطلقت", "اطلقت")


def test_words_found_elsewhere_still_hold(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    lines = READ.split("\n")
    give(tab, "\n".join([lines[4], *lines[:4]]))
    expect(tab.locator("#copy-said")).to_contain_text("Claims whose words still stand in it: 10 of 10.")


def test_a_stranger_to_the_text_proves_nothing(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, "Nothing of it")
    expect(tab.locator("#copy-said")).to_contain_text("Claims whose words still stand in it: 0 of 10.")
    expect(tab.locator(".departs")).to_have_text("Nothing of it")


def test_a_file_that_is_no_text_is_refused_and_a_copy_is_kept_nowhere(visit, valley, tmp_path):
    (tmp_path / "copy.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    tab = visit(valley, "#lang=en&view=texts")
    tab.locator("#texts input[type=file]").set_input_files(tmp_path / "copy.doc")
    expect(tab.locator("#texts [role=status]")).to_have_text("This file is not a text in UTF-8.")
    give(tab, READ)
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
    assert "الزمرد" not in tab.evaluate(kept)
    tab.reload()
    expect(tab.locator("#texts textarea")).to_have_value("")
    expect(tab.locator(".words-read")).to_have_count(0)


def test_without_a_copy_each_passage_says_where_it_stands_and_what_it_proves(visit, valley):
    tab = visit(valley, "#lang=en&view=texts&text=bulletin&at=247-286")
    entries = tab.locator(".passages > li")
    expect(entries).to_have_count(10)
    expect(tab.locator(".passages > li.lit")).to_contain_text("Characters 247–286 · 86% of the way into the text")
    expect(tab.locator(".passages > li.lit")).to_contain_text("organises")
    expect(tab.locator("#texts")).to_contain_text("Open the source")


def test_the_keyboard_walks_along_the_words(visit, valley):
    tab = visit(valley, "#lang=en&view=texts")
    give(tab, READ)
    assert tab.locator(".words-read [tabindex='0']").count() == 1
    tab.locator(".words-read [tabindex='0']").focus()
    first = tab.evaluate("document.activeElement.textContent")
    assert READ.startswith(first)
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Enter")
    expect(tab.locator("#proof")).to_be_visible()
    expect(tab.locator(".words-read :focus")).to_have_attribute("aria-expanded", "true")
    tab.keyboard.press("Escape")
    expect(tab.locator("#proof")).to_have_count(0)
    assert tab.locator(".words-read :focus").count() == 1
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.textContent") == first


@pytest.mark.parametrize("options", [{}, PHONE])
def test_axe_finds_nothing_with_and_without_a_copy(visit, valley, violations, options):
    tab = visit(valley, "#lang=en&view=texts&text=bulletin&at=219-242", **options)
    found = violations(tab)
    give(tab, READ)
    tab.locator(".words-read .lit").first.scroll_into_view_if_needed()
    found += violations(tab)
    assert found == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]


def test_its_digest_is_that_of_every_other_tool(visit, valley):
    """As hashlib has it: the passage of any text is told by it, at lengths around those of its blocks."""
    draw = random.Random(4)
    source = (TEXTS.parents[3] / "graph" / "page" / "js" / "sha256.js").read_text(encoding="utf-8")
    tab = visit(valley, "#lang=en")
    tab.evaluate(f"() => {{ {source.replace('export ', '')} window.digest = sha256; }}")
    for size in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000):
        given = draw.randbytes(size)
        assert (
            tab.evaluate("(bytes) => digest(new Uint8Array(bytes))", list(given)) == hashlib.sha256(given).hexdigest()
        )

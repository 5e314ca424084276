"""A curator decides a review in the browser by single keys, and `accept` takes the file that the page gives back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect
from reading.reviews import CLAIM, COPY, ENTITY, MENTION, SAID, WHO, decided, proposed, save

from graph.cli import main
from graph.reading.proposals import written

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PLACED = proposed(
    "claim", "", 130, 167, "", subject="cafe-numerique", property="locatedIn", object="al-marsa", status="stated"
)
NEW = [decided(each, "") for each in (ENTITY, MENTION, SAID)]
OPEN = [*NEW, replace(decided(CLAIM, ""), confidence=0.4)]


def run(*arguments: str):
    return CliRunner().invoke(main, [*arguments, "--data", "data"])


@pytest.fixture
def page(region, visit):
    """Open the page of some proposals."""

    def open_page(*proposals, language="en", **options):
        result = run("review", save(*proposals), *COPY, "--html", "bulletin.review.html")
        assert (result.exit_code, result.stderr) == (0, "")
        return visit(Path("bulletin.review.html").absolute(), f"#lang={language}", **options)

    return open_page


def given(tab) -> bytes:
    with tab.expect_download() as waiting:
        tab.keyboard.press("d")
    assert waiting.value.suggested_filename == "review.csv"
    return Path(waiting.value.path()).read_bytes()


def rows(tab) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given(tab).decode(), newline="")))


def press(tab, keys: str) -> None:
    for key in keys.split():
        tab.keyboard.press(key)


def test_what_is_decided_by_keyboard_is_what_accept_takes(page):
    tab = page(*OPEN)
    expect(tab.locator("#counts")).to_have_text("Decided: 0 of 4 · Left: 4")
    press(tab, "a a a r")
    expect(tab.locator("#counts")).to_have_text("Decided: 4 of 4 · Left: 0")
    decisions = ("accept", "accept", "accept", "refuse")
    wanted = [replace(each, decision=decision) for each, decision in zip(OPEN, decisions, strict=True)]
    taken = given(tab)
    assert taken == written(wanted, ["ar", "fr", "en"]).encode()
    Path("review.csv").write_bytes(taken)
    result = run("accept", "review.csv", *COPY, *WHO)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "digital-bulletin,deliveredAt," in Path("data/claims.csv").read_text(encoding="utf-8")
    assert "cafe-fab-lab,locatedIn,al-marsa" not in Path("data/claims.csv").read_text(encoding="utf-8")


def test_undo_takes_the_last_decision_back_and_goes_there(page):
    tab = page(*OPEN)
    press(tab, "a a u")
    expect(tab.locator("#counts")).to_have_text("Decided: 1 of 4 · Left: 3")
    assert [row["decision"] for row in rows(tab)] == ["accept", "", "", ""]
    press(tab, "u u u")
    expect(tab.locator("#live")).to_have_text("Nothing to undo.")


def test_what_is_new_and_what_names_it_stand_and_fall_together(page):
    tab = page(*OPEN)
    press(tab, "r")
    assert [row["decision"] for row in rows(tab)] == ["refuse", "refuse", "refuse", ""]
    press(tab, "u j a")
    assert [row["decision"] for row in rows(tab)] == ["accept", "accept", "", ""]


def test_a_keyboard_that_writes_arabic_decides_too(page):
    tab = page(*OPEN, language="ar")
    tab.evaluate("dispatchEvent(new KeyboardEvent('keydown', {key: 'ش', code: 'KeyA'}))")
    expect(tab.locator("#counts")).to_have_text("المحسوم: 1 من 4 · الباقي: 3")


def test_single_letters_can_be_turned_off_and_are_letters_in_a_field(page):
    tab = page(*OPEN)
    tab.locator("[data-field=label_en]").press("a")
    expect(tab.locator("#progress")).to_have_js_property("value", 0)
    tab.keyboard.press("Escape")
    expect(tab.locator("[data-field=pick]")).to_be_focused()
    tab.locator("#keys summary").click()
    tab.get_by_role("checkbox").uncheck()
    tab.locator("#list [data-field=pick]").focus()
    tab.keyboard.press("a")
    expect(tab.locator("#progress")).to_have_js_property("value", 0)


def test_a_thing_is_chosen_among_what_is_found_by_arrows_and_by_the_mouse(page):
    tab = page(PLACED)
    field = tab.get_by_role("combobox", name="Object")
    found = tab.get_by_role("listbox", name="Object").get_by_role("option")
    field.fill("emerald valley")
    expect(found).to_have_count(3)  # the region, its authority, its council
    field.press("ArrowDown")
    expect(found.nth(1)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == found.nth(1).get_attribute("id")
    found.filter(has_text="Emerald Valley Council").click()
    tab.keyboard.press("Escape")
    assert [row["object"] for row in rows(tab)] == ["emerald-valley-council"]


def test_ends_property_status_and_span_are_corrected(page):
    tab = page(PLACED)
    field = tab.get_by_role("combobox", name="Object")
    field.fill("emerald valley")
    field.press("Enter")
    tab.get_by_role("combobox", name="Relation", exact=True).select_option("deliveredAt")
    tab.get_by_role("combobox", name="Status", exact=True).select_option("planned")
    tab.keyboard.press("Escape")
    [row] = rows(tab)
    assert [row[each] for each in ("property", "status")] == ["deliveredAt", "planned"]
    assert row["object"].startswith("emerald-valley")
    tab.get_by_role("button", name="End one word earlier").click()
    [row] = rows(tab)
    assert (row["start"], int(row["end"]) < 167, PLACED.words.startswith(row["words"])) == ("130", True, True)


def test_selected_words_become_the_passage_counted_in_code_points(page):
    """The emoji before them are three code points, but five units of JavaScript."""
    tab = page(PLACED)
    words = PLACED.words.split()[1][1:]
    tab.locator("#text").evaluate(
        """(text, words) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes(words));
            const at = walker.currentNode.data.indexOf(words);
            document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length + 1);
        }""",
        words,
    )
    tab.get_by_role("button", name="Take the selected words as passage").click()
    [row] = rows(tab)
    start = 130 + PLACED.words.index(words)
    assert (row["words"], row["start"], row["end"]) == (words, str(start), str(start + len(words)))


def test_new_thing_is_not_decided_before_it_has_its_names(page):
    lacking = replace(ENTITY, decision="", cells={**ENTITY.cells, "label_fr": "", "label_en": ""})
    tab = page(lacking, *NEW[1:])
    press(tab, "a")
    expect(tab.locator("[data-field=label_fr]")).to_be_focused()
    expect(tab.locator("#counts")).to_have_text("Decided: 0 of 3 · Left: 3")
    tab.keyboard.type("Bulletin")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-field=label_en]")).to_be_focused()
    tab.keyboard.type("Bulletin")
    tab.keyboard.press("Enter")
    expect(tab.locator("#counts")).to_have_text("Decided: 1 of 3 · Left: 2")
    assert [row["label_en"] for row in rows(tab)] == ["Bulletin", "", ""]


def test_button_that_is_pressed_while_a_field_is_left_acts(page):
    tab = page(*OPEN)
    tab.locator("[data-field=label_en]").fill("Digital bulletin")
    tab.get_by_role("button", name="Accept").click()
    expect(tab.locator("#counts")).to_have_text("Decided: 1 of 4 · Left: 3")
    first = rows(tab)[0]
    assert (first["decision"], first["label_en"]) == ("accept", "Digital bulletin")


def test_id_of_a_new_thing_is_changed_wherever_it_is_named(page):
    tab = page(*NEW)
    field = tab.locator("[data-field=id]")
    field.fill("emerald-bulletin")
    field.press("Enter")
    found = rows(tab)
    assert [row["id"] or row["subject"] for row in found] == ["emerald-bulletin"] * 3


def test_other_thing_that_words_may_name_is_one_key_away(page):
    tab = page(replace(MENTION, decision="", id="al-marsa", candidates="marsa-tech|barmij"))
    press(tab, "2")
    [row] = rows(tab)
    assert (row["id"], row["candidates"]) == ("barmij", "marsa-tech|al-marsa")


def test_what_a_claim_repeats_or_contradicts_is_shown(page, emerald):
    known = next(claim.id for claim in emerald.facts.claims if claim.object == "al-marsa" and claim.line == 6)
    other = replace(decided(PLACED, "", object="emerald-valley"), against=known)
    tab = page(replace(PLACED, against=known), other)
    expect(tab.locator(".against")).to_contain_text("Corroborates what is known: Café Numérique")
    press(tab, "j")
    expect(tab.locator(".against")).to_contain_text("Conflicts with what is known: Café Numérique")


def test_filters_narrow_the_list_and_next_stays_in_them(page):
    tab = page(*OPEN)
    tab.get_by_label("Kind").select_option("claim")
    expect(tab.locator(".proposal")).to_have_count(2)
    tab.get_by_label("Certainty").select_option("lowSure")
    expect(tab.locator(".proposal .said")).to_contain_text("Al Marsa")
    tab.locator("#list [data-field=pick]").focus()
    press(tab, "a")
    expect(tab.locator("#live")).to_contain_text("Nothing left to decide within these filters.")


def test_reload_brings_decisions_back_and_undo_drops_them(page):
    tab = page(*OPEN)
    tab.on("dialog", lambda dialog: dialog.accept())
    press(tab, "a a")
    tab.reload()
    tab.wait_for_selector("body[data-ready]")
    expect(tab.locator("#counts")).to_have_text("Decided: 2 of 4 · Left: 2")
    press(tab, "u")
    expect(tab.locator("#counts")).to_have_text("Decided: 0 of 4 · Left: 4")


def test_leaving_with_decisions_that_no_file_holds_warns(page):
    tab = page(*OPEN)
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    press(tab, "a")
    tab.reload()
    assert asked == ["beforeunload"]
    tab.wait_for_selector("body[data-ready]")
    press(tab, "a")
    given(tab)
    tab.reload()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("language", "direction", "scheme", "options"),
    [("ar", "rtl", "light", {}), ("fr", "ltr", "dark", {}), ("en", "ltr", "light", {}), ("ar", "rtl", "dark", PHONE)],
)
def test_axe_finds_nothing(page, violations, language, direction, scheme, options):
    tab = page(*OPEN, replace(PLACED, cue="is-in"), language=language, color_scheme=scheme, **options)
    found = violations(tab)
    press(tab, "a a j a r")
    found += violations(tab)
    assert found == []
    assert tab.locator("html").get_attribute("dir") == direction
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_that_is_markup_is_shown_as_it_is(page):
    tab = page(replace(ENTITY, decision="", cells={**ENTITY.cells, "label_en": "</script><b>x"}))
    expect(tab.locator(".open .said")).to_contain_text("</script><b>x")


def test_page_needs_the_text_that_was_read(region):
    result = run("review", save(*OPEN), "--html", "x.review.html")
    assert result.exit_code == 2
    assert "give it with --text bulletin=FILE" in result.stderr
    assert not Path("x.review.html").exists()


def test_what_keeps_it_from_being_made_is_told_in_the_curators_language(region):
    refused = run("review", save(*OPEN), "--html", "x.review.html", "--lang", "fr").stderr
    assert "donnez-le avec --text bulletin=FICHIER" in refused
    noted = run("review", save(*OPEN), *COPY, "--html", "x.html", "--lang", "es").stderr
    assert "no lo ponga en git" in noted


def test_name_that_git_does_not_ignore_is_told(region):
    result = run("review", save(*OPEN), *COPY, "--html", "x.html")
    assert result.exit_code == 0
    assert result.stderr == (
        "x.html: note: it holds the text of the source, and git ignores *.review.html alone: keep it out of git\n"
    )

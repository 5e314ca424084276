"""The page reads well in each language: arrows, counts, capitals."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("lang", "arrow"), [("ar", "→"), ("fr", "←"), ("en", "←")])
def test_the_arrow_of_what_links_to_a_thing_points_at_it(visit, valley, lang, arrow):
    tab = visit(valley, f"#lang={lang}&select=barmij")
    assert {text for text in tab.locator("#record h4 [aria-hidden]").all_inner_texts() if text} <= {arrow, f"{arrow} "}
    assert tab.locator("#record h4 [aria-hidden]").count() > 0


@pytest.mark.parametrize(
    ("lang", "counted", "answered"),
    [
        ("ar", "العناصر: 1 من", "الأجوبة: 1"),
        ("fr", "Éléments\u00a0: 1 sur", "Réponses\u00a0: 1"),
        ("en", "Entities: 1 of", "Answers: 1"),
    ],
)
def test_a_count_of_one_reads_as_well_as_a_count_of_many(visit, valley, lang, counted, answered):
    tab = visit(valley, f"#lang={lang}&kind=Council")
    expect(tab.locator("#counts")).to_contain_text(counted)
    tab.locator("[data-view=questions]").click()
    counts = tab.locator(".question > summary .number").all_inner_texts()
    assert answered in counts


def test_a_path_says_how_many_steps_it_has(visit, valley):
    tab = visit(valley, "#lang=en&from=noura-haddad&to=al-marsa")
    tab.locator("[data-path='1']").click()
    steps = tab.locator("#record .hops .thing").count() - 1
    expect(tab.locator("[data-path='1']")).to_have_text(f"Path 2 (steps: {steps})")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_name_begins_with_a_capital_wherever_it_stands(visit, curated, names_drawn, lang):
    tab = visit(curated, f"#lang={lang}")
    drawn = names_drawn(tab)
    tab.locator("[data-view=table]").click()
    listed = tab.locator("#rows tbody th bdi").all_text_contents()
    assert len(listed) > 60
    assert [name for name in [*drawn, *listed] if name[0].islower()] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_one_filters_by_begins_with_a_capital(visit, curated, lang):
    tab = visit(curated, f"#lang={lang}&kind=Pole&status=planned")
    words = tab.locator("#legend .facet bdi, #chips bdi").all_text_contents()
    assert len(words) > 30
    assert [word for word in words if word[0].islower()] == []


def test_no_letter_is_styled_apart_from_its_word(visit, valley):
    tab = visit(valley, "#lang=ar")
    rules = tab.evaluate("[...document.styleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText))")
    assert len(rules) > 100
    assert [rule for rule in rules if "first-letter" in rule or "letter-spacing" in rule] == []


def test_arabic_is_not_slanted(visit, valley):
    tab = visit(valley, "#lang=ar&select=barmij")
    note = tab.locator("#record .note").first
    expect(note).to_have_text("ترجمتنا")
    assert note.evaluate("each => getComputedStyle(each).fontStyle") == "normal"


def test_without_javascript_the_links_are_a_table_with_heads(browser, valley):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(valley.as_uri())
    assert tab.locator("noscript th[scope=col]").count() == 4
    context.close()

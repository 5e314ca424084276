"""The address says which question stands open."""

from __future__ import annotations

import re

from playwright.sync_api import expect

OPEN = ".question[open]"


def test_the_address_opens_another_question_and_back_returns_to_the_first(visit, valley):
    tab = visit(valley, "#lang=en&view=questions&question=poles")
    expect(tab.locator(OPEN)).to_have_attribute("data-question", "poles")
    tab.evaluate("location.hash = 'lang=en&view=questions&question=in-progress'")
    expect(tab.locator(OPEN)).to_have_attribute("data-question", "in-progress")
    assert tab.locator(f"{OPEN} tbody tr").count()
    tab.go_back()
    expect(tab.locator(OPEN)).to_have_attribute("data-question", "poles")


def test_a_closed_question_leaves_the_address(visit, valley):
    tab = visit(valley, "#lang=en&view=questions&question=poles")
    tab.locator(f"{OPEN} > summary").click()
    expect(tab.locator(OPEN)).to_have_count(0)
    expect(tab).not_to_have_url(re.compile("question="))


def test_a_question_far_down_the_list_is_brought_into_sight(visit, valley):
    name = visit(valley, "#lang=en&view=questions").locator(".question").last.get_attribute("data-question")
    tab = visit(valley, f"#lang=en&view=questions&question={name}")
    expect(tab.locator(OPEN)).to_be_in_viewport()
    expect(tab.locator(f"{OPEN} > summary")).to_be_in_viewport()


def test_a_question_without_an_answer_says_what_would_give_one(visit, valley):
    tab = visit(valley, "#lang=fr&view=questions&question=poles")
    expect(tab.locator(OPEN)).to_contain_text("Aucune réponse dans ces données. Pour répondre, il faudrait")
    expect(tab.locator(OPEN)).to_contain_text("pôle de compétitivité")

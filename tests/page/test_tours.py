"""A guided tour: a sentence and a picture a step, the claims behind it, and the way on, back and out."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from checkout import ROOT
from playwright.sync_api import expect

from graph.facts.tours import VIEWS
from graph.knowledge.triples import Asserted
from graph.model.records import Step, Tour

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def toured(paged, emerald):
    """The invented region with two tours."""
    launched, about, partner = (emerald.facts.claims[index].id for index in range(3))
    steps = (
        Step(
            "select=barmij", (launched, about), said("أطلقت الجهة برمج.", "La Région a lancé Barmij.", "Launched."), 5
        ),
        Step("view=map&select=al-marsa", (launched,), said("في المرسى.", "À El Marsa.", "In Al Marsa."), 9),
        Step("view=table&kind=Programme", (partner,), said("بشراكة.", "En partenariat.", "With a partner."), 13),
    )
    tours = (
        Tour("begin", said("البداية", "Le début", "The beginning"), steps, 1),
        Tour("again", said("مرة أخرى", "Encore", "Again"), steps[:1], 20),
    )
    facts = replace(emerald.facts, tours=tours)
    return paged(replace(emerald, asserted=Asserted(facts, emerald.ontology)))


def said(ar, fr, en):
    return {"ar": ar, "fr": fr, "en": en}


def test_a_tour_is_walked_on_back_and_left_with_the_keyboard_alone(visit, toured):
    tab = visit(toured, "#lang=en")
    tab.get_by_role("link", name="The beginning").press("Enter")
    strip = tab.locator("#tour")
    expect(strip).to_contain_text("The beginning · Step 1 of 3")
    expect(strip.locator(".said")).to_have_text("Launched.")
    expect(tab.locator("#record h2")).to_have_text("Barmij")
    expect(tab.locator("#tour-next")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(strip.locator(".said")).to_have_text("In Al Marsa.")
    expect(tab.locator("#view-map")).to_be_visible()
    expect(tab.locator("#live")).to_have_text("Step 2 of 3. In Al Marsa.")
    expect(tab.locator("#tour-next")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#chips")).to_contain_text("Programme")
    expect(tab.locator("#tour-next")).to_have_count(0)
    expect(tab.locator("#tour-leave")).to_be_focused()
    tab.locator("#tour-back").press("Enter")
    expect(strip.locator(".said")).to_have_text("In Al Marsa.")
    tab.keyboard.press("Escape")
    expect(strip).to_be_hidden()
    expect(tab.locator("#record h2")).to_be_focused()
    assert "tour" not in tab.url
    tab.goto(f"{toured.as_uri()}#lang=en&tour=begin&step=1")
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("Escape")  # wherever focus is, first the tour, then what is picked
    expect(strip).to_be_hidden()
    assert "select=barmij" in tab.url


def test_a_step_is_a_link_long_or_short_and_back_walks_through_them(visit, toured):
    tab = visit(toured, "#lang=fr&tour=begin&step=2")
    expect(tab.locator("#tour .said")).to_have_text("À El Marsa.")
    expect(tab.locator("#view-map")).to_be_visible()
    expect(tab.locator("#record h2")).to_have_text("El Marsa")
    tab.locator("#tour-next").click()
    long = tab.url
    tab.go_back()
    expect(tab.locator("#tour .said")).to_have_text("À El Marsa.")
    again = visit(toured, f"#{long.partition('#')[2]}")
    expect(again.locator("#tour .said")).to_have_text("En partenariat.")
    expect(again.locator("#chips")).to_contain_text("Programme")


def test_the_strip_stays_where_one_wanders_and_leads_back(visit, toured):
    tab = visit(toured, "#lang=en&tour=begin")
    tab.locator("#record a.thing", has_text="Manara").first.click()
    expect(tab.locator("#record h2")).to_have_text("Manara Foundation")
    expect(tab.locator("#tour .said")).to_have_text("Launched.")
    tab.locator("#tour a", has_text="The beginning").click()
    expect(tab.locator("#record h2")).to_have_text("Barmij")


def test_what_a_step_says_is_proved_by_its_claims(visit, toured):
    tab = visit(toured, "#lang=en&tour=begin")
    tab.locator("#tour summary", has_text="Evidence (2)").click()
    expect(tab.locator("#tour .evidence")).to_have_count(2)
    expect(tab.locator("#tour .evidence").first).to_contain_text("Emerald Valley Region – launches – Barmij")
    expect(tab.locator("#tour .evidence").first).to_contain_text("Characters 26–64")


def test_the_first_tour_is_offered_to_a_first_visitor_once(visit, toured):
    tab = visit(toured)
    expect(tab.locator("#tour")).to_have_text("New here? In 3 steps: The beginningTake the tourNot now")
    tab.reload()
    tab.wait_for_selector("body[data-ready]")
    expect(tab.locator("#tour")).to_be_hidden()
    other = visit(toured, "#lang=en&select=barmij")
    expect(other.locator("#tour")).to_be_hidden()
    taken = visit(toured)
    taken.get_by_role("button", name="Take the tour").click()
    expect(taken.locator("#tour .said")).to_have_text("Launched.")


def test_a_dataset_without_tours_offers_none(visit, valley):
    tab = visit(valley)
    expect(tab.locator("#tour")).to_be_hidden()
    expect(tab.locator("#record")).not_to_contain_text("Guided tours")


def test_a_tour_is_printed_as_figures_with_who_says_so(visit, toured):
    tab = visit(toured, "#lang=en&tour=begin&step=2", color_scheme="dark")
    tab.evaluate("() => { window.print = () => dispatchEvent(new Event('beforeprint')); }")
    tab.locator("#tour-print").click()
    tab.emulate_media(media="print")
    figures = tab.locator("#sheet figure")
    expect(figures).to_have_count(3)
    expect(figures.nth(0)).to_contain_text("1. Launched.")
    expect(figures.nth(0)).to_contain_text("Emerald Valley Region – launches – Barmij (Emerald Valley bulletin)")
    assert [figures.nth(index).locator("svg").count() > 0 for index in range(3)] == [True, True, False]
    expect(tab.locator("#record")).to_be_hidden()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.emulate_media(media="screen")
    expect(tab.locator("#sheet")).to_have_count(0)
    expect(tab.locator("#view-map")).to_be_visible()
    assert "step=2" in tab.url


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
@pytest.mark.parametrize("options", [{}, PHONE])
def test_axe_finds_nothing_in_a_tour(visit, toured, violations, lang, options):
    tab = visit(toured, f"#lang={lang}&tour=begin", **options)
    tab.locator("#tour summary").click()
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]


def test_tours_know_the_views_that_the_page_has(visit, valley):
    tab = visit(valley, "#lang=en")
    assert tab.evaluate("[...document.querySelectorAll('[data-view]')].map((each) => each.dataset.view)") == [*VIEWS]


def test_every_step_of_the_dataset_shows_what_it_says(visit, curated):
    """Each of its addresses is understood: the page keeps all that it names."""
    tours = tomllib.loads((ROOT / "data" / "tours.toml").read_text(encoding="utf-8"))["tour"]
    assert 6 <= len(tours) <= 8
    tab = visit(curated, "#lang=ar")
    for tour in tours:
        for number, step in enumerate(tour["step"], 1):
            tab.goto(f"{curated.as_uri()}#lang=ar&tour={tour['id']}&step={number}")
            expect(tab.locator("#tour .said")).to_have_text(step["ar"])
            shown = dict(parse_qsl(step["at"]))
            expect(tab.locator(f"[data-view={shown.get('view', 'network')}]")).to_have_attribute("aria-pressed", "true")
            if "select" in shown:
                expect(tab.locator("body.with-record")).to_have_count(1)

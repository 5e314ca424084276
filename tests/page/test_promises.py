"""What became of what was announced: kept, contradicted or not heard of again, each with its proof."""

from __future__ import annotations

import pytest
from checkout import ONTOLOGY
from playwright.sync_api import expect
from programs import add

from graph import pipeline

SINCE = "What other sources say of it:"
EARLY = "forecast,dcat:Dataset,توقعات,Prévisions,Forecast,,2031-01,https://example.org/forecast,,,,,reference,\n"
LATE = "almanac,dcat:Dataset,تقويم,Almanach,Almanac,,2033-04,https://example.org/almanac,,,,,reference,\n"
PLANNED = "cafe-fab-lab,openedOn,2032-05,planned,forecast,,,1,,,,,\n"
WORKS = "cafe-fab-lab,stage,az:UnderConstruction,ongoing,gazetteer,,,2,,,,,\n"
OPENED = "cafe-fab-lab,openedOn,2032-09-12,stated,almanac,,,3,,,,,\n"
KEPT = "cafe-incubator,partOf,cafe-numerique,stated,almanac,,,4,,,,,\n"


@pytest.fixture
def told(region, paged):
    """The page of the invented region with two sources more, and claims of them."""

    def build(*claims: str, sources: str = ""):
        add(region / "data" / "sources.csv", EARLY + LATE + sources)
        add(region / "data" / "claims.csv", "".join(claims))
        return paged(pipeline.load(region / "data", ONTOLOGY))

    return build


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ar", "لم تعد مصادرنا إلى ذكره حتى أحدثها (أبريل 2033): هذا صمت المصادر لا صمت الواقع."),
        ("fr", "Nos sources, jusqu’à la plus récente (avril 2033), n’en reparlent plus\u00a0: c’est leur silence"),
        (
            "en",
            "Our sources, up to the newest (April 2033), do not come back to it: that is their silence",
        ),
    ],
)
def test_a_promise_that_nobody_came_back_to_says_so(visit, told, lang, said):
    tab = visit(told(PLANNED), f"#lang={lang}&select=cafe-incubator~partOf~cafe-numerique")
    expect(tab.locator("#record .evidence .silence")).to_contain_text(said)


def test_a_promise_that_was_kept_says_who_says_so_and_when(visit, told):
    tab = visit(told(KEPT), "#lang=en&select=cafe-incubator~partOf~cafe-numerique")
    planned = tab.locator("#record .evidence", has_text="not asserted")
    expect(planned.locator(".outcome")).to_have_text(f"{SINCE} part of Café Numérique stated – April 2033")
    expect(tab.locator("#record .silence")).to_have_count(0)
    expect(tab.locator("#record .outcome")).to_have_count(1)


def test_a_lane_leads_from_the_promise_to_the_opening_each_dot_its_proof(visit, told, violations):
    tab = visit(told(OPENED, WORKS, PLANNED), "#lang=en&view=timeline")
    lane = tab.locator(".lane", has_text="Fab")
    expect(lane.locator(".story")).to_have_text(
        "under construction: 2031 → date of opening (planned): May 2032 → date of opening: 12 September 2032"
    )
    left = [dot.bounding_box()["x"] for dot in lane.locator(".dot").all()]
    assert left == sorted(left)
    assert len(left) == 3
    lane.get_by_role("button", name="12 September 2032 – date of opening").press("Enter")
    expect(lane.locator(".evidence")).to_have_count(1)
    expect(lane.locator(".evidence")).to_contain_text("Almanac")
    expect(lane.locator(".dot.opened")).to_have_attribute("aria-expanded", "true")
    lane.get_by_role("button", name="May 2032 – date of opening (planned)").press("Enter")
    expect(lane.locator(".evidence")).to_contain_text(f"{SINCE} date of opening 12 September 2032 stated – April 2033")
    assert violations(tab) == []


def test_the_story_of_a_lane_goes_by_when_each_step_was_first_told(visit, told):
    again = "cafe-fab-lab,openedOn,2034,planned,almanac,,,8,,,,,\n"
    tab = visit(told(WORKS, PLANNED, OPENED, again), "#lang=en&view=timeline")
    expect(tab.locator(".lane", has_text="Fab").locator(".story")).to_have_text(
        "under construction: 2031 → date of opening (planned): May 2032 → date of opening: 12 September 2032"
    )


def test_a_step_without_a_date_is_listed_as_undated_and_stands_nowhere_in_time(visit, told):
    undated = EARLY.replace("forecast", "leaflet").replace(",2031-01,", ",,")
    plans = "cafe-fab-lab,stage,az:InPreparation,stated,leaflet,,,5,,,,,\n"
    tab = visit(told(OPENED, WORKS, plans, sources=undated), "#lang=en&view=timeline")
    lane = tab.locator(".lane", has_text="Fab")
    expect(lane.locator(".track .dot")).to_have_count(2)
    expect(lane.locator(".undated li")).to_have_text(["undated – in preparation"])
    expect(lane.locator(".story")).not_to_contain_text("in preparation")
    lane.get_by_role("button", name="undated – in preparation").press("Enter")
    expect(lane.locator(".evidence")).to_contain_text("Forecast")


def test_sources_that_conflict_are_shown_on_the_lane_and_the_record(visit, told):
    other = "cafe-fab-lab,openedOn,2032-10-01,stated,forecast,,,9,,,,,\n"
    tab = visit(told(OPENED, other), "#lang=en&view=timeline&select=cafe-fab-lab")
    expect(tab.locator(".lane .dot.opened")).to_have_count(2)
    fact = tab.locator("#record .fact", has=tab.locator("> summary", has_text="opening 12 September 2032"))
    fact.locator("summary").first.click()
    expect(fact).to_contain_text("Other sources say otherwise:")
    expect(fact).to_contain_text("1 October 2032")


def test_a_dataset_without_works_has_no_lanes(visit, valley):
    tab = visit(valley, "#lang=en&view=timeline")
    expect(tab.locator("#timeline .view-title")).to_be_visible()
    expect(tab.locator(".lanes")).to_have_count(0)

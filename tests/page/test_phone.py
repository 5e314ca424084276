"""On a phone nothing is out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_view_has_its_tab_in_sight(visit, valley, lang):
    tab = visit(valley, f"#lang={lang}&view=questions", **PHONE)
    boxes = [each.bounding_box() for each in tab.locator("[data-view]").all()]
    assert len(boxes) == 7
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_introduction_and_the_ways_between_things_open_without_choosing_one(visit, valley):
    tab = visit(valley, "#lang=fr", **PHONE)
    expect(tab.locator("#path-from")).to_be_hidden()
    tab.get_by_role("button", name="À propos et chemins").tap()
    expect(tab.locator("#path-from")).to_be_visible()
    tab.locator("#record .links a").first.tap()
    expect(tab.locator("#about-toggle")).to_be_hidden()  # else it opens what nobody sees before the record is closed
    tab.locator("#record .head button").tap()
    expect(tab.locator("#record-side")).to_be_hidden()


def test_the_buttons_over_the_network_stay_inside(visit, valley):
    for lang in ("ar", "fr", "en"):
        tab = visit(valley, f"#lang={lang}", **PHONE)
        boxes = [tab.locator(each).bounding_box() for each in ("#legend-toggle", "#about-toggle")]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_open_legend_leaves_its_button_and_what_is_filtered_free(visit, valley, lang):
    tab = visit(valley, f"#lang={lang}&status=planned,stated&kind=Programme", **PHONE)
    chips = tab.locator("#chips button").all()
    buttons = [tab.locator("#legend-toggle"), tab.locator("#about-toggle"), *chips]
    boxes = [each.bounding_box() for each in buttons]
    assert len(chips) == 4
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert [box["height"] for box in boxes[:2]] == [40, 40]
    tab.locator("#legend-toggle").tap()
    button = tab.locator("#legend-toggle").bounding_box()
    assert tab.locator("#legend").bounding_box()["y"] >= button["y"] + button["height"]
    tab.locator("#legend-toggle").tap()
    expect(tab.locator("#legend")).to_be_hidden()


@pytest.mark.parametrize("size", [(360, 640), (390, 844)])
def test_nothing_lies_over_what_is_read_and_the_sheet_over_nothing(visit, curated, size):
    phone = {**PHONE, "viewport": {"width": size[0], "height": size[1]}}
    tab = visit(curated, "#lang=fr&view=map&select=agadir", **phone)
    box = lambda what: tab.locator(what).first.bounding_box()  # noqa: E731
    tab.locator("#take").tap()
    last = tab.locator("#take-panel button").last
    last.evaluate("each => each.scrollIntoView()")
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= size[1]
    tab.locator("#take").tap()
    sheet = box("#record-side")["y"]
    assert box(".map-note")["y"] + box(".map-note")["height"] <= sheet
    for view, last in {
        "timeline": ".line-of-time li > div > a",
        "questions": ".question > summary",
        "spots": "td",
    }.items():
        tab.locator(f"[data-view={view}]").tap()
        end = tab.locator(f"#view-{view} {last}").last
        end.evaluate("each => each.scrollIntoView({block: 'end'})")
        assert end.bounding_box()["y"] + end.bounding_box()["height"] <= sheet + 1, view
    tab.goto(f"{tab.url.split('#')[0]}#lang=fr&view=questions&question=silence")
    expect(tab.locator("#about-toggle")).to_be_visible()
    tab.wait_for_timeout(200)
    title = box(".question[open] > summary")
    for button in ("#legend-toggle", "#about-toggle"):
        assert box(button)["y"] + box(button)["height"] <= title["y"]


def test_what_a_search_leads_to_has_its_mark_in_the_picture(visit, curated, names_drawn):
    """The sheet that opens takes room from the picture, which then jumps to what was found: also there it is drawn."""
    phone = {**PHONE, "viewport": {"width": 360, "height": 740}, "reduced_motion": "no-preference"}
    tab = visit(curated, "#lang=fr", **phone)
    tab.locator("#search").fill("orange maroc")
    tab.locator("#results [role=option]").first.tap()
    expect(tab.locator("#record h2")).to_have_text("Orange Maroc")
    tab.wait_for_timeout(1000)  # nothing else is touched before one looks: it would be drawn anew
    orange = tab.evaluate(
        """() => { const board = document.querySelector("#canvas canvas"), { width, height } = board;
        const dots = board.getContext("2d").getImageData(0, 0, width, height).data;
        return dots.filter((red, n) => n % 4 === 0 && red > dots[n + 2] + 100).length; }"""
    )
    assert orange > 50, f"no mark of an organisation, but {orange} dots"
    tab.locator("#record .head button").tap()
    assert "Région Souss-Massa" in names_drawn(tab)  # what all turns on, however small the picture

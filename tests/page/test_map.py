"""The map opens where the focus of the dataset is, and shows all of it on demand."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def inside(tab, place):
    box, frame = (
        tab.locator(f"#map [aria-label='{place}, place'] path").bounding_box(),
        tab.locator("#map").bounding_box(),
    )
    return (
        frame["x"] <= box["x"] <= frame["x"] + frame["width"] and frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    )


def test_it_opens_on_the_region_and_fits_all_when_asked(visit, curated):
    tab = visit(curated, "#lang=en&view=map")
    places = ("Agadir", "Tiznit", "Taroudannt", "Drarga", "Tangier", "Khouribga")
    assert [place for place in places if inside(tab, place)] == ["Agadir", "Tiznit", "Taroudannt", "Drarga"]
    tab.locator("#fit").click()
    assert [place for place in places if inside(tab, place)] == list(places)


def test_things_that_are_shown_together_stand_out(visit, curated):
    tab = visit(curated, "#lang=en&view=map&marked=agadir")
    faded = [
        tab.locator(f"#map [aria-label='{place}, place']").get_attribute("class") for place in ("Agadir", "Tiznit")
    ]
    assert faded == ["mark", "mark faded"]


def test_what_has_no_point_is_listed_beside_the_map_to_be_picked(visit, curated):
    tab = visit(curated, "#lang=fr&view=map&kind=Event")  # none of which has a point: the list is all there is
    events = int(re.search(r"\d+", tab.locator("#counts").inner_text())[0])
    expect(tab.locator("#unplaced summary")).to_have_text(f"Sans point sur la carte\u00a0: {events}")
    listed = tab.locator("#unplaced").get_by_role("button")
    expect(listed).to_have_count(events)
    listed.last.click()
    expect(tab.locator("#record h2")).to_have_text(listed.last.inner_text())
    expect(listed.last).to_have_attribute("aria-pressed", "true")


def test_marks_that_are_not_counted_are_told(visit, curated):
    tab = visit(curated, "#lang=en&view=map&kind=Centre")
    number = lambda what, before="": int(re.search(rf"{before}(\d+)", tab.locator(what).inner_text())[1])  # noqa: E731
    marks = {mark.get_attribute("aria-label") for mark in tab.locator("#map .mark").all()}
    told = number("#counts") - number("#unplaced summary") + number(".map-note", "for what is there: ")
    assert len(marks) == told
    assert sum(mark.endswith(", place") for mark in marks) == number(".map-note", "for what is there: ")
    tab.goto(f"{curated.as_uri()}#lang=en&view=map")
    small = tab.locator("#map .mark[tabindex='-1']").count()
    expect(tab.locator(".map-note")).to_contain_text(f"Small marks: places that no text names ({small})")

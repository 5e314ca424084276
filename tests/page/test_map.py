"""The map opens where the focus of the dataset is, and shows all of it on demand."""

from __future__ import annotations

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


def test_what_has_a_place_but_no_point_is_not_called_placeless(visit, curated):
    tab = visit(curated, "#lang=fr&view=map")
    expect(tab.locator(".map-note")).to_contain_text("Sans point sur la carte")

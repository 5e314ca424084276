"""What stands out in the network: what is pointed at or selected, as long as it is, and nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

BARMIJ = r"translate\(([\d.]+) ([\d.]+)\)[^>]*><title>Barmij<"


@pytest.fixture
def place(take):
    """Where Barmij stands on the canvas."""

    def find(tab):
        tab.wait_for_timeout(300)
        x, y = re.search(BARMIJ, take(tab, "svg").decode()).groups()
        return {"x": float(x), "y": float(y)}

    return find


@pytest.mark.parametrize("away", ["header h1", "#record h2", "#counts"])
def test_what_was_pointed_at_keeps_quiet_when_the_mouse_has_left_the_canvas(visit, valley, links_drawn, place, away):
    tab = visit(valley, "#lang=en")
    at = place(tab)
    for _ in range(2):  # and it stands out again when the mouse is back
        tab.locator("#canvas").hover(position=at)
        expect(tab.locator("#canvas")).to_have_css("cursor", "pointer")
        tab.locator(away).hover()
        expect(tab.locator("#canvas")).not_to_have_css("cursor", "pointer")
    assert links_drawn(tab) == set()


@pytest.mark.parametrize("close", ["×", "Escape", "Back"])
def test_after_a_record_the_whole_network_is_in_sight_again(visit, valley, place, close):
    tab = visit(valley, "#lang=en")
    before = place(tab)
    tab.locator("#record .links a", has_text="Barmij").click()
    assert place(tab) != before
    if close == "×":
        tab.locator("#record .head button").click()
    elif close == "Back":
        tab.go_back()
    else:
        tab.keyboard.press("Escape")
    after = place(tab)
    assert after == pytest.approx(before, abs=2)


def test_closing_a_record_in_another_view_leaves_no_stray_picture(visit, valley, place):
    tab = visit(valley, "#lang=en")
    before = place(tab)
    tab.locator("#record .links a", has_text="Barmij").click()
    tab.locator("[data-view=table]").click()
    tab.keyboard.press("Escape")
    tab.locator("[data-view=network]").click()
    assert place(tab) == pytest.approx(before, abs=2)


def test_ends_of_a_path_that_nobody_knows_are_dropped(visit, valley, place):
    whole = place(visit(valley, "#lang=en"))
    tab = visit(valley, "#lang=en&from=nope&to=x")
    assert tab.locator("#record h2").inner_text() == "Emerald Valley (an invented region)"
    assert place(tab) == whole

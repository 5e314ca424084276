"""A click or a tap gets what is seen there: a name or a mark before a link, and a link only where it is drawn."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?[\d.]+")
MIDDLE = 20
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def picture(take):
    """What is drawn: {names: {words: middle}, links: [(opacity, [point of the curve])], things: [middle]}."""

    def read(tab):
        tab.wait_for_timeout(300)
        root = ElementTree.fromstring(take(tab, "svg").decode())
        paths = [*root.iter(f"{SVG}path")]
        lines = [each for each in paths if "Q" in each.get("d") and each.get("stroke-opacity")]
        return {
            "names": dict(middle(name) for name in root.iter(f"{SVG}g") if name.get("class") == "name"),
            "links": [(float(each.get("stroke-opacity")), along(each)) for each in lines],
            "things": [numbers(each.get("transform"))[:2] for each in paths if each.find(f"{SVG}title") is not None],
        }

    return read


def numbers(text):
    return tuple(map(float, NUMBER.findall(text)))


def middle(name):
    lines = [*name.iter(f"{SVG}text")]
    at = [sum(float(line.get(key)) for line in lines) / len(lines) for key in ("x", "y")]
    return " ".join(line.text for line in lines), tuple(at)


def along(path):
    """Give points of a curve (quadratic Bézier) from its begin to its end; the one between stands in the middle."""
    a, b, c, d, e, f = numbers(path.get("d"))
    weights = [((1 - t) ** 2, 2 * t * (1 - t), t**2) for t in (step / 40 for step in range(41))]
    return [(u * a + v * c + w * e, u * b + v * d + w * f) for u, v, w in weights]


def at(point):
    return {"x": point[0], "y": point[1]}


def test_every_name_that_is_drawn_opens_its_thing(visit, curated, picture):
    tab = visit(curated, "#lang=en")
    names = picture(tab)["names"]
    assert len(names) > 50
    opened = {}
    for name, place in names.items():
        tab.locator("#canvas").click(position=at(place))
        opened[name] = tab.locator("#record h2").inner_text()
        tab.keyboard.press("Escape")
    wrong = {name: got for name, got in opened.items() if not got.startswith(name.rstrip("…"))}
    assert wrong == {}


def test_a_tap_on_a_name_opens_its_thing(visit, curated, picture):
    tab = visit(curated, "#lang=ar", **PHONE)
    names = picture(tab)["names"]
    inside = {name: (x, y) for name, (x, y) in names.items() if 20 < x < 370 and y > 60}  # buttons stand above
    assert len(inside) > 5
    for name, place in inside.items():
        tab.locator("#canvas").tap(position=at(place))
        expect(tab.locator("#record h2")).to_contain_text(name.rstrip("…"))
        tab.locator("#record .head button").tap()


# Where the finger may go for each mark: those in sight that no letter is drawn over, as a browser measures letters.
FREE_MARKS = """svg => {
  const page = document.body.appendChild(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement);
  const boxes = [...page.querySelectorAll("g.name text")].map(text => text.getBBox());
  const free = [...page.querySelectorAll("path:has(> title)")].map(path => ({
    name: path.textContent, at: path.getAttribute("transform").match(/-?[\\d.]+/g).slice(0, 2).map(Number)
  })).filter(({at: [x, y]}) => boxes.every(b => x < b.x || x > b.x + b.width || y < b.y || y > b.y + b.height));
  page.remove();
  const {left, top} = canvas.getBoundingClientRect();
  return free.filter(({at: [x, y]}) => canvas.contains(document.elementFromPoint(left + x, top + y)));
}"""


def test_a_tap_on_a_mark_that_no_letter_covers_opens_its_thing(visit, curated, take):
    tab = visit(curated, "#lang=ar", **PHONE)
    tab.wait_for_timeout(300)
    marks = tab.evaluate(FREE_MARKS, take(tab, "svg").decode())
    assert len(marks) > 80
    box = tab.locator("#canvas").bounding_box()
    opened = {}
    for mark in marks:
        tab.touchscreen.tap(box["x"] + mark["at"][0], box["y"] + mark["at"][1])
        opened[mark["name"]] = tab.locator("#record h2").inner_text()
        tab.keyboard.press("Escape")
    assert {name: got for name, got in opened.items() if not got.startswith(name)} == {}


def test_a_name_stands_out_with_its_thing_when_it_is_pointed_at(visit, valley, picture, links_drawn):
    tab = visit(valley, "#lang=en")
    tab.locator("#canvas").hover(position=at(picture(tab)["names"]["Barmij"]))
    expect(tab.locator("#canvas")).to_have_css("cursor", "pointer")
    assert "launches" in links_drawn(tab)


def test_a_link_is_open_to_a_click_where_it_is_drawn(visit, valley, picture):
    tab = visit(valley, "#lang=en")
    drawn = picture(tab)
    taken = [*drawn["things"], *drawn["names"].values()]
    free = [curve[MIDDLE] for _, curve in drawn["links"] if apart(curve[MIDDLE], taken, 60)]
    assert free
    for place in free:
        tab.locator("#canvas").click(position=at(place))
        expect(tab.locator("#record .triple")).to_be_visible()
        tab.keyboard.press("Escape")


def test_a_link_that_has_faded_out_is_not(visit, curated, picture):
    tab = visit(curated, "#lang=en&select=tangier")
    drawn = picture(tab)
    targets = [*drawn["things"], *(place for opacity, curve in drawn["links"] if opacity > 0.5 for place in curve)]
    box = tab.locator("#canvas").bounding_box()
    faded = [curve[MIDDLE] for opacity, curve in drawn["links"] if opacity < 0.2]
    faded = [place for place in faded if apart(place, targets, 30)]
    faded = [(x, y) for x, y in faded if 60 < x < box["width"] - 60 and 60 < y < box["height"] - 100]
    assert len(faded) > 3
    for place in faded[:12]:
        tab.locator("#canvas").click(position=at(place))
        assert "~" not in tab.url
        tab.goto(f"{curated.as_uri()}#lang=en&select=tangier")


def apart(place, others, least):
    return all(math.dist(place, other) > least for other in others)


def test_names_on_the_map_open_their_things(visit, curated):
    tab = visit(curated, "#lang=fr&view=map")
    tab.locator("#map g.name", has_text="Tiznit").first.click()
    expect(tab.locator("#record h2")).to_contain_text("Tiznit")

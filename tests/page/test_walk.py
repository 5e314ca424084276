"""Whatever one does, in whatever order: no complaint, something drawn, and an address that says what one sees."""

from __future__ import annotations

import json
import random
from urllib.parse import parse_qs

import pytest
from checkout import DATA, ONTOLOGY

from graph.pipeline import load

SIZES = ((1440, 900), (1100, 760), (860, 620), (390, 844))
KEYS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "-", "0", "Escape")
PICKED = (
    "#record a.thing",
    "#record .row button",
    "#record .head button",
    "#map .mark",
    "#rows a",
    "#timeline a.thing",
    "#spots button",
    ".question > summary",
    ".question .row button:not(.small)",  # "Copied", and rows asked for, are of the moment, not of the address
)
FILTERS = ("#legend .facet", "#legend .facet", "#legend .facet", "#chips button", "[data-mode]")
ANEW = 10  # after so many steps the address is opened anew

# A point where a mouse reaches one of the elements of a kind that are in sight; null where something covers it.
REACH = """([selector, share]) => {
  const all = [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length);
  const one = all[Math.floor(share * all.length)];
  one?.scrollIntoView({ block: "nearest" });
  const box = one?.getClientRects()[0];
  const at = box && [box.x + box.width / 2, box.y + box.height / 2];
  return at && one.contains(document.elementFromPoint(...at)) ? at : null;
}"""
BACK = """steps => new Promise((done) => {
  const far = Math.min(steps, navigation.currentEntry.index);
  if (!far) return done();
  addEventListener("popstate", () => setTimeout(done), { once: true });
  setTimeout(done, 1000);
  history.go(-far);
})"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))"
SEEN = """() => {
  const sight = (selector) => [...document.querySelectorAll(selector)].find((each) => each.getClientRects().length);
  const text = (selector) => sight(selector)?.innerText.trim() ?? "";
  const [canvas, small] = [document.querySelector("#canvas canvas"), document.createElement("canvas")];
  [small.width, small.height] = [canvas.width / 4, canvas.height / 4];
  const [width, height] = [small.width, small.height];
  const board = small.getContext("2d", { willReadFrequently: true });
  if (width && height) board.drawImage(canvas, 0, 0, width, height);
  const view = document.querySelector("[data-view][aria-pressed=true]").dataset.view;
  return {
    view,
    lang: document.documentElement.lang,
    record: text(".with-record #record"), // on a phone the introduction is open or not as one likes
    title: document.querySelector("#record h2").textContent,
    chips: text("#chips"),
    counts: text("#counts"),
    empty: text("#empty"),
    pressed: [...document.querySelectorAll("#legend [aria-pressed=true]")].map((each) => each.textContent),
    shown: view === "network" ? "" : view === "map"
      ? [...document.querySelectorAll("#map .mark")].map((each) => each.getAttribute("aria-label")).sort()
      : view === "table"
        ? [text("#table [aria-pressed=true]"), text("#row-count")] // in the order that one likes
        : text(`#view-${view}`),
    painted: Boolean(width && height && board.getImageData(0, 0, width, height).data.some(Boolean)),
  };
}"""


@pytest.fixture(scope="module")
def names():
    """The names of each thing, by language: also of those that the picture leaves out and a search finds."""
    return {name: entity.labels for name, entity in load(DATA, ONTOLOGY).facts.entities.items()}


class Walker:
    """Somebody who uses the page without a plan, but for the one that a seed makes."""

    def __init__(self, tab, seed, names):
        self.tab, self.draw, self.trail, self.complaints = tab, random.Random(seed), [], []
        self.data, self.names = json.loads(tab.locator("#data").text_content()), names
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))

    def step(self):
        often, seldom = [self.search, self.filter, self.pick], [self.point, self.language, self.key, self.resize]
        does = self.draw.choice([*often, *often, self.view, self.back, *seldom])
        self.trail.append(f"{does.__name__} {does() or ''} → {self.tab.url.partition('#')[2]}")
        self.tab.evaluate(SETTLED)

    def click(self, *selectors):
        """Click something of the first of these kinds of which something is within reach."""
        for selector in selectors:
            at = self.tab.evaluate(REACH, [selector, self.draw.random()])
            if at:
                self.tab.mouse.click(*at)
                return f"{selector} {at}"
        return "nothing within reach"

    def search(self):
        words = self.draw.choice([text for labels in self.names.values() for text in labels.values()])
        self.tab.locator("#search").fill(words[: self.draw.randint(3, 12)])
        self.tab.keyboard.press("Enter")
        return words

    def filter(self):
        if self.tab.locator("#legend-toggle[aria-expanded=false]").is_visible():
            self.click("#legend-toggle")
        return self.click(*self.draw.sample(FILTERS, len(FILTERS)))

    def pick(self):
        return self.click(*self.draw.sample(PICKED, len(PICKED)))

    def point(self):
        drawing = self.tab.locator("#canvas, #map").filter(visible=True)
        if not drawing.count():
            return None
        box = drawing.first.bounding_box()
        at = [box[a] + self.draw.random() * box[b] for a, b in (("x", "width"), ("y", "height"))]
        self.tab.mouse.click(*at)
        return at

    def back(self):
        return self.tab.evaluate(BACK, self.draw.choice((1, 1, 2, 3)))

    def language(self):
        return self.click("button[data-lang]")

    def view(self):
        return self.click(self.draw.choice(["[data-view]", "[data-view=network]"]))

    def key(self):
        if self.tab.locator("#canvas").is_visible():
            self.tab.locator("#canvas").focus()
        else:
            self.tab.evaluate("document.activeElement.blur()")
        keys = self.draw.choices(KEYS, k=3)
        for key in keys:
            self.tab.keyboard.press(key)
        return keys

    def resize(self):
        width, height = self.draw.choice(SIZES)
        self.tab.set_viewport_size({"width": width, "height": height})

    def title(self):
        """What the record is to be called, by the address."""
        asked = {key: values[0] for key, values in parse_qs(self.tab.url.partition("#")[2]).items()}
        if "from" in asked or "to" in asked:
            return {"ar": "ما الصلة بين عنصرين؟", "fr": "Comment deux éléments sont-ils liés\u00a0?"}.get(
                asked["lang"], "How are two entities linked?"
            )
        chosen = asked.get("select", "")
        labels = self.names.get(chosen, self.data["info"]["title"])
        if "~" in chosen:
            labels = self.data["properties"][chosen.split("~")[1]]["label"]
        return labels[asked["lang"]][0].upper() + labels[asked["lang"]][1:]


def assert_sound(walker, seen):
    assert walker.complaints == []
    assert f"lang={seen['lang']}" in walker.tab.url
    assert (f"view={seen['view']}" if seen["view"] != "network" else "#") in walker.tab.url
    assert seen["title"] == walker.title()
    if seen["view"] == "network" and not seen["empty"]:
        assert seen["painted"]


@pytest.mark.parametrize("steps", [30, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_wherever_one_walks_the_page_holds(visit, curated, things_drawn, names, seed, steps):
    tab = visit(curated, "#lang=en")
    walker, anew = Walker(tab, seed, names), tab.context.new_page()
    tab.bring_to_front()
    for number in range(1, steps + 1):
        walker.step()
        seen = tab.evaluate(SEEN)
        try:
            assert_sound(walker, seen)
            if number % ANEW == 0:
                assert_same_anew(tab, anew, seen, things_drawn)
        except AssertionError as error:
            error.add_note("\n".join([f"step {number} of seed {seed}:", *walker.trail[-12:]]))
            raise


def assert_same_anew(tab, anew, seen, things_drawn):
    anew.bring_to_front()
    anew.set_viewport_size(tab.viewport_size)
    anew.goto("about:blank")
    anew.goto(tab.url)
    anew.wait_for_selector("body[data-ready]")
    anew.evaluate(SETTLED)
    assert anew.evaluate(SEEN) == seen
    drawn = things_drawn(anew) if seen["view"] == "network" else {}
    tab.bring_to_front()  # what is behind draws once a second
    assert seen["view"] != "network" or set(things_drawn(tab)) == set(drawn)

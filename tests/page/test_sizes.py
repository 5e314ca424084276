"""From nothing to thousands of things the page opens and answers."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from graph.knowledge.triples import Asserted
from graph.model.records import Claim, Entity, Quotation
from graph.page import html
from graph.page.compact import Numbering, compact


def grown(knowledge, things, links):
    """Grow a dataset: things of the valley's kinds, claims between them that prefer the first ones."""
    draw = random.Random(1)
    kinds = ["Programme", "Event", "Organization", "Centre", "Theme"]
    entities = {
        f"thing-{n}": Entity(
            f"thing-{n}",
            (kinds[n % 5],),
            {"ar": f"شيء {n}", "fr": f"chose {n}", "en": f"thing {n}"},
            {},
            frozenset(),
            n,
        )
        for n in range(things)
    }
    claims = []
    for n in range(links):
        far, near = n % things, min(draw.randrange(1, things), draw.randrange(1, things), draw.randrange(1, things))
        claims.append(
            Claim(
                f"thing-{far}",
                "about",
                f"thing-{near}",
                "",
                False,
                "stated",
                "bulletin",
                (Quotation(n % 200, n % 200 + 9, n, {}),),
                "",
                n,
                id=f"{n:016x}",
            )
        )
    return holding(knowledge, entities=entities, claims=tuple(claims))


def holding(knowledge, **records):
    """Give a dataset other records, and nothing that follows from them."""
    facts = replace(knowledge.facts, mentions=(), **records)
    return replace(knowledge, asserted=Asserted(facts, knowledge.ontology), inferences=())


@pytest.fixture(scope="module")
def unanswered():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.page.answers.answers", lambda *_: [])
        yield


def test_nothing_at_all_says_so(visit, paged, emerald, violations):
    empty = holding(emerald, entities={}, claims=(), sources={}, coastline={})
    tab = visit(paged(empty), "#lang=en")
    expect(tab.locator("#empty")).to_have_text("This dataset holds nothing yet.")
    for view in ("map", "table", "timeline", "spots", "questions", "texts", "network"):
        tab.locator(f"[data-view={view}]").click()
        assert violations(tab) == []


def test_one_thing_alone_is_shown(visit, paged, emerald, names_drawn):
    one = {"al-marsa": emerald.facts.entities["al-marsa"]}
    alone = holding(emerald, entities=one, claims=())
    assert names_drawn(visit(paged(alone), "#lang=en")) == {"Al Marsa"}


def test_five_thousand_things_open_on_an_overview_and_unfold(visit, paged, emerald, unanswered, things_drawn):
    path = paged(grown(emerald, 5000, 10000))
    start = time.monotonic()
    tab = visit(path, "#lang=en")
    tab.wait_for_selector("body[data-drawn]")
    assert time.monotonic() - start < 20, "bounded, even on a slow machine"
    expect(tab.locator("#overview")).to_have_text(
        "Overview: the 300 most linked of 5000. Pick an entity to unfold its links."
    )
    overview = set(things_drawn(tab))
    for thing in ("Thing 4321", "Thing 4876"):
        assert thing not in overview
        tab.locator("#search").fill(thing)
        tab.keyboard.press("Enter")
        expect(tab.locator("#record h2")).to_have_text(thing)
        assert thing in things_drawn(tab)
    expect(tab.locator("#overview")).not_to_contain_text("the 300 most")
    tab.locator("[data-view=table]").click()
    expect(tab.locator("#row-count")).to_have_text("Rows: 5000")
    tab.locator("#rows > button").click()
    assert tab.locator("#rows tbody tr").count() == 1650


@pytest.mark.long
def test_the_size_grows_linearly(paged, emerald, unanswered):
    small, middle, large = (paged(grown(emerald, n, 2 * n)).stat().st_size for n in (500, 1000, 2000))
    assert 1.8 < (large - middle) / (middle - small) < 2.3


def test_the_triples_of_a_claim_and_its_passage_take_a_few_numbers(emerald):
    # as text they would take some 900 bytes
    def size(knowledge):
        table = Numbering(knowledge)
        return len(html.embed(compact(knowledge, table, [], knowledge.facts.claims) | table.written()))

    sizes = [size(grown(emerald, 100, n)) for n in (1000, 3000)]
    assert sizes[1] - sizes[0] < 2000 * 150

"""Nothing in the data can become markup, script or an address that runs."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from graph.knowledge.triples import Asserted
from graph.page.html import embed

NASTY = (
    "</script><script>window.harmed = 1</script>",
    "<!-- <script>",
    '"><img src=x onerror="window.harmed = 1">',
    "a\u2028b\u2029c",
    "{{ 7 * 7 }}{% raw %}",
    "href='javascript:window.harmed=1'",
    "${window.harmed = 1}`",
    "</noscript></style><b>",
    "\u202eesrever\u2066",
)


def everywhere(text, knowledge):
    """Put `text` in every field that a curator can write; into an IRI, as far as it can be in one."""
    facts = knowledge.facts
    entities = {
        name: replace(entity, labels=dict.fromkeys(("ar", "fr", "en"), f"{name} {text}"), alts={"fr": (text,)})
        for name, entity in facts.entities.items()
    }
    sources = {
        name: replace(
            source,
            titles=dict.fromkeys(("ar", "fr", "en"), text),
            publisher=text,
            url=f"javascript:{text}",
            issued=text,
            licence=text,
        )
        for name, source in facts.sources.items()
    }
    claims = tuple(
        replace(
            claim,
            object=f"javascript://%0Awindow.harmed=1//{quote(text)}"
            if claim.foreign
            else (claim.object if claim.datatype in {"", "xsd:decimal"} else text),
            record=claim.record and text,
        )
        for claim in facts.claims
    )
    info = replace(
        knowledge.info,
        title=dict.fromkeys(("ar", "fr", "en"), text),
        description={"en": text},
        licence=text,
        publisher=text,
    )
    outline = {"title": text, "land": []}
    facts = replace(facts, info=info, entities=entities, sources=sources, claims=claims, coastline=outline)
    return replace(knowledge, asserted=Asserted(facts, knowledge.ontology), texts={"bulletin": text * 20})


@pytest.fixture
def unasked(monkeypatch):
    """Questions go to a store that refuses such data; here only what the page does with it counts."""
    monkeypatch.setattr("graph.page.answers.answers", lambda *_: [])


@pytest.mark.parametrize("text", ["".join(NASTY), *NASTY[-2:]], ids=["all", "markup", "bidi"])
def test_hostile_text_is_only_text(visit, paged, emerald, unasked, text):
    tab = visit(paged(everywhere(text, emerald)), "#lang=en")
    for view in ("network", "map", "table", "timeline", "spots", "questions"):
        tab.locator(f"[data-view={view}]").click()
    tab.goto(f"{tab.url.split('#')[0]}#lang=en&select=al-marsa")
    expect(tab.locator("#record h2")).to_have_text(f"Al-marsa {text}")
    closed = tab.locator("#record details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()
    tab.locator("#search").fill("barmij")
    assert tab.evaluate("window.harmed") is None
    assert tab.locator("a[href^='javascript:']").count() == 0
    assert tab.locator("img").count() == 0
    assert tab.locator("#record h2").text_content() == f"Al-marsa {text}"
    expect(tab.locator("#counts")).to_contain_text("13 of 13")


def test_embedded_json_is_inert_and_the_same():
    text = embed({"a": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(text)
    assert __import__("json").loads(text) == {"a": "</script><!--\u2028&"}


def test_only_our_scripts_may_run_and_nothing_may_be_fetched(browser, valley):
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto(valley.as_uri())
    policy = tab.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    tab.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.harmed = 1'; document.body.append(s)"
    )
    assert tab.evaluate("window.harmed") is None
    refused = "fetch('https://example.org/').then(() => 'fetched', () => 'refused')"
    assert tab.evaluate(refused) == "refused"
    context.close()


def test_a_bidi_trick_in_a_name_does_not_turn_its_surroundings(visit, paged, emerald, unasked):
    tab = visit(paged(everywhere("\u202eesrever", emerald)), "#lang=en&view=table")
    row = tab.locator("#rows tbody tr").first
    cells = [cell.bounding_box()["x"] for cell in row.locator("th, td").all()]
    assert cells == sorted(cells)
    assert row.locator("th bdi").count() == 1

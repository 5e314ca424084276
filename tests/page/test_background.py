"""Places that no text names: found, told and mapped as all others, not drawn, at a few bytes each."""

from __future__ import annotations

import pytest
from checkout import ONTOLOGY
from playwright.sync_api import expect
from pyoxigraph import RdfFormat, parse

from graph.curation import beginning, reference
from graph.page import data, html
from graph.page.compact import of_claim
from graph.pipeline import load

UNREAD = {
    "ar": "لا نص يسمي شيئا هنا بعد. أماكن المصادر المرجعية تجدها بالبحث وعلى الخريطة.",
    "fr": "Aucun texte ne nomme encore quoi que ce soit ici. Les lieux des sources de référence se trouvent par la"
    " recherche et sur la carte.",
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A dataset that was begun with the places of a region, and holds nothing else."""
    folder = tmp_path_factory.mktemp("listed")
    files = beginning.written(
        "listed", "https://data.example.org/listed/", ["ar", "fr"], reference.region("souss-massa")
    )
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return load(folder / "data", ONTOLOGY)


@pytest.fixture(scope="module")
def begun(paged, listed):
    return paged(listed)


def test_each_takes_few_bytes(listed):
    page = data.describe(listed, listed.network)
    assert (page["nodes"], page["claims"], page["edges"]) == ([], [], [])
    assert len(html.embed(page["background"])) < 250 * len(listed.facts.entities)


def test_a_page_without_a_text_says_what_to_do_and_finds_the_places(visit, begun, violations):
    tab = visit(begun)
    for language, said in UNREAD.items():
        tab.locator(f"[data-lang={language}]").click()
        expect(tab.locator("#empty")).to_have_text(said)
        expect(tab.locator("#record .steps li")).to_have_count(3)
    for word in ("Drarga", "الدراركة"):
        tab.locator("#search").fill(word)
        tab.keyboard.press("Enter")
        expect(tab.locator("#record h2")).to_have_text("Drarga")
    expect(tab.locator("#record")).to_contain_text("107\u202f621")
    expect(tab.locator("#record .links a")).to_have_text("Préfecture d’Agadir-Ida-Ou-Tanane")
    tab.locator("#record .links summary").click()
    expect(tab.locator("#record .links .evidence")).to_contain_text("09.001.05.09")
    tab.locator("[data-view=map]").click()
    expect(tab.locator("#map .mark[aria-pressed=true]")).to_have_attribute("aria-label", "Drarga, lieu")
    assert violations(tab) == []


def test_the_record_of_a_region_lists_what_lies_in_it_on_demand(visit, begun):
    tab = visit(begun, "#lang=fr&select=taroudannt-province")
    inside = tab.locator("#record details", has_text="qu’aucun texte ne nomme")
    expect(inside.locator("summary")).to_have_text("Lieux qui s’y trouvent et qu’aucun texte ne nomme\u00a0: 89")
    inside.locator("summary").click()
    expect(inside.locator("a")).to_have_count(89)
    inside.locator("a", has_text="Oulad Teima").click()
    expect(tab.locator("#record h2")).to_have_text("Oulad Teima")


def test_its_turtle_is_what_the_files_of_the_dataset_say(visit, begun, listed):
    tab = visit(begun, "#lang=fr&select=agadir-ida-ou-tanane")
    tab.locator("#record details.turtle summary").click()
    given = set(parse(tab.locator("#record details.turtle pre").inner_text(), RdfFormat.TURTLE))
    known = set(listed.asserted.entity(listed.facts.entities["agadir-ida-ou-tanane"]))
    for claim in listed.facts.claims:
        if claim.subject == "agadir-ida-ou-tanane":
            known |= set(of_claim(listed.asserted, claim))
    sources = {f"{listed.info.base}source/{claim.source}" for claim in listed.facts.claims}
    beside = {each.triple for each in given if each.subject.value in sources}
    assert {each.triple for each in given} - beside == known
    assert {each.predicate.value for each in beside} == {"http://purl.org/dc/terms/title", "https://schema.org/url"}


def test_a_place_that_is_not_drawn_leaves_the_picture_in_sight_and_to_the_keyboard(visit, curated, names_drawn):
    tab = visit(curated, "#lang=fr&place=marrakech-safi")
    before = names_drawn(tab)
    tab.evaluate("location.hash = 'lang=fr&place=marrakech-safi&select=lamnizla'")
    expect(tab.locator("#record h2")).to_have_text("Lamnizla")
    assert names_drawn(tab) == before != set()
    tab.locator("#canvas").press("ArrowDown")
    expect(tab.locator("#live")).to_contain_text("1337, centre")

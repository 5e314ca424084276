"""What is shown can be cited in the formats of reference managers, and an error in it reported."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from graph.export import citations
from graph.knowledge.triples import Asserted

HOSTILE = "Marsa & «Co» {50%}\\ #1_~^$"


@pytest.fixture(scope="module")
def cited(emerald):
    """The invented region, with an address for errors and a thing whose name has every sign that BibTeX reads."""
    info = replace(emerald.info, contact="errors+valley@example.org")
    entities = dict(emerald.facts.entities)
    entities["barmij"] = replace(entities["barmij"], labels={**entities["barmij"].labels, "en": HOSTILE})
    facts = replace(emerald.facts, info=info, entities=entities)
    return replace(emerald, asserted=Asserted(facts, emerald.ontology))


def given(tab, box, suffix):
    with tab.expect_download() as download:
        box.locator(f"[data-cite='{suffix}']").first.click()
    return download.value.suggested_filename, download.value.path().read_bytes().decode()


def test_a_thing_a_claim_and_the_dataset_are_cited_as_bibtex_ris_and_csl(visit, paged, cited):
    tab = visit(paged(cited), "#lang=en&select=barmij")
    base = cited.info.base
    version = cited.info.version
    tab.locator("#record > [data-more=cite] > summary").click()
    thing = tab.locator("#record > [data-more=cite]")
    name, bib = given(tab, thing, "bib")
    assert name.endswith("barmij.bib")
    assert r"title = {{Marsa \& «Co» \{50\%\}\textbackslash{} \#1\_\textasciitilde{}\textasciicircum{}\$}}," in bib
    assert f"url = {{{base}barmij}}," in bib
    assert bib.count("{") == bib.count("}")
    tab.locator("#take").click()
    _, csl = given(tab, tab.locator("#take-panel"), "csl.json")
    [item] = json.loads(csl)
    assert (item["type"], item["title"], item["URL"], item["version"]) == ("dataset", HOSTILE, f"{base}barmij", version)
    tab.locator("#take").click()
    tab.goto(f"{tab.url.split('#')[0]}#lang=ar&select=barmij~about~coding")
    claim = tab.locator("#record .evidence [data-more=cite]").first
    claim.locator("summary").click()
    _, ris = given(tab, claim, "ris")
    records = ris.split("ER  - \r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .+", line) for each in records for line in each.split("\r\n") if line)
    assert [each.split("\r\n")[0] for each in records[:-1]] == ["TY  - DATA", "TY  - NEWS"]
    assert re.search(rf"UR  - {base}claim/[0-9a-f]{{16}}\r\n", records[0])
    assert cited.facts.entities["coding"].labels["ar"] in records[0]  # the title is in the reader's language
    assert f"TI  - {cited.facts.sources['bulletin'].titles['ar']}\r\n" in records[1]
    tab.goto(f"{tab.url.split('#')[0]}#lang=fr")
    tab.locator("#take").click()
    _, text = given(tab, tab.locator("#take-panel"), "txt")
    assert text == f"{cited.info.title['fr']}. {cited.info.publisher}. 1 juin 2031. Version {version}. {base}\n"


@pytest.mark.parametrize(("suffix", "write"), [("bib", "bibtex"), ("ris", "ris"), ("csl.json", "csl")])
def test_the_page_cites_the_dataset_as_its_export_does(visit, paged, cited, suffix, write):
    tab = visit(paged(cited), "#lang=ar")
    tab.locator("#take").click()
    _, ours = given(tab, tab.locator("#take-panel"), suffix)
    exported = BytesIO()
    getattr(citations, write)(cited, exported)
    theirs = exported.getvalue().decode()
    read = json.loads if suffix == "csl.json" else str
    assert read(ours) == read(theirs)


def test_an_error_is_reported_with_what_it_is_about_and_no_words_of_the_source(visit, paged, cited):
    tab = visit(paged(cited), "#lang=en&select=barmij~about~coding")
    box = tab.locator("#record .evidence [data-more=reportError]").first
    box.locator("summary").click()
    text = box.get_by_label("What is wrong?")
    text.fill(f"Wrong & bad?\n&bcc=evil@example.com #1 %0A\n{text.input_value()}")
    link = urlsplit(box.locator("a.mail").get_attribute("href"))
    assert (link.scheme, unquote(link.path)) == ("mailto", "errors+valley@example.org")
    sent = parse_qs(link.query)
    assert set(sent) == {"subject", "body"}
    body = sent["body"][0]
    assert body.startswith("Wrong & bad?\r\n&bcc=evil@example.com #1 %0A\r\n")
    claim = next(each for each in cited.facts.claims if (each.subject, each.property) == ("barmij", "about"))
    place = claim.quotations[0]
    base, version = cited.info.base, cited.info.version
    for part in (f"{base}claim/{claim.id}", f"{place.start}–{place.end}", f"({base}), Version {version}"):
        assert part in body, part
    assert "file:" not in body  # where the file lies on a disk is nobody's business
    assert "#lang" not in body  # and what is no whole address leads nowhere


def test_an_error_names_the_page_where_the_dataset_has_one(visit, paged, emerald):
    info = replace(emerald.info, address="https://example.org/valley/")
    at = replace(emerald, asserted=Asserted(replace(emerald.facts, info=info), emerald.ontology))
    tab = visit(paged(at), "#lang=ar&select=barmij")
    tab.locator("#record > [data-more=reportError] > summary").click()
    text = tab.locator("#record > [data-more=reportError] textarea").input_value()
    assert text.splitlines()[-1].startswith("https://example.org/valley/#")


def test_without_an_address_the_report_can_be_copied_only(visit, valley):
    tab = visit(valley, "#lang=ar&select=barmij")
    tab.locator("#record > [data-more=reportError] > summary").click()
    expect(tab.locator("#record > [data-more=reportError] button")).to_have_count(1)
    assert tab.locator("a.mail").count() == 0

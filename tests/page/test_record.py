"""The record proves what it shows: every claim with its status, source, date and passage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph
import pytest
from checkout import ONTOLOGY
from playwright.sync_api import expect

from graph import pipeline
from graph.knowledge.triples import Asserted
from graph.model.records import Quotation

TEXTS = Path(__file__).parents[1] / "regions" / "emerald-valley" / "texts"
PASSAGE = "أطلقت جهة وادي الزمرد برنامج «بَرْمِج»"


def open_evidence(tab, name):
    entry = tab.locator("#record li:has(summary)", has_text=name).first
    entry.locator("summary").click()
    return entry.locator(".evidence")


def test_names_in_every_language_and_marks_our_translations(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    names = tab.locator("#record .names").inner_text()
    assert "برمج" in names
    assert "البرنامج" in names
    assert names.count("our translation") == 2  # French and English


def test_a_claim_shows_status_source_date_and_position(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    said = open_evidence(tab, "coding").inner_text()
    assert "stated" in said
    assert "Emerald Valley bulletin" in said
    assert "1 June 2031" in said
    assert "Characters 48–79" in said


def test_without_the_text_no_word_of_it_and_a_plain_link(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    said = open_evidence(tab, "coding")
    assert said.locator(".actions a").get_attribute("href") == "https://example.org/bulletin"
    assert tab.locator("blockquote").count() == 0
    assert PASSAGE not in valley.read_text(encoding="utf-8")
    expect(tab.locator("#quoted")).to_be_hidden()


def test_with_the_text_the_passage_is_quoted_and_linked(visit, quoting):
    tab = visit(quoting, "#lang=en&select=emerald-valley-authority~launches~barmij")
    expect(tab.locator("blockquote")).to_have_text(PASSAGE)
    link = tab.locator(".evidence .actions a").get_attribute("href")
    assert unquote(link) == f"https://example.org/bulletin#:~:text={PASSAGE}"
    expect(tab.locator("#quoted")).to_contain_text("not for publication")


def test_a_long_passage_is_linked_by_its_first_and_last_words(visit, quoting):
    tab = visit(quoting, "#lang=en&select=barmij~inPartnershipWith~manara-foundation")
    link = unquote(tab.locator(".evidence .actions a").get_attribute("href"))
    assert link == "https://example.org/bulletin#:~:text=برنامج «بَرْمِج» لتعليم البرمجة,بشراكة مع مؤسسة المنارة."


def test_words_that_occur_before_are_told_apart_by_those_in_front_of_them(visit, paged, emerald):
    text = (TEXTS / "bulletin.txt").read_bytes().decode("utf-8")
    last = text[247:287]  # the last sentence, which now opens the text too
    tab = visit(paged(replace(emerald, texts={"bulletin": f"{last}\n{text[41:]}"})), "#lang=en")
    tab.goto(f"{tab.url.partition('#')[0]}#lang=en&select=emerald-valley-authority~organises~marsa-tech")
    link = unquote(tab.locator(".evidence .actions a").get_attribute("href"))
    assert link == f"https://example.org/bulletin#:~:text=به حاضنة مقاولات. 🌱-,{last}"


def test_a_planned_claim_says_that_it_is_no_fact(visit, valley):
    tab = visit(valley, "#lang=en&select=cafe-incubator~partOf~cafe-numerique")
    expect(tab.locator("#record .evidence")).to_contain_text("planned Described, not asserted as a fact.")
    expect(tab.locator("#record .evidence")).to_contain_text("refers to it without naming it: Café Numérique")


def test_an_end_that_is_not_named_is_placed_and_quoted_where_it_is(visit, valley, quoting):
    for page, said in ((valley, "Characters 130–152"), (quoting, "Characters 130–152 مركز «Caf")):
        tab = visit(page, "#lang=en&select=cafe-incubator~partOf~cafe-numerique")
        expect(tab.locator("#record .evidence .dim")).to_contain_text(said)


def test_every_passage_of_a_claim_is_shown(visit, paged, emerald):
    again = Quotation(0, 11, 9, {})
    told = changed(emerald, "organises", lambda claim: {"quotations": (*claim.quotations, again)})
    tab = visit(paged(told), "#lang=en&select=emerald-valley-authority~organises~marsa-tech")
    assert tab.locator("#record .position").all_inner_texts() == ["Characters 247–286", "Characters 0–11"]


@pytest.mark.parametrize(
    ("lang", "period", "over"),
    [
        ("ar", "في الفترة: من 3 مايو 2031 إلى 5 مايو 2031", "انقضت مدته"),
        ("fr", "Période\u00a0: 3 mai 2031 – 5 mai 2031", "révolu"),
        ("en", "Period: 3 May 2031 – 5 May 2031", "over"),
    ],
)
def test_what_is_over_says_when_it_held_and_that_it_is_no_fact(visit, paged, emerald, take, lang, period, over):
    held = {"since": "2031-05-03", "until": "2031-05-05", "lapse": "over"}
    told = changed(emerald, "organises", lambda claim: held)
    tab = visit(paged(told), f"#lang={lang}&select=emerald-valley-authority~organises~marsa-tech")
    expect(tab.locator("#record .evidence")).to_contain_text(period)
    expect(tab.locator("#record .evidence .status.over")).to_have_text(over)
    expect(tab.locator("#record .triple .status")).to_have_text(over)
    expect(tab.locator("#record .evidence em")).to_be_visible()
    assert "stroke-dasharray" in take(tab, "svg").decode()


def test_a_record_tells_where_the_texts_name_a_thing(visit, valley):
    tab = visit(valley, "#lang=en&select=cafe-numerique")
    tab.locator("#record .mentions summary").click()
    expect(tab.locator("#record .mentions")).to_contain_text("Mentions of the name: 2")
    expect(tab.locator("#record .mentions")).to_contain_text("Characters 130–152, Characters 189–195")


def test_a_stage_is_said_in_words(visit, curated):
    for lang, stage in (("ar", "قيد الإنجاز"), ("fr", "en travaux"), ("en", "under construction")):
        tab = visit(curated, f"#lang={lang}&select=technopark-tiznit")
        expect(tab.locator("#record .fact > summary", has_text=stage).first).to_be_visible()


def changed(knowledge, property_, changes):
    """Give a dataset with changed claims of one property, by what `changes` gives for each."""
    claims = tuple(
        replace(each, **changes(each)) if each.property == property_ else each for each in knowledge.facts.claims
    )
    return replace(knowledge, asserted=Asserted(replace(knowledge.facts, claims=claims), knowledge.ontology))


def test_a_record_claim_names_its_record(visit, valley):
    tab = visit(valley, "#lang=en&select=al-marsa")
    tab.locator("#record .fact", has_text="41,250").locator("summary").first.click()
    expect(tab.locator("#record .fact", has_text="41,250")).to_contain_text("place/2")


def test_what_was_inferred_says_its_rule_and_premises(visit, valley):
    tab = visit(valley, "#lang=en&view=table&table=links&status=inferred")
    tab.locator("#rows tbody tr", has_text="Manara Foundation").first.locator("td a").first.click()
    said = tab.locator("#record .evidence.inferred").first
    expect(said).to_contain_text("inferred by the rule:")
    expect(said).to_contain_text("Barmij – in partnership with – Manara Foundation")


def test_a_citation_is_copied_whole(visit, valley):
    tab = visit(valley, "#lang=en&select=emerald-valley-authority~launches~barmij")
    tab.evaluate("document.execCommand = () => { window.copied = document.activeElement.value; return true }")
    tab.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve() }")
    tab.locator(".evidence [data-more=cite] > summary").click()
    tab.locator(".evidence [data-more=cite] button").first.click()
    claim, source = tab.evaluate("window.copied").splitlines()
    assert claim.startswith("Emerald Valley Region – launches – Barmij (stated). Emerald Valley")
    assert " Emerald Valley bulletin. Characters 26–64. https://example.org/emerald-valley/claim/" in claim
    assert source.startswith("Emerald Valley bulletin. ")
    assert source.endswith(" 1 June 2031. https://example.org/bulletin")


def test_its_turtle_is_true_of_the_dataset(visit, valley, emerald):
    tab = visit(valley, "#lang=en&select=al-marsa")
    tab.locator("#record .turtle summary").click()
    text = tab.locator("#record .turtle pre").inner_text()
    said = {quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)}
    assert len(said) > 30
    assert said <= set(emerald.triples())


def test_a_date_that_the_source_is_named_after_is_said_once(visit, curated):
    tab = visit(curated, "#lang=fr&select=karim-achengli~presidentOf~souss-massa-council")
    assert tab.locator("#record .evidence .source").first.inner_text().count("22 avril 2024") == 1


def test_what_other_sources_say_stands_beside_the_evidence(visit, paged, region):
    """One source agrees on the population of the town, and contradicts its latitude."""
    almanac = "almanac,dcat:Dataset,تقويم,Almanach,Almanac,,2033-04,https://example.org/almanac,,,,,reference,\n"
    said = "al-marsa,population,41250,stated,almanac,,,7,,,,,\nal-marsa,wgs:lat,30.9,stated,almanac,,,7,,,,,\n"
    for name, more in (("sources", almanac), ("claims", said)):
        path = region / "data" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    tab = visit(paged(pipeline.load(region / "data", ONTOLOGY)), "#lang=en&select=al-marsa")
    agreed, disputed = (tab.locator("#record .fact", has_text=value).first for value in ("41,250", "30.5"))
    agreed.locator("summary").first.click()
    expect(agreed).to_contain_text("Independent sources that say so: 2")
    expect(agreed).not_to_contain_text("say otherwise")
    disputed.locator("summary").first.click()
    expect(disputed).to_contain_text("Other sources say otherwise:")
    expect(disputed).to_contain_text("30.9")
    expect(disputed).to_contain_text("Almanac")

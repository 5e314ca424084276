"""What is taken away is what is shown, and true of the dataset."""

from __future__ import annotations

import csv
import io
import struct
from dataclasses import replace

import pyoxigraph
from playwright.sync_api import expect

from graph.knowledge.triples import Asserted
from graph.model.records import Entity
from graph.model.vocabulary import SCHEMA


def triples(content, form):
    return {quad.triple for quad in pyoxigraph.parse(content, form)}


def test_the_whole_as_turtle_is_what_the_dataset_says_of_its_things_and_claims(visit, valley, emerald, take):
    tab = visit(valley, "#lang=en")
    of_sources = {triple for source in emerald.facts.sources.values() for triple in emerald.asserted.source(source)}
    taken = triples(take(tab, "turtle"), pyoxigraph.RdfFormat.TURTLE)
    unmentioned = Asserted(replace(emerald.facts, mentions=()), emerald.ontology)
    told = {each for each in of_sources if each.predicate.value in ("http://purl.org/dc/terms/title", f"{SCHEMA}url")}
    assert len(told) == 8  # two sources: where each is, and its three titles
    assert taken == set(unmentioned.triples()) - of_sources | told


def test_names_of_any_letters_are_taken_away_as_they_are(visit, paged, emerald, take):
    odd = 'a "quoted" \\ name\twith\nlines\u2028 \u0085, \x7f <b> 🚀 é'
    strange = Entity("strange", ("Theme",), {"ar": odd, "en": "it's"}, {"en": ("'''", odd)}, frozenset({"ar"}), 1)
    one = replace(emerald.facts, entities={"strange": strange}, claims=())
    only = replace(emerald, asserted=Asserted(one, emerald.ontology), inferences=())
    tab = visit(paged(only), "#lang=en")
    said = set(only.asserted.entity(strange))
    assert triples(take(tab, "turtle"), pyoxigraph.RdfFormat.TURTLE) == said
    assert triples(take(tab, "jsonld"), pyoxigraph.RdfFormat.JSON_LD) == said


def test_the_same_as_json_ld(visit, valley, take):
    tab = visit(valley, "#lang=en&select=al-marsa&depth=2")
    turtle = triples(take(tab, "turtle"), pyoxigraph.RdfFormat.TURTLE)
    assert turtle == triples(take(tab, "jsonld"), pyoxigraph.RdfFormat.JSON_LD)
    assert len(turtle) > 50


def test_a_planned_claim_is_not_asserted(visit, valley, take):
    tab = visit(valley, "#lang=en&status=planned")
    said = take(tab, "turtle").decode()
    assert "az:Planned" in said
    assert "cafe-incubator> az:partOf" not in said


def test_csv_has_a_line_for_each_claim_of_the_view(visit, valley, take, emerald):
    tab = visit(valley, "#lang=en")
    rows = list(csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig"))))
    assert len(rows) == len(emerald.facts.claims)
    bulletin = emerald.facts.sources["bulletin"]
    named = {(row["source_title"], row["source_address"]) for row in rows}
    assert named >= {(bulletin.titles["en"], bulletin.url)}
    assert len(named) == 2
    first = next(
        row for row in rows if row["subject_name"] == "Emerald Valley Region" and row["object_name"] == "Barmij"
    )
    assert (first["property_name"], first["status"], first["start"], first["end"]) == ("launches", "stated", "26", "64")
    assert (first["status_name"], first["source_issued"]) == ("stated", "2031-06-01")
    tab.locator("[data-facet=status][data-value=planned]").click()
    assert [row["status"] for row in csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig")))] == ["planned"]


def test_csv_names_a_concept_by_its_whole_iri_as_all_else(visit, curated, take):
    tab = visit(curated, "#lang=en&select=technopark-tiznit")
    rows = list(csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig"))))
    stages = {row["object"] for row in rows if row["property"].endswith("stage")}
    assert stages
    assert all(each.startswith("https://") for each in stages)


def test_a_picture_of_twice_the_size_in_network_and_map(visit, valley, take):
    tab = visit(valley, "#lang=en")
    box = tab.locator("#canvas").bounding_box()
    for view in ("network", "map"):
        tab.locator(f"[data-view={view}]").click()
        picture = take(tab, "png")
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", picture[16:24])
        assert abs(width - 2 * box["width"]) <= 2
        assert 2 * box["height"] < height < 2.6 * box["height"]  # the title, the key and the sources are around it


def test_the_snippet_embeds_this_view(visit, valley):
    tab = visit(valley, "#lang=fr&view=map")
    tab.locator("#take").click()
    snippet = tab.locator("#snippet").inner_text()
    assert snippet.startswith('<iframe src="index.html#')
    for part in ("embed", "view=map", "lang=fr"):
        assert part in snippet


def subjects(tab, take):
    """The claims of the view: subject, property and object of each, as the page names them."""
    rows = csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig")))
    return [f"{row['subject_name']} {row['property_name']} {row['object_name']}" for row in rows]


def test_data_of_a_path_a_link_a_row_and_a_question_are_just_those(visit, valley, take):
    tab = visit(valley, "#lang=en&from=barmij&to=al-marsa")
    path = subjects(tab, take)
    assert "Barmij delivered at Café Numérique" in path
    assert 2 <= len(path) <= 4
    tab.goto(f"{valley.as_uri()}#lang=en&select=barmij~about~coding")
    assert subjects(tab, take) == ["Barmij is about Coding"]
    tab.goto(f"{valley.as_uri()}#lang=en&select=noura-haddad&compare=cafe-numerique&kind=Theme")
    pair = subjects(tab, take)
    assert {"Barmij delivered at Café Numérique", "Café Numérique located in Al Marsa"} < set(pair)
    assert any(line.startswith("Noura Haddad ") for line in pair)
    assert "Barmij is about Coding" not in pair
    tab.goto(f"{valley.as_uri()}#lang=en&view=table")
    tab.locator("#table input[type=search]").fill("manara")
    assert subjects(tab, take) == ["Barmij in partnership with Manara Foundation"]
    tab.goto(f"{valley.as_uri()}#lang=en&view=questions&question=partners")
    assert "Barmij in partnership with Manara Foundation" in subjects(tab, take)
    assert "Barmij is about Coding" not in subjects(tab, take)
    answers = subjects(tab, take)
    tab.goto(f"{valley.as_uri()}#lang=en&view=questions&question=partners&kind=Council&status=planned")
    assert subjects(tab, take) == answers, "the filters do not change this view"


def test_data_of_the_map_the_timeline_and_a_text_are_what_stands_there(visit, valley, take):
    tab = visit(valley, "#lang=en&view=map")
    said = subjects(tab, take)
    assert "Café Numérique located in Al Marsa" in said
    assert not any(line.startswith("Barmij") for line in said)
    tab.goto(f"{valley.as_uri()}#lang=en&view=texts&text=bulletin&kind=Council&status=planned")
    assert len(subjects(tab, take)) == 10


def test_what_curators_decided_against_is_taken_away_with_the_record_it_stands_on(visit, curated, take):
    """The same as CSV and as Turtle, where it is described and not asserted."""
    tab = visit(curated, "#lang=en&select=brahim-hafidi&depth=1")
    decided = [f"https://w3id.org/azetta/souss-massa/claim/{each}" for each in ("43600fd9a7dd2bfb", "e912fe70c0c1e042")]
    taken = triples(take(tab, "turtle"), pyoxigraph.RdfFormat.TURTLE)
    assert {*decided} <= {each.subject.value for each in taken if "claim/" in each.subject.value}
    presides = pyoxigraph.NamedNode("https://w3id.org/azetta/ontology#presidentOf")
    assert not [each for each in taken if each.predicate == presides and "hafidi" in each.subject.value]
    rows = [*csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig")))]
    assert {*decided} <= {row["claim"] for row in rows}


def test_a_path_is_taken_away_whole_where_no_filter_changes_the_view(visit, valley, take):
    tab = visit(valley, "#lang=en&view=questions&from=barmij&to=al-marsa")
    path = subjects(tab, take)
    assert "Barmij delivered at Café Numérique" in path
    tab.goto(f"{valley.as_uri()}#lang=en&view=questions&from=barmij&to=al-marsa&status=planned")
    assert subjects(tab, take) == path


def test_a_filter_that_nothing_passes_gives_nothing(visit, valley, take):
    tab = visit(valley, "#lang=en&kind=Council&place=al-marsa")
    expect(tab.locator("#counts")).to_contain_text("Entities: 0")
    assert subjects(tab, take) == []

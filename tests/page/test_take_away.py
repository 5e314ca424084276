"""What is taken away is what is shown, and true of the dataset."""

from __future__ import annotations

import csv
import io
import struct

import pyoxigraph


def triples(content, form):
    return {quad.triple for quad in pyoxigraph.parse(content, form)}


def test_the_whole_as_turtle_says_nothing_that_the_dataset_does_not(visit, valley, emerald, take):
    tab = visit(valley, "#lang=en")
    taken = triples(take(tab, "turtle"), pyoxigraph.RdfFormat.TURTLE)
    dataset = set(emerald.triples())
    assert taken <= dataset
    claims = "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject"
    assert {t for t in dataset if t.predicate.value == claims} <= taken


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
    first = next(
        row for row in rows if row["subject_name"] == "Emerald Valley Region" and row["object_name"] == "Barmij"
    )
    assert (first["property_name"], first["status"], first["start"], first["end"]) == ("launches", "stated", "26", "64")
    tab.locator("[data-facet=status][data-value=planned]").click()
    assert [row["status"] for row in csv.DictReader(io.StringIO(take(tab, "csv").decode("utf-8-sig")))] == ["planned"]


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

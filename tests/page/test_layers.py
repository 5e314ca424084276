"""The layers: who, where, what, who funds and runs; whoever knows what to look for sees just that."""

from __future__ import annotations

import re

from checkout import ONTOLOGY
from playwright.sync_api import expect

from graph.facts.tours import LAYERS
from graph.model import ontology
from graph.page.data import declared
from graph.page.layers import layers
from graph.pipeline import load

OWN = """\
@prefix az: <https://w3id.org/azetta/ontology#> .
@prefix ev: <https://example.org/emerald-valley/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ev:Guild a owl:Class ; rdfs:subClassOf az:Organization ;
    rdfs:label "طائفة حرفية"@ar, "corporation"@fr, "guild"@en ;
    rdfs:comment "هيئة أهل حرفة."@ar, "Corps d'un métier."@fr, "A body of one craft."@en .
ev:tends a owl:ObjectProperty ; rdfs:subPropertyOf az:operates ; az:edge true ;
    rdfs:domain az:Agent ; rdfs:range az:Centre ;
    rdfs:label "يتعهد"@ar, "entretient"@fr, "tends"@en ;
    rdfs:comment "الفاعل يتعهد المركز."@ar, "L'acteur entretient le centre."@fr, "The agent tends the centre."@en .
"""


def test_each_layer_has_its_things_and_they_add_up(visit, valley, things_drawn):
    tab = visit(valley, "#lang=en")
    chosen = tab.locator("[data-facet=layer]")
    assert [text.split("\n") for text in chosen.all_inner_texts()] == [
        ["People and organisations", "4"],
        ["Places and centres", "5"],
        ["Programmes, events, themes", "4"],
        ["Who funds and runs", "5"],
    ]
    chosen.nth(1).click()
    places = {"Emerald Valley", "Al Marsa", "Café Numérique", "Café Numérique fab lab", "Café Numérique incubator"}
    assert things_drawn(tab).keys() == places
    assert "layer=where" in tab.url
    chosen.first.click()
    expect(tab.locator("#counts")).to_contain_text("Entities: 9 of 13")
    tab.locator("#chips button", has_text="Places and centres").click()
    expect(tab.locator("#counts")).to_contain_text("Entities: 4 of 13")


def test_who_funds_and_runs_are_links_with_their_ends(visit, valley):
    tab = visit(valley, "#lang=en&layer=runs&view=table&table=links")
    expect(tab.locator("#counts")).to_have_text("Entities: 5 of 13 · Links: 4")
    relations = [row.split("\t")[1] for row in tab.locator("#rows tbody tr").all_inner_texts()]
    assert sorted(relations) == ["council of", "launches", "organises", "presides over"]


def test_a_layer_that_nothing_belongs_to_is_not_offered(visit, paged, region):
    claims = region / "data" / "claims.csv"
    running = re.compile(r".*,(launches|organises|councilOf|presidentOf),.*\n")
    claims.write_text(running.sub("", claims.read_text(encoding="utf-8")), encoding="utf-8")
    tab = visit(paged(load(region / "data", ONTOLOGY)), "#lang=fr")
    assert "Qui finance, qui gère" not in tab.locator("#facets").inner_text()
    assert "Personnes et organisations" in tab.locator("#facets").inner_text()


def test_a_regions_own_classes_and_properties_fall_in_by_what_stands_above_them(tmp_path):
    (tmp_path / "ontology.ttl").write_text(OWN, encoding="utf-8")
    found = {each["name"]: each for each in layers(ontology.load(ONTOLOGY, tmp_path), declared()["layer"])}
    assert tuple(found) == LAYERS
    assert [name for name, each in found.items() if any(one.endswith("Guild") for one in each["classes"])] == ["who"]
    assert [name for name, each in found.items() if any(one.endswith("tends") for one in each["properties"])] == [
        "runs"
    ]
    assert {"presidentOf", "waliOf"} <= {*found["runs"]["properties"]}


def test_every_class_of_things_has_a_layer():
    model = ontology.load(ONTOLOGY)
    found = {name for each in layers(model, declared()["layer"]) for name in each["classes"]}
    things = {name for name in model.classes if "Entity" in model.ancestors(name)}
    assert things - found == {"Entity", "Agent"}  # which nothing is without being something more

"""A region's own class and property on the page: in the record, the legend, the question and what is taken away."""

from __future__ import annotations

import rdflib
from checkout import ONTOLOGY
from playwright.sync_api import expect

from graph.pipeline import load

TERMS = rdflib.Namespace("https://example.org/emerald-valley/terms#")
BASE = rdflib.Namespace("https://example.org/emerald-valley/")


def test_own_terms_are_shown_by_their_names_and_taken_away_by_their_iris(visit, paged, own, take):
    page = paged(load(own / "data", ONTOLOGY))
    tab = visit(page, "#lang=fr&select=marsa-library")
    record = tab.locator("#record")
    expect(record).to_contain_text("Bibliothèque")
    expect(record).to_contain_text("prête ses livres à")
    taken = rdflib.Graph().parse(data=take(tab, "turtle"), format="turtle")
    assert (BASE["marsa-library"], rdflib.RDF.type, TERMS.Library) in taken
    assert (BASE["marsa-library"], TERMS.lendsTo, BASE["young-people"]) in taken


def test_the_answers_name_own_classes(visit, paged, own):
    tab = visit(paged(load(own / "data", ONTOLOGY)), "#lang=fr&view=questions&question=centres")
    expect(tab.locator(".question[open] tbody")).to_contain_text("bibliothèque")

"""An empty answer says what would fill it, in the reader's language; a person who presides is answer enough."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from programs import run, told
from pyoxigraph import Literal, NamedNode

from graph.model.vocabulary import AZ
from graph.store.answer import TABLE, Answer
from graph.store.needs import lacking, needs


@pytest.mark.processes
@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("ar", "لا جواب في هذه البيانات.\nالجواب يحتاج إلى إفادات أو عناصر من هذا النوع: "),
        ("fr", "Aucune réponse dans ces données.\nPour répondre, il faudrait "),
        ("en", "No answer in this data.\nAn answer takes claims or entities of this kind: "),
        ("es", "Ninguna respuesta en estos datos.\nPara responder harían falta "),
    ],
)
def test_an_empty_answer_says_what_would_fill_it(region, language, message):
    done = run(region, "question", "poles", "--lang", language)
    assert done.returncode == 0
    assert message in done.stderr
    assert {"ar": "قطب", "fr": "pôle", "en": "pole", "es": "polo"}[language] in done.stderr.splitlines()[-1]


def test_only_what_the_dataset_has_nothing_of_is_named():
    assert lacking([("pole", False), ("city", True), ("aim", False)]) == ["aim", "pole"]
    assert lacking([("city", True), ("centre", True)]) == ["centre", "city"]


@pytest.mark.parametrize("yes", ["true", "1"])
def test_a_service_may_write_yes_in_either_way(yes):
    boolean = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    found = [(AZ.Pole, Literal("false", datatype=boolean)), (AZ.City, Literal(yes, datatype=boolean))]
    service = SimpleNamespace(prefixes={"az": AZ}, query=lambda text: Answer(TABLE, ("term", "there"), found))
    assert needs("SELECT * { ?pole a az:Pole ; az:locatedIn ?city . ?city a az:City }", service) == [AZ.Pole.value]


@pytest.mark.processes
def test_an_own_term_that_a_query_declares_is_named_too(region):
    (region / "data/ontology.ttl").write_text(TERMS, encoding="utf-8")
    (region / "data/questions").mkdir()
    (region / "data/questions/libraries.rq").write_text(QUESTION, encoding="utf-8")
    assert "of this kind: library.\n" in run(region, "question", "libraries", "--lang", "en").stderr


@pytest.mark.processes
def test_roles_answers_for_a_president_alone(region, edit):
    edit(
        "data/claims.csv",
        "emerald-valley-council,councilOf,emerald-valley-authority,stated,gazetteer,,,body/1,,,,,\n",
        "",
    )
    edit("data/claims.csv", "emerald-valley-authority,authorityOf,emerald-valley,stated,gazetteer,,,body/1,,,,,\n", "")
    rows = told(region, "question", "roles", "--lang", "en")
    assert [row.split(",")[:2] for row in rows] == [["Noura Haddad", "Emerald Valley Council"]]


TERMS = """@prefix az: <https://w3id.org/azetta/ontology#> .
@prefix ev: <https://example.org/emerald-valley/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

ev:Library a owl:Class ; rdfs:subClassOf az:Centre ; rdfs:label "خزانة"@ar, "bibliothèque"@fr, "library"@en .
"""
QUESTION = """#+ title:
#+   en: Which libraries are there?
#+ description:
#+   en: One row for each.
PREFIX ev: <https://example.org/emerald-valley/terms#>
SELECT ?library WHERE { ?library a ev:Library }
"""

"""What a region adds of its own, as CONTRIBUTING.md shows it: terms, a rule, a shape and a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from programs import add, run

CONTRIBUTING = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
TERMS = "https://example.org/emerald-valley/terms#"
LIBRARY = "marsa-library,Library,خزانة المرسى,Bibliothèque d'El Marsa,Al Marsa Library,,,,,,\n"
LENDS = "marsa-library,lendsTo,young-people,stated,gazetteer,,,library/1,,,,,\n"


@pytest.fixture
def own(region: Path, edit: Callable[[str, str, str], None]) -> Path:
    """The invented region with what the section of CONTRIBUTING.md adds, a library, and a centre that is one too."""
    section = CONTRIBUTING.partition("### A region's own")[2].partition("\n## ")[0]
    blocks = re.findall(r"^([^`#][^\n]*(?:\n[^`\n][^\n]*)*)\n\n```\w+\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    for told, text in blocks:
        file = region / re.findall(r"`(data/[\w/.]+)`", told)[-1]
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    add(region / "data/entities.csv", LIBRARY)
    add(region / "data/claims.csv", LENDS)
    edit("data/entities.csv", "cafe-numerique,TrainingCentre,", "cafe-numerique,TrainingCentre|Library,")
    return region


def refused(folder: Path) -> str:
    done = run(folder, "check")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_own_terms_are_checked_built_and_exported_as_the_general_ones_are(own):
    done = run(own, "build")
    assert done.returncode == 0, done.stderr
    turtle = (own / "dist/emerald-valley.ttl").read_text(encoding="utf-8")
    assert f"@prefix ev: <{TERMS}> ." in turtle
    assert "marsa-library> a ev:Library , az:Agent , az:Centre , az:Entity ;" in turtle
    ontology = (own / "dist/ontology.ttl").read_text(encoding="utf-8")
    assert "ev:Library a owl:Class ;" in ontology
    assert '"The library where a programme is delivered lends its books to its audience"@en' in ontology
    assert "marsa-library,Library," in (own / "dist/entities.csv").read_text(encoding="utf-8")
    assert "الشباب" in (own / "dist/claims.csv").read_text(encoding="utf-8").partition(",lendsTo,")[2].split("\n")[0]


def test_an_own_rule_infers_and_says_so(own):
    query = f"SELECT ?library ?rule {{ ?i az:rule ?rule ; rdf:subject ?library ; rdf:predicate <{TERMS}lendsTo> }}"
    done = run(own, "query", query, "--format", "csv")
    assert done.stdout.split() == [
        "library,rule",
        "https://example.org/emerald-valley/cafe-numerique,https://w3id.org/azetta/ontology#rule-lending",
    ], done.stderr


def test_an_own_shape_refuses_with_the_line_of_the_table_and_its_message(own, edit):
    edit("data/claims.csv", LENDS, LENDS.replace("lendsTo", "partOf").replace("young-people", "cafe-numerique"))
    assert "data/entities.csv:15: a library lends to somebody: add a claim with lendsTo" in refused(own)


def test_the_ends_of_an_own_property_are_held_to_it(own, edit):
    edit("data/claims.csv", LENDS, LENDS + "cafe-fab-lab,lendsTo,young-people,stated,gazetteer,,,library/1,,,,,\n")
    assert "data/claims.csv:21: the subject of lendsTo must be a Library; cafe-fab-lab is not" in refused(own)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "ontology.ttl",
            "ev:Library a owl:Class ;",
            "ev:Library a owl:Class :",
            "data/ontology.ttl:6: not valid Turtle",
        ),
        (
            "ontology.ttl",
            "rdfs:subClassOf az:Centre",
            "rdfs:subClassOf ev:Building",
            'data/ontology.ttl:6: "Library" is under no class of ours: add rdfs:subClassOf az:Entity, or a finer one',
        ),
        (
            "ontology.ttl",
            ', "bibliothèque"@fr',
            "",
            'data/ontology.ttl:6: "Library" is not named in every language of the dataset: add rdfs:label "…"@fr',
        ),
        (
            "ontology.ttl",
            "    rdfs:range az:Entity ;\n",
            "",
            'data/ontology.ttl:10: "lendsTo" has no rdfs:range: say what it leads to (az:Entity, say, or xsd:string)',
        ),
        (
            "ontology.ttl",
            "ev:Library a owl:Class ;",
            "ev:Centre a owl:Class ;",
            'data/ontology.ttl:6: another term (general) is called "Centre" already: give yours another name',
        ),
        (
            "ontology.ttl",
            "ev:Library a owl:Class ;",
            "az:Library a owl:Class ;",
            "data/ontology.ttl:6: az:Library is not yours to describe: give your own term an own namespace",
        ),
        ("shapes.ttl", "sh:minCount 1 ;", "sh:minCount ;", "data/shapes.ttl:7: the shapes cannot be read:"),
        ("rules/lending.rq", "CONSTRUCT {", "CONSTRUCT", "data/rules/lending.rq: "),
    ],
)
def test_a_fault_in_a_regions_own_files_is_told_with_its_place(own, edit, file, old, new, message):
    edit(f"data/{file}", old, new)
    assert message in refused(own)


def test_an_own_rule_called_as_a_general_one_is_refused(own):
    (own / "data/rules/lending.rq").rename(own / "data/rules/partner.rq")
    message = 'data/rules/partner.rq: a general rule is called "partner" already: give this file another name'
    assert message in refused(own)


def test_an_unknown_class_is_told_with_the_nearest_own_one(own, edit):
    edit("data/entities.csv", "marsa-library,Library,", "marsa-library,Librery,")
    assert '"Library"' in refused(own)


@pytest.mark.parametrize("file", ["ontology.ttl", "shapes.ttl", "rules/lending.rq"])
def test_a_build_is_renewed_when_a_regions_own_file_changes(own, file):
    assert run(own, "build").returncode == 0
    add(own / "data" / file, "# looked through\n")
    assert f"data/{file} changed since the last build: building" in run(own, "query", "ASK { ?s ?p ?o }").stderr

"""What a region adds of its own, as CONTRIBUTING.md shows it: terms, a rule, a shape and a question."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from click.testing import CliRunner
from programs import LENDS, ROOT, add, run, told

import graph
from graph.cli import main
from graph.page.data import describe
from graph.pipeline import load

pytestmark = pytest.mark.processes

TERMS = "https://example.org/emerald-valley/terms#"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of a build."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--out", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            lines = iter(server.stdout.readline, "")
            yield next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        finally:
            server.terminate()


def get(address: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": "text/html"})) as answer:
        return str(answer.read().decode())


def refused(folder: Path) -> str:
    done = CliRunner().invoke(main, ["check", "--data", str(folder / "data")])
    assert done.exit_code == 1, done.output
    return done.stderr


def test_own_terms_are_checked_built_and_exported_as_the_general_ones_are(own_home):
    own = own_home
    turtle = (own / "dist/emerald-valley.ttl").read_text(encoding="utf-8")
    assert f"@prefix ev: <{TERMS}> ." in turtle
    assert "marsa-library> a ev:Library , az:Agent , az:Centre , az:Entity ;" in turtle
    ontology = (own / "dist/ontology.ttl").read_text(encoding="utf-8")
    assert "ev:Library a owl:Class ;" in ontology
    assert '"The library where a programme is delivered lends its books to its audience"@en' in ontology
    assert "marsa-library,Library," in (own / "dist/entities.csv").read_text(encoding="utf-8")
    same = run(own, "diff", "data", "dist", "--exit-code")
    assert same.returncode == 0, same.stdout  # a build tells of the classes above its own one too
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
    assert "data/claims.csv:21: the subject of lendsTo must be of the class Library; cafe-fab-lab is not" in refused(
        own
    )


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
        (
            "questions/libraries.rq",
            "SELECT ?library",
            "SELEC ?library",
            "data/questions/libraries.rq:12: not valid SPARQL",
        ),
        ("questions/libraries.rq", "SELECT ?library ?reader WHERE", "ASK", "libraries.rq: a question is a SELECT"),
        ("questions/libraries.rq", "#+ title:", "#+ heading:", "data/questions/libraries.rq:1: the header lacks title"),
        (
            "questions/libraries.rq",
            "#+   ar: سطر",
            "#+   ar: [سطر",
            "data/questions/libraries.rq: the header is not YAML",
        ),
        (
            "questions/libraries.rq",
            '"https://example.org/emerald-valley/terms#Library"',
            "ev:Library",
            'data/questions/libraries.rq:1: parameter "library" has no type that is known: az:Place, say',
        ),
    ],
)
def test_a_fault_in_a_regions_own_files_is_told_with_its_place(own, edit, file, old, new, message):
    edit(f"data/{file}", old, new)
    assert message in refused(own)


def test_an_own_rule_called_as_a_general_one_is_refused(own):
    (own / "data/rules/lending.rq").rename(own / "data/rules/partner.rq")
    message = 'data/rules/partner.rq: a general rule is called "partner" already: give this file another name'
    assert message in refused(own)


def test_an_own_question_called_as_a_general_one_is_refused(own):
    (own / "data/questions/libraries.rq").rename(own / "data/questions/centres.rq")
    message = 'data/questions/centres.rq: a general question is called "centres" already: give this file another name'
    assert message in refused(own)


def test_an_own_question_is_listed_and_asked_by_name(own):
    listed = run(own, "question", "--lang", "fr").stdout
    assert "\nlibraries " in listed
    assert "À qui chaque bibliothèque prête-t-elle ses livres ?" in listed
    assert told(own, "question", "libraries", "--lang", "en") == [
        "Café Numérique,young people,cafe-numerique,young-people",
        "Al Marsa Library,young people,marsa-library,young-people",
    ]
    assert told(own, "question", "libraries", "--library", "خزانة المرسى", "--lang", "en") == [
        "Al Marsa Library,young people,marsa-library,young-people"
    ]
    missed = run(own, "question", "librarys")
    assert (missed.returncode, "did you mean “libraries”?" in missed.stderr) == (2, True), missed.stderr


def test_an_own_question_goes_with_a_published_build(own_home, tmp_path):
    shutil.copytree(own_home / "dist", tmp_path / "elsewhere" / "copy")
    asked = ("question", "libraries", "--out", "copy", "--lang", "en")
    assert len(told(tmp_path / "elsewhere", *asked)) == 2
    assert "lend its books" in dict(graph.open(tmp_path / "elsewhere/copy", language="en").questions)["libraries"]
    assert len(graph.open(tmp_path / "elsewhere/copy").question("libraries")) == 2


def test_the_page_names_own_terms_and_answers_the_own_question(own):
    knowledge = load(own / "data", ONTOLOGY)
    page = describe(knowledge, knowledge.network)
    assert page["classes"][f"{TERMS}Library"]["fr"] == "bibliothèque"
    assert page["properties"][f"{TERMS}lendsTo"]["edge"]
    asked = next(each for each in page["questions"] if each["name"] == "libraries")
    assert (asked["count"], asked["label"]["fr"]) == (2, "À qui chaque bibliothèque prête-t-elle ses livres ?")
    poles = next(each for each in page["questions"] if each["name"] == "poles")
    assert (poles["count"], poles["needs"][0]["fr"]) == (0, "pôle de compétitivité")
    library = next(each for each in page["nodes"] if each["id"] == "marsa-library")
    assert page["kinds"][library["kind"]]["class"] == "Centre"


def test_the_page_answers_an_own_question_that_asks_in_which_graph(own, edit):
    edit("data/questions/libraries.rq", "; ev:lendsTo ?reader }", ". GRAPH ?graph { ?library ev:lendsTo ?reader } }")
    knowledge = load(own / "data", ONTOLOGY)
    asked = describe(knowledge, knowledge.network)["questions"]
    assert next(each["count"] for each in asked if each["name"] == "libraries") == 2


def test_the_server_names_own_terms_and_offers_the_own_question(own_home):
    with serving(own_home / "dist") as server:
        page = get(f"{server}/query?lang=fr")
        assert "À qui chaque bibliothèque prête-t-elle ses livres" in page
        record = get(f"{server}/emerald-valley/marsa-library?lang=fr")
        assert "bibliothèque" in record
        assert "prête ses livres à" in record
        nothing = get(f"{server}/query?lang=fr&query=SELECT+?x+%7B+?x+a+az:Pole+%7D")
        assert "Aucun résultat. Pour répondre, il faudrait" in nothing
        assert "pôle de compétitivité." in nothing


def test_an_unknown_class_is_told_with_the_nearest_own_one(own, edit):
    edit("data/entities.csv", "marsa-library,Library,", "marsa-library,Librery,")
    assert '"Library"' in refused(own)


@pytest.mark.parametrize("file", ["ontology.ttl", "shapes.ttl", "rules/lending.rq", "questions/libraries.rq"])
def test_a_build_is_renewed_when_a_regions_own_file_changes(own_built, file):
    add(own_built / "data" / file, "# looked through\n")
    assert f"data/{file} changed since the last build: building" in run(own_built, "query", "ASK { ?s ?p ?o }").stderr

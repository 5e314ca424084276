"""`query` and `question` on the command line: what comes out, what is refused, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
SCHOOLS = "SELECT ?school { ?school a az:School }"


def run(folder: Path, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, **environment},
    )


def lines(home: Path, *arguments: str, **environment: str) -> list[str]:
    done = run(home, *arguments, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_table_shortens_iris_and_is_the_default(home: Path) -> None:
    assert lines(home, "query", SCHOOLS + " ORDER BY ?school") == [
        "school",
        "────────────",
        ":school-1337",
        ":solicode",
        ":youcode",
    ]


def test_what_the_table_shows_can_be_asked_again(home: Path) -> None:
    shown = lines(home, "query", "SELECT ?p { ?c prov:wasQuotedFrom ?p } ORDER BY ?p LIMIT 1")[2]
    assert shown.startswith("<source/")
    assert lines(home, "query", f"ASK {{ {shown} a oa:SpecificResource }}")[2] == "true"


def test_labels_take_the_place_of_iris(home: Path) -> None:
    told = lines(
        home, "query", "SELECT ?pole ?theme { ?pole az:seeksSolutionsFor ?theme ; a az:Pole }", "--labels", "fr"
    )
    assert "Agrotech Souss-Massa  génie génétique" in told


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "school\nhttps://w3id.org/azetta/souss-massa/youcode\n"),
        ("tsv", "?school\n<https://w3id.org/azetta/souss-massa/youcode>\n"),
    ],
)
def test_separated_values(home: Path, form: str, expected: str) -> None:
    text = "SELECT ?school { ?school a az:School ; az:locatedIn :youssoufia }"
    assert run(home, "query", text, "--format", form).stdout == expected


def test_json_is_the_w3c_format(home: Path) -> None:
    found = json.loads("".join(lines(home, "query", "SELECT ?n { :agadir rdfs:label ?n } ORDER BY ?n", "-f", "json")))
    assert found["head"] == {"vars": ["n"]}
    assert {"n": {"type": "literal", "xml:lang": "ar", "value": "أكادير"}} in found["results"]["bindings"]


def test_triples_are_turtle_unless_asked_otherwise(home: Path) -> None:
    turtle = run(home, "query", "CONSTRUCT { :drarga az:containedIn ?x } { :drarga az:containedIn ?x }").stdout
    assert turtle.startswith("@prefix : <https://w3id.org/azetta/souss-massa/> .\n@prefix az:")
    assert ":drarga az:containedIn :agadir-ida-ou-tanane" in turtle
    assert lines(home, "query", "CONSTRUCT WHERE { :orange az:hasCentre ?x }", "-f", "nt") == [
        "<https://w3id.org/azetta/souss-massa/orange> <https://w3id.org/azetta/ontology#hasCentre> "
        "<https://w3id.org/azetta/souss-massa/orange-digital-center-agadir> ."
    ]


def test_format_that_does_not_fit_is_said(home: Path) -> None:
    for text, form, hint in (("DESCRIBE :orange", "csv", "turtle or nt"), (SCHOOLS, "turtle", "csv, tsv, json or xml")):
        done = run(home, "query", text, "-f", form)
        assert (done.returncode, done.stdout) == (1, "")
        assert hint in done.stderr


def test_the_parts_of_a_query_are_told_with_what_matches_each(home: Path) -> None:
    text = """SELECT ?school (COUNT(?x) AS ?n) {
      ?school a az:School . OPTIONAL { ?school az:locatedIn/az:containedIn* [ a az:City ] }
      { ?x rdfs:label "nowhere"@fr } UNION { GRAPH ?g { :agadir a az:City } }
      FILTER NOT EXISTS { ?x ?any ?thing }
    } GROUP BY ?school"""
    found = [line.split(",") for line in lines(home, "query", text, "--explain", "-f", "csv")]
    counts = {row[0]: int(row[4]) for row in found[1:] if row[0] in ("UNION", "UNION GRAPH")}
    schools = lines(home, "query", SCHOOLS, "-f", "csv")[1:]
    assert [row[:4] for row in found] == [
        ["part", "subject", "predicate", "object"],
        ["", "?school", found[1][2], "https://w3id.org/azetta/ontology#School"],
        ["OPTIONAL", "?school", "az:locatedIn/az:containedIn*", "_:b1"],
        ["OPTIONAL", "_:b1", found[1][2], "https://w3id.org/azetta/ontology#City"],
        ["UNION", "?x", "http://www.w3.org/2000/01/rdf-schema#label", "nowhere"],
        ["UNION GRAPH", found[5][1], found[1][2], "https://w3id.org/azetta/ontology#City"],
        ["NOT EXISTS", "?x", "?any", "?thing"],
    ]
    assert int(found[1][4]) == len(schools)
    assert counts == {"UNION": 0, "UNION GRAPH": 1}
    named = lines(home, "query", "SELECT ?c { ?c az:locatedIn :agadir }", "--explain", "--labels", "fr")
    assert "Agadir" in named[2]
    assert "line 1, column 13" in run(home, "query", "SELECT ?c { . }", "--explain").stderr
    unread = run(home, "query", "SELECT ?c { ?c !(rdf:type|^rdfs:label) ?d }", "--explain")
    assert (unread.returncode, unread.stderr) == (1, "this query can be answered, but not explained\n")


def test_query_comes_from_a_file_or_standard_input(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "schools.rq"
    file.write_bytes(b"\xef\xbb\xbf" + SCHOOLS.encode())
    expected = lines(home, "query", SCHOOLS)
    assert lines(home, "query", str(file)) == expected
    assert run(home, "query", "-", stdin=SCHOOLS).stdout.splitlines() == expected


def test_an_empty_answer_asks_whether_another_term_was_meant(home: Path) -> None:
    done = run(home, "query", "SELECT ?x { ?x a az:Pol }")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "x")
    assert done.stderr == 'nothing is called az:Pol; did you mean "az:Pole"?\n'
    assert run(home, "query", "SELECT ?x { ?x a az:School OPTIONAL { ?x a az:Pol } }").stderr == ""


def test_one_source_is_asked_alone(home: Path) -> None:
    text = "SELECT ?province { ?province az:containedIn :souss-massa }"
    assert len(lines(home, "query", text, "--source", "hcp-2024")) == 2 + 6
    assert len(lines(home, "query", text, "--source", "albarg-2024-04-22")) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["query", "SELECT ?x {\n ?x az:locatedIn }"], 1, ["line 2, column 18", "  ?x az:locatedIn }", "^"]),
        (["query", "INSERT DATA { :a :b :c }"], 1, ["only queries are answered"]),
        (["query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"], 1, ["SERVICE is refused"]),
        (["query", "SELECT (<http://x/f>(1) AS ?y) { }"], 1, ["<http://x/f>"]),
        (["query", "missing.rq"], 1, ["there is no file missing.rq"]),
        (["query", "dist"], 1, ["dist is a folder"]),
        (["query", "schools"], 1, ["“schools” is neither a query nor a file"]),
        (["query", SCHOOLS, "--source", "nobody"], 1, ["no source is called “nobody”", "albarg-2024-04-22"]),
        (["query", "ASK { }", "--endpoint", "http://127.0.0.1:1/sparql"], 1, ["http://127.0.0.1:1/sparql", "refused"]),
        (["query", "ASK { }", "--endpoint", "nowhere"], 1, ["“nowhere” is not the address"]),
        (["query", "ASK { }", "--endpoint", "http://u:secret@127.0.0.1:1/"], 1, ["AZETTA_PASSWORD"]),
        (["query"], 2, ["Missing argument"]),
        (["query", "ASK { }", "--format", "pdf"], 2, ["'pdf' is not one of"]),
        (["query", "ASK { }", "--timeout", "0"], 2, ["--timeout"]),
        (["question", "parners"], 2, ["did you mean “partners”"]),
        (["question", "in-city", "--city", "agadirr"], 1, ["did you mean “agadir”"]),
        (["question", "in-city", "--town", "agadir"], 2, ["No such option"]),
        (["question", "claims"], 2, ["Missing option '--entity'"]),
    ],
)
def test_mistake_ends_with_a_message(home: Path, arguments: Sequence[str], code: int, said: Sequence[str]) -> None:
    done = run(home, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert all(words in done.stderr for words in said), done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_file_in_another_encoding_is_named(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.rq"
    file.write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    done = run(home, "query", str(file))
    assert done.returncode == 1
    assert "old.rq is not UTF-8 (byte 13)" in done.stderr


@pytest.mark.parametrize("extra", [[], ["--timeout", "9"]], ids=["plain", "by click"])
def test_file_that_may_not_be_read_is_named(tmp_path: Path, extra: list[str]) -> None:
    """As a user who is not root, who may read everything; one that Python itself may be hidden from."""
    tmp_path.joinpath("a.txt").touch(0)
    tmp_path.chmod(0o711)
    code = (
        "import os, sys, graph.asking as asking; from graph.start import main; read = asking.text_of\n"
        "asking.text_of = lambda query: (os.getuid() or os.setuid(65534), read(query))[1]; main()"
    )
    command = [sys.executable, "-c", code, "query", "a.txt", *extra]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "a.txt: Permission denied\n")


def test_endless_query_ends_at_its_deadline(home: Path) -> None:
    began = time.monotonic()
    done = run(home, "query", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", "--timeout", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no answer within 1 seconds" in done.stderr
    assert time.monotonic() - began < 20


def test_question_speaks_the_readers_language(home: Path) -> None:
    arabic = lines(home, "question", "roles")
    assert any("كريم أشنكلي" in line for line in arabic[2:])
    assert "المجلس" in arabic[0]
    french = lines(home, "question", "roles", "--lang", "fr")
    assert re.split("  +", french[0].strip())[:5] == ["personne", "conseil", "qui", "relation", "quoi"]
    assert french[0].split()[-3:] == ["statut", "source", "preuve"]
    assert lines(home, "question", "--lang", "fr", "roles") == french


def test_questions_are_listed_in_each_language(home: Path) -> None:
    assert any("شركاء كل مجلس" in line for line in lines(home, "question"))
    assert any("Quels pôles" in line for line in lines(home, "question", "--lang", "fr"))


def test_empty_answer_is_said(home: Path) -> None:
    done = run(home, "question", "link", "--from", "tata-province", "--to", "orange", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "No answer in this data.\n")


def test_output_does_not_depend_on_the_locale(home: Path) -> None:
    expected = lines(home, "question", "roles")
    assert lines(home, "question", "roles", LC_ALL="C", PYTHONHASHSEED="7", TZ="Asia/Tokyo") == expected
    assert lines(home, "query", "DESCRIBE :orange") == lines(home, "query", "DESCRIBE :orange", PYTHONHASHSEED="8")


@pytest.mark.parametrize(
    "words",
    [
        [SCHOOLS],
        ["DESCRIBE :orange", "-f", "nt"],
        [SCHOOLS, "--format", "csv", "--labels", "fr"],
        ["-s", "hcp-2024", "SELECT ?x { ?x az:containedIn :morocco } ORDER BY ?x", "-l", "ar"],
        ["SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"],
        ["SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/azetta/souss-massa/source/geonames> { ?s ?p ?o }"],
        ["SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
        ["SELECT ?x {"],
        [SCHOOLS, SCHOOLS],
        [SCHOOLS, "--format"],
        [SCHOOLS, "-f", "pdf"],
        [SCHOOLS, "-l", "de"],
        [SCHOOLS, "--out", "dist"],
        [SCHOOLS, "--out", "dist", "--out", "dist"],
        [SCHOOLS, "--out", "dist/manifest.json"],
        [SCHOOLS, "--out", "nowhere"],
        [SCHOOLS, "--data", "nowhere"],
        [SCHOOLS, "--data", "nowhere", "-e", "http://127.0.0.1:9/"],
        ["--help"],
        ["-f", "csv"],
        [""],
    ],
)
def test_plain_query_does_just_what_the_command_does(home: Path, words: Sequence[str]) -> None:
    command = "import sys; from graph.cli import main; sys.argv[0] = 'build.py'; main()"
    told = run(home, "query", *words)
    click = subprocess.run(
        [sys.executable, "-c", command, "query", *words],
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert told.returncode == click.returncode
    assert sorted(told.stdout.splitlines()) == sorted(click.stdout.splitlines())
    assert told.stderr == click.stderr


def test_reader_that_leaves_early_ends_the_query_quietly(home: Path) -> None:
    query = f"'{sys.executable}' '{ROOT / 'build.py'}' query 'SELECT ?s ?p ?o {{ ?s ?p ?o }}' -f csv"
    command = f"set -o pipefail; {query} | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=home, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "s,p,o\n", "")


def test_a_query_loads_nothing_that_it_does_not_need(home: Path) -> None:
    code = (
        f"import sys; from graph.asking import ask; ask({SCHOOLS!r})\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'jinja2', 'yaml', 'numpy', 'starlette', 'urllib.request', 'csv'}\n"
        "heavy |= {'click', 'typing', 'dataclasses', 'inspect', 'pathlib', 'tomllib'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr == "[]\n"

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
CENTRES = "SELECT ?centre { ?centre a az:Centre }"


@pytest.fixture(autouse=True)
def there(emerald_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the invented region, where a build of it is."""
    monkeypatch.chdir(emerald_home)


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, **environment},
    )


def lines(*arguments: str, **environment: str) -> list[str]:
    done = run(*arguments, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_table_shortens_iris_and_is_the_default() -> None:
    assert lines("query", CENTRES + " ORDER BY ?centre") == [
        "centre",
        "───────────────",
        ":cafe-fab-lab",
        ":cafe-incubator",
        ":cafe-numerique",
    ]


def test_what_the_table_shows_can_be_asked_again() -> None:
    shown = lines("query", "SELECT ?p { ?c prov:wasQuotedFrom ?p } ORDER BY ?p LIMIT 1")[2]
    assert shown.startswith("<source/")
    assert lines("query", f"ASK {{ {shown} a oa:SpecificResource }}")[2] == "true"


def test_labels_take_the_place_of_iris() -> None:
    told = lines("query", "SELECT ?programme ?theme { ?programme az:about ?theme }", "--labels", "fr")
    assert "Barmij     programmation" in told


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "city\nhttps://example.org/emerald-valley/al-marsa\n"),
        ("tsv", "?city\n<https://example.org/emerald-valley/al-marsa>\n"),
    ],
)
def test_separated_values(form: str, expected: str) -> None:
    text = "SELECT ?city { ?city a az:City }"
    assert run("query", text, "--format", form).stdout == expected


def test_json_is_the_w3c_format() -> None:
    found = json.loads("".join(lines("query", "SELECT ?n { :al-marsa rdfs:label ?n } ORDER BY ?n", "-f", "json")))
    assert found["head"] == {"vars": ["n"]}
    assert {"n": {"type": "literal", "xml:lang": "ar", "value": "المرسى"}} in found["results"]["bindings"]


def test_triples_are_turtle_unless_asked_otherwise() -> None:
    turtle = run("query", "CONSTRUCT { :al-marsa az:containedIn ?x } { :al-marsa az:containedIn ?x }").stdout
    assert turtle.startswith("@prefix : <https://example.org/emerald-valley/> .\n@prefix az:")
    assert ":al-marsa az:containedIn :emerald-valley" in turtle
    assert lines("query", "CONSTRUCT WHERE { ?who az:organises :marsa-tech }", "-f", "nt") == [
        "<https://example.org/emerald-valley/emerald-valley-authority> <https://w3id.org/azetta/ontology#organises> "
        "<https://example.org/emerald-valley/marsa-tech> ."
    ]


def test_format_that_does_not_fit_is_said() -> None:
    for text, form, hint in (("DESCRIBE :barmij", "csv", "turtle or nt"), (CENTRES, "turtle", "csv, tsv, json or xml")):
        done = run("query", text, "-f", form)
        assert (done.returncode, done.stdout) == (1, "")
        assert hint in done.stderr


def test_the_parts_of_a_query_are_told_with_what_matches_each() -> None:
    text = """SELECT ?centre (COUNT(?x) AS ?n) {
      ?centre a az:Centre . OPTIONAL { ?centre az:locatedIn/az:containedIn* [ a az:City ] }
      { ?x rdfs:label "nowhere"@fr } UNION { GRAPH ?g { :al-marsa a az:City } }
      FILTER NOT EXISTS { ?x ?any ?thing }
    } GROUP BY ?centre"""
    found = [line.split(",") for line in lines("query", text, "--explain", "-f", "csv")]
    counts = {row[0]: int(row[4]) for row in found[1:] if row[0] in ("UNION", "UNION GRAPH")}
    assert [row[:4] for row in found] == [
        ["part", "subject", "predicate", "object"],
        ["", "?centre", found[1][2], "https://w3id.org/azetta/ontology#Centre"],
        ["OPTIONAL", "?centre", "az:locatedIn/az:containedIn*", "_:b1"],
        ["OPTIONAL", "_:b1", found[1][2], "https://w3id.org/azetta/ontology#City"],
        ["UNION", "?x", "http://www.w3.org/2000/01/rdf-schema#label", "nowhere"],
        ["UNION GRAPH", found[5][1], found[1][2], "https://w3id.org/azetta/ontology#City"],
        ["NOT EXISTS", "?x", "?any", "?thing"],
    ]
    assert found[1][4] == "3"
    assert counts == {"UNION": 0, "UNION GRAPH": 1}
    named = lines("query", "SELECT ?c { ?c az:locatedIn :al-marsa }", "--explain", "--labels", "fr")
    assert "El Marsa" in named[2]
    assert "line 1, column 13" in run("query", "SELECT ?c { . }", "--explain").stderr
    unread = run("query", "SELECT ?c { ?c !(rdf:type|^rdfs:label) ?d }", "--explain")
    assert (unread.returncode, unread.stderr) == (1, "this query can be answered, but not explained\n")


def test_query_comes_from_a_file_or_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "centres.rq"
    file.write_bytes(b"\xef\xbb\xbf" + CENTRES.encode())
    expected = lines("query", CENTRES)
    assert lines("query", str(file)) == expected
    assert run("query", "-", stdin=CENTRES).stdout.splitlines() == expected


def test_an_empty_answer_asks_whether_another_term_was_meant() -> None:
    done = run("query", "SELECT ?x { ?x a az:Pol }")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "x")
    assert done.stderr == 'nothing is called az:Pol; did you mean "az:Pole"?\n'
    assert run("query", "SELECT ?x { ?x a az:Centre OPTIONAL { ?x a az:Pol } }").stderr == ""


def test_one_source_is_asked_alone() -> None:
    text = "SELECT ?city { ?city az:containedIn :emerald-valley }"
    assert len(lines("query", text, "--source", "gazetteer")) == 2 + 1
    assert len(lines("query", text, "--source", "bulletin")) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["query", "SELECT ?x {\n ?x az:locatedIn }"], 1, ["line 2, column 18", "  ?x az:locatedIn }", "^"]),
        (["query", "INSERT DATA { :a :b :c }"], 1, ["only queries are answered"]),
        (["query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"], 1, ["SERVICE is refused"]),
        (["query", "SELECT (<http://x/f>(1) AS ?y) { }"], 1, ["<http://x/f>"]),
        (["query", "missing.rq"], 1, ["there is no file missing.rq"]),
        (["query", "dist"], 1, ["dist is a folder"]),
        (["query", "centres"], 1, ["“centres” is neither a query nor a file"]),
        (["query", CENTRES, "--source", "nobody"], 1, ["no source is called “nobody”", "bulletin"]),
        (["query", "ASK { }", "--endpoint", "http://127.0.0.1:1/sparql"], 1, ["http://127.0.0.1:1/sparql", "refused"]),
        (["query", "ASK { }", "--endpoint", "nowhere"], 1, ["“nowhere” is not the address"]),
        (["query", "ASK { }", "--endpoint", "http://u:secret@127.0.0.1:1/"], 1, ["AZETTA_PASSWORD"]),
        (["query"], 2, ["Missing argument"]),
        (["query", "ASK { }", "--format", "pdf"], 2, ["'pdf' is not one of"]),
        (["query", "ASK { }", "--timeout", "0"], 2, ["--timeout"]),
        (["question", "parners"], 2, ["did you mean “partners”"]),
        (["question", "in-city", "--city", "al-marssa"], 1, ["did you mean “al-marsa”"]),
        (["question", "in-city", "--town", "al-marsa"], 2, ["No such option"]),
        (["question", "claims"], 2, ["Missing option '--entity'"]),
    ],
)
def test_mistake_ends_with_a_message(arguments: Sequence[str], code: int, said: Sequence[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert all(words in done.stderr for words in said), done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "old.rq"
    file.write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    done = run("query", str(file))
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


def test_endless_query_ends_at_its_deadline() -> None:
    began = time.monotonic()
    done = run("query", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", "--timeout", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no answer within 1 seconds" in done.stderr
    assert time.monotonic() - began < 20


def test_question_speaks_the_readers_language() -> None:
    arabic = lines("question", "roles")
    assert any("نورة الحداد" in line for line in arabic[2:])
    assert "المجلس" in arabic[0]
    french = lines("question", "roles", "--lang", "fr")
    assert re.split("  +", french[0].strip())[:5] == ["personne", "conseil", "qui", "relation", "quoi"]
    assert french[0].split()[-3:] == ["statut", "source", "preuve"]
    assert lines("question", "--lang", "fr", "roles") == french


def test_questions_are_listed_in_each_language() -> None:
    assert any("شركاء كل مجلس" in line for line in lines("question"))
    assert any("Quels pôles" in line for line in lines("question", "--lang", "fr"))


def test_empty_answer_is_said() -> None:
    done = run("question", "link", "--from", "young-people", "--to", "noura-haddad", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "No answer in this data.\n")


def test_output_does_not_depend_on_the_locale() -> None:
    expected = lines("question", "roles")
    assert lines("question", "roles", LC_ALL="C", PYTHONHASHSEED="7", TZ="Asia/Tokyo") == expected
    assert lines("query", "DESCRIBE :barmij") == lines("query", "DESCRIBE :barmij", PYTHONHASHSEED="8")


@pytest.mark.parametrize(
    "words",
    [
        [CENTRES],
        ["DESCRIBE :barmij", "-f", "nt"],
        [CENTRES, "--format", "csv", "--labels", "fr"],
        ["-s", "gazetteer", "SELECT ?x { ?x az:containedIn :emerald-valley } ORDER BY ?x", "-l", "ar"],
        ["SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"],
        ["SELECT (COUNT(*) AS ?n) FROM <https://example.org/emerald-valley/source/gazetteer> { ?s ?p ?o }"],
        ["SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
        ["SELECT ?x {"],
        [CENTRES, CENTRES],
        [CENTRES, "--format"],
        [CENTRES, "-f", "pdf"],
        [CENTRES, "-l", "de"],
        [CENTRES, "--out", "dist"],
        [CENTRES, "--out", "dist", "--out", "dist"],
        [CENTRES, "--out", "dist/manifest.json"],
        [CENTRES, "--out", "nowhere"],
        [CENTRES, "--data", "nowhere"],
        [CENTRES, "--data", "nowhere", "-e", "http://127.0.0.1:9/"],
        ["--help"],
        ["-f", "csv"],
        [""],
    ],
)
def test_plain_query_does_just_what_the_command_does(words: Sequence[str]) -> None:
    command = "import sys; from graph.cli import main; sys.argv[0] = 'build.py'; main()"
    told = run("query", *words)
    click = subprocess.run(
        [sys.executable, "-c", command, "query", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert told.returncode == click.returncode
    assert sorted(told.stdout.splitlines()) == sorted(click.stdout.splitlines())
    assert told.stderr == click.stderr


def test_reader_that_leaves_early_ends_the_query_quietly() -> None:
    query = f"'{sys.executable}' '{ROOT / 'build.py'}' query 'SELECT ?s ?p ?o {{ ?s ?p ?o . ?c a az:Claim }}' -f csv"
    command = f"set -o pipefail; {query} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "s,p,o\n", "")


def test_a_query_loads_nothing_that_it_does_not_need() -> None:
    code = (
        f"import sys; from graph.asking import ask; ask({CENTRES!r})\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'jinja2', 'yaml', 'numpy', 'starlette', 'urllib.request', 'csv'}\n"
        "heavy |= {'click', 'typing', 'dataclasses', 'inspect', 'pathlib', 'tomllib'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr == "[]\n"

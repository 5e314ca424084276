"""Every format of an answer says the same to readers that others wrote, whatever stands in the cells."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from checkout import ONTOLOGY
from pyoxigraph import Literal, NamedNode, Quad
from rdflib.query import Result

from graph.errors import QueryError
from graph.guard.jobs import Job, Kind, Reply
from graph.guard.worker import Evaluator
from graph.pipeline import load
from graph.store.embedded import Embedded
from graph.store.results import write

BASE = "https://example.org/"
PASSAGE = f"{BASE}source/gazette#char=487,552"
#: What the cells hold, by hand: IRIs with commas first, then texts that formats quote, escape or fold.
CELLS = [
    (PASSAGE, "القرية، قرب النهر"),
    (f"{BASE}a,b,c", "comma, and a\ttab"),
    (f"{BASE}plain", 'a "quoted" word'),
    (f"{BASE}plain", "two\nlines"),
    (f"{BASE}plain", "a carriage\rreturn"),
    (f"{BASE}plain", "a line of\r\nWindows, with a comma"),
    (f"{BASE}plain", "\\n is no line end, \\"),
    (f"{BASE}plain", "<https://example.org/x,y>"),
    (f"{BASE}plain", "\t<https://example.org/x,y>\t"),
    (f"{BASE}plain", " a space around "),
    (f"{BASE}plain", 'قال: «نعم», "لا"\r\nثم سكت'),
    (f"{BASE}plain", ""),
]
TEXT = "SELECT ?thing ?text ?nothing WHERE { ?row az:thing ?thing ; az:text ?text } ORDER BY ?row"
#: How many bytes the evaluator holds before it counts rows: both of its ways of writing are taken.
ROWS = (100_000, len(CELLS))


@pytest.fixture(scope="module")
def store() -> Embedded:
    az, graph = "https://w3id.org/azetta/ontology#", NamedNode(f"{BASE}graph/description")
    return Embedded(
        [
            Quad(NamedNode(f"{BASE}row/{number:02}"), NamedNode(az + name), value, graph)
            for number, (thing, text) in enumerate(CELLS)
            for name, value in (("thing", NamedNode(thing)), ("text", Literal(text)))
        ]
    )


def answered(evaluator: Evaluator, job: Job) -> Reply:
    """The whole answer, of which no piece is missing."""
    pieces: list[Reply] = []
    evaluator.answer(job, pieces.append)
    assert [piece.more for piece in pieces] == [True] * (len(pieces) - 1) + [False]
    return pieces[-1].holding(b"".join(piece.body for piece in pieces))


def written(store: Embedded, form: str) -> list[bytes]:
    """The answer as the command line writes it, and as the server does by each of its ways."""
    served = [answered(Evaluator(store, rows, 1 << 20), Job(TEXT, form)) for rows in ROWS]
    assert [(answer.kind, answer.cut) for answer in served] == [(Kind.SOLUTIONS, 0)] * 2
    return [write(store.query(TEXT), form, store.prefixes), *(answer.body for answer in served)]


def test_csv_is_read_by_python(store: Embedded) -> None:
    for body in written(store, "csv"):
        head, *rows = csv.reader(io.StringIO(body.decode(), newline=""), strict=True)
        assert head == ["thing", "text", "nothing"]
        assert [tuple(row) for row in rows] == [(*cells, "") for cells in CELLS]


def test_json_is_read_by_python(store: Embedded) -> None:
    for body in written(store, "json"):
        rows = json.loads(body)["results"]["bindings"]
        assert [tuple(cell["value"] for cell in row.values()) for row in rows] == CELLS


def test_xml_is_read_by_python(store: Embedded) -> None:
    for body in written(store, "xml"):
        rows = ElementTree.fromstring(body).iter("{http://www.w3.org/2005/sparql-results#}result")
        assert [tuple(cell[0].text or "" for cell in row) for row in rows] == CELLS


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_formats_with_kinds_of_terms_are_read_by_rdflib(store: Embedded, form: str) -> None:
    expected = [(rdflib.URIRef(thing), rdflib.Literal(text), None) for thing, text in CELLS]
    for body in written(store, form):
        rows = Result.parse(io.BytesIO(body), format=form)
        assert [tuple(row.get(rdflib.Variable(n)) for n in ("thing", "text", "nothing")) for row in rows.bindings] == (
            expected
        )


def test_csv_is_read_by_rdflib(store: Embedded) -> None:
    for body in written(store, "csv"):
        rows = Result.parse(io.BytesIO(body), format="csv").bindings
        assert [str(row[rdflib.Variable("thing")]) for row in rows] == [thing for thing, _ in CELLS]


def test_a_truth_value_is_the_same_in_every_format(store: Embedded) -> None:
    for form, text in {"csv": b"true\n", "tsv": b"true\n"}.items():
        assert write(store.query("ASK { }"), form, {}) == text
    assert json.loads(write(store.query("ASK { }"), "json", {}))["boolean"] is True
    assert b"<boolean>true</boolean>" in write(store.query("ASK { }"), "xml", {})


@pytest.mark.parametrize("text", ["SELECT * { }", "SELECT ?x ?y { }", "SELECT ?x { FILTER (false) }"])
def test_csv_of_nothing_has_its_head(store: Embedded, text: str) -> None:
    head = ",".join(name for name in ("x", "y") if f"?{name}" in text)
    assert write(store.query(text), "csv", {}).decode().split("\r\n")[0] == head


def test_rdf_xml_keeps_a_carriage_return(store: Embedded) -> None:
    query = "CONSTRUCT { ?row az:text ?text } WHERE { ?row az:text ?text }"
    answer = answered(Evaluator(store, 1000, 1 << 20), Job(query, None, "rdfxml"))
    texts = {str(text) for text in rdflib.Graph().parse(data=answer.body, format="xml").objects()}
    assert texts == {text for _, text in CELLS}


@pytest.mark.parametrize("code", ["0001", "000B", "FFFE"])
def test_what_xml_cannot_hold_is_refused(store: Embedded, code: str) -> None:
    values = f'VALUES ?text {{ "before\\u{code}after" }}'
    reason = f"the answer holds the character U+{code}, which XML cannot hold"
    with pytest.raises(QueryError, match=f"cannot be written as xml: {reason.replace('+', '.')}"):
        write(store.query(f"SELECT ?text {{ {values} }}"), "xml", {})
    evaluator = Evaluator(store, 1000, 1 << 20)
    for job in (
        Job(f"SELECT ?text {{ {values} }}", "xml"),
        Job(f"CONSTRUCT {{ :x az:text ?text }} {{ {values} }}", None, "rdfxml"),
    ):
        answer = answered(evaluator, job)
        assert (answer.kind, answer.message) == (Kind.UNACCEPTABLE, reason)
    (row,) = json.loads(write(store.query(f"SELECT ?text {{ {values} }}"), "json", {}))["results"]["bindings"]
    assert row["text"]["value"] == f"before{chr(int(code, 16))}after"


def test_rdf_xml_of_a_build_keeps_a_carriage_return(region: Path, edit) -> None:  # type: ignore[no-untyped-def]
    from graph.export import rdf

    line = next(
        line for line in (region / "data/dataset.toml").read_text(encoding="utf-8").splitlines() if "en = " in line
    )
    edit("data/dataset.toml", line, 'en = "one\\r\\ntwo"')
    stream = io.BytesIO()
    rdf.rdf_xml(load(region / "data", ONTOLOGY), stream)
    texts = {str(text) for text in rdflib.Graph().parse(data=stream.getvalue(), format="xml").objects()}
    assert "one\r\ntwo" in texts


@pytest.mark.processes
def test_a_question_gives_its_passage_in_one_cell() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, str(root / "build.py"), "question", "sequence", "--format", "csv"]
    said = subprocess.run(command, capture_output=True, check=True, cwd=root)
    head, *rows = csv.reader(io.StringIO(said.stdout.decode("utf-8-sig"), newline=""), strict=True)
    passages = {row[head.index("الدليل")] for row in rows}
    assert "source/albarg-2024-04-22#char=487,552" in passages
    assert {len(row) for row in rows} == {len(head)} == {9}

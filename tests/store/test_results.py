"""What an answer looks like: aligned tables in any script, plain values, the standard formats."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, parse_query_results
from wcwidth import wcswidth

from graph.errors import QueryError
from graph.store.aligned_table import table
from graph.store.embedded import Embedded
from graph.store.plain import plain
from graph.store.results import FORMATS, rows, styled, write

BASE = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture
def store() -> Embedded:
    names = [("mill", "طاحونة", "ar"), ("mill", "moulin", "fr"), ("school", "مَدْرَسَةٌ", "ar")]
    label, graph = NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), NamedNode(BASE + "graph/description")
    return Embedded([Quad(NamedNode(BASE + a), label, Literal(b, language=c), graph) for a, b, c in names])


def second(line: str) -> int:
    """Give the terminal column at which the second cell of a line begins, measured by another library."""
    return wcswidth(line[: line.rindex(line.split()[-1])])


@pytest.mark.parametrize(
    "word",
    [
        "مجلس جهة سوس ماسة",
        "مَجْلِسُ الجِهَةِ",
        "ⴰⴳⴰⴷⵉⵔ",
        "Haliopôle",
        "e\u0301te\u0301",
        "گ پ ڤ ٣٤",
        "城市",
        "ب\u200cب",
        "𞤀𞤣𞤤𞤢𞤥",
    ],
)
def test_columns_are_aligned_in_every_script(word: str) -> None:
    for line in table(["name", "place"], [[word, "x"], ["plain", "x"]]).splitlines():
        assert second(line) == max(wcswidth(word), 5) + 2


def test_right_to_left_text_stands_between_isolates_and_nothing_else_does() -> None:
    _, _, arabic, latin = table(["name"], [["أكادير"], ["Agadir"]]).splitlines()
    assert arabic == "\u200e\u2068أكادير\u2069"
    assert latin == "Agadir"


def test_text_cannot_command_the_terminal_or_break_its_line() -> None:
    shown = table(["x"], [["a\x1b[2Jb\nc\u202ed\u2069e\x00\u2028f\x9b"]]).splitlines()[2]
    assert shown == "a\ufffd[2Jb cde\ufffd\ufffdf\ufffd"
    assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in shown)


def test_rows_are_dictionaries_of_plain_values(store: Embedded) -> None:
    text = """SELECT * { VALUES (?iri ?text ?whole ?exact ?about ?truth ?day ?none) {
        (<mill> "طاحونة"@ar 7 1.50 1e3 true "2024-04-22"^^xsd:date UNDEF) } }"""
    found = rows(store.query(text), styled(store.prefixes))
    assert list(found) == [
        {
            "iri": BASE + "mill",
            "text": "طاحونة",
            "whole": 7,
            "exact": Decimal("1.50"),
            "about": 1000.0,
            "truth": True,
            "day": "2024-04-22",
            "none": None,
        }
    ]
    assert found.terms[0][found.columns.index("iri")] == NamedNode(BASE + "mill")


def test_rows_can_be_cut_and_print_as_a_table(store: Embedded) -> None:
    found = rows(store.query("SELECT ?thing ?name { ?thing rdfs:label ?name } ORDER BY ?name"), styled(store.prefixes))
    assert str(found[:1]) == "thing  name\n─────  ──────\n:mill  moulin"
    assert len(found[1:]) == 2


def test_number_that_python_cannot_read_stays_text() -> None:
    for text, kind in (("x", "integer"), ("1/2", "decimal"), ("", "double")):
        assert plain(Literal(text, datatype=NamedNode(XSD + kind))) == text


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        (BASE + "mill", ":mill"),
        (BASE + "claim/0f", "<claim/0f>"),
        (BASE + "source/a#char=1,2", "<source/a#char=1,2>"),
        (BASE, "<>"),
        ("https://w3id.org/azetta/ontology#City", "az:City"),
        ("https://elsewhere.example/x", "<https://elsewhere.example/x>"),
    ],
)
def test_short_name_means_the_same_in_a_query(store: Embedded, iri: str, shown: str) -> None:
    assert styled(store.prefixes)(NamedNode(iri)) == shown
    answer = store.query(f"SELECT ?x {{ BIND ({shown} AS ?x) }}")
    assert [*map(list, answer.rows)] == [[NamedNode(iri)]]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_standard_formats_can_be_read_back(store: Embedded, form: str) -> None:
    text = "SELECT ?thing ?name { ?thing rdfs:label ?name } ORDER BY ?name"
    written = write(store.query(text), form, store.prefixes)
    assert written.endswith(b"\n")
    if form != "csv":  # which loses the kind of a term
        read = parse_query_results(
            written, format=QueryResultsFormat.from_extension({"xml": "srx", "json": "srj"}.get(form, form))
        )
        assert isinstance(read, QuerySolutions)
        assert [tuple(row) for row in read] == [tuple(row) for row in store.query(text).rows]


def test_triples_are_written_once_and_always_in_the_same_order(store: Embedded) -> None:
    text = "CONSTRUCT { ?s rdfs:label ?n . :mill a :Place } { ?s rdfs:label ?n }"
    turtle = write(store.query(text), "turtle", store.prefixes).decode()
    assert turtle.count(":Place") == 1
    assert turtle.splitlines()[:2] == [
        f"@prefix : <{BASE}> .",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    ]
    assert "wgs:" not in turtle
    triples = write(store.query(text), "nt", store.prefixes).decode().splitlines()
    assert triples == sorted(set(triples))
    assert len(triples) == 4


def test_turtle_declares_what_its_datatypes_are_shortened_by(store: Embedded) -> None:
    answer = store.query('CONSTRUCT { :mill :since "2031-05-04"^^xsd:date } {}')
    turtle = write(answer, "turtle", store.prefixes).decode()
    assert f"@prefix xsd: <{XSD}> ." in turtle.splitlines()
    assert '"2031-05-04"^^xsd:date' in turtle


def test_each_format_is_for_triples_or_for_rows(store: Embedded) -> None:
    for form in set(FORMATS).difference(["table", "xlsx", "md"]):
        text = "SELECT * { ?s ?p ?o }" if form in {"turtle", "nt"} else "DESCRIBE :mill"
        with pytest.raises(QueryError, match="--format"):
            write(store.query(text), form, store.prefixes)


def test_widths_agree_with_another_library_on_all_of_arabic() -> None:
    letters = "".join(chr(c) for c in range(0x600, 0x700) if chr(c).isalpha() or unicodedata.category(chr(c)) == "Mn")
    for letter in letters:
        rule = table(["x"], [["ب" + letter]]).splitlines()[1]
        assert len(rule) == wcswidth("ب" + letter), f"U+{ord(letter):04X}"

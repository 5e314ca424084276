"""An answer that anyone can make: it is written, shown and read just as one that the engine gave."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.errors import EndpointError
from graph.store.answer import GRAPH, TABLE, Answer, graph, table, truth
from graph.store.embedded import Embedded
from graph.store.results import rows, styled, write

XSD = "http://www.w3.org/2001/XMLSchema#"
MILL, NAME = NamedNode("https://example.org/mill,1"), NamedNode("https://example.org/name")
VALUES = """BASE <https://example.org/> SELECT ?iri ?text ?number ?said { VALUES (?iri ?text ?number ?said) {
    (<mill,1> "طاحونة \\"x\\"\\t\\n"@ar 1.5 UNDEF)
    (UNDEF "a, b" "x"^^<kind> <<( <mill,1> <name> "m"@fr )>>) } }"""
MADE = [
    (MILL, Literal('طاحونة "x"\t\n', language="ar"), Literal("1.5", datatype=NamedNode(XSD + "decimal")), None),
    (
        None,
        Literal("a, b"),
        Literal("x", datatype=NamedNode("https://example.org/kind")),
        Triple(MILL, NAME, Literal("m", language="fr")),
    ),
]
COLUMNS = ("iri", "text", "number", "said")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_table_that_anyone_made_is_written_as_the_engine_writes_its_own(form: str) -> None:
    expected = write(Embedded([]).query(VALUES), form, {})
    assert write(Answer(TABLE, COLUMNS, MADE), form, {}) == expected
    assert write(Embedded([]).query(VALUES, timeout=20), form, {}) == expected


def test_table_that_anyone_made_has_the_same_rows() -> None:
    style = styled({})
    made, found = rows(Answer(TABLE, COLUMNS, MADE), style), rows(Embedded([]).query(VALUES), style)
    assert made.columns == found.columns
    assert made.terms == found.terms
    assert str(made) == str(found)


@pytest.mark.parametrize("value", [True, False])
def test_truth_is_a_condition_and_a_row(value: bool) -> None:
    asked = Embedded([]).query(f"ASK {{ FILTER({str(value).lower()}) }}")
    for answer in (truth(value), asked):
        assert bool(answer) is value
        assert list(rows(answer, str)) == [{"answer": value}]
        assert write(answer, "tsv", {}) == f"{str(value).lower()}\n".encode()


def test_triples_are_written_once_each() -> None:
    triple = Triple(BlankNode("a"), NAME, Literal("1.50", datatype=NamedNode(XSD + "decimal")))
    made = graph([triple, triple])
    assert (made.kind, made.columns) == (GRAPH, ("subject", "predicate", "object"))
    assert write(made, "nt", {}).decode() == f'_:a {NAME} "1.50"^^<{XSD}decimal> .\n'


def test_column_that_is_not_what_was_asked_is_told() -> None:
    answer = Answer(TABLE, ("place", "n"), [(MILL, Literal("1"))])
    assert table(answer, n=Literal, place=NamedNode) == [(Literal("1"), MILL)]
    with pytest.raises(EndpointError, match=r"with <https://example\.org/mill,1> where \?place was asked"):
        table(answer, place=Literal)
    with pytest.raises(EndpointError, match=r"with nothing where \?count was asked"):
        table(answer, count=Literal)

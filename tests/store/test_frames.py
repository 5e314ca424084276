"""Answers as tables of pandas, polars and Arrow, and as HTML: typed, named and escaped."""

from __future__ import annotations

import sys
from datetime import date

import polars
import pyarrow
import pytest
from pyoxigraph import Literal, NamedNode, Quad

import graph
from graph.dataset import Dataset
from graph.store.embedded import Embedded
from graph.store.results import Rows

XSD = "http://www.w3.org/2001/XMLSchema#"
EX = "https://example.org/"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Two things, the second without a word of some properties."""
    said = [
        ("agadir", "name", Literal("أكادير", language="ar")),
        ("agadir", "people", Literal("504768", datatype=NamedNode(XSD + "integer"))),
        ("agadir", "area", Literal("84.50", datatype=NamedNode(XSD + "decimal"))),
        ("agadir", "since", Literal("2024-04-22", datatype=NamedNode(XSD + "date"))),
        ("agadir", "port", Literal("true", datatype=NamedNode(XSD + "boolean"))),
        ("agadir", "year", Literal("2024", datatype=NamedNode(XSD + "gYear"))),
        ("tiznit", "name", Literal("<b>Tiznit</b> & co")),
        ("tiznit", "people", Literal("7", datatype=NamedNode(XSD + "int"))),
        ("tiznit", "code", Literal("18446744073709551616", datatype=NamedNode(XSD + "integer"))),
        ("tiznit", "mixed", Literal("2024-05", datatype=NamedNode(XSD + "gYearMonth"))),
        ("agadir", "mixed", Literal("2024-05-01", datatype=NamedNode(XSD + "date"))),
    ]
    quads = [Quad(NamedNode(EX + one), NamedNode(EX + link), value, NamedNode(EX)) for one, link, value in said]
    return Dataset(Embedded(quads), "ar")


QUERY = f"""
PREFIX ex: <{EX}>
SELECT ?x ?name ?people ?area ?since ?port ?year ?code ?mixed WHERE {{
  ?x ex:name ?name
  OPTIONAL {{ ?x ex:people ?people }} OPTIONAL {{ ?x ex:area ?area }} OPTIONAL {{ ?x ex:since ?since }}
  OPTIONAL {{ ?x ex:port ?port }} OPTIONAL {{ ?x ex:year ?year }} OPTIONAL {{ ?x ex:code ?code }}
  OPTIONAL {{ ?x ex:mixed ?mixed }}
}} ORDER BY ?x
"""
EXPECTED = {
    "x": ["https://example.org/agadir", "https://example.org/tiznit"],
    "name": ["أكادير", "<b>Tiznit</b> & co"],
    "name_language": ["ar", None],
    "people": [504768, 7],
    "area": [84.5, None],
    "since": [date(2024, 4, 22), None],
    "port": [True, None],
    "year": ["2024", None],
    "code": [None, "18446744073709551616"],
    "mixed": ["2024-05-01", "2024-05"],
}


def test_arrow_and_polars_have_typed_columns(dataset: Dataset) -> None:
    rows = dataset.query(QUERY)
    table = rows.to_arrow()
    assert table.to_pydict() == EXPECTED
    assert table.schema.field("people").type == pyarrow.int64()
    assert table.schema.field("since").type == pyarrow.date32()
    frame = rows.to_polars()
    assert frame.to_dict(as_series=False) == EXPECTED
    assert frame.schema["area"] == polars.Float64
    assert frame.schema["code"] == polars.String


def test_pandas_has_typed_columns(dataset: Dataset) -> None:
    frame = dataset.query(QUERY).to_pandas()
    assert list(frame.columns) == list(EXPECTED)
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds["people"] == "Int64"
    assert kinds["since"] == "datetime64[s]"
    assert kinds["port"] == "boolean"
    assert frame["people"].sum() == 504775
    assert frame["since"].dt.year[0] == 2024
    assert frame["name"][0] == "أكادير"


def test_empty_answer_is_an_empty_frame_with_its_columns(dataset: Dataset) -> None:
    rows = dataset.query("SELECT ?x ?y { ?x a ?y }")
    assert rows.to_pandas().shape == (0, 2)
    assert rows.to_polars().columns == rows.to_arrow().column_names == ["x", "y"]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_missing_library_is_told_with_what_installs_it(
    dataset: Dataset, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    method = getattr(dataset.query("ASK {}"), "to_arrow" if library == "pyarrow" else f"to_{library}")
    with pytest.raises(graph.OutputError, match=f"needs {library}, which is not installed: pip install {library}"):
        method()


def test_html_is_escaped_and_written_as_its_language(dataset: Dataset) -> None:
    html = dataset.query(QUERY)._repr_html_()
    assert html.startswith('<table lang="ar" dir="rtl"><caption style="text-align:right">الأسطر: 2</caption>')
    assert "&lt;b&gt;Tiznit&lt;/b&gt; &amp; co" in html
    assert '<bdi lang="ar">أكادير</bdi>' in html
    assert "<b>" not in html


def test_html_shows_the_first_rows_and_says_how_many_there_are() -> None:
    rows = Rows(["n"], [[Literal(number)] for number in range(1234)], lambda cell: str(getattr(cell, "value", "")))
    assert rows._repr_html_().count("<tr>") == 1 + 20
    assert '<caption style="text-align:left">Rows: 20 of 1234</caption>' in rows._repr_html_()
    assert len(rows[:5]) == 5

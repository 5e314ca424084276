"""The rows of an answer as a table of pandas, polars or Arrow, in which a column is of one type.

That is whole numbers, numbers, truth values or dates where every cell is one, else text as it is written. A thing is
its IRI; what it is called, where the rows know that, stands in `COLUMN_name`, and the languages of texts, where some
have one, in `COLUMN_language`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from graph.errors import OutputError
from graph.store.answer import Binding
from graph.store.plain import plain

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


class ColumnType(NamedTuple):
    """What Python types a column is of, how a value is made of it, and what three libraries call that."""

    of: frozenset[type]
    made: Callable[[Any], object]
    pandas: str
    polars: str
    arrow: str


class Column(NamedTuple):
    """A column: its type, and its values, None where a row has none."""

    type: ColumnType
    values: list[Any]


Columns = dict[str, Column]

_TEXT = ColumnType(frozenset((str,)), str, "string", "String", "string")
_TYPES = (
    ColumnType(frozenset((bool,)), bool, "boolean", "Boolean", "bool_"),
    ColumnType(frozenset((int,)), int, "Int64", "Int64", "int64"),
    ColumnType(frozenset((int, float, Decimal)), float, "float64", "Float64", "float64"),
    ColumnType(frozenset((date,)), lambda day: day, "datetime64[s]", "Date", "date32"),
)
_LARGEST = 2**63
_DATE = "http://www.w3.org/2001/XMLSchema#date"


def pandas(found: Columns) -> pd.DataFrame:
    """Make a `pandas.DataFrame`; OutputError if pandas is not installed."""
    library = _library("pandas")
    series = {name: library.Series(each.values, dtype=each.type.pandas) for name, each in found.items()}
    frame: pd.DataFrame = library.DataFrame(series)
    return frame


def polars(found: Columns) -> pl.DataFrame:
    """Make a `polars.DataFrame`; OutputError if polars is not installed."""
    library = _library("polars")
    kinds = {name: getattr(library, each.type.polars) for name, each in found.items()}
    frame: pl.DataFrame = library.DataFrame({name: each.values for name, each in found.items()}, schema=kinds)
    return frame


def arrow(found: Columns) -> pa.Table:
    """Make a `pyarrow.Table`; OutputError if pyarrow is not installed."""
    library = _library("pyarrow")
    kinds = {name: getattr(library, each.type.arrow)() for name, each in found.items()}
    return library.table({name: library.array(each.values, type=kinds[name]) for name, each in found.items()})


def columns(names: Sequence[str], rows: Sequence[Sequence[Binding]], labels: Mapping[str, str]) -> Columns:
    """Type the columns of some rows; what things are called by `labels`, and the languages of texts, follow."""
    found: Columns = {}
    for index, name in enumerate(names):
        cells = [row[index] for row in rows]
        found[name] = _column(cells)
        named = [labels.get(cell.value) if isinstance(cell, NamedNode) else None for cell in cells]
        tags = [cell.language if isinstance(cell, Literal) else None for cell in cells]
        for kind, texts in (("name", named), ("language", tags)):
            if any(texts) and f"{name}_{kind}" not in names:
                found[f"{name}_{kind}"] = Column(_TEXT, texts)
    return found


def _column(cells: Sequence[Binding]) -> Column:
    values = [_value(cell) for cell in cells]
    kinds = {type(value) for value in values if value is not None}
    small = not any(type(value) is int and abs(value) >= _LARGEST for value in values)
    kind = next((each for each in _TYPES if kinds and kinds <= each.of and small), _TEXT)
    if kind is _TEXT:
        values = [cell.value if isinstance(cell, Literal) else plain(cell) for cell in cells]
    return Column(kind, [None if value is None else kind.made(value) for value in values])


def _value(cell: Binding) -> Any:
    if isinstance(cell, Literal) and cell.datatype.value == _DATE:
        try:
            return date.fromisoformat(cell.value)
        except ValueError:  # a date with a zone, or of a year that Python does not know
            return cell.value
    return plain(cell)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise OutputError(
            f"a table of {name} needs {error.name}, which is not installed: pip install {name}"
        ) from error

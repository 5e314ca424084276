"""A table in Parquet, as archives keep it: its rows as texts, numbered from 1; read by DuckDB, which is an extra."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from glob import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import said
from graph.facts.sheet import Unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SOME = 4096  # rows that are held at once
#: What pandas makes of whole numbers where some are missing.
_FRACTIONS = {"FLOAT", "DOUBLE"}


def read(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the header, as line 0, then the rows; what is null is empty. Unreadable if it is no Parquet."""
    try:
        import duckdb
    except ModuleNotFoundError as exc:
        missing = said("to read Parquet, install what it needs: pip install 'azetta[parquet]'")
        raise Unreadable(0, missing) from exc
    try:
        with _engine().cursor() as engine:
            file = [escape(str(path))]  # it takes `*` and `[…]` in a name for a pattern, and folders for columns
            rows = "FROM read_parquet(?, hive_partitioning = false)"
            columns = engine.execute(f"DESCRIBE {rows}", file).fetchall()
            yield 0, [name for name, *_ in columns]
            texts = ", ".join(_text(name, kind) for name, kind, *_ in columns)
            engine.execute(f"SELECT {texts} {rows}", file)
            some = iter(lambda: engine.fetchmany(_SOME), [])
            for line, row in enumerate(chain.from_iterable(some), 1):
                yield line, [cell or "" for cell in row]
    except duckdb.Error as exc:
        reason = str(exc).splitlines()[0]
        raise Unreadable(0, said("not a Parquet file that can be read: {reason}", reason=reason)) from exc


@cache
def _engine() -> DuckDBPyConnection:
    """Give what reads all files: to make one takes as long as to read seven thousand rows."""
    import duckdb

    return duckdb.connect(config={"threads": 1})


def _text(name: str, kind: str) -> str:
    """Give the SQL of a column as text: a whole number without a fraction."""
    quoted = '"{}"'.format(name.replace('"', '""'))
    text = f"{quoted}::VARCHAR"
    return f"regexp_replace({text}, '[.]0$', '')" if kind in _FRACTIONS else text

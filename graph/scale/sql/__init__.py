"""The scripts that DuckDB runs on the tables of an archive."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: How a file of rows is read that this program wrote: no cell is null.
ROWS = "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\0'"


def run(engine: DuckDBPyConnection, name: str, **values: Any) -> None:
    """Run the statements of a script one after the other, with `values` filled in, which are none of a user's."""
    script = (files(__name__) / f"{name}.sql").read_text(encoding="utf-8").format(rows=ROWS, **values)
    for statement in script.split(";\n"):
        if statement.strip():
            engine.execute(statement)


def number(engine: DuckDBPyConnection, query: str, values: Any = None) -> int:
    """Give the one number that a query finds, 0 where it finds none."""
    return int((engine.execute(query, values).fetchone() or (0,))[0])


def texts(engine: DuckDBPyConnection, query: str, values: Any = None) -> list[str]:
    """Give the one column that a query finds."""
    return [text for (text,) in engine.execute(query, values).fetchall()]

"""Tables in DuckDB, an extra: opened with bounds, and filled by scripts that rooms keep in their folders `sql`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from glob import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: How a file of rows is read that this program wrote: no cell is null.
ROWS = "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\0'"
_SOME = 4096  # rows that are held at once


def opened(place: Path, memory: str, threads: int = 2, *, reading: bool = False) -> DuckDBPyConnection:
    """Open the tables in the file `place`, in so much memory ("1GB"), and beyond it on the disk beside the file.

    Raises ModuleNotFoundError where DuckDB is not installed.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": threads,
        "temp_directory": f"{place}.tmp",
    }
    return duckdb.connect(str(place), read_only=reading, config=config)


def run(engine: DuckDBPyConnection, room: str, name: str, **values: Any) -> None:
    """Run the statements of a script of a room one by one, with `values` filled in: texts of its own, and paths."""
    values |= {key: files_of(each).replace("'", "''") for key, each in values.items() if isinstance(each, Path)}
    script = (files(room) / "sql" / f"{name}.sql").read_text(encoding="utf-8").format(rows=ROWS, **values)
    for statement in script.split(";\n"):
        if statement.strip():
            engine.execute(statement)


def files_of(path: Path) -> str:
    """Give the pattern of files whose name alone may be one, whatever their folder is called."""
    return f"{escape(str(path.parent))}/{path.name}"


def insert(engine: DuckDBPyConnection, table: str, several: Sequence[Sequence[Any]]) -> None:
    """Insert some rows, which may be none."""
    if several:
        engine.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(several[0]))})", several)


def rows(found: DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    """Give the rows that a query finds."""
    while some := found.fetchmany(_SOME):
        yield from some


def number(engine: DuckDBPyConnection, query: str, values: Any = None) -> int:
    """Give the one number that a query finds, 0 where it finds none."""
    return int((engine.execute(query, values).fetchone() or (0,))[0])


def texts(engine: DuckDBPyConnection, query: str, values: Any = None) -> list[str]:
    """Give the one column that a query finds."""
    return [text for (text,) in engine.execute(query, values).fetchall()]

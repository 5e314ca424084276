"""Entities and claims as Parquet, for pandas, polars, R and DuckDB; written by DuckDB, which is an extra.

It reads the rows from a file of CSV, which takes it a thousandth of the time of inserting them one by one.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import OutputError, said
from graph.export import rows
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_NUMBERS = {
    **dict.fromkeys(("degree", "community", "bridges", "start", "end"), "BIGINT"),
    "betweenness": "DOUBLE",
}
_COPY = """
COPY (SELECT * FROM read_csv(?, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
  nullstr = '', max_line_size = 67108864, columns = {columns}))
TO '{target}' (FORMAT parquet)
"""


def entities(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write one row per entity; see `rows.entities`. What is empty is null."""
    _write(stream, *rows.entities(knowledge))


def claims(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write one row per passage or record that says a claim; see `rows.claims`. What is empty is null."""
    _write(stream, *rows.claims(knowledge))


def _write(stream: BinaryIO, columns: Sequence[str], found: Iterable[Sequence[object]]) -> None:
    try:
        import duckdb
    except ModuleNotFoundError as error:
        needs = said("to write Parquet, install what it needs: pip install 'azetta[parquet]'")
        raise OutputError(needs) from error
    kinds = ", ".join(f"'{name}': '{_NUMBERS.get(name, 'VARCHAR')}'" for name in columns)
    with scratch() as folder:
        table, target = folder / "rows.csv", folder / "rows.parquet"
        with table.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text, lineterminator="\n").writerows(found)
        with duckdb.connect(config={"threads": 1}) as engine:  # by one thread, the same rows are the same bytes
            engine.execute(_COPY.format(columns=f"{{{kinds}}}", target=str(target).replace("'", "''")), [str(table)])
        with target.open("rb") as written:
            shutil.copyfileobj(written, stream)

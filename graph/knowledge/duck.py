"""Facts as the tables of DuckDB, which is an extra, in this process: in memory, and beyond `MEMORY` on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.system.scratch import scratch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from graph.knowledge.joins import FactRows

#: Twice what the rules take on a million claims.
MEMORY = "1GB"


@contextmanager
def tables() -> Iterator[DuckTables]:
    """Open tables for `graph.knowledge.closure`."""
    import duckdb

    with scratch() as folder, duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder)}) as engine:
        yield DuckTables(engine)


class DuckTables:
    """The tables `facts` and `delta` of `graph.knowledge.joins`, in DuckDB."""

    def __init__(self, engine: DuckDBPyConnection) -> None:
        self._engine = engine
        self._engine.execute("CREATE TABLE facts (s INTEGER, p INTEGER, o INTEGER, said VARCHAR)")

    def add(self, rows: FactRows) -> None:
        """Add rows to `facts`; they alone are `delta` then."""
        columns = dict(zip("spo", np.array(list(rows), dtype=np.int32).T.copy(), strict=True))
        self._engine.register("arrived", {**columns, "said": np.array(list(rows.values()), dtype=object)})
        self._engine.execute("CREATE OR REPLACE TABLE delta AS SELECT s, p, o, said::VARCHAR AS said FROM arrived")
        self._engine.execute("INSERT INTO facts FROM delta")
        self._engine.unregister("arrived")

    def rows(self, sql: str) -> Iterable[tuple[Any, ...]]:
        """Give what a SELECT finds."""
        return self._engine.execute(sql).fetchall()

"""What no slice of an archive can judge: decisions, names that have moved, and things that are called alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.errors import Problem
from graph.facts.archive import normalised
from graph.facts.naming import PLACED
from graph.model.inputs import DECISIONS, MENTIONS, MOVED, PASSAGES
from graph.scale.slices import Archive, LaidOut, laid_out
from graph.system import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LINES = {
    "claim": "SELECT * FROM claim WHERE rowid IN (SELECT line_id FROM framed_line)",
    "entity": "SELECT * FROM entity SEMI JOIN framed USING (id)",
    "source": "SELECT * FROM source",
    "mention": "SELECT * FROM mention WHERE false",
    "passage": "SELECT * FROM passage WHERE false",
}
#: The tables whose lines are judged in slices.
_IN_SLICES = ("claims", MENTIONS.removesuffix(".csv"), PASSAGES.removesuffix(".csv"))


def read(engine: DuckDBPyConnection, archive: Archive, focus: str) -> LaidOut:
    """Read all sources and decisions, and what these and `focus` speak of, after all slices were read."""
    tables = (DECISIONS, MOVED)
    cells = {str(cell) for table in tables for row in normalised(archive.data, table) for cell in row[3:]}
    names = {focus, *(cell.removeprefix("claim/") for cell in cells)}
    engine.execute("CREATE TABLE spoken_of (name VARCHAR)")
    duck.insert(engine, "spoken_of", [(name,) for name in sorted(filter(None, names))])
    duck.run(engine, "graph.scale", "framing", forms=archive.work / "forms-*", placed=PLACED)
    found = laid_out(archive, engine, -1, _LINES, whole=True)
    return found._replace(problems=_own(found.problems), warnings=_own(found.warnings))


def _own(problems: Iterable[Problem]) -> list[Problem]:
    return [each for each in problems if not any(f"/{table}" in f"/{each.file}" for table in _IN_SLICES)]

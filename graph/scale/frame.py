"""What no slice of an archive can judge: decisions, names that have moved, and things that are called alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Problem, shown
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
    own = [[each for each in told if not _in_slices(each, archive)] for told in (found.problems, found.warnings)]
    return LaidOut(found.facts, *own)


def _in_slices(problem: Problem, archive: Archive) -> bool:
    """Tell whether a problem is of a table whose lines are judged in slices."""
    file = problem.file.removeprefix(f"{shown(archive.data)}/")
    return file.split("/")[0].split(".")[0] in _IN_SLICES

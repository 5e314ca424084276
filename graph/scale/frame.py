"""What is judged of an archive as a whole: decisions, names that have moved, what is called alike, how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import Problem
from graph.facts.archive import normalised
from graph.facts.naming import PLACED
from graph.model.inputs import DECISIONS, MOVED
from graph.model.records import Facts
from graph.scale import inferring
from graph.scale.slice import Archive, known, laid_out

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FRAMED = """
CREATE TABLE form AS SELECT * FROM read_csv('{forms}', header = false, auto_detect = false, delim = ',', quote = '"',
  escape = '"', nullstr = '\\0', columns = {{'kind': 'VARCHAR', 'form': 'VARCHAR', 'id': 'VARCHAR'}});
CREATE TABLE framed AS SELECT id FROM form SEMI JOIN (
    SELECT kind, form FROM form GROUP BY ALL HAVING count(DISTINCT id) > 1) USING (kind, form)
  UNION SELECT min(id) FROM entity UNION SELECT name FROM spoken_of;
CREATE TABLE framed_line AS
  SELECT c.rowid AS line_id FROM claim c JOIN link l ON c.part * 4294967296 + c.line = l.line
    SEMI JOIN spoken_of ON name IN (l.id, 'claim/' || l.id)
  UNION SELECT c.rowid FROM claim c SEMI JOIN framed ON id = subject WHERE prop IN {placed};
INSERT INTO framed SELECT unnest([subject, object]) FROM claim SEMI JOIN framed_line ON claim.rowid = line_id;
DROP TABLE form;
"""
_LINES = {
    "claim": "SELECT * FROM claim WHERE rowid IN (SELECT line_id FROM framed_line)",
    "entity": "SELECT * FROM entity SEMI JOIN framed USING (id)",
    "source": "SELECT * FROM source",
    "mention": "SELECT * FROM mention WHERE false",
    "passage": "SELECT * FROM passage WHERE false",
}
#: The tables whose lines are judged in slices.
_IN_SLICES = ("claims.csv", "mentions.csv", "passages.csv")


class Frame(NamedTuple):
    """The sources, the decisions and what these are about; what is wrong with them, and what may be."""

    facts: Facts | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read(db: DuckDBPyConnection, archive: Archive, focus: str) -> Frame:
    """Read what no slice can judge, after all slices were read."""
    names = [(each,) for each in {focus, *_named(archive)} if each]
    db.execute("CREATE TABLE spoken_of (name VARCHAR)")
    if names:
        db.executemany("INSERT INTO spoken_of VALUES (?)", names)
    inferring.run(db, _FRAMED.format(forms=archive.work / "forms-*", placed=PLACED))
    found, problems, warnings = laid_out(archive, db, -1, known(archive.ontology, archive.data), _LINES)
    return Frame(found.facts, tuple(_whole(problems)), tuple(_whole(warnings)))


def _named(archive: Archive) -> set[str]:
    """Give all that decisions and moved names may speak of."""
    cells = (cell for name in (DECISIONS, MOVED) for row in normalised(archive.data, name) for cell in row[3:])
    return {str(cell).removeprefix("claim/") for cell in cells}


def _whole(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    return (each for each in problems if not any(table.removesuffix(".csv") in each.file for table in _IN_SLICES))

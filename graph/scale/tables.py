"""The tables of an archive on disk, shared out into slices: some sources each, and what these need of the others.

A slice holds the lines of its sources and of all that they name, and besides, as `shadows`, each line of another source
that says the same, or what cannot hold beside it, or what a thing that is named is or is called. What is said of a line
of a slice is so what would be said of it in the whole.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import OutputError, said
from graph.facts import archive as files
from graph.facts.table import SLICE
from graph.knowledge.portions import DESCRIBING
from graph.model.inputs import MENTIONS, PASSAGES
from graph.model.ontology import Ontology
from graph.system import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The tables that are shared out, by what they are called here.
TABLES = {
    "source": "sources.csv",
    "claim": "claims.csv",
    "entity": "entities.csv",
    "mention": MENTIONS,
    "passage": PASSAGES,
}
#: The lines of a slice, by table: its own and the shadows, and the descriptions of what they name.
OF_SLICE = {
    "claim": "SELECT * FROM claim WHERE slice = $n UNION ALL SELECT claim.* FROM claim JOIN shadow "
    "ON claim.rowid = line_id WHERE shadow.slice = $n",
    "entity": "SELECT * FROM entity SEMI JOIN (SELECT id FROM needed WHERE slice = $n) USING (id)",
    "source": "SELECT * FROM source WHERE 'source/' || id IN (SELECT id FROM needed WHERE slice = $n)",
    "mention": "SELECT * FROM mention WHERE slice = $n",
    "passage": "SELECT * FROM passage WHERE slice = $n",
}
_OWNED = """
SELECT id, spoken.id IS NULL, shown.id IS NULL FROM owned LEFT JOIN spoken USING (id) LEFT JOIN shown USING (id)
WHERE owned.slice = $n ORDER BY id
"""
_SLICES = """
SELECT slice, list(source ORDER BY source) FILTER (source IS NOT NULL)
FROM (SELECT slice FROM owned UNION SELECT slice FROM told) LEFT JOIN told USING (slice) GROUP BY slice ORDER BY slice
"""
_SENTENCES = """
WITH said AS (SELECT DISTINCT source, length::INTEGER AS length, sha256 FROM passage SEMI JOIN claim
  USING (source, start, "end") WHERE try_cast(length AS INTEGER) >= $least)
SELECT source, length, sha256 FROM said
SEMI JOIN (SELECT length, sha256 FROM said GROUP BY ALL HAVING count(*) > 1) USING (length, sha256) ORDER BY ALL
"""
_TOO_MANY = """
SELECT arg_min(file, (part, line)), arg_min(line, (part, line)), source, count(*) FROM claim GROUP BY source
HAVING count(*) > $most ORDER BY source
"""
#: For one that reads, of which there are several at once, and for one that writes.
_MEMORY = {True: "256MB", False: "1GB"}


class Slice(NamedTuple):
    """Some sources, by id, and the number by which the tables know them; without sources, things that none names."""

    number: int
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return " … ".join(dict.fromkeys((self.sources or ("entities",))[:: max(1, len(self.sources) - 1)]))


class Owned(NamedTuple):
    """The entities that a slice describes for all others; of some nothing is said, or nothing shows them, anywhere."""

    names: tuple[str, ...]
    unspoken: frozenset[str]
    unshown: frozenset[str]


def opened(place: Path, *, reading: bool = False) -> DuckDBPyConnection:
    """Open the tables at `place`, by one thread if only for `reading`; OutputError where DuckDB is not installed."""
    try:
        return duck.opened(place, _MEMORY[reading], 1 if reading else 2, reading=reading)
    except ModuleNotFoundError as exc:
        message = said("to write an archive in parts, install what it needs: pip install 'azetta[parquet]'")
        raise OutputError(message) from exc


@contextmanager
def bounded() -> Iterator[None]:
    """Raise OutputError where the tables have no room, in memory or on the disk."""
    try:
        yield
    except Exception as exc:
        if (duckdb := sys.modules.get("duckdb")) and isinstance(exc, duckdb.Error):
            reason = str(exc).partition("\n")[0]
            raise OutputError(said("the tables of the archive cannot be worked out: {reason}", reason=reason)) from exc
        raise


def share_out(place: Path, data: Path, ontology: Ontology, size: int) -> list[Slice]:
    """Read the tables of the folder `data` into `place`, and share them out into slices of some `size` claims each.

    Raises DataError where a file of a table cannot be read.
    """
    properties = [
        (alias, name, ontology.properties[name].single, ontology.properties[name].sole, name in DESCRIBING)
        for alias, name in ontology.property_names.items()
    ]
    with opened(place) as engine:
        engine.execute("CREATE TABLE property (alias VARCHAR, name VARCHAR, single BOOL, sole BOOL, describing BOOL)")
        duck.insert(engine, "property", properties)
        for name, file in TABLES.items():
            _ingest(engine, name, data, file, place.with_suffix(".csv"))
        duck.run(engine, "graph.scale", "sharing", size=size)
        return [Slice(number, tuple(sources or ())) for number, sources in engine.execute(_SLICES).fetchall()]


def _ingest(engine: DuckDBPyConnection, name: str, data: Path, file: str, between: Path) -> None:
    with between.open("w", encoding="utf-8", newline="") as stream:
        writer, rows = csv.writer(stream), files.normalised(data, file)
        columns = [str(each) for each in next(rows)]
        writer.writerows(rows)
    kinds = ", ".join(f"'{each}': '{'BIGINT' if each in ('part', 'line') else 'VARCHAR'}'" for each in columns)
    read = f"read_csv(?, {duck.ROWS}, columns = {{{kinds}}})"
    engine.execute(f"CREATE TABLE all_{name} AS SELECT * FROM {read}", [duck.files_of(between)])
    between.unlink()


def export(engine: DuckDBPyConnection, number: int, folder: Path, lines: Mapping[str, str]) -> None:
    """Write `lines`, the SQL of those of each table, of the slice of a number into a folder."""
    for name, query in lines.items():
        columns = [each for each, *_ in engine.execute(f"DESCRIBE {name}").fetchall() if each not in ("slice", "prop")]
        quoted = ", ".join(f'"{each}"' for each in columns)
        found = engine.execute(
            f"SELECT {quoted} FROM ({query}) ORDER BY part, line", {"n": number} if "$n" in query else None
        )
        with (folder / TABLES[name]).with_suffix(SLICE).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(columns)
            writer.writerows(duck.rows(found))


def shadows(engine: DuckDBPyConnection, number: int) -> frozenset[tuple[str, int]]:
    """Give the places of the lines of other sources that a slice has."""
    query = "SELECT file, line FROM claim JOIN shadow ON claim.rowid = line_id WHERE shadow.slice = $n"
    return frozenset(engine.execute(query, {"n": number}).fetchall())


def too_many(engine: DuckDBPyConnection, most: int) -> list[tuple[str, int, str, int]]:
    """Give the sources that have more than so many claims, and how many, at the place of the first."""
    return engine.execute(_TOO_MANY, {"most": most}).fetchall()


def owned(engine: DuckDBPyConnection, number: int) -> Owned:
    """Give what a slice owns, sorted by id."""
    found = engine.execute(_OWNED, {"n": number}).fetchall()
    unspoken, unshown = (frozenset(name for name, *flags in found if flags[place]) for place in (0, 1))
    return Owned(tuple(name for name, *_ in found), unspoken, unshown)


def seen(engine: DuckDBPyConnection, number: int) -> set[str]:
    """Give which of the things that a slice has are shown anywhere."""
    return set(duck.texts(engine, "SELECT id FROM needed SEMI JOIN shown USING (id) WHERE slice = $n", {"n": number}))


def sentences(place: Path, least: int) -> dict[str, list[tuple[int, str]]]:
    """Give by source the lengths and digests of passages that claims of several sources cite, of so many characters."""
    found: dict[str, list[tuple[int, str]]] = {}
    with opened(place, reading=True) as engine:
        for source, length, digest in duck.rows(engine.execute(_SENTENCES, {"least": least})):
            found.setdefault(source, []).append((length, digest))
    return found

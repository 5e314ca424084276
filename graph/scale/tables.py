"""The tables of an archive on disk, shared out into slices: some sources each, and what these need of the others.

A slice holds the lines of its sources and of all that they name, and besides, as `shadows`, each line of another source
that says the same, or what cannot hold beside it, or what the thing that is named is or is called. What is said of a
line of a slice is so what would be said of it in the whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.facts import archive as files
from graph.facts.table import SLICE
from graph.knowledge.portions import DESCRIBING
from graph.model.inputs import MENTIONS, PASSAGES
from graph.model.ontology import Ontology

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
_MEMORY = "1GB"
CSV = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '\\0', parallel = true"

_SHARED_OUT = """
CREATE TABLE told AS
SELECT source, (dense_rank() OVER (ORDER BY reached // {size}) - 1)::INTEGER AS slice FROM (
  SELECT source, sum(n) OVER (ORDER BY source) - n AS reached FROM (
    SELECT source, sum(n) AS n FROM (
      SELECT source, 1 AS n FROM all_claim UNION ALL SELECT source, 0 FROM all_mention
    ) GROUP BY source));

CREATE TABLE claim AS SELECT slice, coalesce(name, property) AS prop, c.* FROM all_claim c
  JOIN told USING (source) LEFT JOIN property ON alias = property ORDER BY slice, part, line;
CREATE TABLE mention AS SELECT slice, m.* FROM all_mention m JOIN told USING (source) ORDER BY slice, part, line;
CREATE TABLE passage AS SELECT coalesce(slice, 0) AS slice, p.* FROM all_passage p LEFT JOIN told USING (source)
  ORDER BY slice, part, line;
CREATE TABLE entity AS SELECT * FROM all_entity ORDER BY id, part, line;
CREATE TABLE source AS SELECT * FROM all_source ORDER BY id, part, line;
DROP TABLE all_claim; DROP TABLE all_mention; DROP TABLE all_passage; DROP TABLE all_entity; DROP TABLE all_source;

CREATE TABLE named AS SELECT DISTINCT slice, id FROM (
  SELECT slice, subject AS id FROM claim UNION ALL SELECT slice, object FROM claim
  UNION ALL SELECT slice, entity FROM mention UNION ALL SELECT slice, 'source/' || source FROM told);

CREATE TABLE shadow AS SELECT DISTINCT slice, line_id FROM (
  {said_alike}
  UNION ALL SELECT n.slice, c.rowid FROM named n JOIN claim c ON c.subject = n.id LEFT JOIN property p ON p.name = c.prop
    WHERE c.slice <> n.slice AND (p.describing OR starts_with(c.subject, 'source/'))
) AS found (slice, line_id);

CREATE TABLE needed AS SELECT DISTINCT slice, id FROM (
  SELECT slice, id FROM named
  UNION ALL SELECT s.slice, unnest([c.subject, c.object, 'source/' || c.source]) FROM shadow s JOIN claim c
    ON c.rowid = line_id
) SEMI JOIN (SELECT id FROM entity UNION ALL SELECT 'source/' || id FROM source) USING (id) ORDER BY slice, id;

CREATE TABLE owned AS SELECT id, min(slice) AS slice FROM needed SEMI JOIN entity USING (id) GROUP BY id ORDER BY slice, id;
INSERT INTO owned SELECT id, (SELECT coalesce(max(slice), -1) + 1 FROM told) + (row_number() OVER (ORDER BY id) - 1)
  // {size} FROM (SELECT DISTINCT id FROM entity ANTI JOIN needed USING (id));
INSERT INTO needed SELECT slice, id FROM owned ANTI JOIN needed USING (slice, id);

CREATE TABLE spoken AS SELECT subject AS id FROM claim UNION SELECT object FROM claim;
CREATE TABLE shown AS SELECT unnest([subject, object]) AS id FROM claim WHERE record <> '' UNION SELECT entity FROM mention;
"""
#: What two sources may say alike: the columns, and of which properties.
_ALIKE = (
    (("subject", "prop", "object"), "true"),
    (("subject", "prop"), "single"),
    (("prop", "object"), "sole"),
)


class Slice(NamedTuple):
    """Some sources, by id, and the number by which an archive's tables know them; without sources, what is named by none."""

    number: int
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.sources) or "entities"


def opened(place: Path, *, reading: bool = False) -> DuckDBPyConnection:
    """Open the tables at `place`, which take no more memory than a part of them would."""
    import duckdb

    config = {"memory_limit": _MEMORY, "temp_directory": str(place.with_suffix(".tmp"))}
    return duckdb.connect(str(place), read_only=reading, config=config | ({"threads": "1"} if reading else {}))


def share_out(place: Path, data: Path, ontology: Ontology, size: int) -> list[Slice]:
    """Read the tables of the folder `data` into `place`, and share them out into slices of some `size` claims each.

    Raises DataError where a file of a table cannot be read.
    """
    with opened(place) as engine:
        properties = [
            (alias, name, each.single, each.sole, name in DESCRIBING)
            for alias, name in ontology.property_names.items()
            for each in (ontology.properties[name],)
        ]
        engine.execute("CREATE TABLE property (alias VARCHAR, name VARCHAR, single BOOL, sole BOOL, describing BOOL)")
        engine.executemany("INSERT INTO property VALUES (?, ?, ?, ?, ?)", properties)
        for name, file in TABLES.items():
            _ingest(engine, name, data, file, place.with_suffix(".csv"))
        engine.execute(
            _SHARED_OUT.format(
                size=size, said_alike="\n  UNION ALL ".join(map(_said_alike, *zip(*_ALIKE, strict=True)))
            )
        )
        slices = engine.execute(
            "SELECT slice, list(source ORDER BY source) FILTER (source IS NOT NULL) FROM (SELECT slice FROM owned"
            " UNION SELECT slice FROM told) LEFT JOIN told USING (slice) GROUP BY slice ORDER BY slice"
        ).fetchall()
    return [Slice(number, tuple(sources or ())) for number, sources in slices]


def _said_alike(columns: Sequence[str], kinds: str) -> str:
    """Give the SQL of the lines that have some columns alike with a line of a slice that is not theirs."""
    using = ", ".join(columns)
    among = (
        f"claim SEMI JOIN (SELECT name AS prop FROM property WHERE {kinds}) USING (prop)"
        if kinds != "true"
        else "claim"
    )
    alike = f"SELECT {using} FROM {among} GROUP BY ALL HAVING count(DISTINCT slice) > 1"
    return (
        f"SELECT one.slice, other.rowid FROM (SELECT DISTINCT slice, {using} FROM claim SEMI JOIN ({alike}) USING ({using}))"
        f" AS one JOIN claim AS other USING ({using}) WHERE one.slice <> other.slice"
    )


def _ingest(engine: DuckDBPyConnection, name: str, data: Path, file: str, between: Path) -> None:
    with between.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(files.normalised(data, file))
    engine.execute(
        f"CREATE TABLE all_{name} AS SELECT * REPLACE (part::INTEGER AS part, line::BIGINT AS line) FROM read_csv(?, {CSV})",
        [str(between)],
    )
    between.unlink()


#: The lines of a slice: its own and the shadows, and of what they name.
OF_SLICE = {
    "claim": "SELECT * FROM claim WHERE slice = $n UNION ALL SELECT claim.* FROM claim JOIN shadow "
    "ON claim.rowid = line_id WHERE shadow.slice = $n",
    "entity": "SELECT * FROM entity SEMI JOIN (SELECT id FROM needed WHERE slice = $n) USING (id)",
    "source": "SELECT * FROM source WHERE 'source/' || id IN (SELECT id FROM needed WHERE slice = $n)",
    "mention": "SELECT * FROM mention WHERE slice = $n",
    "passage": "SELECT * FROM passage WHERE slice = $n",
}


def export(engine: DuckDBPyConnection, number: int, folder: Path, lines: Mapping[str, str] = OF_SLICE) -> None:
    """Write the tables of a slice into a folder."""
    for name, sql in lines.items():
        columns = [each for each, *_ in engine.execute(f"DESCRIBE {name}").fetchall() if each not in ("slice", "prop")]
        quoted = ", ".join(f'"{each}"' for each in columns)
        wanted = {"n": number} if "$n" in sql else {}
        found = engine.execute(f"SELECT {quoted} FROM ({sql}) ORDER BY part, line", wanted)
        with (folder / TABLES[name]).with_suffix(SLICE).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(columns)
            writer.writerows(_rows(found))


def _rows(found: DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    while some := found.fetchmany(4096):
        yield from some


def shadows(engine: DuckDBPyConnection, number: int) -> frozenset[tuple[str, int]]:
    """Give the places of the lines of other sources that a slice has."""
    sql = "SELECT file, line FROM claim JOIN shadow ON claim.rowid = line_id WHERE shadow.slice = $n"
    return frozenset(engine.execute(sql, {"n": number}).fetchall())


class Owned(NamedTuple):
    """The entities that a slice describes for all others; of some nothing is said, or nothing shows them, anywhere."""

    names: tuple[str, ...]
    unspoken: frozenset[str]
    unshown: frozenset[str]


def owned(engine: DuckDBPyConnection, number: int) -> Owned:
    """Give what a slice owns, sorted by id."""
    sql = "SELECT id, spoken.id IS NULL, shown.id IS NULL FROM owned LEFT JOIN spoken USING (id) LEFT JOIN shown USING (id) WHERE owned.slice = $n ORDER BY id"
    found = engine.execute(sql, {"n": number}).fetchall()
    unspoken, unshown = ({name for name, *flags in found if flags[place]} for place in (0, 1))
    return Owned(tuple(name for name, *_ in found), frozenset(unspoken), frozenset(unshown))


def sentences(place: Path, least: int) -> dict[str, list[tuple[int, str]]]:
    """Give by source the lengths and digests of passages that say claims of several sources, of so many characters."""
    sql = """
    WITH said AS (SELECT DISTINCT source, length::INTEGER AS length, sha256 FROM passage SEMI JOIN claim USING
      (source, start, "end") WHERE try_cast(length AS INTEGER) >= $least)
    SELECT source, length, sha256 FROM said SEMI JOIN (
      SELECT length, sha256 FROM said GROUP BY ALL HAVING count(*) > 1) USING (length, sha256) ORDER BY ALL
    """
    found: dict[str, list[tuple[int, str]]] = {}
    with opened(place, reading=True) as engine:
        for source, *digest in engine.execute(sql, {"least": least}).fetchall():
            found.setdefault(source, []).append(tuple(digest))
    return found


def seen(engine: DuckDBPyConnection, number: int) -> set[str]:
    """Give which of what a slice names is shown anywhere."""
    sql = "SELECT id FROM needed SEMI JOIN shown USING (id) WHERE needed.slice = $n"
    return {name for (name,) in engine.execute(sql, {"n": number}).fetchall()}

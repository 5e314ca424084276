"""What the shapes find in an archive: slice by slice what can be asked so, and over the facts of all what must be."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, Triple, serialize

from graph.errors import DataError, Problem, said, shown
from graph.knowledge import validate
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.portions import DESCRIBING, Beyond, Portion, Portions, judged
from graph.knowledge.triples import Asserted, Blocks, inferred
from graph.knowledge.verdict import Finding, Reach, findings, reach
from graph.model.inputs import SHAPES
from graph.model.iris import Iris
from graph.model.records import ASSERTED, Facts
from graph.model.vocabulary import expand
from graph.scale import inferring, tables
from graph.scale.frame import Frame
from graph.scale.inferring import Inferences
from graph.scale.slice import Archive, known, laid_out
from graph.scale.tables import Slice
from graph.store import parts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Inferences that are judged at once.
_INFERENCES = 5_000
_BEARING = """
CREATE TABLE premise AS SELECT id, each[11:] AS premise FROM (
  SELECT id, unnest(string_split(said, ' ')) AS each FROM ordered) WHERE starts_with(each, 'inference/');
CREATE TABLE whole AS SELECT need.slice, ordered.* FROM (
  WITH RECURSIVE need (slice, id) AS (
    SELECT {first} + place // {size}, id FROM ordered UNION SELECT slice, premise FROM need JOIN premise USING (id))
  SELECT * FROM need) AS need JOIN ordered USING (id) ORDER BY need.slice, place;
CREATE TABLE end_of AS SELECT DISTINCT slice, trim(name, '<>')[{base} + 1:] AS id FROM (
  SELECT slice, unnest([subject, object]) AS name FROM whole);

INSERT INTO shadow SELECT DISTINCT slice, line_id FROM (
  SELECT w.slice, c.rowid FROM whole w JOIN link l USING (subject, predicate, object)
    JOIN claim c ON c.part * 4294967296 + c.line = l.line WHERE l.asserted AND w.status NOT IN {strong}
  UNION ALL SELECT n.slice, c.rowid FROM end_of n JOIN claim c ON c.subject = n.id JOIN property p ON p.name = c.prop
    WHERE p.describing
) AS found (slice, line_id);
INSERT INTO needed SELECT DISTINCT slice, id FROM (
  SELECT slice, id FROM end_of
  UNION ALL SELECT s.slice, unnest([c.subject, c.object, 'source/' || c.source]) FROM shadow s JOIN claim c
    ON c.rowid = line_id WHERE s.slice >= {first}
) SEMI JOIN (SELECT id FROM entity UNION ALL SELECT 'source/' || id FROM source) USING (id) ORDER BY slice, id;

CREATE TABLE bearing AS SELECT found.slice, ordered.* FROM (
  SELECT l.slice, o.place FROM link l JOIN ordered o USING (subject, predicate, object) WHERE NOT l.asserted
  UNION SELECT n.slice, o.place FROM ordered o JOIN needed n ON trim(o.subject, '<>')[{base} + 1:] = n.id
    WHERE o.predicate IN {describing}
) AS found JOIN ordered USING (place) ORDER BY found.slice, place;
"""


class Question(NamedTuple):
    """What is asked of each slice: the shapes, by which rules its inferences came, and which properties are used."""

    shapes: Sequence[str]
    files: Sequence[Path]
    rules: Sequence[str]
    used: Collection[str]


def ask(
    db: DuckDBPyConnection, archive: Archive, iris: Iris, rules: Sequence[str], first: int
) -> tuple[Question, list[Slice]]:
    """Make the question, and slices of inferences, numbered from `first`; DataError where shapes ask of the whole."""
    files = [archive.ontology / SHAPES, *filter(Path.is_file, [archive.data / SHAPES])]
    shapes = [reach(each) for each in files]
    for path, each in zip(files, shapes, strict=True):
        if each.of_whole:
            message = said(
                "a shape here is asked of the whole dataset, which no memory holds: give it az:inParts or az:overFacts"
            )
            raise DataError([Problem(shown(path), 0, message)])
    names = tuple(str(expand(each)) for each in sorted(DESCRIBING))
    script = _BEARING.format(
        first=first, size=_INFERENCES, base=len(iris.base), strong=tuple(sorted(ASSERTED)), describing=names
    )
    inferring.run(db, script)
    used = {name for (name,) in db.execute("SELECT DISTINCT property FROM link").fetchall()}
    used |= {each.property for each in Inferences(db, rules, iris, "(SELECT DISTINCT ON (predicate) * FROM ordered)")}
    slices = db.execute("SELECT DISTINCT slice FROM whole ORDER BY slice").fetchall()
    return Question([each.in_parts for each in shapes if each.in_parts], files, rules, used), [
        Slice(number, ()) for (number,) in slices
    ]


def judge(archive: Archive, question: Question, one: Slice) -> list[Problem]:
    """Give what the shapes find in a slice, at its lines."""
    with tables.opened(archive.tables, reading=True) as db:
        facts = _facts(archive, db, one)
        model = known(archive.ontology, archive.data)
        asserted = Asserted(facts, model, archive.repeats)
        asserted.written = {source: partial(_part, archive, asserted.iris, source) for source in one.sources}
        own, others = (
            list(Inferences(db, question.rules, asserted.iris, name, one.number)) for name in ("whole", "bearing")
        )
        beyond = Beyond(question.used, tables.seen(db, one.number))
        owned = tables.owned(db, one.number).names
    inferences = tuple({each.id: each for each in (*own, *others)}.values())
    knowledge = Knowledge(asserted, inferences, whole=False)
    portions = Portions(knowledge, beyond)
    portion = portions.of_inferences(own) if own else portions.of_sources(one.sources, owned)
    return _problems(archive, question, knowledge, portion)


def _problems(archive: Archive, question: Question, knowledge: Knowledge, portion: Portion) -> list[Problem]:
    found = dict.fromkeys(chain.from_iterable(judged(each, archive.work, portion) for each in question.shapes))
    return placed(archive, question.files, knowledge, found)


def placed(archive: Archive, files: Sequence[Path], knowledge: Knowledge, found: Collection[Finding]) -> list[Problem]:
    """Give what was found at the lines of the data."""
    if not found:
        return []
    lines = validate.Lines(knowledge, archive.data, archive.ontology, map(validate.languages, files))
    return [problem for each in found for problem in lines.problems(each)]


def _facts(archive: Archive, db: DuckDBPyConnection, one: Slice) -> Facts:
    path = archive.file("facts", one.number)
    if path.exists():
        with path.open("rb") as stream:
            return pickle.load(stream)  # noqa: S301 - written by this program
    found, *_ = laid_out(archive, db, one.number, known(archive.ontology, archive.data))
    assert found.facts  # noqa: S101 - it was read before, in other slices
    return found.facts


def _part(archive: Archive, iris: Iris, source: str) -> Blocks[bytes]:
    path = parts.place(archive.work / "parts", iris.source(source).value)
    return Blocks(gzip.decompress(path.read_bytes()), b"", b"")


def over_facts(
    db: DuckDBPyConnection, archive: Archive, whole: Frame, rules: Sequence[str], question: Question
) -> list[Problem]:
    """Give what those shapes find that are asked of the facts of some properties, of whatever source."""
    asserted = Asserted(whole.facts, known(archive.ontology, archive.data), archive.repeats)
    found: list[Finding] = []
    for each in filter(lambda one: one.of_facts, map(reach, question.files)):
        path = archive.work / "facts.nt"
        with path.open("wb") as stream:
            stream.writelines(_told(db, each, asserted, rules))
        found += findings(each.of_facts, path)
    return placed(archive, question.files, Knowledge(asserted, (), whole=False), found)


def rest(archive: Archive, question: Question, whole: Frame, description: Sequence[Triple]) -> list[Problem]:
    """Give what the shapes find in the description of the archive."""
    asserted = Asserted(whole.facts, known(archive.ontology, archive.data), archive.repeats)
    knowledge = Knowledge(asserted, (), whole=False)
    return _problems(archive, question, knowledge, Portions(knowledge, Beyond(question.used, ())).rest(description))


def _told(db: DuckDBPyConnection, shapes: Reach, asserted: Asserted, rules: Sequence[str]) -> Iterator[bytes]:
    names = [str(each) for each in shapes.facts]
    sql = "SELECT DISTINCT subject, predicate, object FROM link WHERE asserted AND list_contains($names, predicate)"
    cursor = db.cursor().execute(sql, {"names": names})
    while some := cursor.fetchmany(4096):
        yield from (f"{' '.join(each)} .\n".encode() for each in some)
    listed = ", ".join(f"'{each}'" for each in names)
    found = Inferences(db, rules, asserted.iris, f"(SELECT * FROM ordered WHERE predicate IN ({listed}))")
    yield serialize(inferred(found, asserted.iris), format=RdfFormat.N_TRIPLES) or b""

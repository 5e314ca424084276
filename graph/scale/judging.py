"""What the shapes find in an archive: slice by slice what can be asked so, and over the facts of all what must be."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, Triple, serialize

from graph.errors import DataError, Problem, said, shown
from graph.knowledge import validate
from graph.knowledge.closure import Inferences
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.portions import DESCRIBING, Elsewhere, Portion, Portions, judged
from graph.knowledge.triples import Asserted, Blocks, inferred
from graph.knowledge.verdict import Finding, Reach, findings, reach
from graph.model.inputs import SHAPES
from graph.model.iris import Iris
from graph.model.records import ASSERTED, Facts
from graph.model.vocabulary import expand
from graph.scale import tables
from graph.scale.slices import Archive, known, laid_out
from graph.scale.tables import Slice
from graph.store import parts
from graph.system import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The lines on what is wrong among the facts of all.
_WRONG = {
    "claim": "SELECT * FROM claim WHERE subject IN (FROM wrong) OR object IN (FROM wrong)",
    "entity": "SELECT * FROM entity WHERE id IN (SELECT unnest([subject, object]) FROM claim "
    "WHERE subject IN (FROM wrong) OR object IN (FROM wrong))",
    "source": "SELECT * FROM source",
    "mention": "SELECT * FROM mention WHERE false",
    "passage": "SELECT * FROM passage WHERE false",
}
#: Inferences that are judged at once.
_INFERENCES = 5_000


class AskedShapes(NamedTuple):
    """What is asked of each slice: the shapes of some files; and what is to be known of the whole for that.

    `rules` are those that inferences name by their numbers, `used` the properties that are used anywhere.
    """

    files: Sequence[Path]
    shapes: Sequence[Reach]
    rules: Sequence[str]
    used: Collection[str]


def question(engine: DuckDBPyConnection, archive: Archive, iris: Iris, rules: Sequence[str]) -> AskedShapes:
    """Make the question; DataError where a shape asks of the whole, which no memory holds."""
    files = [archive.ontology / SHAPES, *filter(Path.is_file, [archive.data / SHAPES])]
    shapes = [reach(each) for each in files]
    if whole := [path for path, each in zip(files, shapes, strict=True) if each.of_whole]:
        message = said("a shape here is asked of the whole dataset: give it az:inParts or az:overFacts (docs/scale.md)")
        raise DataError([Problem(shown(path), 0, message) for path in whole])
    used = set(duck.texts(engine, "SELECT DISTINCT property FROM link"))
    one_each = "ordered WHERE place IN (SELECT min(place) FROM ordered GROUP BY predicate)"
    used |= {each.property for each in Inferences(engine, rules, iris, one_each)}
    return AskedShapes(files, shapes, rules, used)


def of_inferences(engine: DuckDBPyConnection, iris: Iris, first: int) -> list[Slice]:
    """Give slices of inferences, numbered from `first`, once what they and the others need has its tables."""
    names = tuple(str(expand(each)) for each in sorted(DESCRIBING))
    values = {"strong": tuple(sorted(ASSERTED)), "describing": names, "base": len(iris.base)}
    duck.run(engine, "graph.scale", "bearing", first=first, size=_INFERENCES, **values)
    numbers = engine.execute("SELECT DISTINCT slice FROM whole ORDER BY slice").fetchall()
    return [Slice(number, ()) for (number,) in numbers]


def judge(archive: Archive, asked: AskedShapes, one: Slice) -> list[Problem]:
    """Give what the shapes find in a slice, at its lines."""
    with tables.opened(archive.tables, reading=True) as engine:
        asserted = Asserted(_facts(archive, engine, one), known(archive.ontology, archive.data), archive.repeats)
        asserted.written = {source: partial(_part, archive, asserted.iris, source) for source in one.sources}
        own, others = (
            list(Inferences(engine, asked.rules, asserted.iris, f"{name} WHERE slice = $n", n=one.number))
            for name in ("whole", "bearing")
        )
        elsewhere = Elsewhere(asked.used, tables.seen(engine, one.number))
        owned = tables.owned(engine, one.number).names
    inferences = {each.id: each for each in (*own, *others)}
    knowledge = Knowledge(asserted, tuple(inferences.values()), whole=False)
    portions = Portions(knowledge, elsewhere)
    portion = portions.of_inferences(own) if own else portions.of_sources(one.sources, owned)
    return _problems(archive, asked, knowledge, portion)


def of_description(archive: Archive, asked: AskedShapes, facts: Facts, description: Sequence[Triple]) -> list[Problem]:
    """Give what the shapes find in the description of the archive."""
    asserted = Asserted(facts, known(archive.ontology, archive.data), archive.repeats)
    knowledge = Knowledge(asserted, (), whole=False)
    portion = Portions(knowledge, Elsewhere(asked.used, facts.entities)).rest(description)
    return _problems(archive, asked, knowledge, portion)


def over_facts(engine: DuckDBPyConnection, archive: Archive, asked: AskedShapes, iris: Iris) -> list[Problem]:
    """Give what those shapes find that are asked of the facts of some properties, of whatever source."""
    found: list[Finding] = []
    for each in (shapes for shapes in asked.shapes if shapes.of_facts):
        path = archive.work / "facts.nt"
        with path.open("wb") as stream:
            stream.writelines(_facts_of(engine, [str(name) for name in each.facts], asked.rules, iris))
        found += findings(each.of_facts, path)
    if not found:
        return []
    nodes = {node.strip("<>") for each in found for node in (each.focus_node, each.value) if node}
    engine.execute("CREATE TABLE wrong (id VARCHAR)")
    duck.insert(engine, "wrong", [(node.removeprefix(iris.base),) for node in sorted(nodes)])
    facts = laid_out(archive, engine, -1, _WRONG).facts
    assert facts  # noqa: S101 - its lines were read in slices
    asserted = Asserted(facts, known(archive.ontology, archive.data), archive.repeats)
    return _placed(archive, asked, Knowledge(asserted, (), whole=False), found)


def _facts_of(engine: DuckDBPyConnection, names: list[str], rules: Sequence[str], iris: Iris) -> Iterator[bytes]:
    query = "SELECT DISTINCT subject, predicate, object FROM link WHERE asserted AND list_contains($names, predicate)"
    for triple in duck.rows(engine.cursor().execute(query, {"names": names})):
        yield f"{' '.join(triple)} .\n".encode()
    found = Inferences(engine, rules, iris, "ordered WHERE list_contains($names, predicate)", names=names)
    yield serialize(inferred(found, iris), format=RdfFormat.N_TRIPLES) or b""


def _problems(archive: Archive, asked: AskedShapes, knowledge: Knowledge, portion: Portion) -> list[Problem]:
    shapes = (each.in_parts for each in asked.shapes if each.in_parts)
    found = chain.from_iterable(judged(each, archive.work, portion) for each in shapes)
    return _placed(archive, asked, knowledge, dict.fromkeys(found))


def _placed(archive: Archive, asked: AskedShapes, knowledge: Knowledge, found: Iterable[Finding]) -> list[Problem]:
    if not (several := list(found)):
        return []
    templates = map(validate.languages, asked.files)
    lines = validate.Lines(knowledge, archive.data, archive.ontology, templates)
    return [problem for each in several for problem in lines.problems(each)]


def _facts(archive: Archive, engine: DuckDBPyConnection, one: Slice) -> Facts:
    """Give the records of a slice: those that were kept of one that has sources or owns entities."""
    path = archive.file("facts", one.number)
    if path.exists():
        facts: Facts = pickle.loads(path.read_bytes())  # noqa: S301 - written by this program
        return facts
    found = laid_out(archive, engine, one.number).facts
    assert found  # noqa: S101 - its lines were read in other slices
    return found


def _part(archive: Archive, iris: Iris, source: str, block: str) -> Iterator[bytes]:
    """Give what a source asserts, all of it as the first of its blocks."""
    if block == Blocks._fields[0]:
        yield gzip.decompress(parts.place(archive.parts, iris.source(source).value).read_bytes())

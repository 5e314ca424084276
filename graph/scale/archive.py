"""An archive that no memory holds, written as parts: a compressed file of N-Quads for each named graph.

They are those of a build of the whole, byte for byte, but for the description, which names no files to download. What
is held at once is a slice of the archive for each worker; the rest stands in tables on disk.
"""

from __future__ import annotations

import gzip
import heapq
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, starmap
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode, Triple

from graph.errors import DataError, Problem, said, shown
from graph.facts import claims, curated
from graph.knowledge import corroboration, tally, validate, void
from graph.knowledge.closure import Closure, Inferences
from graph.knowledge.triples import Asserted, inferred, within
from graph.model import ontology as models
from graph.model.own import OwnQuestion, written
from graph.model.vocabulary import RDF, contract
from graph.scale import frame, judging, room, slices, tables
from graph.scale.engines import Engine
from graph.scale.slices import Archive, Read
from graph.scale.tables import Slice
from graph.store import own_questions, parts
from graph.system import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Claims that a slice has at least; they are held in some 100 MB.
_SIZE = 20_000
#: Claims that a source may have: what its slice holds grows by some 16 MB with each 1,000, to 2 GB.
_MOST = 100_000
_BEYOND = said("this rule says more than a join, so that it cannot be run on an archive in parts")
_FACTS = """
SELECT predicate, CASE predicate WHEN $kind THEN object END, count(*) FROM (
  SELECT DISTINCT subject, predicate, object FROM link WHERE asserted AND NOT described) GROUP BY ALL
"""


class Archived(NamedTuple):
    """How many triples each graph has, how many there are of what, and what may be wrong."""

    triples: dict[str, int]
    counts: dict[str, int]
    warnings: Sequence[Problem]
    folder: Path

    @property
    def lines(self) -> tuple[str, ...]:
        """What is told to who asked for it, and how stores load them."""
        whole = {"number": len(self.triples), "total": sum(self.triples.values())}
        return (
            said("{sources} sources, {entities} entities, {claims} claims, {inferences} inferences", **self.counts),
            said("{number} graphs, {total} triples in {folder}", **whole, folder=f"{shown(self.folder)}/"),
            *map(": ".join, parts.loaders(self.folder)),
        )


def build(
    data: Path,
    ontology: Path,
    folder: Path,
    engine: Engine[Any, Any],
    progress: Callable[[str], object] = lambda step: None,
    waiting: Callable[[], object] = lambda: None,
    size: int = _SIZE,
) -> Archived:
    """Write the parts of the archive in the folder `data` into `folder`, which changes only once all are written.

    Slices have some `size` claims, and at least a source; `waiting` is called once if another build fills `folder`.
    Raises DataError with the problems of the data, OutputError where `folder` cannot be written, DuckDB is not
    installed, or its tables have no room.
    """
    # Absolute, for the workers of a cluster have working directories of their own.
    with parts.taking(folder.absolute(), waiting) as work, tables.bounded():
        made = _Build(data.absolute(), ontology.absolute(), work, engine, progress).run(size)
    return made._replace(folder=folder)


class _Build:
    """One build; its tables are what its steps share."""

    def __init__(
        self, data: Path, ontology: Path, work: Path, engine: Engine[Any, Any], progress: Callable[[str], object]
    ) -> None:
        self._engine, self._progress = engine, progress
        self._model = models.load(ontology, data)
        self._info, self._sources = curated.about(data, self._model), dict(sorted(curated.sources(data).items()))
        self._own = own_questions.read(data)
        self._archive = Archive(work / "tables.duckdb", data, ontology, work, {}, claims.dated(self._sources.values()))
        self._triples: dict[str, int] = {}

    def run(self, size: int) -> Archived:
        """Read slices, infer, write what no source tells, and judge; DataError with the problems of a step."""
        several = self._share_out(size)
        told = self._each("reading", slices.read, several)
        _refuse(chain.from_iterable(one.problems for one in told))
        with tables.opened(self._archive.tables) as engine:
            work = self._archive.work
            closure = Closure(engine, self._model, work / "links-*", work / "classes-*")
            facts, problems, warnings = frame.read(engine, self._archive, self._info.focus)
            _refuse(problems)
            assert facts  # noqa: S101 - it has no problem
            whole = Asserted(facts, self._model, self._archive.repeats)
            counted = _counted(engine, whole, told, self._own)
            counts = {
                "sources": len(self._sources),
                "entities": counted.entities,
                "claims": sum(o.claims for o in told),
            }
            doubts = [*warnings, *validate.of_model(self._model, self._archive.data, self._info.languages)]
            doubts += validate.fewer(self._info, counts | _classes(counted), self._archive.data)
            self._progress("inferring")
            _refuse(Problem(shown(rule.path), 0, _BEYOND) for rule in self._model.rules if rule.name in closure.apart)
            closure.infer()
            asked = judging.question(engine, self._archive, whole.iris, closure.names)
            self._progress("writing what follows")
            inferences = Inferences(engine, closure.names, whole.iris)
            description = self._write_others(whole, counted, inferences, several)
            several += judging.of_inferences(engine, whole.iris, 1 + max((one.number for one in several), default=0))
            doubts += judging.over_facts(engine, self._archive, asked, whole.iris)
            counts["inferences"] = duck.number(engine, "SELECT count(*) FROM ordered")
        doubts += judging.of_description(self._archive, asked, facts, description)
        doubts += chain(*self._each("validating", judging.judge, several, asked), *(one.doubts for one in told))
        _refuse(each for each in doubts if each.level == "error")
        return Archived(self._triples, counts, sorted(set(doubts)), self._archive.parts)

    def _share_out(self, size: int) -> list[Slice]:
        self._progress("sharing out")
        archive = self._archive
        several = tables.share_out(archive.tables, archive.data, self._model, size)
        with tables.opened(archive.tables, reading=True) as engine:
            _refuse(starmap(_too_many, tables.too_many(engine, _MOST)))
            room.demand(archive.work, duck.number(engine, "SELECT count(*) FROM claim"), "--parts")
        found = tables.sentences(archive.tables, corroboration.SENTENCE)
        known = {name: each for name, each in found.items() if name in self._sources}
        self._archive = archive._replace(repeats=corroboration.alike(known, self._sources))
        return several

    def _each(self, what: str, work: Callable[..., Any], several: Sequence[Slice], *given: object) -> list[Any]:
        """Have some work done on each slice."""
        found = []
        for one in self._engine(partial(work, self._archive, *given), several):
            found.append(one)
            self._progress(f"{what} ({len(found):,} of {len(several):,})")
        if what == "reading":
            self._triples |= {graph: number for one in found for graph, number in one.triples.items()}
        return found

    def _write_others(
        self, whole: Asserted, counted: void.Counted, inferences: Inferences, several: Iterable[Slice]
    ) -> list[Triple]:
        """Write the graphs that no source tells, and give the description."""
        iris, sources = whole.iris, whole.facts.sources.values()
        described = void.describe(whole.facts, iris, counted, ()), void.questions(self._own, iris)
        description = [*chain(*described), *chain.from_iterable(map(whole.source, sources))]
        for name, triples in (
            ("description", description),
            ("inferred", inferred(inferences, iris)),
            ("ontology", (quad.triple for quad in self._model.quads(iris.dataset))),
        ):
            self._write(iris.graph(name).value, parts.lines(within(iris.graph(name), triples)))
        self._write(iris.graph("entities").value, _entities(self._archive, several))
        return description

    def _write(self, graph: str, lines: Iterator[bytes]) -> None:
        self._triples[graph] = parts.written(self._archive.parts, graph, lines)


def _refuse(problems: Iterable[Problem]) -> None:
    if found := set(problems):
        raise DataError(found)


def _too_many(file: str, line: int, source: str, number: int) -> Problem:
    message = said(
        "source {source} has {number} claims, and an archive in parts takes {most} of one source at most: make several "
        "sources of it, as by year or volume",
        source=source,
        number=number,
        most=_MOST,
    )
    return Problem(file, line, message)


def _counted(
    engine: DuckDBPyConnection, whole: Asserted, told: Iterable[Read], own: Sequence[OwnQuestion]
) -> void.Counted:
    """Count what the whole asserts: what each slice counted, the sources, and the facts of all, each once."""
    links: Counter[tuple[str, str]] = Counter()
    found = tally.empty()
    sources = chain.from_iterable(map(whole.source, whole.facts.sources.values()))
    found.add(chain(sources, void.questions(own, whole.iris)))
    for one in told:
        found.predicates.update(one.tally.predicates)
        found.classes.update(one.tally.classes)
        links.update(one.links)
    for predicate, object_, number in engine.execute(_FACTS, {"kind": str(RDF.type)}).fetchall():
        found.predicates[NamedNode(predicate.strip("<>"))] += number
        if object_:
            found.classes[NamedNode(object_.strip("<>"))] += number
    return void.Counted(*found, links, duck.number(engine, "SELECT count(DISTINCT id) FROM entity"))


def _classes(counted: void.Counted) -> dict[str, int]:
    return {written(contract(node)): number for node, number in counted.classes.items()}


def _entities(archive: Archive, several: Iterable[Slice]) -> Iterator[bytes]:
    """Give the lines of all entities in the order of their ids."""
    files = (archive.file("entities", one.number) for one in several)
    for _, lines in heapq.merge(*map(_pickled, filter(Path.exists, files)), key=itemgetter(0)):
        yield from lines.splitlines(keepends=True)


def _pickled(path: Path) -> Iterator[tuple[str, bytes]]:
    with gzip.open(path) as stream:
        while True:
            try:
                yield pickle.load(stream)  # noqa: S301 - written by this program
            except EOFError:
                return

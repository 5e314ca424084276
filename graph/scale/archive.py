"""An archive that no memory holds, written as parts: a compressed file of N-Quads for each named graph.

They are those of a build of the whole, byte for byte, but for the description, which names no files to download. What
is held at once is a slice of the archive for each worker, and the columns that a join needs.
"""

from __future__ import annotations

import gzip
import heapq
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.errors import DataError, Problem
from graph.facts import curated
from graph.knowledge import corroboration, void
from graph.knowledge.triples import Asserted, inferred, within
from graph.model import ontology as models
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.scale import inferring, slice, tables
from graph.scale.engines import Engine
from graph.scale.slice import Archive, Read
from graph.scale.tables import Slice
from graph.store import own_questions, parts

#: Claims that are read at once, and held in some 100 MB.
_SIZE = 20_000
_SOME = 1 << 16


class Made(NamedTuple):
    graphs: dict[str, int]
    warnings: tuple[Problem, ...]


def write(data: Path, ontology: Path, work: Path, engine: Engine[Any, Any], progress: Callable[[str], object], size: int = _SIZE) -> Made:
    model = models.load(ontology, data)
    progress("sharing out")
    info, sources = curated.about(data, model), dict(sorted(curated.sources(data).items()))
    place = work / "tables.duckdb"
    slices = tables.share_out(place, data, model, size, filter(None, [info.focus]))
    repeats = corroboration.alike(tables.sentences(place, corroboration.SENTENCE), sources)
    (work / "parts").mkdir()
    archive = Archive(place, data, ontology, work, repeats)
    progress("reading and writing the sources")
    told = list(engine(partial(slice.read, archive), slices))
    if problems := {each for one in told for each in one.problems}:
        raise DataError(problems, {each for one in told for each in one.warnings})
    graphs = {graph: number for one in told for graph, number in one.triples.items()}
    progress("inferring")
    facts = Facts(info, sources, {}, ())
    asserted = Asserted(facts, model, repeats)
    with tables.opened(place) as db:
        inferring.begin(db, str(work / "links-*"), str(work / "classes-*"))
        rules = inferring.infer(db, model)
        progress("writing")
        graph = asserted.iris.graph("inferred")
        found = inferring.Inferences(db, rules, asserted.iris)
        graphs[graph.value] = _write(archive, within(graph, inferred(found, asserted.iris)))
    graph = asserted.iris.graph("ontology")
    graphs[graph.value] = _write(archive, model.quads(graph))
    entities = asserted.iris.graph("entities")
    graphs[entities.value] = parts.written(work / "parts", entities.value, _entities(archive, slices))
    return Made(graphs, tuple(sorted({each for one in told for each in one.warnings})))


def _write(archive: Archive, quads: Iterator[Quad]) -> int:
    """Write the part of a graph, whose quads are not held."""
    first = next(quads)
    pieces = _lines(chain([first], quads))
    return parts.written(archive.work / "parts", first.graph_name.value, pieces)


def _lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    quads = iter(quads)
    while some := list(islice(quads, _SOME)):
        yield from (serialize(some, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def _entities(archive: Archive, slices: Iterable[Slice]) -> Iterator[bytes]:
    """Give the lines of all entities in the order of their ids."""
    files = [archive.file("entities", one.number) for one in slices]
    for _, lines in heapq.merge(*map(_pickled, filter(Path.exists, files)), key=itemgetter(0)):
        yield from lines.splitlines(keepends=True)


def _pickled(path: Path) -> Iterator[tuple[str, bytes]]:
    with gzip.open(path) as stream:
        while True:
            try:
                yield pickle.load(stream)  # noqa: S301 - written by this program
            except EOFError:
                return

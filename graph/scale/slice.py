"""A slice of an archive read, and what its sources assert written: a pure function, whoever calls it.

It is read as a dataset is, from a folder of its own lines and shadows.
"""

from __future__ import annotations

import csv
import gzip
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import Problem, shown
from graph.facts import curated
from graph.knowledge import void
from graph.knowledge.triples import Asserted, within
from graph.model import ontology as models
from graph.model.inputs import TABLES as SMALL
from graph.model.inputs import DECISIONS, MOVED, files
from graph.model.ontology import Ontology
from graph.model.records import Claim, Entity, Facts
from graph.scale import tables
from graph.scale.tables import Slice
from graph.store import parts
from graph.system.scratch import scratch

class Archive(NamedTuple):
    """Where an archive's tables stand, what they mean, and where what is made of them goes.

    `repeats` is whose text each source has.
    """

    tables: Path
    data: Path
    ontology: Path
    work: Path
    repeats: Mapping[str, str]

    def file(self, kind: str, number: int) -> Path:
        """Give the place of what is kept of a slice."""
        return self.work / f"{kind}-{number}"


class Read(NamedTuple):
    """What was found in a slice; its triples are those of claims, mentions and of the entities that it owns."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    predicates: Counter[NamedNode] = Counter()
    classes: Counter[NamedNode] = Counter()
    links: Counter[tuple[str, str]] = Counter()
    claims: int = 0
    triples: Mapping[str, int] = {}


def read(archive: Archive, one: Slice) -> Read:
    """Read a slice and write what its sources assert, unless something is wrong with it."""
    model = _model(archive.ontology, archive.data)
    with scratch(archive.work) as folder, tables.opened(archive.tables, reading=True) as engine:
        tables.export(engine, one.number, folder)
        shadows = tables.shadows(engine, one.number)
        owned = tables.owned(engine, one.number)
        for name in (SMALL[0], "sources.csv", DECISIONS, MOVED):
            for each in files(archive.data, name):
                (folder / each).symlink_to((archive.data / each).resolve())
        found = curated.read(folder, model, whole=False)
        problems = _placed(found.problems, folder, archive.data, shadows)
        warnings = _placed(found.warnings, folder, archive.data, shadows)
    if problems or found.facts is None:
        return Read(problems, warnings)
    with archive.file("facts", one.number).open("wb") as stream:
        pickle.dump(found.facts, stream, pickle.HIGHEST_PROTOCOL)
    asserted = Asserted(found.facts, model, archive.repeats)
    own = [claim for source in one.sources for claim in asserted.by_source[source]]
    _write_rows(archive.file("links", one.number), (_link(each, asserted) for each in own))
    classes = (asserted.classes(found.facts.entities[name]) for name in owned if name in found.facts.entities)
    _write_rows(archive.file("classes", one.number), (tuple(map(str, each)) for each in chain.from_iterable(classes)))
    told = Read(problems, warnings, Counter(), Counter(), void.links(own), len(own), dict(_written(archive, one, asserted)))
    _count(told, chain.from_iterable(map(asserted.entity, _entities(archive, one, asserted, owned))))
    for source in one.sources:
        _count(told, chain(*asserted.blocks(source)[1:]))
    return told


@lru_cache(maxsize=1)
def _model(ontology: Path, data: Path) -> Ontology:
    return models.load(ontology, data)


def _placed(
    problems: Iterable[Problem], folder: Path, data: Path, shadows: frozenset[tuple[str, int]]
) -> tuple[Problem, ...]:
    """Name the files that problems are of, and leave those of other slices' lines to these."""
    here, there = shown(folder), shown(data)
    moved = (each._replace(file=each.file.replace(here, there).replace(tables.SLICE, ".csv")) for each in problems)
    return tuple(each for each in moved if (each.file, each.line) not in shadows)


def _written(archive: Archive, one: Slice, asserted: Asserted) -> Iterator[tuple[str, int]]:
    for source in one.sources:
        graph = asserted.iris.source(source)
        quads = within(graph, chain.from_iterable(asserted.blocks(source)))
        yield graph.value, parts.written(archive.work / "parts", graph.value, _lines(quads))


def _lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    return iter((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def _entities(archive: Archive, one: Slice, asserted: Asserted, owned: Iterable[str]) -> Iterator[Entity]:
    """Give the entities that a slice owns, and write what they are called, in the order of their ids."""
    graph = asserted.iris.graph("entities")
    with gzip.open(archive.file("entities", one.number), "wb", 1) as stream:
        for name in sorted(owned):
            if entity := asserted.facts.entities.get(name):
                pickle.dump((name, serialize(within(graph, asserted.entity(entity)), format=RdfFormat.N_QUADS)), stream)
                yield entity


def _count(told: Read, triples: Iterable[Triple]) -> None:
    predicates, classes = void.types(triples)
    told.predicates.update(predicates)
    told.classes.update(classes)


def _write_rows(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def _link(claim: Claim, asserted: Asserted) -> Sequence[object]:
    """Give the columns of `graph.scale.inferring.LINK`."""
    fact = asserted.fact(claim)
    described = claim.asserted and fact in _description(claim.subject, asserted)
    flags = (bool(claim.datatype), claim.property, claim.asserted, described)
    return (int(claim.line), *map(str, fact), claim.id, claim.standing, *flags)


def _description(name: str, asserted: Asserted) -> frozenset[Triple]:
    """Give what is said of a thing whatever claims say."""
    facts: Facts = asserted.facts
    if name in facts.entities:
        return frozenset(asserted.entity(facts.entities[name]))
    return frozenset(asserted.source(facts.sources[name.removeprefix("source/")]))

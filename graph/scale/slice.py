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
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import Problem, shown
from graph.facts import curated, naming
from graph.knowledge import validate, void
from graph.knowledge.triples import Asserted, within
from graph.model import ontology as models
from graph.model.inputs import OUTLINE, TOURS
from graph.model.ontology import Ontology
from graph.model.records import Claim, Entity, Facts
from graph.scale import tables
from graph.scale.tables import Owned, Slice
from graph.store import parts
from graph.system.scratch import scratch

#: The files of a dataset that a slice has its own of, or that only pages show.
_ELSEWHERE = {Path(name).stem for name in (*tables.TABLES.values(), OUTLINE, TOURS)}

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Archive(NamedTuple):
    """Where an archive's tables stand, what they mean, and where what is made of them goes.

    `repeats` is whose text each source has, `at` the day as of which is asserted.
    """

    tables: Path
    data: Path
    ontology: Path
    work: Path
    repeats: Mapping[str, str]
    at: str

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
    model = known(archive.ontology, archive.data)
    with tables.opened(archive.tables, reading=True) as engine:
        found, problems, warnings = laid_out(archive, engine, one.number, model)
        owned = tables.owned(engine, one.number)
    if problems or found.facts is None:
        return Read(problems, warnings)
    with archive.file("facts", one.number).open("wb") as stream:
        pickle.dump(found.facts, stream, pickle.HIGHEST_PROTOCOL)
    asserted = Asserted(found.facts, model, archive.repeats)
    own = [claim for source in one.sources for claim in asserted.by_source[source]]
    _write_rows(archive.file("links", one.number), (_link(one.number, each, asserted) for each in own))
    entities = [found.facts.entities[name] for name in owned.names if name in found.facts.entities]
    forms = ((*form, each.id) for each in entities for form in naming.forms(each))
    _write_rows(archive.file("forms", one.number), forms)
    classes = map(asserted.classes, entities)
    _write_rows(archive.file("classes", one.number), (tuple(map(str, each)) for each in chain.from_iterable(classes)))
    problems, warnings = _with_bare(found.facts, owned, archive.data, problems, warnings)
    told = Read(
        problems, warnings, Counter(), Counter(), void.links(own), len(own), dict(_written(archive, one, asserted))
    )
    _count(told, chain.from_iterable(map(asserted.entity, _entities(archive, one, asserted, owned.names))))
    for source in one.sources:
        _count(told, chain(*asserted.blocks(source)[1:]))
    return told


def laid_out(
    archive: Archive, engine: DuckDBPyConnection, number: int, model: Ontology, lines: Mapping[str, str] | None = None
) -> tuple[curated.Curated, tuple[Problem, ...], tuple[Problem, ...]]:
    """Read a slice from a folder of its own, and give what is wrong with its own lines and what may be.

    With `lines`, the SQL of each table, these are read as if there were no others.
    """
    with scratch(archive.work) as folder:
        tables.export(engine, number, folder, lines or tables.OF_SLICE)
        for each in filter(Path.is_file, archive.data.iterdir()):
            if each.stem not in _ELSEWHERE:
                (folder / each.name).symlink_to(each.resolve())
        found = curated.read(folder, model, archive.at, whole=bool(lines))
        shadows = tables.shadows(engine, number)
        told = [_placed(each, folder, archive.data, shadows) for each in (found.problems, found.warnings)]
    return found, told[0], told[1]


@lru_cache(maxsize=1)
def known(ontology: Path, data: Path) -> Ontology:
    """Give the model of an archive, which a worker reads once."""
    return models.load(ontology, data)


def _placed(
    problems: Iterable[Problem], folder: Path, data: Path, shadows: frozenset[tuple[str, int]]
) -> tuple[Problem, ...]:
    """Name the files that problems are of, and leave those of other slices' lines to these."""
    here, there = shown(folder), shown(data)
    moved = (each._replace(file=each.file.replace(here, there).replace(tables.SLICE, ".csv")) for each in problems)
    return tuple(each for each in moved if (each.file, each.line) not in shadows)


def _with_bare(
    facts: Facts, owned: Owned, data: Path, problems: tuple[Problem, ...], warnings: tuple[Problem, ...]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Add what is wrong with entities that nothing is said of, or that nothing shows."""
    entities = [facts.entities[name] for name in owned.names if name in facts.entities]
    found = [each for _, each in validate.bare(entities, owned.unspoken, owned.unshown, data)]
    return (
        (*problems, *(each for each in found if each.level == "error")),
        (*warnings, *(each for each in found if each.level != "error")),
    )


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
        for name in owned:
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


def _link(number: int, claim: Claim, asserted: Asserted) -> Sequence[object]:
    """Give the columns of `graph.scale.inferring.LINK`."""
    fact = asserted.fact(claim)
    described = claim.asserted and fact in _description(claim.subject, asserted)
    flags = (bool(claim.datatype), claim.property, claim.asserted, described)
    return (number, int(claim.line), *map(str, fact), claim.id, claim.standing, *flags)


def _description(name: str, asserted: Asserted) -> frozenset[Triple]:
    """Give what is said of a thing whatever claims say."""
    facts: Facts = asserted.facts
    if name in facts.entities:
        return frozenset(asserted.entity(facts.entities[name]))
    return frozenset(asserted.source(facts.sources[name.removeprefix("source/")]))

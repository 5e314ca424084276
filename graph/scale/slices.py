"""A slice of an archive read, and what its sources assert written: a pure function, whoever calls it.

It is read as a dataset is, from a folder of its own lines and shadows.
"""

from __future__ import annotations

import gzip
import pickle
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, serialize

from graph.errors import Problem, shown
from graph.facts import curated, naming
from graph.facts.table import SLICE
from graph.knowledge import closure, tally, validate, void
from graph.knowledge.tally import Tally
from graph.knowledge.triples import Asserted, within
from graph.model import ontology as models
from graph.model.inputs import COASTLINE, TOURS, place
from graph.model.ontology import Ontology
from graph.model.records import Claim, Entity, Facts
from graph.scale import tables
from graph.scale.tables import OF_SLICE, Slice
from graph.store import parts
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The files of a dataset that a slice has its own of, or that only pages show.
_ELSEWHERE = {Path(name).stem for name in (*tables.TABLES.values(), COASTLINE, TOURS)}


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

    @property
    def parts(self) -> Path:
        """The folder of the parts."""
        return self.work / "parts"

    def file(self, kind: str, number: int) -> Path:
        """Give the place of what is kept of a slice."""
        return self.work / f"{kind}-{number}"


@dataclass(frozen=True, slots=True)
class Read:
    """What a slice holds: how many triples its sources assert, by graph, and how many claims they have.

    The `tally` is that of its claims and mentions, and of the entities that it owns.
    """

    problems: Sequence[Problem]
    doubts: Sequence[Problem]
    claims: int = 0
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    triples: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=tally.empty)


class LaidOut(NamedTuple):
    """A slice as it was read; problems are those of its own lines."""

    facts: Facts | None
    problems: Sequence[Problem]
    warnings: Sequence[Problem]


def read(archive: Archive, one: Slice) -> Read:
    """Read a slice and write what its sources assert, unless something is wrong with its lines."""
    with tables.opened(archive.tables, reading=True) as engine:
        facts, problems, warnings = laid_out(archive, engine, one.number)
        owned = tables.owned(engine, one.number)
    if problems or facts is None:
        return Read(problems, warnings)
    with archive.file("facts", one.number).open("wb") as stream:
        pickle.dump(facts, stream, pickle.HIGHEST_PROTOCOL)
    asserted = Asserted(facts, known(archive.ontology, archive.data), archive.repeats)
    claims = [claim for source in one.sources for claim in asserted.by_source[source]]
    entities = [facts.entities[name] for name in owned.names if name in facts.entities]
    bare = [each for _, each in validate.bare(entities, owned.unspoken, owned.unshown, archive.data)]
    _write_columns(archive, one.number, claims, entities, asserted)
    _write_entities(archive.file("entities", one.number), entities, asserted)
    told = Read((), [*warnings, *bare], len(claims), void.links(claims), dict(_written(archive, one, asserted)))
    told.tally.add(chain.from_iterable(map(asserted.entity, entities)))
    for source in one.sources:
        told.tally.add(chain(*asserted.blocks(source)[1:]))
    return told


def laid_out(
    archive: Archive,
    engine: DuckDBPyConnection,
    number: int,
    lines: Mapping[str, str] = OF_SLICE,
    *,
    whole: bool = False,
) -> LaidOut:
    """Read a slice, or some `lines`, from a folder of its own; as if there were nothing beyond it, if `whole`."""
    with scratch(archive.work) as folder:
        tables.export(engine, number, folder, lines)
        for each in filter(Path.is_file, archive.data.iterdir()):
            if each.stem not in _ELSEWHERE:
                (folder / each.name).symlink_to(each.resolve())
        found = curated.read(folder, known(archive.ontology, archive.data), archive.at, whole=whole)
        shadows = tables.shadows(engine, number)
        told = [_placed(each, folder, archive.data, shadows) for each in (found.problems, found.warnings)]
    return LaidOut(found.facts, *told)


@lru_cache(maxsize=1)
def known(ontology: Path, data: Path) -> Ontology:
    """Give the model of an archive, which a worker reads once."""
    return models.load(ontology, data)


def _placed(
    problems: Iterable[Problem], folder: Path, data: Path, shadows: frozenset[tuple[str, int]]
) -> list[Problem]:
    """Name the files that problems are of, and leave those of other slices' lines to these."""
    names = tables.TABLES.values()
    files = {shown((folder / name).with_suffix(SLICE)): shown(Path(place(data, name))) for name in names}
    here, there = f"{shown(folder)}/", f"{shown(data)}/"
    told = [each._replace(file=files.get(each.file, each.file.replace(here, there))) for each in problems]
    return [each for each in told if (each.file, each.line) not in shadows]


def _written(archive: Archive, one: Slice, asserted: Asserted) -> Iterator[tuple[str, int]]:
    for source in one.sources:
        graph = asserted.iris.source(source)
        triples = chain.from_iterable(asserted.blocks(source))
        yield graph.value, parts.written(archive.parts, graph.value, parts.lines(within(graph, triples)))


def _write_entities(path: Path, entities: Iterable[Entity], asserted: Asserted) -> None:
    """Write how entities are described, each with its id, in the order of these."""
    graph = asserted.iris.graph("entities")
    with gzip.open(path, "wb", 1) as stream:
        for entity in entities:
            quads = serialize(within(graph, asserted.entity(entity)), format=RdfFormat.N_QUADS)
            pickle.dump((entity.id, quads), stream)


def _write_columns(
    archive: Archive, number: int, claims: Iterable[Claim], entities: Collection[Entity], asserted: Asserted
) -> None:
    """Write what rules join: the links that claims tell, classes of entities, and the forms of their names."""
    forms = ((*form, each.id) for each in entities for form in naming.forms(each))
    closure.write(archive.file("links", number), (closure.link(number, each, asserted) for each in claims))
    closure.write(archive.file("classes", number), closure.given(entities, asserted))
    closure.write(archive.file("forms", number), forms)

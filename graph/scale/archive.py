"""An archive that no memory holds, written as parts: a compressed file of N-Quads for each named graph.

They are those of a build of the whole, byte for byte, but for the description, which names no files to download. What
is held at once is a slice of the archive for each worker, and the columns that a join needs.
"""

from __future__ import annotations

import gzip
import heapq
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import DataError, Problem
from graph.facts import claims, curated
from graph.knowledge import corroboration, validate, void
from graph.knowledge.triples import Asserted, inferred, within
from graph.model import ontology as models
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.own import OwnQuestion, written
from graph.model.records import Info
from graph.model.vocabulary import RDF, contract
from graph.scale import frame, inferring, judging, slice, tables
from graph.scale.engines import Engine
from graph.scale.frame import Frame
from graph.scale.inferring import Inferences
from graph.scale.slice import Archive, Read
from graph.scale.tables import Slice
from graph.store import own_questions, parts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Claims that are read at once, and held in some 100 MB.
_SIZE = 20_000
_SOME = 1 << 16
_FACTS = f"""
SELECT predicate, CASE predicate WHEN '{RDF.type}' THEN object END, count(*) FROM (
  SELECT DISTINCT subject, predicate, object FROM link WHERE asserted AND NOT described) GROUP BY ALL
"""


class Made(NamedTuple):
    """How many triples each graph has, and what may be wrong."""

    graphs: dict[str, int]
    warnings: tuple[Problem, ...]


def write(
    data: Path,
    ontology: Path,
    work: Path,
    engine: Engine[Any, Any],
    progress: Callable[[str], object],
    size: int = _SIZE,
) -> Made:
    """Write the parts of an archive into the folder `parts` of `work`, an empty folder, which is left for its owner.

    Raises DataError with every problem of the data.
    """
    progress("reading")
    model = models.load(ontology, data)
    info, sources = curated.about(data, model), dict(sorted(curated.sources(data).items()))
    own = own_questions.read(data)
    place = work / "tables.duckdb"
    slices = tables.share_out(place, data, model, size)
    repeats = corroboration.alike(tables.sentences(place, corroboration.SENTENCE), sources)
    (work / "parts").mkdir()
    archive = Archive(place, data, ontology, work, repeats, claims.dated(sources.values()))
    progress("writing the sources")
    told = list(engine(partial(slice.read, archive), slices))
    _refuse(each for one in told for each in one.problems)
    graphs = {graph: number for one in told for graph, number in one.triples.items()}
    iris = Iris(info.base)
    with tables.opened(place) as db:
        inferring.begin(db, str(work / "links-*"), str(work / "classes-*"))
        whole = frame.read(db, archive, info.focus)
        counted = _counted(db, told, whole, model, own, repeats)
        _refuse((*whole.problems, *validate.of_model(model, data, info.languages), *_fewer(info, counted, told, data)))
        progress("inferring")
        rules = inferring.infer(db, model)
        question, inferences = judging.ask(db, archive, iris, rules, 1 + max((one.number for one in slices), default=0))
        progress("writing what follows")
        description = _description(whole, counted, own, model, repeats)
        for name, triples in (
            ("description", description),
            ("inferred", inferred(Inferences(db, rules, iris), iris)),
            ("ontology", (quad.triple for quad in model.quads(iris.dataset))),
        ):
            graph = iris.graph(name)
            graphs[graph.value] = parts.written(work / "parts", graph.value, _lines(within(graph, triples)))
        over = judging.over_facts(db, archive, whole, rules, question)
        rest = judging.rest(archive, question, whole, description)
    graph = iris.graph("entities")
    graphs[graph.value] = parts.written(work / "parts", graph.value, _entities(archive, slices))
    progress("validating")
    found = engine(partial(judging.judge, archive, question), [*slices, *inferences])
    doubts = (*whole.warnings, *over, *rest, *chain.from_iterable(found))
    _refuse(each for each in doubts if each.level == "error")
    return Made(graphs, tuple(sorted({*doubts, *(each for one in told for each in one.warnings)})))


def _refuse(problems: Iterable[Problem]) -> None:
    if found := set(problems):
        raise DataError(found)


def _counted(
    db: DuckDBPyConnection, told: Iterable[Read], whole: Frame, model: Ontology, own: Sequence[OwnQuestion], repeats: Mapping[str, str]
) -> void.Counted:
    """Count what the whole asserts: what each slice counted, the facts of all, each once, and the sources."""
    asserted = Asserted(whole.facts, model, repeats)
    sources = chain.from_iterable(map(asserted.source, whole.facts.sources.values()))
    predicates, classes = void.types(chain(sources, void.questions(own, asserted.iris)))
    links: Counter[tuple[str, str]] = Counter()
    for one in told:
        predicates.update(one.predicates)
        classes.update(one.classes)
        links.update(one.links)
    for predicate, object_, number in db.execute(_FACTS).fetchall():
        predicates[NamedNode(predicate.strip("<>"))] += number
        if object_:
            classes[NamedNode(object_.strip("<>"))] += number
    return void.Counted(
        predicates, classes, links, inferring.number(db.execute("SELECT count(DISTINCT id) FROM entity"))
    )


def _fewer(info: Info, counted: void.Counted, told: Iterable[Read], data: Path) -> Iterator[Problem]:
    counts = {written(contract(node)): number for node, number in counted.classes.items()}
    counts |= {"entities": counted.entities, "claims": sum(one.claims for one in told)}
    return validate.fewer(info, counts, data)


def _description(
    whole: Frame, counted: void.Counted, own: Sequence[OwnQuestion], model: Ontology, repeats: Mapping[str, str]
) -> list[Triple]:
    asserted = Asserted(whole.facts, model, repeats)
    described = void.describe(whole.facts, asserted.iris, counted, ())
    sources = chain.from_iterable(map(asserted.source, whole.facts.sources.values()))
    return [*described, *void.questions(own, asserted.iris), *sources]


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

"""One query answered inside a worker process: text in, whole serialised answer out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import QueryError
from graph.guard.jobs import Job, Kind, Reply
from graph.model.serialisation import GRAPHS, SOLUTIONS, Unwritable, mended
from graph.model.vocabulary import PREFIXES
from graph.store.answer import GRAPH, TABLE, TRUTH, Answer, solutions, triples
from graph.store.embedded import Embedded

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


class _Full(Exception):
    """The answer grew past its bound."""


class _Bounded(io.BytesIO):
    """A binary file in memory that holds at most `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Buffer) -> int:
        if self.tell() + len(memoryview(data)) > self.limit:
            raise _Full
        return super().write(data)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Answers jobs from one store, at most `rows` rows and `size` bytes each."""

    store: Embedded
    rows: int
    size: int

    def answer(self, job: Job) -> Reply:
        """Answer `job`; what is wrong with the query itself comes back as a refusal, not as an exception."""
        try:
            return self._answer(job)
        except QueryError as fault:
            return _refusal(Kind.BAD, str(fault))
        except _Full:
            return _refusal(Kind.TOO_LARGE, f"the answer is larger than {self.size:,} bytes: add a LIMIT")
        except Unwritable as fault:
            return _refusal(Kind.UNACCEPTABLE, str(fault))
        except (RuntimeError, OSError, ValueError) as fault:
            return _refusal(Kind.BAD, _plain(str(fault)))

    def _answer(self, job: Job) -> Reply:
        answer = self._ask(job)
        if answer.kind == GRAPH:
            if job.graph is None:
                return _refusal(Kind.UNACCEPTABLE, "the answer is a graph, which Accept excludes")
            return self._graph(answer, job.graph)
        if job.results is None:
            return _refusal(Kind.UNACCEPTABLE, "the answer is a table or a truth value, which Accept excludes")
        if answer.kind == TRUTH:
            return Reply(Kind.BOOLEAN, False, _written(answer, job.results, self.size))
        return self._solutions(job, answer, job.results)

    def _ask(self, job: Job) -> Answer:
        bound = {name: ox.NamedNode(iri) for name, iri in job.bindings.items()}
        return self.store.query(
            job.query, substitutions=bound or None, default=job.default or None, named=job.named or None
        )

    def _solutions(self, job: Job, answer: Answer, form: str) -> Reply:
        """Serialise in the engine; an answer of fewer bytes than the row limit cannot hold more rows than it."""
        try:
            return Reply(Kind.SOLUTIONS, False, _written(answer, form, self.rows))
        except _Full:
            rows = iter(self._ask(job).rows)
        kept = Answer(TABLE, answer.columns, list(islice(rows, self.rows)))
        cut = next(rows, None) is not None
        return Reply(Kind.SOLUTIONS, cut, _written(kept, form, self.size))

    def _graph(self, answer: Answer, form: str) -> Reply:
        found = triples(answer)
        kept = sorted(set(islice(found, self.rows)), key=str)
        cut = next(found, None) is not None
        output = _Bounded(self.size)
        ox.serialize(kept, output, format=GRAPHS[form], prefixes=_used(kept))
        return Reply(Kind.GRAPH, cut, mended(form, output.getvalue()), empty=not kept)


def _written(answer: Answer, form: str, size: int) -> bytes:
    """Write a table or a truth value; _Full if the engine writes more bytes than `size`."""
    output = _Bounded(size)
    solutions(answer).serialize(output, format=SOLUTIONS[form])
    return mended(form, output.getvalue())


def _used(found: Iterable[ox.Triple]) -> dict[str, str]:
    """Give the prefixes that these triples use, of the vocabularies only (as the exports do)."""
    iris = {term.value for triple in found for term in triple if isinstance(term, ox.NamedNode)}
    iris |= {triple.object.datatype.value for triple in found if isinstance(triple.object, ox.Literal)}
    return {name: start for name, start in PREFIXES.items() if any(iri.startswith(start) for iri in iris)}


def _refusal(kind: Kind, message: str) -> Reply:
    return Reply(kind, False, message.encode("utf-8", "replace"))


def _plain(message: str) -> str:
    """Keep the first line of an engine's message, bounded: the rest is of its implementation."""
    return message.partition("\n")[0][:500]

"""One query answered inside a worker process: text in, whole serialised answer out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import QueryError
from graph.guard.jobs import Answer, Job, Kind
from graph.model.serialisation import GRAPHS, SOLUTIONS, Unwritable, mended
from graph.model.vocabulary import PREFIXES
from graph.store.store import Embedded

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

    def answer(self, job: Job) -> Answer:
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

    def _answer(self, job: Job) -> Answer:
        result = self._ask(job)
        if isinstance(result, ox.QueryTriples):
            if job.graph is None:
                return _refusal(Kind.UNACCEPTABLE, "the answer is a graph, which Accept excludes")
            return self._graph(result, job.graph)
        if job.results is None:
            return _refusal(Kind.UNACCEPTABLE, "the answer is a table or a truth value, which Accept excludes")
        if isinstance(result, ox.QueryBoolean):
            return Answer(
                Kind.BOOLEAN, False, mended(job.results, result.serialize(format=SOLUTIONS[job.results]) or b"")
            )
        return self._solutions(job, result, job.results)

    def _ask(self, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        bound = {name: ox.NamedNode(iri) for name, iri in job.bindings.items()}
        return self.store.query(
            job.query, substitutions=bound or None, default=job.default or None, named=job.named or None
        )

    def _solutions(self, job: Job, result: ox.QuerySolutions, form: str) -> Answer:
        """Serialise in the engine; an answer of fewer bytes than the row limit cannot hold more rows than it."""
        output = _Bounded(self.rows)
        try:
            result.serialize(output, format=SOLUTIONS[form])
            return Answer(Kind.SOLUTIONS, False, mended(form, output.getvalue()))
        except _Full:
            again = self._ask(job)
            assert isinstance(again, ox.QuerySolutions)  # noqa: S101 - the same text, run again
        names = [variable.value for variable in again.variables]
        rows = [
            {name: _binding(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in islice(again, self.rows)
        ]
        cut = next(again, None) is not None
        text = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}, ensure_ascii=False)
        output = _Bounded(self.size)
        solutions = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - written above as such
        solutions.serialize(output, format=SOLUTIONS[form])
        return Answer(Kind.SOLUTIONS, cut, mended(form, output.getvalue()))

    def _graph(self, triples: Iterator[ox.Triple], form: str) -> Answer:
        kept = sorted(set(islice(triples, self.rows)), key=str)
        cut = next(triples, None) is not None
        output = _Bounded(self.size)
        ox.serialize(kept, output, format=GRAPHS[form], prefixes=_used(kept))
        return Answer(Kind.GRAPH, cut, mended(form, output.getvalue()), empty=not kept)


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Give the prefixes that these triples use, of the vocabularies only (as the exports do)."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    iris |= {triple.object.datatype.value for triple in triples if isinstance(triple.object, ox.Literal)}
    return {name: start for name, start in PREFIXES.items() if any(iri.startswith(start) for iri in iris)}


def _binding(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, Any]:
    """Give a term as SPARQL 1.1 Query Results JSON (section 3.2.2) has it, quoted triples as in SPARQL 1.2."""
    if isinstance(term, ox.Literal):
        tag = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value} | tag
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}


def _refusal(kind: Kind, message: str) -> Answer:
    return Answer(kind, False, message.encode("utf-8", "replace"))


def _plain(message: str) -> str:
    """Keep the first line of an engine's message, bounded: the rest is of its implementation."""
    return message.partition("\n")[0][:500]

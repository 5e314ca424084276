"""One query answered inside a worker process: text in, serialised answer out as it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, cast

import pyoxigraph as ox

from graph.errors import QueryError, said
from graph.guard.jobs import Job, Kind, Reply, refusal
from graph.guard.pieces import Full, Pieces
from graph.model.serialisation import GRAPHS, SOLUTIONS, Unwritable
from graph.model.vocabulary import PREFIXES
from graph.store.answer import GRAPH, TRUTH, Answer, solutions, triples
from graph.store.embedded import Embedded
from graph.store.explained import explained

Send = Callable[[Reply], object]
_GROUPED = 5_000
"""Triples of a graph that is sorted, each once, with the prefixes it uses; of a larger one they come as found."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Answers jobs from one store, at most `rows` rows and `size` bytes each."""

    store: Embedded
    rows: int
    size: int

    def answer(self, job: Job, send: Send) -> None:
        """Answer `job` to `send`, piece by piece if it is long; what is wrong with the query comes as a refusal.

        A refusal after a piece says that the answer ends there without its end.
        """
        try:
            self._answer(job, send)
        except QueryError as fault:
            send(refusal(Kind.BAD, fault.args[0]))
        except Full:
            send(
                refusal(Kind.TOO_LARGE, said("a single row of the answer is larger than {size} bytes", size=self.size))
            )
        except Unwritable as fault:
            send(refusal(Kind.UNACCEPTABLE, str(fault)))
        except (RuntimeError, OSError, ValueError) as fault:
            send(refusal(Kind.BAD, _plain(str(fault))))

    def _answer(self, job: Job, send: Send) -> None:
        answer = self._ask(job)
        if answer.kind == GRAPH:
            if job.graph is None:
                send(refusal(Kind.UNACCEPTABLE, "the answer is a graph, which Accept excludes"))
            else:
                self._graph(answer, job.graph, send)
        elif job.results is None:
            send(refusal(Kind.UNACCEPTABLE, "the answer is a table or a truth value, which Accept excludes"))
        else:
            self._results(answer, job.results, send)

    def _ask(self, job: Job) -> Answer:
        if job.explain:
            return explained(job.query, self.store)
        bound = {name: ox.NamedNode(iri) for name, iri in job.bindings.items()}
        return self.store.query(
            job.query, substitutions=bound or None, default=job.default or None, named=job.named or None
        )

    def _results(self, answer: Answer, form: str, send: Send) -> None:
        kind = Kind.BOOLEAN if answer.kind == TRUTH else Kind.SOLUTIONS
        output = Pieces(kind, form, send, self.rows, self.size)
        try:
            solutions(answer).serialize(cast(IO[bytes], output), format=SOLUTIONS[form])
        except Full:
            output.end()
        else:
            output.finish()

    def _graph(self, answer: Answer, form: str, send: Send) -> None:
        """Write the triples, a graph of some thousands sorted and the rest of a larger one as they are found."""
        output = Pieces(Kind.GRAPH, form, send, self.rows, self.size)
        found = triples(answer)
        grouped = set(islice(found, min(_GROUPED, self.rows)))
        others = [*islice(found, 1)]
        given: set[ox.Triple] = set()
        cut = 0

        def bounded() -> Iterator[ox.Triple]:
            nonlocal cut
            for triple in chain(sorted(grouped, key=str), others, found):
                if triple in given:
                    continue
                if len(given) == self.rows or output.written > self.size:
                    cut = len(given)
                    return
                given.add(triple)
                yield triple

        prefixes = PREFIXES if others else _used(grouped)
        ox.serialize(bounded(), cast(IO[bytes], output), format=GRAPHS[form], prefixes=prefixes)
        output.finish(cut, empty=not given)


def _used(found: Iterable[ox.Triple]) -> dict[str, str]:
    """Give the prefixes that these triples use, of the vocabularies only (as the exports do)."""
    iris = {term.value for triple in found for term in triple if isinstance(term, ox.NamedNode)}
    iris |= {triple.object.datatype.value for triple in found if isinstance(triple.object, ox.Literal)}
    return {name: start for name, start in PREFIXES.items() if any(iri.startswith(start) for iri in iris)}


def _plain(message: str) -> str:
    """Keep the first line of an engine's message, bounded: the rest is of its implementation."""
    return message.partition("\n")[0][:500]

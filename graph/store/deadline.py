"""An answer before a deadline, or none: no engine can be interrupted, so a child process asks and may be killed."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, parse_query_results

from graph.errors import QueryError, QueryTimeout
from graph.store.answer import Answer, triples
from graph.system import interrupt

_GRAPH = b"g"
_RESULT = b"r"
_FAULT = b"e"


def answered(ask: Callable[[], Answer], timeout: float) -> Answer:
    """Call `ask` in a forked child, which shares the loaded data; its answer must come within `timeout` seconds.

    Raises QueryTimeout at the deadline, QueryError if the engine gave up, and whatever QueryError `ask` raised.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _tell(ask, writing)
    os.close(writing)
    try:
        with interrupt.Tidied(lambda: os.kill(child, signal.SIGKILL)):
            told = _listen(reading, time.monotonic() + timeout)
    finally:
        os.close(reading)
        os.waitpid(child, 0)
    if told is None:
        raise QueryTimeout(f"no answer within {timeout:g} seconds; narrow the query, or raise the timeout")
    return _read(told[:1], told[1:])


def _tell(ask: Callable[[], Answer], writing: int) -> None:
    """Write the answer, led by a byte that says what it is, and end the child whatever happens."""
    try:
        with os.fdopen(writing, "wb") as out:
            try:
                told = _write(ask())
            except QueryError as error:
                told = _FAULT + f"{error.line},{error.column},{error}".encode()
            except Exception as error:
                told = _FAULT + f"0,0,{error}".encode()
            out.write(told)
    finally:
        os._exit(0)


def _listen(reading: int, deadline: float) -> bytes | None:
    """Give all that the child writes, or None when the deadline comes first."""
    parts: list[bytes] = []
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return None
        part = os.read(reading, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _write(answer: Answer) -> bytes:
    """Turn an answer into bytes."""
    if isinstance(answer, QuerySolutions | QueryBoolean):
        return _RESULT + (answer.serialize(format=QueryResultsFormat.JSON) or b"")
    return _GRAPH + (answer.serialize(format=RdfFormat.N_TRIPLES) or b"")


def _read(kind: bytes, told: bytes) -> Answer:
    if kind == _RESULT:
        return parse_query_results(told, format=QueryResultsFormat.JSON)
    if kind == _GRAPH:
        return triples(told)
    if kind == _FAULT:
        line, column, message = told.decode().split(",", 2)
        raise QueryError(message, int(line), int(column))
    raise QueryError("the engine gave up on this query")

"""An answer before a deadline, or none: no engine can be interrupted, so a child process asks and may be killed."""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
from collections.abc import Callable
from threading import Thread

from pyoxigraph import Triple

from graph.errors import QueryError, QueryTimeout, said
from graph.store.answer import Answer
from graph.system import interrupt
from graph.system.lifetime import die_with


def answered(ask: Callable[[], Answer], timeout: float) -> Answer:
    """Call `ask` in a forked child, which shares the loaded data; its answer must come within `timeout` seconds.

    Where the system cannot fork (Windows), a thread asks, which goes on past the deadline until the process ends.
    Raises QueryTimeout at the deadline, QueryError if the engine gave up, and whatever QueryError `ask` raised.
    """
    answer = (_forked if hasattr(os, "fork") else _threaded)(ask, timeout)
    if answer is None:
        late = said(
            "no answer within {seconds} seconds; narrow the query, or raise the timeout", seconds=f"{timeout:g}"
        )
        raise QueryTimeout(late)
    if isinstance(answer, QueryError):
        raise answer
    return answer


def _threaded(ask: Callable[[], Answer], timeout: float) -> Answer | QueryError | None:
    told: list[Answer | QueryError] = []
    asking = Thread(target=lambda: told.append(_told(ask)), daemon=True)
    asking.start()
    asking.join(timeout)
    return told[0] if told else None


def _forked(ask: Callable[[], Answer], timeout: float) -> Answer | QueryError | None:
    (reading, writing), parent = os.pipe(), os.getpid()
    child = os.fork()
    if not child:
        die_with(parent)  # which may be killed, or interrupted before it knows of this child
        _tell(ask, writing)
    os.close(writing)
    try:
        with interrupt.Tidied(lambda: os.kill(child, signal.SIGKILL)):
            told = _listen(reading, time.monotonic() + timeout)
    finally:
        os.close(reading)
        os.waitpid(child, 0)
    if told is None:
        return None
    try:
        answer: Answer | QueryError = pickle.loads(told)  # noqa: S301 - from our own child
    except (EOFError, pickle.UnpicklingError):
        return QueryError("the engine gave up on this query")
    return answer


def _tell(ask: Callable[[], Answer], writing: int) -> None:
    """Write the answer, or what was wrong, and end the child whatever happens."""
    try:
        with os.fdopen(writing, "wb") as out:
            out.write(pickle.dumps(_told(ask)))
    finally:
        os._exit(0)


def _told(ask: Callable[[], Answer]) -> Answer | QueryError:
    try:
        return _kept(ask())
    except QueryError as error:
        return error
    except Exception as error:
        return QueryError(str(error))


def _kept(answer: Answer) -> Answer:
    """Read an answer to its end, and leave the engine behind."""
    rows = [row if isinstance(row, Triple) else tuple(row) for row in answer.rows]
    return answer._replace(rows=rows, engine=None)


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

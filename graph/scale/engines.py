"""Who does the work: this process, one process a core, or Spark. Each gives the results in the order of the tasks.

The work is a pure function of one task; no engine knows what it is about, or holds more than some results at once. A
worker that the system ends has its task given to another, alone; ended again, it is named.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from graph.errors import OutputError, said
from graph.system.interrupt import Held

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
#: What does some work on some tasks.
Engine = Callable[[Callable[[_Task], _Result], Sequence[_Task]], Iterator[_Result]]

_WAITING = 2  # tasks a worker: one that it does, one that is ready for it


def local(work: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
    """Do one task after the other, here."""
    return map(work, tasks)


def processes(work: Callable[[_Task], _Result], tasks: Sequence[_Task], workers: int = 0) -> Iterator[_Result]:
    """Do tasks on so many cores, or on all; OutputError names the task whose worker the system ended twice."""
    from concurrent.futures.process import BrokenProcessPool

    workers = min(workers or os.cpu_count() or 1, len(tasks)) or 1
    pool = _pool(workers)
    waiting: deque[tuple[_Task, Future[_Result]]] = deque()
    try:
        for task in tasks:
            try:
                future = _submit(pool, work, task)
            except BrokenProcessPool:
                pool = _pool(workers)
                future = _submit(pool, work, task)
            waiting.append((task, future))
            if len(waiting) > _WAITING * workers:
                yield _result(work, *waiting.popleft())
        while waiting:
            yield _result(work, *waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def named(name: str, master: str) -> Engine[Any, Any]:
    """Give one of `NAMES`; `master` is the address of a Spark."""
    if name != "spark":
        return local if name == "local" else processes
    from graph.scale import spark

    return partial(spark.run, master=master)


#: What the engines are called.
NAMES = ("local", "processes", "spark")


def _pool(workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: this process has threads, and a copy of all that it holds would be written to page by page.
    with Held(), _silent():
        return ProcessPoolExecutor(workers, get_context("spawn"), _begin, (os.getpid(),))


def _submit(pool: ProcessPoolExecutor, work: Callable[[_Task], _Result], task: _Task) -> Future[_Result]:
    """Have a task done, by a process that may be started for it."""
    with Held(), _silent():
        return pool.submit(work, task)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep Ctrl-C from what is started in a block, which would tell of it as it begins, or as it clears up."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    given = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, [given, "ignore:resource_tracker:UserWarning"]))
    resource_tracker.ensure_running()
    os.environ.pop("PYTHONWARNINGS") if given is None else os.environ.update(PYTHONWARNINGS=given)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end with it."""
    from graph.system import lifetime

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lifetime.die_with(parent)


def _result(work: Callable[[_Task], _Result], task: _Task, future: Future[_Result]) -> _Result:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        return _again(work, task)


def _again(work: Callable[[_Task], _Result], task: _Task) -> _Result:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            return _submit(pool, work, task).result()
        except BrokenProcessPool as exc:
            ended = said(
                "the system ended the process that worked on “{task}”, twice: has it memory enough?", task=str(task)
            )
            raise OutputError(ended) from exc

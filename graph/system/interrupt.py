"""Ctrl-C ends a command at once: one line, exit status 130, nothing left behind.

Not by an exception, as is Python's way: that one is swallowed by a callback, reported by whoever catches everything, or
late. The handler ends the process itself. As Python calls it only between two steps of the main thread, a second thread
does the same when the signal finds the main one in native code (a query, a validation, a large file being read).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from _thread import RLock, allocate_lock, start_new_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = 128 + signal.SIGINT
_GRACE = 0.2
"""Seconds that the main thread is given to reach its next step, where it cannot disturb the clearing up."""

_held, _ending = allocate_lock(), RLock()
_tidying: list[Callable[[], object]] = []


def catch() -> None:
    """Let Ctrl-C end this process from now on, unless it was started to ignore it."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        return
    reading, writing = os.pipe()
    if sys.platform != "win32":  # where a pipe can only block
        os.set_blocking(writing, False)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_hold, after_in_parent=_release, after_in_child=_let_go)
    signal.signal(signal.SIGINT, lambda number, frame: None if _held.locked() else end())
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    start_new_thread(_watch, (reading,))


def ignore() -> None:
    """Let Ctrl-C do nothing from now on: all is done, and while Python ends it would kill the process by the signal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Held:
    """Lets Ctrl-C wait until the main thread leaves a block in which it starts processes, lest one be half begun."""

    def __enter__(self) -> None:
        _held.acquire()

    def __exit__(self, *raised: object) -> None:
        _held.release()


class Tidied:
    """Has `tidy` called on leaving a block, and before the end if Ctrl-C comes first; then perhaps a second time."""

    def __init__(self, tidy: Callable[[], object]) -> None:
        self._tidy = tidy

    def __enter__(self) -> None:
        _tidying.append(self._tidy)

    def __exit__(self, *raised: object) -> None:
        with _ending:  # where another thread clears up, what failed here for that goes no further
            try:
                self._tidy()
            finally:
                _tidying.remove(self._tidy)


def end() -> None:
    """Clear up, say one line, and end the process; a thread that comes second waits here for the first to do it."""
    _ending.acquire()
    try:
        for tidy in reversed(_tidying):
            tidy()
    finally:
        try:
            os.write(2, b"\r\x1b[KInterrupted\n" if os.isatty(2) else b"Interrupted\n")
        finally:
            os._exit(_STATUS)


def _watch(reading: int) -> None:
    while os.read(reading, 1) != bytes([signal.SIGINT]):
        pass
    time.sleep(_GRACE)
    with _held:
        end()


def _hold() -> None:
    """Let Ctrl-C wait while this thread forks: at a terminal it goes to the child too, which would speak as well."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _release() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _let_go() -> None:
    """Die of Ctrl-C as any program does: what a forked child leaves is its parent's to clear up."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    global _ending
    _ending = RLock()  # the other threads are not here to let go of theirs
    _release()

"""One process at a time: who holds a lock is alone, and the system frees it when a process ends, however it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.system.interrupt import Tidied


@contextmanager
def locked(path: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold the lock file at `path`, and remove it; `waiting` is called once if another process holds it.

    Raises OSError if there can be none.
    """
    from filelock import FileLock, Timeout

    path.open("ab").close()  # where it cannot be made, the library would try for ever
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        with Tidied(lambda: _unlink(path)):  # while it is held: who waits for it sees that, and makes another
            yield
    finally:
        lock.release()


def _unlink(path: Path) -> None:
    with suppress(OSError):  # Windows removes no file that is open
        path.unlink()

"""The dataset of a build, opened from a store on disk: made once from its N-Quads, and shared by all who read.

To open it takes half the time of reading the N-Quads of a small dataset, and a hundredth of a large one's.
"""

from __future__ import annotations

import os
import sys

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, parse
from pyoxigraph import Store as Engine

from graph.errors import OutputError, said
from graph.store.embedded import UNION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_LARGE = 20_000_000
"""Bytes of N-Quads that take more than a moment."""


def opened(path: str) -> Engine:
    """Open the N-Quads file at `path` for reading, with the union of its graphs as the default one.

    Its store stands beside its folder and is made if there is none yet for this version of the file. Where there can be
    none (a folder that is read-only, a full disk), or it is damaged or taken away, the file is read into memory: the
    answers are the same. Raises OutputError if the file is damaged.
    """
    try:
        place = _place(path)
        if not os.path.isdir(place):
            _make(path, place)
        return Engine.read_only(place)
    except (OSError, RuntimeError):
        return _in_memory(path)
    except SyntaxError as error:
        raise _damaged(path, error) from error


def held(path: str) -> Engine:
    """Open as `opened` does, and keep the store from going as long as this process and its children live.

    Its tables are opened only as they are needed, so a newer build must not take them away.
    """
    import fcntl

    engine = opened(path)
    if os.path.isdir(place := _place(path)):
        fcntl.flock(os.open(place, os.O_RDONLY), fcntl.LOCK_SH)
    return engine


def _place(path: str) -> str:
    """Name the store of a file by its size, its time and who writes it: to hash it would take longer than a query."""
    found = os.stat(path)
    folder, name = os.path.split(os.path.dirname(os.path.realpath(path)))
    version = f"{found.st_size:x}-{found.st_mtime_ns:x}-{pyoxigraph.__version__}"
    return os.path.join(folder, f".{name}.stores", version)


def _make(path: str, place: str) -> None:
    """Fill a store under another name, then give it its place; older stores, and half ones of the killed, go."""
    from pathlib import Path
    from shutil import rmtree

    from graph.system.interrupt import Tidied
    from graph.system.lock import locked

    stores = Path(place).parent
    if not os.access(stores.parent, os.W_OK):
        raise PermissionError(stores)
    if sys.stderr.isatty() and os.path.getsize(path) > _LARGE:
        print("A large dataset: putting it into a store on disk, once …", file=sys.stderr)
    stores.mkdir(exist_ok=True)
    fresh = stores / "new"
    with locked(stores / "lock"), Tidied(lambda: rmtree(fresh, ignore_errors=True)):
        if os.path.isdir(place):  # another process was faster
            return
        rmtree(fresh, ignore_errors=True)
        _fill(path, str(fresh))
        fresh.rename(place)
        for other in stores.iterdir():
            if other.is_dir() and other != Path(place) and not _in_use(other):
                rmtree(other, ignore_errors=True)


def _in_use(store: Path) -> bool:
    """Whether a process holds a store."""
    try:
        import fcntl
    except ImportError:  # Windows, where none is held
        return False
    descriptor = os.open(store, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _fill(path: str, place: str) -> None:
    store = Engine(place)
    store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    # Not by an update, which takes twice as long and keeps all of it in memory until it is done.
    store.bulk_extend(Quad(*quad.triple) for quad in parse(path=path, format=RdfFormat.N_QUADS))
    store.optimize()
    store.flush()


def _in_memory(path: str) -> Engine:
    engine = Engine()
    try:
        engine.load(path=path, format=RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError) as error:
        raise _damaged(path, error) from error
    engine.update(UNION)
    return engine


def _damaged(path: str, error: Exception) -> OutputError:
    return OutputError(said("cannot read {path}: {reason}; build again", path=path, reason=str(error)))

"""A large dataset in a store on disk, made once from its N-Quads and shared by all who read."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from graph.errors import OutputError
from graph.system.interrupt import Tidied
from graph.system.lock import locked


def opened(path: str) -> Store:
    """Open the store of the N-Quads file at `path` for reading, made first if there is none yet for this version of it.

    A version is told by size and time: to hash so large a file would take longer than many a query.
    """
    found = os.stat(path)
    key = f"{found.st_size:x}-{found.st_mtime_ns:x}"
    folder = Path(path).resolve().parent
    stores = folder.with_name(f".{folder.name}.stores")
    place = stores / key
    try:
        if not place.is_dir():
            _make(path, place)
        return Store.read_only(str(place))
    except OSError as error:
        raise OutputError(f"cannot use the store {place}: {error}") from error


def _make(path: str, place: Path) -> None:
    """Fill a store under another name, then give it its place; older stores, and half ones of the killed, go."""
    if sys.stderr.isatty():
        print("A large dataset: putting it into a store on disk, once …", file=sys.stderr)
    place.parent.mkdir(exist_ok=True)
    fresh = place.with_name("new")
    with locked(place.with_name("lock")), Tidied(lambda: _remove(fresh)):
        if place.is_dir():  # another process was faster
            return
        _remove(fresh)
        store = Store(str(fresh))
        store.bulk_load(path=path, format=RdfFormat.N_QUADS)
        # Not by an update, which takes twice as long and keeps all of it in memory until it is done.
        store.bulk_extend(Quad(*quad.triple) for quad in parse(path=path, format=RdfFormat.N_QUADS))
        store.optimize()
        store.flush()
        del store
        fresh.rename(place)
        for other in place.parent.iterdir():
            if other.is_dir() and other != place:
                _remove(other)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)

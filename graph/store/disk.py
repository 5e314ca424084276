"""A large dataset in a store on disk, made once from its N-Quads and shared by all who read."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from graph.errors import OutputError


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
    """Fill a store under a name of its own, then give it its place; the stores of older builds are removed."""
    if sys.stderr.isatty():
        print("A large dataset: putting it into a store on disk, once …", file=sys.stderr)
    place.parent.mkdir(exist_ok=True)
    fresh = tempfile.mkdtemp(prefix=".new-", dir=place.parent)
    try:
        store = Store(fresh)
        store.bulk_load(path=path, format=RdfFormat.N_QUADS)
        # Not by an update, which takes twice as long and keeps all of it in memory until it is done.
        store.bulk_extend(Quad(*quad.triple) for quad in parse(path=path, format=RdfFormat.N_QUADS))
        store.optimize()
        store.flush()
        del store
        os.rename(fresh, place)
    except OSError:
        if not place.is_dir():  # another process was not faster either
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for other in place.parent.iterdir():
        if other != place and not other.name.startswith(".new-"):
            shutil.rmtree(other, ignore_errors=True)

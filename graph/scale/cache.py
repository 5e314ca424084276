"""What builds of one folder remember, beside it: it may be deleted at any time, and is then made anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from graph.errors import OutputError, said, shown
from graph.export.manifest import LIBRARIES
from graph.system import memo

_PACKAGE = Path(__file__).parent.parent


@contextmanager
def of(out: Path, *, fresh: bool) -> Iterator[memo.Memo]:
    """Open what builds of `out` remember, which is nothing if the build is to be a `fresh` one.

    Who opens it holds the lock of that folder: two builds at once wait for each other. OutputError where it is deleted
    while it is in use.
    """
    folder = out.resolve().with_name(f".{out.resolve().name}.cache")
    try:
        with memo.opened(folder, _program(), empty=fresh) as found:
            yield found
    except memo.Vanished as exc:
        raise OutputError(
            said("{folder} was deleted during the build: build again", folder=f"{shown(folder)}/")
        ) from exc


def _program() -> str:
    """Tell this program from any other that might write other bytes: its own files, its libraries and its Python."""
    own = sha256()
    for path in sorted(each for each in _PACKAGE.rglob("*") if each.parent.name != "__pycache__" and each.is_file()):
        own.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return "\n".join([own.hexdigest(), sys.version, *map(version, LIBRARIES)])

"""What builds of one folder remember, beside it: it may be deleted at any time, and is then made anew."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from graph.export.manifest import LIBRARIES
from graph.system import memo

_PACKAGE = Path(__file__).parent.parent


def of(out: Path, *, fresh: bool) -> AbstractContextManager[memo.Memo]:
    """Open what builds of `out` remember, which is nothing if the build is to be a `fresh` one.

    Who opens it holds the lock of that folder: two builds at once wait for each other.
    """
    return memo.opened(out.resolve().with_name(f".{out.resolve().name}.cache"), _program(), empty=fresh)


def _program() -> str:
    """Tell this program from any other that might write other bytes: its own files, its libraries and its Python."""
    own = sha256()
    for path in sorted(each for each in _PACKAGE.rglob("*") if each.parent.name != "__pycache__" and each.is_file()):
        own.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return "\n".join([own.hexdigest(), sys.version, *map(version, LIBRARIES)])

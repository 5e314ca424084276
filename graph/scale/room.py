"""Whether there is room on the disk for a build, before it begins."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.errors import OutputError, said, shown

#: Bytes a claim of the files of a build and what it remembers beside them.
CLAIM = 24_000
_MEGABYTE = 1_000_000


def demand(out: Path, claims: int) -> None:
    """Raise OutputError where the disk of `out` has no room for a build of so many claims."""
    place = out.resolve().parent
    free = shutil.disk_usage(place).free
    if free < claims * CLAIM:
        message = said(
            "a build of {claims} claims takes about {needed} MB, and {free} MB are free in {folder}: make room, or "
            "name another folder with --out",
            claims=claims,
            needed=-(-claims * CLAIM // _MEGABYTE),
            free=free // _MEGABYTE,
            folder=f"{shown(place)}/",
        )
        raise OutputError(message)

"""Whether there is room on the disk for a build, before it begins."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.errors import OutputError, said, shown

#: Bytes a claim, by the option that says where: of the files of a build and what it remembers beside them; of parts and
#: the tables that they are made from.
_CLAIM = {"--out": 24_000, "--parts": 4_000}
_MEGABYTE = 1_000_000


def demand(out: Path, claims: int, option: str = "--out") -> None:
    """Raise OutputError where the disk of `out`, which an option names, has no room for a build of so many claims."""
    place = out.resolve().parent
    free = shutil.disk_usage(place).free
    needed = claims * _CLAIM[option]
    if free < needed:
        message = said(
            "a build of {claims} claims takes about {needed} MB, and {free} MB are free in {folder}: make room, or "
            "name another folder with {option}",
            claims=claims,
            needed=-(-needed // _MEGABYTE),
            free=free // _MEGABYTE,
            folder=f"{shown(place)}/",
            option=option,
        )
        raise OutputError(message)

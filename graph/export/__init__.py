"""One small function for each output format; the table of them is `graph.formats`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.knowledge import Knowledge


def write_all(knowledge: Knowledge, folder: Path, progress: Callable[[str], object] = lambda name: None) -> None:
    """Write every format into `folder`; `progress` is told the name of each file before it is written."""
    for each in FORMATS.values():
        path = folder / each.file.format(knowledge.info.name)
        progress(path.name)
        with path.open("wb") as stream:
            each.write(knowledge, stream)

"""One small function for each output format; the table of them is `graph.formats`."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, BinaryIO

from graph.model.formats import FORMATS, PAGE, Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.knowledge.knowledge import Knowledge


def write_all(
    knowledge: Knowledge, folder: Path, progress: Callable[[str], object] = lambda name: None, page: str = PAGE
) -> None:
    """Write every format of a build into `folder`; `progress` is told the name of each file before it is written.

    `page` is the format of the page: a variant of it may take its place.
    """
    for each in (FORMATS[page] if known.name == PAGE else known for known in knowledge.files):
        path = folder / each.file.format(knowledge.info.name)
        progress(path.name)
        with path.open("wb") as stream:
            write(knowledge, each, stream)


def write(knowledge: Knowledge, format_: Format, stream: BinaryIO) -> None:
    """Write `knowledge` to a binary stream in one format; the writer's module is loaded only now."""
    resolve_name(format_.writer)(knowledge, stream)

"""The tables of an archive as rows of one form, each with its place: what is shared out among many readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from graph.errors import DataError, PartLine, shown
from graph.facts import curated, table
from graph.facts.rows import CuratedFile, lines
from graph.facts.sheet import Unreadable
from graph.model.inputs import TABLES

#: Where a row comes from: a file, its number among those of its table, and a line of it.
PLACE = ("file", "part", "line")


def normalised(data: Path, name: str) -> Iterator[Sequence[object]]:
    """Give the rows of a table of the folder `data`, the header first, then each with its place before its cells.

    Raises DataError, at the end, with what is wrong with its files and lines as such; no cell is looked into.
    """
    file = CuratedFile(data / name)
    columns: list[str] = list(curated.COLUMNS[name])
    if name in curated.NAMED:
        columns += dict.fromkeys(each for line in _heads(data, name) for each in line if each not in columns)
    yield [*PLACE, *columns]
    if name in TABLES or file.path.is_file():
        for line in lines(file, curated.COLUMNS[name], curated.NAMED.get(name)):
            number = line.number
            cells = dict(zip(line.header, line.cells, strict=True))
            place = (number.file, PartLine.part(number), number.own) if isinstance(number, PartLine) else ()
            yield [*(place or (shown(file.path), 0, number)), *(cells.get(each, "") for each in columns)]
    if file.problems:
        raise DataError(file.problems, file.warnings)


def _heads(data: Path, name: str) -> Iterator[list[str]]:
    for each in CuratedFile(data / name).files:
        with suppress(Unreadable):
            yield next(table.read(each.path, curated.COLUMNS[name]).lines)[1]

"""The tables read to be written again, in the form of `format`: those whose rows change, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from graph.curation.canonical import whole, written
from graph.curation.insertion import Cells
from graph.errors import DataError, Problem, shown
from graph.facts import table
from graph.facts.curated import COLUMNS
from graph.facts.sheet import Unreadable
from graph.model.inputs import ROWS, place, standing


class Rewriting:
    """The rows of each table of a folder by line, as cells by column; `rows` may be changed, and `files` tells what is.

    Raises DataError where a table cannot be read.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._headers: dict[str, list[str]] = {}
        self.rows: dict[str, dict[int, dict[str, str]]] = {name: self._read(name) for name in ROWS}
        self._before = deepcopy(self.rows)

    def _read(self, name: str) -> dict[int, dict[str, str]]:
        path = Path(place(self._data, name))
        self._headers[name] = list(COLUMNS[name])
        if not path.is_file():
            return {}
        try:
            lines = list(table.read(path, COLUMNS[name]).lines)
            header, *others = whole(lines, COLUMNS[name])
        except Unreadable as exc:
            raise DataError([Problem(shown(path), exc.line, exc.message)]) from exc
        self._headers[name] = header
        numbers = (line for line, _ in lines[1:])
        return {line: dict(zip(header, cells, strict=True)) for line, cells in zip(numbers, others, strict=True)}

    def append(self, name: str, rows: Iterable[Cells]) -> None:
        """Put rows at the end of a table."""
        for row in rows:
            self.rows[name][max(self.rows[name], default=1) + 1] = dict(row)

    def drop(self, name: str, lines: Iterable[int]) -> None:
        """Take the rows of some lines out of a table."""
        for line in list(lines):
            del self.rows[name][line]

    def fault(self, name: str, line: int, message: str) -> Problem:
        """Tell what is wrong with a row as it stands."""
        return Problem(shown(Path(place(self._data, name))), line, message)

    def files(self) -> dict[str, bytes | None]:
        """Give what the files are to hold whose rows changed; None for a spreadsheet in whose place a table comes."""
        changed: dict[str, bytes | None] = {}
        for name, rows in self.rows.items():
            if rows != self._before[name]:
                header = self._headers[name]
                header += sorted({column for row in rows.values() for column in row} - {*header})
                cells = ([row.get(column, "") for column in header] for row in rows.values())
                changed |= dict.fromkeys(standing(self._data, name))
                changed[name] = written(name, [header, *cells])
        return changed

"""The tables read to be written again, in the form of `format`: those whose rows change, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from graph.curation.canonical import rows, written
from graph.curation.insertion import Cells
from graph.errors import Problem, shown
from graph.facts.curated import COLUMNS
from graph.model.inputs import ROWS, place, standing


class Rewriting:
    """The rows of each table of a folder by line, as cells by column; `rows` may be changed, and `files` tells what is.

    Raises DataError where a table cannot be read.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self.rows = {name: rows(data, name) for name in ROWS}
        self._before = deepcopy(self.rows)

    def append(self, name: str, more: Iterable[Cells]) -> None:
        """Put rows at the end of a table."""
        for row in more:
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
        for name, now in self.rows.items():
            if now != self._before[name]:
                header = list(next(iter(self._before[name].values()), COLUMNS[name]))
                header += sorted({column for row in now.values() for column in row} - {*header})
                cells = ([row.get(column, "") for column in header] for row in now.values())
                changed |= dict.fromkeys(standing(self._data, name))
                changed[name] = written(name, [header, *cells])
        return changed

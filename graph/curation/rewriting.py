"""The tables read to be written again, in the form of `format`: those whose rows change, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from graph.curation.canonical import stored, written
from graph.curation.insertion import Cells
from graph.errors import DataError, PartLine, Problem, said, shown
from graph.facts.curated import COLUMNS
from graph.model.inputs import ROWS, place, standing

_Rows = dict[int, dict[str, str]]
"""Rows by line, as cells by column."""


class Rewriting:
    """The rows of each table of a folder; `rows` may be changed, and `files` tells what is.

    Raises DataError where a table cannot be read.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._files: dict[str, dict[int, tuple[str, list[str]]]] = {}
        self.rows: dict[str, _Rows] = {name: self._read(name) for name in ROWS}
        self._before = deepcopy(self.rows)

    def _read(self, name: str) -> _Rows:
        rows: _Rows = {}
        self._files[name] = {0: (name, list(COLUMNS[name]))}
        for path, header, found in stored(self._data, name):
            part = PartLine.part(next(iter(found), 0))
            if part or path.parent == self._data:  # of a file of a folder that holds no row, nothing can change
                self._files[name][part] = (path.relative_to(self._data).as_posix() if part else name, header)
            rows |= found
        return rows

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
        """Give what the files are to hold whose rows changed; None for a spreadsheet in whose place a table comes.

        Raises DataError where rows change that are kept in Parquet.
        """
        changed: dict[str, bytes | None] = {}
        for name, files in self._files.items():
            before, now = _by_part(self._before[name]), _by_part(self.rows[name])
            for part, (file, header) in files.items():
                if now[part] == before[part]:
                    continue
                if not part:
                    changed |= dict.fromkeys(standing(self._data, name))
                elif not file.endswith(".csv"):
                    kept = said("its rows would change, and a Parquet file is not written here: save it as CSV first")
                    raise DataError.at(self._data / file, kept)
                header += sorted({column for row in now[part] for column in row} - {*header})
                cells = ([row.get(column, "") for column in header] for row in now[part])
                changed[file] = written(name, [header, *cells])
        return changed


def _by_part(rows: _Rows) -> dict[int, list[dict[str, str]]]:
    """Give rows by the file of their table in which they stand."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for line, row in rows.items():
        found[PartLine.part(line)].append(row)
    return found

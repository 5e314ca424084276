"""A sheet of a workbook as its readers give it: cells as text, and what a spreadsheet holds that is none."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from graph.errors import said

#: What a workbook may be: bytes when unpacked, rows and columns. A larger table is CSV.
BYTES, ROWS, COLUMNS = 64_000_000, 100_000, 200
_EXACT = 10**15
_ROW = re.compile(rb"<(?:\w+:)?row\b")


class Unreadable(Exception):
    """A table that cannot be read at all, or not from `line` on; line 0 is the file as a whole."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


@dataclass
class Sheet:
    """The cells of a sheet by row, counted from 1; `faults` and `notes` are messages at rows.

    Rows that are `rejected` have a fault, and are not to be read.
    """

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)

    def fault(self, row: int, column: int, message: str) -> str:
        """Note what is wrong in a cell, columns counted from 1; give the text that stands for it, which is empty."""
        self.faults.append((row, said("cell {cell}: {message}", cell=f"{letters(column)}{row}", message=message)))
        self.rejected.add(row)
        return ""

    def text(self, row: int, column: int, value: object) -> str:
        """Give the value of a cell as text; what a spreadsheet made of a text is a fault."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (date, datetime, time)):
            return self.dated(row, column, value.isoformat())
        if isinstance(value, (int, float)):
            if not abs(value) < _EXACT:
                return self.cut(row, column, value)
            return str(int(value)) if value == int(value) else repr(value)
        return str(value)

    def cut(self, row: int, column: int, number: float) -> str:
        """Note a cell that holds a number of which the spreadsheet dropped the last digits."""
        message = said(
            "a number of more than 15 digits was cut to {number}; format the column as text and write the cell again",
            number=f"{number:.6g}",
        )
        return self.fault(row, column, message)

    def dated(self, row: int, column: int, told: str) -> str:
        """Note a cell that holds a date of the spreadsheet, whose precision nobody wrote."""
        told = told.removesuffix("T00:00:00")
        message = said(
            "the spreadsheet made the date {date} of it; format the column as text and write the cell again", date=told
        )
        return self.fault(row, column, message)

    def hidden(self, rows: list[int]) -> None:
        """Note the rows that are hidden."""
        for row in rows:
            self.notes.append((row, said("the row is hidden in the spreadsheet, and read all the same")))


FORMULA = said("a formula, not a text: put its value there")
MERGED = said("cells are merged here: split them and fill each")


def check(path: Path) -> None:
    """Raise Unreadable if a workbook is none, or would unpack to more than anybody writes by hand."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            most = max((_rows(archive, name) for name in archive.namelist()), default=0) if size <= BYTES else 0
    except FileNotFoundError:
        raise Unreadable(0, said("no such file")) from None
    except Exception as exc:
        raise unreadable(path.suffix) from exc
    if size > BYTES:
        message = said("the spreadsheet unpacks to {size} bytes; delete empty rows and columns, or save CSV", size=size)
        raise Unreadable(0, message)
    if most > ROWS:
        raise too_large(path.stem)


def _rows(archive: zipfile.ZipFile, name: str) -> int:
    """Count the rows of a sheet of `.xlsx`, before any library keeps each of them."""
    return len(_ROW.findall(archive.read(name))) if name.startswith("xl/worksheets/") else 0


def too_large(name: str) -> Unreadable:
    """Say that a sheet has more rows or columns than a table may have."""
    message = said(
        'sheet "{name}" has more than {rows} rows or {columns} columns; delete the empty ones, or save CSV',
        name=name,
        rows=ROWS,
        columns=str(COLUMNS),
    )
    return Unreadable(0, message)


def unreadable(suffix: str) -> Unreadable:
    """Say that a file is no workbook of the kind that its name ends in."""
    return Unreadable(0, said("not a spreadsheet that can be read; save it again as {suffix} or .csv", suffix=suffix))


def letters(column: int) -> str:
    """Name a column as spreadsheets do.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

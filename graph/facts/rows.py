"""Reading a curated CSV file: every fault becomes a problem with its file and line, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from graph.errors import PartLine, Problem, said, shown
from graph.facts import corruption, table
from graph.facts.characters import FORBIDDEN, character_fault, iri_fault, visible
from graph.facts.known import Known
from graph.facts.sheet import Unreadable
from graph.facts.table import Table
from graph.model.inputs import standing, strays
from graph.model.suggestion import suggestion

#: An id of the data, or the name of a dataset.
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHA256 = re.compile("[0-9a-f]{64}")
_LENGTH = re.compile("[1-9][0-9]{0,11}")
_SHOWN = 100
_Value = TypeVar("_Value", bound=Hashable)
_PLAIN = re.compile("[A-Za-z0-9:._-]*")  # which no spreadsheet and no hand spoils: nine rows in ten


@dataclass
class CuratedFile:
    """One file of the curated data, and its problems; `usable` tells whether it could be read at all.

    `named` are the words of the lines that have faults.
    """

    path: Path
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    usable: bool = True
    sheet: str = ""
    named: set[str] = field(default_factory=set)
    faulty: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Find the files that hold the table: a spreadsheet may stand for `.csv`, but not beside it."""
        folder, names = self.path.parent, standing(self.path.parent, self.path.name)
        if len(names) > 1:
            self.stop(0, said("the table stands in {files}: delete all but one", files=", ".join(names)))
        for stray in strays(folder, self.path.name):
            line = PartLine.of(shown(folder / stray), 1)(0)
            self.stop(line, said("in this folder only .csv and .parquet are read: save it so"))
        self.files = table.stored(folder, self.path.name) or self.alone()
        self.path = self.files[0].path

    def alone(self) -> list[table.TableFile]:
        """Give the file as all that there is of its table."""
        return [table.TableFile(self.path, int)]

    def add(self, line: int, message: str) -> None:
        """Note a problem; line 0 is the file as a whole."""
        self.faulty.add(line)
        self.problems.append(self._placed(line, message))

    def tell(self, found: Table, line: Callable[[int], int]) -> None:
        """Note what is known of a file as a whole: what it holds that is no text, and how it was saved."""
        for at, note in found.notes:
            self.warn(line(at), note)
        for at, fault in found.faults:
            self.stop(line(at), fault)

    def _placed(self, line: int, message: str, level: str = "error") -> Problem:
        if self.sheet and not PartLine.part(line):
            message = said('sheet "{sheet}": {message}', sheet=self.sheet, message=message)
        return Problem(shown(self.path), line, message, level)

    def warn(self, line: int, message: str) -> None:
        """Note what may be right, and only a reader can tell."""
        self.warnings.append(self._placed(line, message, "warning"))

    def stop(self, line: int, message: str) -> None:
        """Note a problem that makes the rest of the file unreadable."""
        self.usable = False
        self.add(line, message)


@dataclass(slots=True)
class Row:
    """One line of a table; `fault` notes what is wrong with it, but not twice of a cell that was rejected."""

    line: int
    cells: dict[str, str]
    file: CuratedFile
    rejected: list[str] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, message: str) -> None:
        """Note a problem of this line."""
        if not any(cell in message for cell in self.rejected):
            self.file.add(self.line, message)
        self.file.named.update(part.strip() for cell in self.cells.values() for part in cell.split("|"))

    def id(self, column: str) -> str:
        """Give the id that stands in `column`; empty, with a problem noted, when it is not one."""
        text = self[column]
        if ID.fullmatch(text):
            return text
        wrong = said('{column} "{text}" may hold only a-z, 0-9 and "-"', column=column, text=visible(text))
        self.fault(wrong if text else said("{column} is missing", column=column))
        return ""

    def parts(self, column: str) -> tuple[str, ...]:
        """Give the texts of `column`, which "|" separates."""
        parts = [part.strip() for part in self[column].split("|")] if self[column] else []
        if "" in parts:
            self.fault(said('an empty part between "|" in column {column}', column=column))
        return tuple(filter(None, parts))

    def length(self, column: str) -> int | None:
        """Give the number of characters that stands in `column`; None, with a problem noted, when it is none."""
        if _LENGTH.fullmatch(self[column]):
            return int(self[column])
        text = visible(self[column])
        self.fault(said('{column} "{text}" must be the number of characters of the text', column=column, text=text))
        return None

    def sha256(self, column: str) -> str:
        """Give the SHA-256 that stands in `column`; empty, with a problem noted, when it is none."""
        if _SHA256.fullmatch(self[column]):
            return self[column]
        self.fault(said("{column} must be 64 digits and letters a-f: copy it whole", column=column))
        return ""

    def iri(self, column: str, *, required: bool = True) -> str:
        """Give the web address that stands in `column`; a problem is noted when it is not a whole one."""
        text = self[column]
        if text or required:
            fault = iri_fault(text)
            if fault:
                self.fault(said("{fault} in column {column}", fault=fault, column=column))
        return text

    def knows(self, known: Known, column: str, part: str | None = None) -> bool:
        """Tell whether `known` has `part` of what stands in `column`, or all; if not, or if empty, note a problem."""
        word = self[column] if part is None else part
        if word and word in known.ids:
            return True
        place = said("column {column}", column=column)
        if fault := known.fault(word, place) if word else said("{column} is missing", column=column):
            self.fault(fault)
        return False


def rows(
    file: CuratedFile, columns: Sequence[str], optional: re.Pattern[str] | None = None, verbatim: Collection[str] = ()
) -> Iterator[Row]:
    """Read the table of `file`: `columns` must be there, others only when `optional` matches them.

    Columns that are `verbatim` hold the words of others as they are, blanks and line ends too.
    """
    for each in lines(file, columns, optional):
        yield _row(file, each, verbatim)


class TableLine(NamedTuple):
    """A line of a table as it stands; what is `coded` as text was looked at with its file, sign by sign."""

    number: int
    header: list[str]
    cells: list[str]
    coded: bool


def lines(file: CuratedFile, columns: Sequence[str], optional: re.Pattern[str] | None = None) -> Iterator[TableLine]:
    """Read the lines of the table of `file` that have a cell for each column; what its cells hold is not looked at."""
    for path, numbered in file.files:
        header: list[str] = []
        try:
            found = table.read(path, columns)
            file.sheet = file.sheet or found.sheet
            file.tell(found, numbered)
            _check_characters(file, found.text, numbered)
            for line, cells in found.lines:
                if not header:
                    header = cells
                    if not _check_header(file, numbered(line), header, columns, optional):
                        break
                elif line not in found.rejected and _is_whole(file, numbered(line), header, cells):
                    yield TableLine(numbered(line), header, cells, bool(found.text))
        except Unreadable as exc:
            file.stop(numbered(exc.line), exc.message)


@lru_cache(maxsize=1024)
def one(value: _Value) -> _Value:
    """Give one object for all values that are equal, as what thousands of cells hold often is."""
    return value


def optional(file: CuratedFile, columns: Sequence[str]) -> Iterator[Row]:
    """Read a table that a dataset need not have."""
    return rows(file, columns) if file.path.is_file() else iter(())


def decoded(file: CuratedFile) -> str | None:
    """Read a file that is no table, in UTF-8; None when it is missing, empty or something else."""
    try:
        text, encoding = table.text_of(file.path)
    except Unreadable as exc:
        file.stop(exc.line, exc.message)
        return None
    if encoding:
        file.stop(0, said("it is in {encoding}, not in UTF-8; save the file as UTF-8", encoding=encoding))
    _check_characters(file, text, int)
    return text if file.usable else None


def _check_characters(file: CuratedFile, text: str, numbered: Callable[[int], int]) -> None:
    for match in islice(FORBIDDEN.finditer(text), _SHOWN):
        file.add(numbered(text.count("\n", 0, match.start()) + 1), character_fault(match[0]))


def _check_header(
    file: CuratedFile, line: int, header: list[str], columns: Sequence[str], optional: re.Pattern[str] | None
) -> bool:
    if not set(header) & set(columns):
        file.stop(line, said("no header: the columns {columns} are expected here", columns=", ".join(columns)))
        return False
    missing = [column for column in columns if column not in header]
    extra = [name for name in header if name not in columns and not (optional and optional.fullmatch(name))]
    twice = sorted({name for name in header if header.count(name) > 1})
    for name in missing:
        file.stop(line, said('missing column "{name}"', name=name))
    for name in extra:
        file.stop(line, said('unknown column "{name}"{hint}', name=visible(name), hint=suggestion(name, columns)))
    for name in twice:
        file.stop(line, said('repeated column "{name}"', name=visible(name)))
    return not (missing or extra or twice)


def _is_whole(file: CuratedFile, line: int, header: list[str], cells: list[str]) -> bool:
    if len(cells) != len(header):
        file.named.update(cells)
        counts = {"cells": str(len(cells)), "columns": str(len(header))}
        file.add(line, said("{cells} cells where the header has {columns} columns", **counts))
    return len(cells) == len(header)


def _row(file: CuratedFile, line: TableLine, verbatim: Collection[str]) -> Row:
    row = Row(line.number, dict(zip(line.header, line.cells, strict=True)), file)
    if _PLAIN.fullmatch("".join(line.cells)):
        return row
    for column, cell in row.cells.items():
        if not line.coded and (fault := character_fault(cell)):
            row.fault(fault)
        if column in verbatim or _PLAIN.fullmatch(cell):
            continue
        if fault := corruption.fault(cell):
            row.fault(said("{fault} (column {column})", fault=fault, column=column))
            row.rejected.append(cell)
        elif cell != cell.strip():
            row.fault(said("a space or a line end around the text of column {column}", column=column))
        elif "\n" in cell or "\r" in cell:
            row.fault(said("a line end inside column {column}", column=column))
    return row

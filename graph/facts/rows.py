"""Reading a curated CSV file: every fault becomes a problem with its file and line, and reading goes on."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode

from graph.errors import Problem, shown

#: An id of the data, or the name of a dataset.
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
# What XML 1.0 cannot carry breaks RDF/XML and GraphML; the other controls have no place in a name.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_SUGGESTIONS = 200_000
_SHOWN = 100


@dataclass
class Report:
    """The problems of one file; `usable` tells whether its table could be read at all."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    usable: bool = True

    def add(self, line: int, message: str) -> None:
        """Note a problem; line 0 is the file as a whole."""
        self.problems.append(Problem(shown(self.path), line, message))

    def stop(self, line: int, message: str) -> None:
        """Note a problem that makes the rest of the file unreadable."""
        self.usable = False
        self.add(line, message)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `fault` notes what is wrong with it."""

    line: int
    cells: dict[str, str]
    report: Report

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, message: str) -> None:
        """Note a problem of this line."""
        self.report.add(self.line, message)

    def id(self, column: str) -> str:
        """Give the id that stands in `column`; empty, with a problem noted, when it is not one."""
        text = self[column]
        if ID.fullmatch(text):
            return text
        self.fault(f'{column} "{visible(text)}" may hold only a-z, 0-9 and "-"' if text else f"{column} is missing")
        return ""

    def parts(self, column: str) -> tuple[str, ...]:
        """Give the texts of `column`, which "|" separates."""
        parts = [part.strip() for part in self[column].split("|")] if self[column] else []
        if "" in parts:
            self.fault(f'an empty part between "|" in column {column}')
        return tuple(filter(None, parts))

    def iri(self, column: str, *, required: bool = True) -> str:
        """Give the web address that stands in `column`; a problem is noted when it is not a whole one."""
        text = self[column]
        if text or required:
            fault = iri_fault(text)
            if fault:
                self.fault(f"{fault} in column {column}")
        return text


@dataclass
class Known:
    """The ids that a cell may name, and the nearest one suggested when it names none; all of them, if few."""

    what: str
    ids: Collection[str]
    complete: bool = True
    few: bool = False
    spoilt: Collection[str] = ()
    budget: int = _SUGGESTIONS

    def fault(self, word: str, column: str) -> str:
        """Say what is wrong with `word`; empty when it is known, or when the ids themselves could not be read.

        A word that is near to one of the `spoilt` ids is taken for it: their own line has been told.
        """
        if word in self.ids or not self.complete or (self.spoilt and self._near(word, self.spoilt)):
            return ""
        return f'unknown {self.what} "{visible(word)}" in column {column}{self.suggestion(word)}'

    def suggestion(self, word: str) -> str:
        """Ask whether the nearest known id was meant; comparing is slow, so a budget bounds it."""
        if near := self._near(word, self.ids):
            return f'; did you mean "{near}"?'
        return f"; it is one of {', '.join(self.ids)}" if self.few and self.budget >= 0 else ""

    def _near(self, word: str, ids: Collection[str]) -> str:
        self.budget -= len(ids)
        if self.budget < 0:
            return ""
        from difflib import get_close_matches

        return next(iter(get_close_matches(word, ids, 1)), "")


def rows(report: Report, columns: Sequence[str], optional: re.Pattern[str] | None = None) -> Iterator[Row]:
    """Read the table of `report`: `columns` must be there, others only when `optional` matches them."""
    text = decoded(report)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    start = 1
    try:
        for cells in reader:
            start, line = reader.line_num + 1, start
            if not header:
                header = cells
                _check_header(report, header, columns, optional)
                if not report.usable:
                    return
            elif cells:
                row = _row(report, line, header, cells)
                if row:
                    yield row
    except csv.Error as exc:
        unclosed = "unexpected end of data" in str(exc)
        report.stop(start, "a quotation mark opened here is never closed" if unclosed else f"not valid CSV: {exc}")


def decoded(report: Report) -> str | None:
    """Read a file as UTF-8, without its byte order mark; None when it is missing, empty or something else."""
    try:
        data = report.path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        report.stop(0, "no such file")
        return None
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        report.stop(line, f"byte 0x{data[exc.start]:02X} is not UTF-8; save the file as UTF-8")
        return None
    if not text.strip():
        report.stop(0, "the file is empty")
        return None
    for match in islice(_FORBIDDEN.finditer(text), _SHOWN):
        report.add(text.count("\n", 0, match.start()) + 1, character_fault(match[0]))
    return text


def character_fault(text: str) -> str:
    """Say which character of `text` no format can carry; empty when there is none."""
    found = _FORBIDDEN.search(text)
    return f"the character {visible(found[0])} cannot stand in the data; delete it" if found else ""


def visible(text: str) -> str:
    """Show what has no shape of its own (controls, bidi marks, line ends, code points of no character) as U+XXXX."""
    return "".join(f"U+{ord(c):04X}" if unicodedata.category(c) in _UNSEEN else c for c in text)


def iri_fault(text: str) -> str:
    """Say why `text` is not an absolute web address; empty when it is one."""
    if not text.startswith(("http://", "https://")):
        return f'"{visible(text)}" is not an IRI that begins with http:// or https://'
    if visible(text) != text:
        return f'the IRI "{visible(text)}" holds an invisible character'
    try:
        NamedNode(text)
    except ValueError as exc:
        return f'"{text}" is not a valid IRI: {exc}'
    return ""


def _check_header(report: Report, header: list[str], columns: Sequence[str], optional: re.Pattern[str] | None) -> None:
    if len(header) == 1 and (sign := next((sign for sign in ";\t" if sign in header[0]), "")):
        report.stop(1, f"the columns are separated by {'tabs' if sign != ';' else sign}: save the file with commas")
        return
    missing = [column for column in columns if column not in header]
    extra = [name for name in header if name not in columns and not (optional and optional.fullmatch(name))]
    twice = sorted({name for name in header if header.count(name) > 1})
    for word, names in (("missing", missing), ("unknown", extra), ("repeated", twice)):
        for name in names:
            known = Known("column", columns)
            hint = known.suggestion(name) if word == "unknown" else ""
            report.stop(1, f'{word} column "{visible(name)}"{hint}')


def _row(report: Report, line: int, header: list[str], cells: list[str]) -> Row | None:
    if len(cells) != len(header):
        report.add(line, f"{len(cells)} cells where the header has {len(header)} columns")
        return None
    row = Row(line, dict(zip(header, cells, strict=True)), report)
    for column, cell in row.cells.items():
        if cell != cell.strip():
            row.fault(f"a space or a line end around the text of column {column}")
        elif "\n" in cell or "\r" in cell:
            row.fault(f"a line end inside column {column}")
    return row

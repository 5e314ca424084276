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
from graph.model.suggestion import nearest, suggestion

#: An id of the data, or the name of a dataset.
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHA256 = re.compile("[0-9a-f]{64}")
_LENGTH = re.compile("[1-9][0-9]{0,11}")
# What XML 1.0 cannot carry breaks RDF/XML and GraphML; the other controls have no place in a name.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_COMPARISONS = 200_000
_SHOWN = 100


@dataclass
class CuratedFile:
    """One file of the curated data, and its problems; `usable` tells whether it could be read at all."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    usable: bool = True

    def add(self, line: int, message: str) -> None:
        """Note a problem; line 0 is the file as a whole."""
        self.problems.append(Problem(shown(self.path), line, message))

    def warn(self, line: int, message: str) -> None:
        """Note what may be right, and only a reader can tell."""
        self.warnings.append(Problem(shown(self.path), line, message, "warning"))

    def stop(self, line: int, message: str) -> None:
        """Note a problem that makes the rest of the file unreadable."""
        self.usable = False
        self.add(line, message)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `fault` notes what is wrong with it."""

    line: int
    cells: dict[str, str]
    file: CuratedFile

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, message: str) -> None:
        """Note a problem of this line."""
        self.file.add(self.line, message)

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

    def length(self, column: str) -> int | None:
        """Give the number of characters that stands in `column`; None, with a problem noted, when it is none."""
        if _LENGTH.fullmatch(self[column]):
            return int(self[column])
        self.fault(f'{column} "{visible(self[column])}" must be the number of characters of the text')
        return None

    def sha256(self, column: str) -> str:
        """Give the SHA-256 that stands in `column`; a problem is noted when it is none."""
        if not _SHA256.fullmatch(self[column]):
            self.fault(f"{column} of a text must be 64 hexadecimal digits in lower case")
        return self[column]

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
    """The ids of one kind that a cell may name; all are listed to who names none of them, if they are `few`.

    `complete` tells whether the file that holds them could be read; `rejected` are what its faulty lines called ids.
    """

    what: str
    ids: Collection[str]
    complete: bool = True
    few: bool = False
    rejected: Collection[str] = ()
    _compared: int = field(default=0, init=False)

    def fault(self, word: str, place: str) -> str:
        """Say what is wrong with `word` at `place`; empty when it is known, or may be but for a fault elsewhere."""
        if word in self.ids or not self.complete or (self._affordable(self.rejected) and nearest(word, self.rejected)):
            return ""
        return f'unknown {self.what} "{visible(word)}" in {place}{self.hint(word)}'

    def hint(self, word: str) -> str:
        """Ask whether the nearest known id was meant, or list them all."""
        if not self._affordable(self.ids):
            return ""
        listed = f"; it is one of {', '.join(self.ids)}" if self.few else ""
        return suggestion(word, self.ids) or listed

    def _affordable(self, ids: Collection[str]) -> bool:
        """Tell whether a word may still be compared with `ids`: with many faults in large data, it would take hours."""
        self._compared += len(ids)
        return self._compared <= _COMPARISONS


def rows(file: CuratedFile, columns: Sequence[str], optional: re.Pattern[str] | None = None) -> Iterator[Row]:
    """Read the table of `file`: `columns` must be there, others only when `optional` matches them."""
    text = decoded(file)
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
                _check_header(file, header, columns, optional)
                if not file.usable:
                    return
            elif cells:
                row = _row(file, line, header, cells)
                if row:
                    yield row
    except csv.Error as exc:
        unclosed = "unexpected end of data" in str(exc)
        file.stop(start, "a quotation mark opened here is never closed" if unclosed else f"not valid CSV: {exc}")


def optional(file: CuratedFile, columns: Sequence[str]) -> Iterator[Row]:
    """Read a table that a dataset need not have."""
    return rows(file, columns) if file.path.is_file() else iter(())


def decoded(file: CuratedFile) -> str | None:
    """Read a file as UTF-8, without its byte order mark; None when it is missing, empty or something else."""
    try:
        data = file.path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        file.stop(0, "no such file")
        return None
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        file.stop(line, f"byte 0x{data[exc.start]:02X} is not UTF-8; save the file as UTF-8")
        return None
    if not text.strip():
        file.stop(0, "the file is empty")
        return None
    for match in islice(_FORBIDDEN.finditer(text), _SHOWN):
        file.add(text.count("\n", 0, match.start()) + 1, character_fault(match[0]))
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


def _check_header(
    file: CuratedFile, header: list[str], columns: Sequence[str], optional: re.Pattern[str] | None
) -> None:
    if len(header) == 1 and (sign := next((sign for sign in ";\t" if sign in header[0]), "")):
        file.stop(1, f"the columns are separated by {'tabs' if sign != ';' else sign}: save the file with commas")
        return
    missing = [column for column in columns if column not in header]
    extra = [name for name in header if name not in columns and not (optional and optional.fullmatch(name))]
    twice = sorted({name for name in header if header.count(name) > 1})
    for word, names in (("missing", missing), ("unknown", extra), ("repeated", twice)):
        for name in names:
            hint = suggestion(name, columns) if word == "unknown" else ""
            file.stop(1, f'{word} column "{visible(name)}"{hint}')


def _row(file: CuratedFile, line: int, header: list[str], cells: list[str]) -> Row | None:
    if len(cells) != len(header):
        file.add(line, f"{len(cells)} cells where the header has {len(header)} columns")
        return None
    row = Row(line, dict(zip(header, cells, strict=True)), file)
    for column, cell in row.cells.items():
        if cell != cell.strip():
            row.fault(f"a space or a line end around the text of column {column}")
        elif "\n" in cell or "\r" in cell:
            row.fault(f"a line end inside column {column}")
    return row

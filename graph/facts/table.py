"""A table of the curated data as it was saved: CSV of any country's spreadsheet, a workbook, Parquet → rows of cells.

What the spreadsheet changed without harm (encoding, separator) is a note; what it made unreadable is a fault, and then
nothing is told that follows from it. What a cell means is not known here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from graph.errors import PartLine, Said, said, shown
from graph.facts import parquet
from graph.facts.encoding import NotDecoded, decode
from graph.facts.sheet import Sheet, Unreadable
from graph.model.inputs import files

_SEPARATORS: dict[str, Said] = {",": said("commas"), ";": said("semicolons"), "\t": said("tabs")}

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")

#: What spreadsheets save tables as besides, which is not read.
_UNREAD = (".xls", ".xlsm", ".xlsb", ".numbers", ".tsv", ".txt")


#: Some rows of a table, each with the file, its place among the table's files and the line that it comes from.
SLICE = ".slice"


class TableFile(NamedTuple):
    """A file of a table, and how its lines are numbered among those of all its files."""

    path: Path
    line: Callable[[int], int]


def stored(data: Path, name: str) -> list[TableFile]:
    """Give the files of the folder `data` that hold the table called so, in the order in which their rows are read."""
    if (part := (data / name).with_suffix(SLICE)).is_file():
        return [TableFile(part, lambda line: line)]
    names = files(data, name)
    several = any("/" in file for file in names)
    return [
        TableFile(path := data / file, PartLine.of(shown(path), part if "/" in file else 0) if several else int)
        for part, file in enumerate(names, 1)
    ]


@dataclass
class Table:
    """Rows of cells, each with its line; `text` is that of a CSV file, `sheet` names the sheet of a workbook.

    `lines` may raise Unreadable. `notes` and `faults` are messages at lines; line 0 is the file as a whole. Rows that
    are `rejected` have a fault already.
    """

    lines: Iterator[tuple[int, list[str]]]
    text: str = ""
    sheet: str = ""
    notes: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    rejected: Collection[int] = ()


def read(path: Path, columns: Collection[str]) -> Table:
    """Read the table in `path`, whose header holds most of `columns`; Unreadable, with its line, if it is none."""
    if path.suffix == ".parquet":
        return Table(parquet.read(path))
    if path.suffix == SLICE:
        return Table(_of_slice(path))
    if path.suffix != ".csv":
        return _of_workbook(path)
    text, encoding = text_of(path)
    notes: list[tuple[int, str]] = []
    if encoding:
        notes.append(
            (0, said("it is in {encoding}, not in UTF-8: `format` saves it with commas, in UTF-8", encoding=encoding))
        )
    header = text[: text.find("\n") + 1 or None].strip()
    first = 1
    separator = ""
    if header.lower().startswith("sep=") and len(header) == len("sep=;"):
        separator, text, first = header[-1], text.partition("\n")[2], 2
    separator = separator or max(_SEPARATORS, key=lambda sign: _known(text, sign, columns))
    _check_separator(text, separator, first)
    if separator != ",":
        sign = _SEPARATORS.get(separator, separator)
        notes.append(
            (0, said("the columns are separated by {sign}: `format` saves it with commas, in UTF-8", sign=sign))
        )
    return Table(_records(text, separator, first), text, notes=notes)


def _of_slice(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        for _, _, _, *header in reader:
            yield 0, header
            break
        for file, part, line, *cells in reader:
            yield PartLine.of(file, int(part))(int(line)) if part != "0" else int(line), cells


def written(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as git keeps them: with commas and line feeds, and no quotation marks that are not needed."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def text_of(path: Path) -> tuple[str, str]:
    """Give the text of a file, and its encoding if not UTF-8; Unreadable where it is missing, empty or unsure."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        for ending in _UNREAD:
            if (other := path.with_suffix(ending)).is_file():
                message = said("no such file: save {other} as .xlsx or as CSV UTF-8", other=other.name)
                raise Unreadable(0, message) from None
        raise Unreadable(0, said("no such file")) from None
    try:
        text, encoding = decode(data)
    except NotDecoded as exc:
        raise Unreadable(data.count(b"\n", 0, exc.start) + 1, exc.message) from exc
    if not text.strip():
        raise Unreadable(0, said("the file is empty"))
    return text, encoding


def _known(text: str, separator: str, columns: Collection[str]) -> int:
    """Count the columns that the header has if it is separated so."""
    try:
        header = next(csv.reader(_lines(text), delimiter=separator), [])
    except csv.Error:
        return 0
    return len(set(header) & set(columns))


def _check_separator(text: str, separator: str, first: int) -> None:
    """Raise Unreadable where the line below the header is separated otherwise, so that no cell can be told."""
    header, row = [*islice(_lines(text), 2), ""][:2]
    for sign, name in _SEPARATORS.items():
        if separator in header and separator not in row and row.count(sign) >= header.count(separator):
            message = said(
                "this line is separated by {sign} and the header by {other}: separate both alike",
                sign=name,
                other=_SEPARATORS.get(separator, separator),
            )
            raise Unreadable(first + 1, message)


def _records(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Give the records of a CSV text, whose first line has the number `first`.

    Excel, whose lines end in CR LF, leaves the separators of empty last cells out where sixteen rows have none.
    """
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    padded = "\r\n" in text
    width, start = 0, first
    try:
        for cells in reader:
            start, line = reader.line_num + first, start
            if cells and cells[0] and len(cells) == width:  # nearly all
                yield line, cells
            elif any(cells):
                width = width or len(_filled(cells))
                cells = cells[:width] + _filled(cells[width:])
                yield line, cells + [""] * (width - len(cells)) if padded else cells
    except csv.Error as exc:
        if "unexpected end of data" in str(exc):
            message = said("a quotation mark opened here is never closed")
        elif "expected after" in str(exc):
            message = said("a quotation mark inside a cell is written twice, and the cell put in quotation marks")
        else:
            message = said("not valid CSV: {reason}", reason=str(exc))
        raise Unreadable(start, message) from exc


def _lines(text: str) -> Iterator[str]:
    """Give the lines of a text, with their ends, without a copy of it."""
    return (match[0] for match in _LINE.finditer(text))


def _filled(cells: Sequence[str]) -> list[str]:
    """Leave the empty cells at the end out."""
    kept = len(cells)
    while kept and not cells[kept - 1]:
        kept -= 1
    return list(cells[:kept])


def _of_workbook(path: Path) -> Table:
    sheets = workbook(path)
    sheet = _meant(sheets, path.stem)
    others = [
        said('only sheet "{sheet}" is read, and not "{other}"', sheet=sheet.name, other=each.name)
        for each in sheets
        if each is not sheet
    ]
    notes = [*((0, other) for other in others), *sheet.notes]
    return Table(rows_of(sheet), sheet=sheet.name, notes=notes, faults=sheet.faults, rejected=sheet.rejected)


def workbook(path: Path) -> list[Sheet]:
    """Read the sheets of a workbook that hold something; Unreadable where it is none, or is too large."""
    from graph.facts import sheet, sheet_ods, sheet_xlsx

    sheet.check(path)
    read = sheet_ods.read if path.suffix == ".ods" else sheet_xlsx.read
    sheets = [each for each in read(path) if each.rows or each.faults]
    if not sheets:
        raise Unreadable(0, said("the file is empty"))
    return sheets


def rows_of(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a sheet that hold something, each as wide as the header."""
    rows = ((number, cells) for number, cells in sheet.rows if any(cells))
    first = next(rows, None)
    width = len(_filled(first[1])) if first else 0
    for number, cells in chain([first] if first else [], rows):
        yield number, cells[:width] + [""] * (width - len(cells)) + _filled(cells[width:])


def _meant(sheets: list[Sheet], name: str) -> Sheet:
    found = [each for each in sheets if each.name == name] or sheets
    if len(found) > 1:
        listed = ", ".join(f'"{each.name}"' for each in found)
        message = said(
            'it has {count} sheets, {sheets}: call the one that holds the table "{name}"',
            count=str(len(found)),
            sheets=listed,
            name=name,
        )
        raise Unreadable(0, message)
    return found[0]

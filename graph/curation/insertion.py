"""Rows put into a table as it stands on disk: every other line keeps its bytes.

A row comes after the last one that the canonical form would have before it, so that a table in that form stays in it;
a log goes on at its end.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph.curation.canonical import LOGS, key, stored
from graph.errors import DataError, said
from graph.facts import table
from graph.facts.curated import COLUMNS
from graph.facts.sheet import Unreadable
from graph.model.inputs import place
from graph.model.suggestion import suggestion

Cells = Mapping[str, str]
"""The cells of a row that hold something, by column."""


def inserted(data: Path, name: str, rows: Iterable[Cells]) -> tuple[bytes, list[str]]:
    """Give what a table of the folder `data` holds with some rows more, and those as they are written there.

    A table that is not there yet begins. Raises DataError where a column is missing, or the table is no plain CSV.
    """
    path = Path(place(data, name))
    content = path.read_bytes() if path.exists() else f"{','.join(_header(data, name))}\n".encode()
    if path.exists() and (why := _unfit(path, COLUMNS[name])):
        raise DataError.at(path, said("{why}: `format` it first, so that rows can be added", why=why))
    written = []
    for row in rows:
        content, line = _with(content, row, path, log=name in LOGS)
        written.append(line)
    return content, written


def _header(data: Path, name: str) -> list[str]:
    """Give the header of a table that begins: that of the first file of its folder, if it has one."""
    return next((header for _, header, _ in stored(data, name)), list(COLUMNS[name]))


def _unfit(path: Path, columns: Iterable[str]) -> str:
    if path.suffix != ".csv":
        return said("it is a workbook")
    try:
        found = table.read(path, list(columns))
        list(found.lines)
    except Unreadable as exc:
        raise DataError.at(path, exc.args[0], exc.line) from exc
    plain = not found.notes and not found.text.startswith("sep=")
    return "" if plain else said("it is not in UTF-8 with commas")


def _with(content: bytes, row: Cells, path: Path, *, log: bool) -> tuple[bytes, str]:
    """Put one row into a table, between its lines."""
    lines = content.splitlines(keepends=True)  # of bytes, which end with LF, CR LF or CR alone
    header, *others = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for column in row:
        if column not in header:
            near = suggestion(column, header)
            raise DataError.at(path, said('there is no column "{column}"{near}', column=column, near=near), 1)
    cells = [row.get(column, "") for column in header]
    ended = b"\r\n" if lines[0].endswith(b"\r\n") else b"\n"
    quoted = lines[0].lstrip(b"\xef\xbb\xbf").startswith(b'"')
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerow(cells)
    written = stream.getvalue()
    mine = key(dict(zip(header, cells, strict=True)), cells)
    before = [
        at
        for at, other in enumerate(others)
        if other and (log or key(dict(zip(header, other, strict=False)), other) <= mine)
    ]
    at = _lines(content, before[-1] + 2 if before else 1)
    if at == len(lines) and not lines[-1].endswith((b"\n", b"\r")):
        lines[-1] += ended
    return b"".join([*lines[:at], written.encode() + ended, *lines[at:]]), written


def _lines(content: bytes, records: int) -> int:
    """Count the lines that the first records of a table take."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for _ in range(records):
        next(reader)
    return reader.line_num

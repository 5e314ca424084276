"""The one form of a table on disk, for git: UTF-8, commas, LF, no quotes that are not needed, rows in one order.

Sources and entities stand by id, what cites a text by source, start, end, then text; what curators decide or move is a
log, and keeps its order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from graph.errors import DataError, Problem, said, shown
from graph.facts import table
from graph.facts.curated import COLUMNS
from graph.facts.sheet import Unreadable
from graph.model.inputs import DECISIONS, MOVED, OPTIONAL, ROWS, parts, standing

#: The tables whose lines stay in the order in which they came.
LOGS = {DECISIONS, MOVED}


def written(name: str, rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table in the canonical form; its first row is the header, and every row is as wide."""
    header, *others = ([cell.strip() for cell in row] for row in rows)
    if name not in LOGS:
        others.sort(key=lambda row: key(dict(zip(header, row, strict=False)), row))
    return table.written([header, *others]).encode()


def changes(data: Path) -> dict[str, bytes | None]:
    """Give what files of `data` are to hold to be in the canonical form, and None for the spreadsheets that end.

    Raises DataError with all that makes tables unreadable.
    """
    changed: dict[str, bytes | None] = {}
    problems: list[Problem] = []
    for name in ROWS:
        csvs = [part for part in parts(data, name) if part.endswith(".csv")]
        for file in (*(files := standing(data, name)), *csvs):
            path = data / file
            try:
                if len(files) > 1 and file in files:
                    problems.append(Problem(shown(path), 0, said("the table stands in another file too: keep one")))
                found = table.read(path, COLUMNS[name])
                problems += [Problem(shown(path), *fault) for fault in found.faults]
                content = written(name, whole(found.lines, COLUMNS[name]))
            except Unreadable as exc:
                problems.append(Problem(shown(path), exc.line, exc.args[0]))
                continue
            if path.suffix != ".csv" or content != path.read_bytes():
                changed |= {file: None, (file if file in csvs else name): content}
    if problems:
        raise DataError(problems)
    return changed


def whole(lines: Iterable[tuple[int, list[str]]], columns: Collection[str]) -> list[list[str]]:
    """Give rows as wide as the first, which names some of `columns`; Unreadable at the first that is not."""
    rows: list[list[str]] = []
    for line, cells in lines:
        if not rows and not set(cells) & set(columns):
            message = said("no header: the columns {columns} are expected here", columns=", ".join(columns))
            raise Unreadable(line, message)
        if rows and len(cells) != len(rows[0]):
            cell, column = str(len(cells)), str(len(rows[0]))
            message = said("{cells} cells where the header has {columns} columns", cells=cell, columns=column)
            raise Unreadable(line, message)
        rows.append(cells)
    return rows


def stored(data: Path, name: str, home: str = "") -> Iterator[tuple[Path, list[str], dict[int, dict[str, str]]]]:
    """Give each file of a table of the folder `data`, which messages call `home`: its header, its rows by line.

    There are none where a dataset need not have the table and has not. Raises DataError where one cannot be read.
    """
    for path, numbered in table.stored(data, name) or [table.TableFile(data / name, int)] * (name not in OPTIONAL):
        try:
            lines = list(table.read(path, COLUMNS[name]).lines)
            header, *others = whole(lines, COLUMNS[name])
        except Unreadable as exc:
            place = f"{home}/{path.relative_to(data).as_posix()}" if home else shown(path)
            raise DataError([Problem(place, exc.line, exc.message)]) from exc
        columns, numbers = [column.strip() for column in header], (numbered(line) for line, _ in lines[1:])
        found = (dict(zip(columns, map(str.strip, cells), strict=True)) for cells in others)
        yield path, columns, dict(zip(numbers, found, strict=True))


def rows(data: Path, name: str, home: str = "") -> dict[int, dict[str, str]]:
    """Give the rows of all files of a table by line, as `stored` does: cells by column."""
    return {line: row for _, _, found in stored(data, name, home) for line, row in found.items()}


def key(cells: dict[str, str], row: Sequence[str]) -> tuple[object, ...]:
    """Give by what a row is sorted in its table."""
    if "id" in cells:
        return cells["id"], *row
    return cells.get("source", ""), _number(cells.get("start", "")), _number(cells.get("end", "")), *row


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else -1

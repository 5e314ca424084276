"""Reading `.ods`: the rows of its `content.xml` (OpenDocument 1.3, part 3, chapter 9), bounded as they are read.

Repeated rows and cells are what a small file makes millions of; libraries unroll them before anybody can count.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from graph.facts.sheet import COLUMNS, FORMULA, MERGED, ROWS, Sheet, Unreadable, too_large, unreadable

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT = (_NS % name for name in ("table", "office", "text"))
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def read(path: Path) -> list[Sheet]:
    """Give the sheets of a workbook; Unreadable where it is none."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            return list(_sheets(stream))
    except Unreadable:
        raise
    except Exception as exc:
        raise unreadable(path.suffix) from exc


def _sheets(stream: IO[bytes]) -> Iterator[Sheet]:
    sheet, row = Sheet(""), 0
    for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - expat bounds what entities become
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet, row = Sheet(element.get(f"{_TABLE}name", "")), 0
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            cells = _cells(sheet, row + 1, element)
            times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            if any(cells):
                if row + times > ROWS:
                    raise too_large(sheet.name)
                numbers = [row + each + 1 for each in range(times)]
                sheet.rows += [(number, cells) for number in numbers]
                if element.get(f"{_TABLE}visibility", "visible") != "visible":
                    sheet.hidden(numbers)
            row += times
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield sheet


def _cells(sheet: Sheet, row: int, element: ET.Element) -> list[str]:
    """Give the texts of a row, without the empty ones at its end."""
    cells: list[str] = []
    empty = 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        text = _text(sheet, row, len(cells) + empty + 1, cell)
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if not text:
            empty += times
            continue
        if len(cells) + empty + times > COLUMNS:
            raise too_large(sheet.name)
        cells += [""] * empty + [text] * times
        empty = 0
    return cells


def _text(sheet: Sheet, row: int, column: int, cell: ET.Element) -> str:
    if cell.get(f"{_TABLE}formula"):
        return sheet.fault(row, column, FORMULA)
    wide, high = (int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("columns", "rows"))
    if wide > 1 or high > 1:
        sheet.fault(row, column, MERGED)
        sheet.rejected.update(range(row, min(row + high, ROWS)))
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in {"float", "percentage", "currency"}:
        return sheet.text(row, column, float(cell.get(f"{_OFFICE}value", "nan")))
    if kind in {"date", "time"}:
        return sheet.dated(row, column, cell.get(f"{_OFFICE}{kind}-value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "")
    return "\n".join(_said(line) for line in cell.iterfind(f"{_TEXT}p"))


def _said(element: ET.Element) -> str:
    """Give the text of a paragraph: spaces in a row, tabs and line ends are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), ROWS))
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            parts.append("\t" if child.tag.endswith("tab") else "\n")
        else:
            parts.append(_said(child))
        parts.append(child.tail or "")
    return "".join(parts)

"""Reading `.xlsx`, by openpyxl, which tells what a formula, a date, a merged cell and a hidden row are."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from graph.errors import said
from graph.facts.sheet import COLUMNS, FORMULA, MERGED, ROWS, Sheet, Unreadable, too_large, unreadable


def read(path: Path) -> list[Sheet]:
    """Give the sheets of a workbook; Unreadable where it is none."""
    try:
        from openpyxl import load_workbook
    except ImportError as exc:
        message = said("to read .xlsx, install what it needs: pip install 'azetta[sheet]'; or save CSV")
        raise Unreadable(0, message) from exc
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says what it would lose in writing the file again
            return [_sheet(each) for each in load_workbook(path).worksheets]
    except Unreadable:
        raise
    except Exception as exc:
        raise unreadable(path.suffix) from exc


def _sheet(found: Any) -> Sheet:
    if found.max_row > ROWS or found.max_column > COLUMNS:
        raise too_large(found.title)
    sheet = Sheet(found.title)
    for number, cells in enumerate(found.iter_rows(), 1):
        sheet.rows.append((number, [_text(sheet, cell) for cell in cells]))
    for area in found.merged_cells.ranges:
        sheet.fault(area.min_row, area.min_col, MERGED)
        sheet.rejected.update(range(area.min_row, min(area.max_row, ROWS) + 1))
    sheet.hidden([row for row, how in found.row_dimensions.items() if how.hidden and row <= found.max_row])
    return sheet


def _text(sheet: Sheet, cell: Any) -> str:
    if cell.data_type == "f":
        return sheet.fault(cell.row, cell.column, FORMULA)
    if cell.data_type == "e":
        return sheet.fault(cell.row, cell.column, said("an error of the spreadsheet, {error}", error=str(cell.value)))
    return sheet.text(cell.row, cell.column, cell.value)

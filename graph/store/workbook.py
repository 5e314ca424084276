"""An answer as a workbook of Excel (.xlsx), by openpyxl, which is an extra.

The same answer gives the same bytes: the moment that openpyxl writes into a workbook is taken out of it again.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

_LONGEST = 32_767
_WIDEST = 60
_NEVER = datetime(1980, 1, 1)  # the first day that a ZIP file knows


def written(heads: Sequence[str], rows: Sequence[Sequence[object]], right_to_left: bool) -> bytes:
    """Give the bytes of a workbook of one sheet; a text longer than Excel's 32,767 characters is cut."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("azetta")
    sheet.freeze_panes, sheet.sheet_view.rightToLeft = "A2", right_to_left
    for index, head in enumerate(heads):
        widest = max([len(str(row[index])) for row in rows] + [len(head)])
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(widest + 2, _WIDEST)

    def cell(value: Any, bold: bool = False) -> Any:
        if isinstance(value, (int, float, Decimal)):
            return WriteOnlyCell(sheet, cast("float", value))
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))[:_LONGEST])
        made.data_type = "s"  # a text is a text, even one that begins with “=”
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(head, bold=True) for head in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    book.properties.created = book.properties.modified = _NEVER
    return _timeless(stream, tostring(book.properties.to_tree()))


def _timeless(stream: io.BytesIO, properties: bytes) -> bytes:
    """Pack a workbook again, with other properties and without the time of packing."""
    packed = io.BytesIO()
    with ZipFile(stream) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for each in old.infolist():
            content = properties if each.filename == "docProps/core.xml" else old.read(each)
            info = ZipInfo(each.filename)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, content)
    return packed.getvalue()

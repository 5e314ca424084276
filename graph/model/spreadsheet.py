"""A table as a spreadsheet opens it, without noise and without danger.

It begins with a byte order mark, without which Excel shows Arabic as noise, and ends lines as RFC 4180 says. A text
that a spreadsheet would run as a formula is preceded by an apostrophe, as OWASP advises; numbers are left alone.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def write(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ",") -> None:
    """Write a table as CSV; a spreadsheet in French, say, wants semicolons."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([harmless(str(cell)) for cell in row] for row in chain((header,), rows))
    text.detach()


def harmless(cell: str) -> str:
    """Give a text as a spreadsheet may have it.

    >>> harmless("=1+1"), harmless("-9.250")
    ("'=1+1", '-9.250')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell

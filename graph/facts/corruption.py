"""What a spreadsheet makes of a text that it takes for a number or a date, or saves without its letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.errors import said

_TRAILING = bytes(range(0x80, 0xC0))
_OF_LATIN, _OF_ARABIC = (re.escape(_TRAILING.decode(page, "ignore")) for page in ("windows-1252", "windows-1256"))
_SHOWN = 60

#: A pattern of what came out, and what happened: in saving, or in showing.
_LOST = (
    (re.compile(r"\?{3,}|^[?\s|]*\?\?[?\s|]*$"), said("question marks stand for letters that were lost in saving")),
    (re.compile("\ufffd"), said("U+FFFD stands for a letter that was lost in saving")),
    (
        re.compile(f"(?:[ÃØÙ][{_OF_LATIN}]){{2}}|Ã[©¨ª«§´®¢»¯]|â€[™œ¦“”]|(?:[طظ][{_OF_ARABIC}]){{2}}"),
        said("the letters were garbled, opened in another encoding than UTF-8 and saved so"),
    ),
)
_TURNED = (
    (re.compile(r"^[+-]?[0-9](?:[.,][0-9]+)?E\+[0-9]{2,}$"), said("a spreadsheet cut a long number to this")),
    (re.compile(r"^[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{2}|[0-9]{4})(?: .*)?$"), said("a spreadsheet turned a date so")),
)
_CODE = re.compile(r"([0-9]+)(?:\.[0-9]+)*")


def fault(text: str) -> str:
    """Say what became of the text of a cell; empty when nothing shows.

    >>> fault("22/04/2024")
    '"22/04/2024": a spreadsheet turned a date so; write it again, in a column that is formatted as text'
    """
    for pattern, found in _LOST:
        if pattern.search(text):
            return said(
                '"{text}": {found}; write it again, and save as .xlsx or as CSV UTF-8', text=text[:_SHOWN], found=found
            )
    for pattern, found in _TURNED:
        if pattern.search(text):
            return said(
                '"{text}": {found}; write it again, in a column that is formatted as text',
                text=text[:_SHOWN],
                found=found,
            )
    return ""


def without_zero(codes: Iterable[str]) -> frozenset[str]:
    """Give the codes whose leading zero is gone: shorter in their first part than one of them that has its zero.

    >>> sorted(without_zero(["09.001.01.01", "9.001", "9", "07", "12", "place/2"]))
    ['9', '9.001']
    """
    parts = {code: match[1] for code in codes if (match := _CODE.fullmatch(code))}
    width = max((len(part) for part in parts.values() if part[0] == "0" and len(part) > 1), default=0)
    return frozenset(code for code, part in parts.items() if len(part) < width)

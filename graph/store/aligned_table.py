"""An aligned table for a terminal, in any script."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import one_line

_ISOLATE, _RELEASE, _LEFT = "\u2068", "\u2069", "\u200e"
_RIGHT_TO_LEFT = ("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufeff")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out `rows` under `columns`, two spaces apart.

    Text that runs right to left is put between isolates and its line begins left to right, so that a terminal that
    knows bidirectional text keeps the columns in their order; the marks take no room in one that does not. Control
    characters are shown as U+FFFD, never sent to the terminal.
    """
    cells = [[one_line(text) for text in line] for line in (columns, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    head, *body = [_line(line, widths) for line in cells]
    return "\n".join([head, "  ".join("─" * width for width in widths), *body, ""])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    turns = [_runs_left(text) for text in cells]
    parts = [
        (f"{_ISOLATE}{text}{_RELEASE}" if turn else text) + " " * (width - _width(text))
        for text, turn, width in zip(cells, turns, widths, strict=True)
    ]
    return (_LEFT if any(turns) else "") + "  ".join(parts).rstrip()


def _runs_left(text: str) -> bool:
    return not text.isascii() and any(low <= c <= high for c in text for low, high in _RIGHT_TO_LEFT)


def _width(text: str) -> int:
    """Count the columns that `text` takes: none for marks on a letter or without a shape, two for wide letters."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(c) in {"Mn", "Me", "Cf"} else 2 if east_asian_width(c) in {"W", "F"} else 1 for c in text)

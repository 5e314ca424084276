"""Reading cells that name characters of a text: offsets, and antecedents such as `34-55|176-187`."""

from __future__ import annotations

import re

from graph.errors import said
from graph.facts.characters import visible
from graph.facts.rows import Row
from graph.model.records import Source, Span

_OFFSET = re.compile("[0-9]{1,12}")
_SPAN = re.compile("([0-9]{1,12})-([0-9]{1,12})")


def span(row: Row, source: Source) -> Span | None:
    """Give the characters that columns start and end name in `source`; None, with a problem noted, for none."""
    for column in ("start", "end"):
        if not _OFFSET.fullmatch(row[column]):
            text = visible(row[column])
            message = said(
                '{column} "{text}" is not a position in the text: a whole number such as 120', column=column, text=text
            )
            row.fault(message)
            return None
    start, end = int(row["start"]), int(row["end"])
    return (start, end) if _within(row, source, start, end, "end") else None


def spans(row: Row, column: str, source: Source) -> tuple[Span, ...]:
    """Give the passages that `column` names in `source`: `START-END`, several with "|"."""
    found = []
    for part in row.parts(column):
        match = _SPAN.fullmatch(part)
        if not match:
            message = said(
                '"{part}" in column {column} is not a passage such as 34-55, several as 34-55|176-187',
                part=visible(part),
                column=column,
            )
            row.fault(message)
        elif _within(row, source, int(match[1]), int(match[2]), column):
            found.append((int(match[1]), int(match[2])))
    return tuple(found)


def _within(row: Row, source: Source, start: int, end: int, column: str) -> bool:
    if start >= end:
        bounds = {"start": str(start), "end": str(end)}
        row.fault(said("the passage {start} to {end} is empty: end must be greater than start", **bounds))
    elif source.length and end > source.length:
        place = column if column == "end" else f"{column}: end"
        message = said(
            '{place} {end} is past the end of source "{source}", which has {length} characters',
            place=place,
            end=str(end),
            source=source.id,
            length=source.length,
        )
        row.fault(message)
    else:
        return True
    return False

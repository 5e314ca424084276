"""Short names that a text gives to what it names, in brackets after a name or at its end: they refer back to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from graph.reading.mentions import Named

_GIVEN = re.compile(r"\s*\(([A-Z][A-Z0-9-]{1,9})\)")
_SURE = 0.85
_DEEPEST = 8  # so many names may begin before one and end after its beginning


def acronyms(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """Give where a text has the acronym that it gave a name before, and nothing else is named there."""
    starts, meant = [each.start for each in named], dict[str, tuple[Named, int]]()
    for each in named:
        if not each.nested and (given := _GIVEN.match(text, each.end) or _GIVEN.search(text, each.start, each.end)):
            meant.setdefault(given[1], (each, given.end()))
    for short, (each, last) in meant.items():
        for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text[last:]):
            start, end = match.start() + last, match.end() + last
            at = bisect_left(starts, end)
            if all(one.end <= start for one in named[max(0, at - _DEEPEST) : at]):
                sure = min(_SURE, each.confidence)
                yield Named(start, end, each.id, each.classes, sure, at=(each.start, each.end))

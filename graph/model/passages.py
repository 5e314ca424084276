"""What passages are known by, in columns: an eighth of what it takes passage by passage."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

#: A source, and the characters of it from the first up to the second number.
PassageKey = tuple[str, int, int]
#: The length and the SHA-256 of the folded words of a passage.
Measure = tuple[int, str]
_DIGEST = 32  # bytes


class _Measures(NamedTuple):
    """What is known of the passages of one source, in the order of the text."""

    starts: array[int]
    ends: array[int]
    lengths: array[int]
    digests: bytearray


class Passages(Mapping[PassageKey, Measure]):
    """The length and the SHA-256 of the folded words of passages; tables keep them in the order of the text.

    >>> known = Passages({("bulletin", 0, 9): (8, "0f" * 32)})
    >>> known["bulletin", 0, 9] == (8, "0f" * 32), known.get(("bulletin", 0, 8))
    (True, None)
    """

    def __init__(self, measures: Mapping[PassageKey, Measure] | None = None) -> None:
        self._sources: dict[str, _Measures] = {}
        self._late: dict[PassageKey, Measure] = {}  # those that came after one which stands behind them in the text
        for place, measure in (measures or {}).items():
            self.add(place, measure)

    def add(self, place: PassageKey, measure: Measure) -> bool:
        """Add a passage; give False if it is there, and stays."""
        source, start, end = place
        if source not in self._sources:
            self._sources[source] = _Measures(array("Q"), array("Q"), array("Q"), bytearray())
        known = self._sources[source]
        if known.starts and (known.starts[-1], known.ends[-1]) >= (start, end):
            fresh = place not in self
            self._late.update({place: measure} if fresh else {})
            return fresh
        known.starts.append(start)
        known.ends.append(end)
        known.lengths.append(measure[0])
        known.digests.extend(bytes.fromhex(measure[1]))
        return True

    def of(self, source: str) -> Passages:
        """Give those of one source."""
        found = Passages()
        found._sources = {source: self._sources[source]} if source in self._sources else {}
        found._late = {place: measure for place, measure in self._late.items() if place[0] == source}
        return found

    def __len__(self) -> int:
        return len(self._late) + sum(len(known.starts) for known in self._sources.values())

    def __iter__(self) -> Iterator[PassageKey]:
        in_order = (
            (source, *span)
            for source, known in self._sources.items()
            for span in zip(known.starts, known.ends, strict=True)
        )
        return chain(in_order, self._late)

    def __getitem__(self, place: PassageKey) -> Measure:
        source, start, end = place
        known = self._sources[source]
        at = bisect_left(known.starts, start)
        while at < len(known.starts) and known.starts[at] == start:
            if known.ends[at] == end:
                return known.lengths[at], known.digests[_DIGEST * at : _DIGEST * (at + 1)].hex()
            at += 1
        return self._late[place]

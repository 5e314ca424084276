"""All names of a dataset, found in a text at once.

>>> from graph.facts.spelling import fold
>>> names = Gazetteer({"oasis": ["الواحة", "Oasis"], "green-oasis": ["الواحة الخضراء"]})
>>> text = "زار الوفد الواحة الخضراء، ثم عاد إلى الواحة."
>>> [(text[each.start : each.end], each.named) for each in names.find(fold(text))]
[('الواحة الخضراء', ('green-oasis',)), ('الواحة', ('oasis',))]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from graph.facts.spelling import Folded, begin, ended, gaps, stem

_ARTICLE = 3  # the Arabic article, which the shorter of two names may lack, and a mark on it


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a text has a name, and all that are called so."""

    start: int
    end: int
    named: tuple[str, ...]


class Gazetteer:
    """The names of many things, in an automaton that goes through a text once however many they are."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        called: dict[str, dict[bool, list[str]]] = {}
        for id_, own in names.items():
            for body, article in dict.fromkeys(map(stem, own)):
                if any(map(str.isalnum, body)):
                    called.setdefault(body, {}).setdefault(article, []).append(id_)
        self._called = [tuple(each.items()) for each in called.values()]
        self._automaton = AhoCorasick(called, store_patterns=False)

    def find(self, text: Folded) -> list[Occurrence]:
        """Give the longest names of a text, and those within them of what is not named by itself, in its order."""
        found: dict[tuple[int, int], list[str]] = {}
        for index, start, end in self._matches(text):
            if ended(text, end):
                for article, ids in self._called[index]:
                    first = begin(text, start, article=article)
                    if first is not None:
                        found.setdefault(text.span(first, end), []).extend(ids)
        return longest(Occurrence(*span, tuple(dict.fromkeys(ids))) for span, ids in found.items())

    def _matches(self, text: Folded) -> Iterator[tuple[int, int, int]]:
        """Give the numbers of the stems in a text, and from which folded character to which each stands."""
        cuts = list(gaps(text))
        if not cuts:
            yield from self._automaton.find_matches_as_indexes(text.text, overlapping=True)
            return
        kept = [0, *(end for _, end in cuts)]  # where each piece between gaps begins
        pieces = [text.text[start:end] for start, (end, _) in zip(kept, cuts, strict=False)] + [text.text[kept[-1] :]]
        moved = list(accumulate((len(piece) + 1 for piece in pieces[:-1]), initial=0))
        for index, start, end in self._automaton.find_matches_as_indexes(" ".join(pieces), overlapping=True):
            first, last = bisect_right(moved, start) - 1, bisect_right(moved, end - 1) - 1
            yield index, start - moved[first] + kept[first], end - moved[last] + kept[last]


def longest(names: Iterable[Occurrence]) -> list[Occurrence]:
    """Choose among names: the longest of those that overlap, and one within another if nothing else names that thing.

    One with which another begins is left out: the first word is what the longer name is the name of.

    >>> longest([Occurrence(0, 9, ("school",)), Occurrence(5, 9, ("town",)), Occurrence(7, 12, ("river",))])
    [Occurrence(start=0, end=9, named=('school',)), Occurrence(start=5, end=9, named=('town',))]
    """
    ordered = sorted(names, key=lambda each: (each.start - each.end, each.start))
    outer, inner = _Spans(), list[Occurrence]()
    for name in ordered:
        if outer.free(name):
            outer.add(name)
        elif outer.within(name):
            inner.append(name)
    known = {id_ for name in outer.names for id_ in name.named}
    layers: list[_Spans] = []  # each within the one before
    for name in inner:
        if known.isdisjoint(name.named):
            _add(layers, name)
    found = [name for layer in (outer, *layers) for name in layer.names]
    return sorted(found, key=lambda each: (each.start, -each.end))


def _add(layers: list[_Spans], name: Occurrence) -> None:
    """Put a name into the first layer that has room, if it is within a name of each layer before."""
    for layer in layers:
        if layer.free(name):
            layer.add(name)
            return
        if not layer.within(name):
            return
    layers.append(_Spans())
    layers[-1].add(name)


def _within(inner: Occurrence, outer: Occurrence) -> bool:
    return outer.start + _ARTICLE < inner.start and inner.end <= outer.end


class _Spans:
    """Names that do not overlap, kept in the order of the text."""

    def __init__(self) -> None:
        self.names: list[Occurrence] = []
        self._starts: list[int] = []

    def _before(self, name: Occurrence) -> int:
        return bisect_right(self._starts, name.start)

    def free(self, name: Occurrence) -> bool:
        at = self._before(name)
        after = at == len(self.names) or name.end <= self.names[at].start
        return after and (not at or self.names[at - 1].end <= name.start)

    def within(self, name: Occurrence) -> bool:
        at = self._before(name)
        return bool(at) and _within(name, self.names[at - 1])

    def add(self, name: Occurrence) -> None:
        at = self._before(name)
        self._starts.insert(at, name.start)
        self.names.insert(at, name)

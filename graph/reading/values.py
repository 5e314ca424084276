"""The numbers and dates of a text, as what claims may say of a thing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from graph.facts.quantities import Quantity, dates, numbers, years
from graph.facts.spelling import Folded
from graph.model.datatypes import date_type
from graph.reading.mentions import Named

_SHARE = "%"  # counts nothing that a claim could say
_DEEPEST = 4  # so many names may lie within one another


def values(text: Folded, named: Sequence[Named]) -> list[Named]:
    """Give the numbers and dates of a text, in its order, but for those within a name; their ids are the values."""
    found = [_value(each, frozenset({date_type(each.value)})) for each in (*dates(text), *years(text))]
    taken = sorted((each.start, each.end) for each in (*named, *found))
    for each in numbers(text):
        if each.unit != _SHARE and not _covered(each, taken):
            whole = frozenset({"xsd:integer"}) if each.value.isdigit() else frozenset[str]()
            found.append(_value(each, whole | {"xsd:decimal"}))
    return sorted(found, key=lambda each: each.start)


def _value(each: Quantity, datatypes: frozenset[str]) -> Named:
    return Named(each.start, each.end, each.value, datatypes, 1.0, value=each.value, unit=each.unit)


def _covered(each: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(taken, each.start, key=lambda span: span[0])
    return any(end > each.start for _, end in taken[max(0, at - _DEEPEST) : at])

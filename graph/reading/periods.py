"""When a claim holds: the dates that stand after words such as "since" and "until"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graph.facts.spelling import Folded
from graph.model.records import Span
from graph.reading.language import Language
from graph.reading.mentions import Named

#: A bound of a period ("from" or "until"), where its words begin, and the date.
Bound = tuple[str, int, Named]

_DATES = frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gYear"})
_YEAR = re.compile("[12][0-9]{3}")
_AFTER, _NEAR = 30, 6  # how far after a claim its period may begin, and how far the date from the word


def bounds(sentence: Folded, offset: int, named: Sequence[Named], language: Language) -> Iterator[Bound]:
    """Give the bounds that a sentence sets, which begins at `offset` of the text: a year, a month or a day each."""
    for bound, start, end in language.bounds.find(sentence):
        for each in named:
            dated = not each.classes.isdisjoint(_DATES) or _YEAR.fullmatch(each.id)
            if dated and 0 <= each.start - offset - end <= _NEAR:
                yield bound, start + offset, each
                break


def period(span: Span, found: Sequence[Bound]) -> Mapping[str, Named]:
    """Give the bounds of the claim that stands at `span`: within it, or right after."""
    return {bound: date for bound, start, date in found if span[0] <= start <= span[1] + _AFTER}

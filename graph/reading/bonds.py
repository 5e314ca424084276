"""What a phrase speaks of, by the small words of its sentence: "whose cost" is of what stands right before "whose"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model.records import Span
from graph.reading.phrases import Marker

_NEAR = {"relative": 30, "attribute": 12}  # how far before such a word what it is said of may end
_BESIDE, _BEHIND = 12, 3  # how far before a number, and after it, a word may stand that makes it one of a part
_FEW = 2  # fewer words than that before an attribute begin a sentence: "With a cost of"
_COMMA = re.compile("[,،]")


def bound(text: str, first: int, start: int, found: Sequence[Marker]) -> tuple[range, int] | None:
    """Give where what a phrase at `start` speaks of must end, and from where it may stand; None if nothing binds it.

    A comma ends the clause of a relative word; an attribute after one, or after a copula, is free, and so is one in the
    first words of the sentence, which begins at `first`.
    """
    for each in reversed(found):
        if each.end > start or each.key not in _NEAR:
            continue
        if each.key == "relative" and not _COMMA.search(text, each.end, start):
            return range(each.start - _NEAR[each.key], each.start + 1), each.end
        if each.key == "attribute" and start - each.end <= 1 and not _free(text, first, each, found):
            return range(each.start - _NEAR[each.key], each.start + 1), each.end
    return None


def _free(text: str, first: int, attribute: Marker, found: Sequence[Marker]) -> bool:
    before = text[first : attribute.start].rstrip()
    ended = len(before.split()) < _FEW or before[-1] in ",،("
    return ended or any(each.key == "copula" and each.end == first + len(before) for each in found)


def of_part(phrase: Span, number: Span, found: Sequence[Marker]) -> bool:
    """Tell whether a number is one of a part: a word that says so stands right before it or its phrase, or behind."""
    last = max(phrase[1], number[1])
    for each in found:
        if each.key == "share" and 0 <= number[0] - each.end <= _BESIDE:
            return True
        if each.key == "part" and (
            any(0 <= begin - each.end <= _BESIDE for begin in (number[0], phrase[0]))
            or 0 <= each.start - last <= _BEHIND
        ):
            return True
    return False

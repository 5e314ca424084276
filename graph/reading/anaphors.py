"""What refers back: "this project", المركز; with what it may stand for: of all named before, what is named most."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from graph.facts.spelling import Folded
from graph.reading.ends import FAR, possible, salient
from graph.reading.language import Language
from graph.reading.mentions import Named

_TRUST = 0.7


def anaphors(text: Folded, named: Sequence[Named], language: Language) -> list[Named]:
    """Give the words of a text that refer back to things that it names, in its order; those within a name do not."""
    found: list[Named] = []
    starts, times = [each.start for each in named], Counter(each.id for each in named)
    for key, start, end in language.referring.find(text):
        at = bisect_left(starts, start)
        before = [each for each in named[max(0, at - 40) : at] if not each.nested and start - each.end <= FAR]
        if any(each.end > start for each in before) or (at < len(named) and named[at].start < end):
            continue
        if found and found[-1].end > start:
            continue
        wanted = language.anaphors[int(key)]["classes"]
        after = (each for each in named[at : at + 40] if not each.nested and each.start - end <= FAR)
        meant = salient(before, wanted, times) or next(iter(possible(after, wanted)), None)
        if meant:
            sure = meant.confidence * _TRUST
            found.append(Named(start, end, meant.id, meant.classes, sure, at=(meant.start, meant.end)))
    return found

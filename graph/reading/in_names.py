"""What a name says by itself: the Technopark of a town is in that town."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.facts.spelling import fold
from graph.reading.claims import Cued
from graph.reading.mentions import Named, Things

_PROPERTY, _SUBJECTS, _TOWNS = "locatedIn", "Centre", frozenset({"City"})
_SURE = 0.5


def located(text: str, named: Iterable[Named], said: Iterable[Cued], things: Things) -> Iterator[Cued]:
    """Give what names of centres that end with a town say, once each, where no sentence does."""
    told = {each.subject.id for each in said if each.property == _PROPERTY}
    for each in named:
        if _SUBJECTS not in each.classes or each.nested or each.id in told:
            continue
        words = text[each.start : each.end]
        last = [found for found in things.names.find(fold(words)) if found.end == len(words) and found.start]
        towns = [id_ for found in last for id_ in found.named if not _TOWNS.isdisjoint(things.classes[id_])]
        if len(towns) == 1:
            told.add(each.id)
            sure = round(_SURE * each.confidence, 2)
            yield Cued(each, _PROPERTY, towns[0], "stated", (each.start, each.end), sure, "name", {}, {})

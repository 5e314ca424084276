"""Who holds what but one has at a time, such as to preside over a council: each until another is told to hold it.

A claim is taken for what its source can know: that somebody presides holds from the day that is told, else from that of
the source, and is vouched for up to the day of the source, unless it says until when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.model.datatypes import before
from graph.model.ontology import Ontology
from graph.model.records import ASSERTED, Claim, Source


def vouched(claim: Claim, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Give the first and the last day, month or year for which a source vouches; empty where none is known."""
    issued = sources[claim.source].issued
    start = claim.since or issued
    return start, claim.until or (start if issued and before(issued, start) else issued)


def apart(one: Claim, other: Claim, sources: Mapping[str, Source]) -> bool:
    """Tell whether the sources of two claims vouch for two times, so that both may be so, one after the other."""
    (start, end), (first, last) = vouched(one, sources), vouched(other, sources)
    return before(end, first) or before(last, start)


def succeeded(
    claims: Sequence[Claim], sources: Mapping[str, Source], ontology: Ontology, date: str
) -> tuple[Claim, ...]:
    """Give the claims as they stand on a date: "over" where another has followed, "upcoming" where one is to follow."""
    offices: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if ontology.properties[claim.property].sole and claim.status in ASSERTED and not claim.lapse:
            offices[claim.property, claim.object].append(claim)
    lapses = {
        one.id: lapse for office in offices.values() for one in office if (lapse := _lapse(one, office, sources, date))
    }
    return tuple(replace(each, lapse=lapses[each.id]) if each.id in lapses else each for each in claims)


def _lapse(claim: Claim, office: Iterable[Claim], sources: Mapping[str, Source], date: str) -> str:
    start, end = vouched(claim, sources)
    others = [vouched(each, sources)[0] for each in office if each.subject != claim.subject]
    begun = [first for first in others if first and not before(date, first)]
    if any(before(end, first) for first in begun):
        return "over"
    return "upcoming" if begun and before(date, start) else ""

"""How many independent sources say the same, and which sources are one text told twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.model.records import ASSERTED, Claim, Facts, Source

_DECIDED = {"withdrawn", "outweighed"}
# Two texts that share words of sentences, this many folded characters in all, are one: a name is shorter.
_SENTENCE, _SHARED = 30, 60


class Attestation(NamedTuple):
    """How many independent sources say what a claim says, and when the first and the last of them did ("": undated)."""

    sources: int
    first: str
    last: str


def repeats(facts: Facts) -> dict[str, str]:
    """Give each source whose text is largely another's, and that other: the first by date, then by id.

    Texts are compared by the digests of the passages that claims cite, so that none needs to be at hand.
    """
    passages = _sentences(facts)
    holders: dict[tuple[int, str], list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for source in sorted(passages, key=lambda name: (facts.sources[name].issued or "9", name)):
        shared: Counter[str] = Counter()
        for each in passages[source]:
            shared.update(dict.fromkeys(holders[each], each[0]))
        if known := [name for name, length in shared.items() if length >= _SHARED]:
            found[source] = min(known, key=lambda name: (-shared[name], name))
        for each in passages[source]:
            if (first := found.get(source, source)) not in holders[each]:
                holders[each].append(first)
    return found


def attested(facts: Facts) -> dict[str, Attestation]:
    """Give for each claim, by its id, who else says it: of one force, in periods that meet, and not set aside.

    What a source announces does not confirm what another gives as a fact, nor the other way round.
    """
    text = repeats(facts)
    same: dict[tuple[str, str, str, bool], list[Claim]] = defaultdict(list)
    for claim in facts.claims:
        if claim.lapse not in _DECIDED:
            same[_content(claim)].append(claim)
    found = {}
    for claim in facts.claims:
        saying = {each.source for each in same[_content(claim)] if each.meets(claim)} | {claim.source}
        found[claim.id] = _attestation((facts.sources[name] for name in saying), text)
    return found


def _content(claim: Claim) -> tuple[str, str, str, bool]:
    return claim.subject, claim.property, claim.object, claim.status in ASSERTED


def _attestation(sources: Iterable[Source], text: Mapping[str, str]) -> Attestation:
    known = list(sources)
    dates = sorted(source.issued for source in known if source.issued)
    independent = {text.get(source.id, source.id) for source in known}
    return Attestation(len(independent), dates[0] if dates else "", dates[-1] if dates else "")


def _sentences(facts: Facts) -> dict[str, set[tuple[int, str]]]:
    """Give by source the lengths and digests of the passages that say claims and are longer than a name."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for claim in facts.claims:
        for each in claim.quotations:
            known = facts.passages.get((claim.source, each.start, each.end))
            if known and known[0] >= _SENTENCE:
                found[claim.source].add(known)
    return found

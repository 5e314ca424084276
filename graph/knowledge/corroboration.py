"""How many independent sources say the same, and which sources are one text given twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from graph.model.records import ASSERTED, Claim, Facts, Source
from graph.model.repeated import repeated

_DECIDED = {"withdrawn", "outweighed"}
# Two texts that share words of sentences, this many folded characters in all, are one: a name is shorter.
SENTENCE, _SHARED = 30, 60


class Attestation(NamedTuple):
    """How many independent sources say what a claim says, and when the first and the last of them did ("": undated)."""

    sources: int
    first: str
    last: str


def repeats(facts: Facts) -> dict[str, str]:
    """Give each source whose text is largely another's, and that other: the first by date, then by id.

    Texts are compared by the digests of the passages that claims cite, so that none needs to be at hand.
    """
    return alike(_sentences(facts), facts.sources)


def alike(passages: Mapping[str, Iterable[tuple[int, str]]], sources: Mapping[str, Source]) -> dict[str, str]:
    """Give the same of the lengths and digests of the passages of each source."""
    holders: dict[tuple[int, str], list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for source in sorted(passages, key=lambda name: (sources[name].issued or "9", name)):
        shared: Counter[str] = Counter()
        for each in passages[source]:
            shared.update(dict.fromkeys(holders[each], each[0]))
        if known := [name for name, length in shared.items() if length >= _SHARED]:
            found[source] = min(known, key=lambda name: (-shared[name], name))
        for each in passages[source]:
            if (first := found.get(source, source)) not in holders[each]:
                holders[each].append(first)
    return found


def attested(facts: Facts, text: Mapping[str, str]) -> dict[str, Attestation]:
    """Give for each claim, by its id, who else says it: of one force, in periods that meet, and not set aside.

    What a source announces does not confirm what another gives as a fact, nor the other way round. `text` names for
    a source whose text is another's that other.
    """
    alone = {source.id: _attestation([source], text) for source in facts.sources.values()}
    found = {claim.id: alone[claim.source] for claim in facts.claims}
    same: dict[tuple[str, str, str, bool], list[Claim]] = defaultdict(list)
    several = repeated(map(_content, facts.claims))
    for claim in (each for each in facts.claims if hash(_content(each)) in several):
        same[_content(claim)].append(claim)
    for claim in chain.from_iterable(same.values()):
        others = (each for each in same[_content(claim)] if each.lapse not in _DECIDED and each.meets(claim))
        saying = {each.source for each in others} | {claim.source}
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
    """Give by source the lengths and digests of the passages that say claims, longer than a name, and come again."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    several = repeated(facts.passages.values())
    for claim in facts.claims:
        for each in claim.quotations:
            known = facts.passages.get((claim.source, each.start, each.end))
            if known and known[0] >= SENTENCE and hash(known) in several:
                found[claim.source].add(known)
    return found

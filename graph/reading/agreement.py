"""What several readers propose of one text, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.model.records import TOGETHER
from graph.reading.proposals import KINDS, Proposal

#: What a claim says.
_CLAIM = ("subject", "property", "object", "status")


def agreed(found: Iterable[Proposal], others: Iterable[Proposal]) -> list[Proposal]:
    """Put what two readers propose of one text into one order; what both do is one line, which names both.

    A claim is the same where the passages meet; the line is that of the first reader, the surer for it.
    """
    kept = list(found)
    same: dict[tuple[str, ...], list[int]] = {}
    for at, each in enumerate(kept):
        same.setdefault(_said(each), []).append(at)
    for each in others:
        alike = same.setdefault(_said(each), [])
        line = next((at for at in alike if each.kind == "entity" or _meet(kept[at], each)), len(kept))
        if line == len(kept):
            alike.append(line)
            kept.append(each)
        elif each.proposer not in kept[line].proposer:
            sure = 1 - (1 - kept[line].confidence) * (1 - each.confidence)
            who = TOGETHER.join((kept[line].proposer, each.proposer))
            kept[line] = replace(kept[line], confidence=round(sure, 2), proposer=who)
    return sorted(kept, key=lambda each: (KINDS.index(each.kind), int(each.cells.get("start", 0))))


def _said(each: Proposal) -> tuple[str, ...]:
    """Give what a proposal says, wherever it stands; a mention says where."""
    at = (each.cells["start"], each.cells["end"]) if each.kind == "mention" else ()
    return each.kind, each.id, *(each.cells.get(name, "") for name in _CLAIM), *at


def _meet(one: Proposal, other: Proposal) -> bool:
    return all(int(a.cells["start"]) < int(b.cells["end"]) for a, b in ((one, other), (other, one)))

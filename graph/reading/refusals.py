"""Proposals that a curator refused: known again by a hash, so that no word of a text is kept and none comes twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import product

from graph.model.records import Facts
from graph.reading.proposals import Proposal

#: What a decision of that kind is of: the hash of a proposal.
REFUSE = "refuse"
#: What a proposal says and where; how sure it is, who makes it and by which cue change nothing of that.
_SAID = ("subject", "property", "object", "status", "source", "start", "end", "from", "until", "sha256")
#: What names a thing in it.
_NAMES = ("subject", "object")


def digest(proposal: Proposal) -> str:
    """Give the SHA-256 of what a proposal says and where, whoever proposes it.

    >>> sure = Proposal("mention", "tiznit", {"source": "bulletin", "start": "4", "end": "10"}, 0.9, words="Tiznit")
    >>> unsure = Proposal("mention", "tiznit", {"source": "bulletin", "start": "4", "end": "10"}, 0.2)
    >>> digest(sure) == digest(unsure)
    True
    """
    said = [proposal.kind, proposal.id, *(proposal.cells.get(column, "") for column in _SAID)]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


class Refusals:
    """The proposals that were refused: who reads leaves those out, whatever the things in them are called by now."""

    def __init__(self, facts: Facts) -> None:
        self._hashes = frozenset(each.a for each in facts.decisions if each.kind == REFUSE)
        self._former: dict[str, list[str]] = {}
        now = {each.old: each.new for each in facts.moved}
        for old in now:
            name = old
            while name in now:  # nothing is moved in a circle
                name = now[name]
            self._former.setdefault(name, []).append(old)

    def __contains__(self, proposal: Proposal) -> bool:
        return bool(self._hashes) and any(digest(each) in self._hashes for each in self._formerly(proposal))

    def _formerly(self, proposal: Proposal) -> Iterator[Proposal]:
        """Give a proposal as it is, and with each name that a thing in it once had."""
        columns = [name for name in _NAMES if name in proposal.cells]
        names = [proposal.id, *(proposal.cells[column] for column in columns)]
        for id_, *cells in product(*((name, *self._former.get(name, ())) for name in names)):
            yield replace(proposal, id=id_, cells={**proposal.cells, **dict(zip(columns, cells, strict=True))})

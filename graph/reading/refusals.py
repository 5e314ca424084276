"""Proposals that a curator refused: known again by a hash, so that no word of a text is kept and none comes twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from graph.model.records import Decision
from graph.reading.proposals import Proposal

#: What a decision of that kind is of: the hash of a proposal.
REFUSE = "refuse"
#: What a proposal says and where; how sure it is, who makes it and by which cue change nothing of that.
_SAID = ("subject", "property", "object", "status", "source", "start", "end", "from", "until", "sha256")


def digest(proposal: Proposal) -> str:
    """Give the SHA-256 of what a proposal says and where, whoever proposes it.

    >>> sure = Proposal("mention", "tiznit", {"source": "bulletin", "start": "4", "end": "10"}, 0.9, words="Tiznit")
    >>> unsure = Proposal("mention", "tiznit", {"source": "bulletin", "start": "4", "end": "10"}, 0.2)
    >>> digest(sure) == digest(unsure)
    True
    """
    said = [proposal.kind, proposal.id, *(proposal.cells.get(column, "") for column in _SAID)]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def refused(decisions: Iterable[Decision]) -> frozenset[str]:
    """Give the hashes of the proposals that were refused: who reads leaves those out."""
    return frozenset(each.a for each in decisions if each.kind == REFUSE)

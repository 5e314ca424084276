"""The answers given last, kept for who asks the same again: a build does not change, so neither do its answers."""

from __future__ import annotations

import re
from collections import OrderedDict

from graph.guard.jobs import Kind, Reply

_VOLATILE = re.compile(rb"\b(?:rand|now|uuid|struuid|bnode)\b", re.IGNORECASE)
_HINTS = (b"rand", b"now", b"uuid", b"bnode")
"""One of these is in whatever the expression finds; to look for them first is a tenth of its work."""
_ROOM = 32 << 20
_LARGEST = 256 << 10
_KEPT = (Kind.SOLUTIONS, Kind.BOOLEAN, Kind.GRAPH)


def volatile(job: bytes) -> bool:
    """Whether the answer to an encoded job may differ each time it is asked."""
    lowered = job.lower()
    return any(hint in lowered for hint in _HINTS) and bool(_VOLATILE.search(job))


class AnswerCache:
    """Answers by the encoded job that asked for them, at most `room` bytes; the one not asked for longest goes first.

    What differs each time it is asked (RAND, NOW, UUID, …), is refused or is large is never kept.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self.room = room
        self._kept: OrderedDict[bytes, Reply] = OrderedDict()

    def get(self, job: bytes) -> Reply | None:
        """Give the answer kept for a job."""
        answer = self._kept.get(job)
        if answer is not None:
            self._kept.move_to_end(job)
        return answer

    def put(self, job: bytes, answer: Reply) -> None:
        """Keep an answer, if it is of the kind that is kept."""
        size = len(job) + len(answer.body)
        if answer.kind not in _KEPT or size > _LARGEST or job in self._kept or volatile(job):
            return
        self._kept[job] = answer
        self.room -= size
        while self.room < 0:
            oldest, gone = self._kept.popitem(last=False)
            self.room += len(oldest) + len(gone.body)

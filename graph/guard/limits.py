"""The bounds of a served query, in one place."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use; times are in seconds and sizes in bytes.

    `workers` answer at once, and as many again and one are forked while the first are held up by long queries. While
    others wait, a query older than `preempt_after` gives way, except the `workers` oldest, and is asked again when
    nobody waits who was not asked yet, for three times as long each time: a burst of hostile queries delays the others
    by `preempt_after`, not by `timeout`. N-Quads of more than `resident` bytes are asked from disk, where a process can
    be kept from the network without being kept from files.
    """

    timeout: float = 10.0
    workers: int = 2
    preempt_after: float = 0.1
    waiting: int = 256
    rows: int = 100_000
    answer: int = 64 * MEGABYTE
    memory: int = 512 * MEGABYTE
    stack: int = 256 * MEGABYTE
    query: int = 128 * 1024
    resident: int = 64 * MEGABYTE

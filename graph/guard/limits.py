"""The bounds of a served query, in one place."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use; times are in seconds and sizes in bytes.

    `workers` answer at once, and as many again are forked while the first are held up by long queries. When all of
    them are busy and others wait, a query older than `preempt_after` is preempted, except the `workers` oldest: so a
    burst of hostile queries delays the others by `preempt_after`, not by `timeout`.
    """

    timeout: float = 10.0
    workers: int = 2
    preempt_after: float = 0.25
    waiting: int = 256
    rows: int = 100_000
    answer: int = 64 * MEGABYTE
    memory: int = 512 * MEGABYTE
    stack: int = 256 * MEGABYTE
    query: int = 128 * 1024

"""What a process of the guard takes from itself: what a query must not reach."""

from __future__ import annotations

import resource
from contextlib import suppress

from graph.guard.limits import MEGABYTE, Limits

_OVERHEAD = 64 * MEGABYTE
"""What a memory allocator reserves without using it."""


def confine(limits: Limits) -> None:
    """Take from this process what a query must not reach: new descriptors, files, more memory."""
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))
    most = _address_space() + limits.stack + limits.memory + _OVERHEAD
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int:
    """Give the size in bytes of this process, by /proc/self/statm; on systems without it, the peak resident size."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

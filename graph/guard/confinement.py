"""What a process of the guard takes from itself: what a query must not reach, and a life without its parent."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from math import ceil

from graph.guard.limits import MEGABYTE, Limits

_OVERHEAD = 64 * MEGABYTE
"""What a memory allocator reserves without using it."""
_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of <linux/prctl.h>."""


def die_with(parent: int) -> None:
    """End this process when `parent`, the process that started it, does: at once on Linux, by `allow` elsewhere.

    The signal comes when the very thread ends that started this process; in a server that is the main one.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, ctypes.c_ulong(signal.SIGKILL))
    if os.getppid() != parent:  # it ended before the signal was asked for
        os._exit(1)


def allow(seconds: float) -> None:
    """Let this process compute for `seconds` more (two at most above them): past that, the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


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

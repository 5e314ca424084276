"""How long a child process may live: not longer than its parent, and not longer than it is allowed to compute."""

from __future__ import annotations

import os
import signal
import sys

_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of <linux/prctl.h>."""


def die_with(parent: int) -> None:
    """End this process when `parent`, the process that started it, does: at once on Linux, by `allow` elsewhere.

    The signal comes when the very thread ends that started this process; in a server that is the main one.
    """
    if sys.platform == "linux":
        import ctypes  # no process but a child needs it

        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, ctypes.c_ulong(signal.SIGKILL))
    if os.getppid() != parent:  # it ended before the signal was asked for
        os._exit(1)


def allow(seconds: float) -> None:
    """Let this process compute for `seconds` more (two at most above them): past that, the system ends it."""
    import resource  # which Windows lacks
    from math import ceil

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))

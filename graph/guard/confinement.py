"""What a process of the guard takes from itself: what a query must not reach."""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import struct
import sys
from contextlib import suppress

from graph.guard.limits import MEGABYTE, Limits

_OVERHEAD = 64 * MEGABYTE
"""What a memory allocator reserves without using it."""


#: What a socket is made by: of each machine its audit name, and the number of its call `socket`.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING, _X32 = 425, 0x40000000  # by the first a socket can be made too; from the second on, calls have other names
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def confine(limits: Limits, *, opening: bool = False) -> None:
    """Take from this process what a query must not reach: new descriptors, files, more memory.

    With `opening`, of a process that is `offline`, it may still open files to read: a store on disk is many.
    """
    kinds = resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE
    for kind in kinds[opening:]:
        resource.setrlimit(kind, (0, 0))
    most = _address_space() + limits.stack + limits.memory + _OVERHEAD
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def offline() -> bool:
    """Take all sockets to come from this process and its children, for good; False where the system cannot."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    machine, call = _MACHINES[platform.machine()]
    code = (
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 5, machine),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 3, 0, _X32),
        (_EQUAL, 2, 0, _IO_URING),
        (_EQUAL, 1, 0, call),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    written = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in code))
    program = ctypes.create_string_buffer(struct.pack("HP", len(code), ctypes.addressof(written)))
    ask = ctypes.CDLL(None).prctl
    return not ask(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not ask(_SECCOMP, _FILTER, program, 0, 0)


def _address_space() -> int:
    """Give the size in bytes of this process, by /proc/self/statm; on systems without it, the peak resident size."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

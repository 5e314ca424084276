"""Two folders exchanged in one step of the file system, where it has one.

Linux has `renameat2` with RENAME_EXCHANGE (man 2 renameat2), macOS has `renamex_np` with RENAME_SWAP (man 2 rename);
Python offers neither.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS


def swap(fresh: Path, out: Path, old: Path) -> None:
    """Put the folder `fresh` at `out`; what stood there is left at `fresh` or, where no exchange is known, at `old`."""
    if not out.exists():
        fresh.rename(out)
    elif not _exchanged(fresh, out):
        out.rename(old)
        try:
            fresh.rename(out)
        except OSError:
            old.rename(out)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two paths; False where the system or the file system cannot. Raises OSError if it may not."""
    import ctypes

    paths = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = libc.renamex_np(*paths, _EXCHANGE)
        else:
            failed = libc.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE)
    except (AttributeError, OSError, TypeError):  # no such function, or no such library
        return False
    if failed and (code := ctypes.get_errno()) not in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        raise OSError(code, os.strerror(code), str(other))
    return not failed

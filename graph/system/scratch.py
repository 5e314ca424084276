"""A folder for what does not outlive the process that needs it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from graph.system.interrupt import Tidied

_NAME = "azetta-scratch-"
_DAY = 24 * 60 * 60


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """Give an empty folder that is gone on leaving: in `parent`, or else among the system's temporary ones.

    What a killed process left in `parent` is for that folder's owner to clear; in the system's place it is cleared by
    the first process that comes a day later.
    """
    for old in [] if parent else Path(gettempdir()).glob(f"{_NAME}*"):
        with suppress(OSError):
            if time.time() - old.lstat().st_mtime > _DAY:
                _remove(old)
    folder = Path(mkdtemp(prefix=_NAME, dir=parent))
    with Tidied(lambda: _remove(folder)):
        yield folder


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)

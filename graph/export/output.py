"""Folders and files replaced as one: a reader sees the old output or the new one, never a mixture, never half a file.

A folder is written beside its place, flushed to the disk, and exchanged with what stood there in one step of the file
system. Where the system has no such step (neither Linux nor macOS), two renames do it, and the next build puts the old
folder back if the first was cut between them. A lock beside the folder makes two builds at once wait for each other.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import OutputError, said
from graph.export import manifest
from graph.system import exchange
from graph.system.interrupt import Tidied
from graph.system.lock import locked


@contextmanager
def folder(out: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[Path]:
    """Give an empty folder to fill; on leaving, it takes the place of `out`, together with the files there not ours.

    `waiting` is called once if another build holds the folder. Raises OutputError if `out` is not ours to replace or
    cannot be written; `out` then stands as it was.
    """
    out = Path(os.path.realpath(out))
    with _blamed(out):
        _refuse(out)
    with _blamed(out), locked(_beside(out, "lock"), waiting):
        fresh, old = _beside(out, "new"), _beside(out, "old")
        _recover(out, fresh, old)
        with Tidied(lambda: _recover(out, fresh, old)):
            fresh.mkdir()
            yield fresh
            if out.exists():
                shutil.copymode(out, fresh)
                _carry(out, fresh)
            _flush(fresh)
            exchange.swap(fresh, out, old)
            _sync(out.parent)


@contextmanager
def file(path: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[BinaryIO]:
    """Give a binary file to write; on leaving without an error it takes the place of `path`, else `path` is untouched.

    `waiting` is called once if another process writes `path`; what a killed one left beside it is removed. A pipe or
    a device is written directly. Raises OutputError if `path` cannot be written.
    """
    given, path = path, Path(os.path.realpath(path))
    with _blamed(path):
        if given.exists() and not stat.S_ISREG(given.stat().st_mode):  # /dev/stdout: its pipe has no other path
            with given.open("wb") as direct:
                yield direct
            return
        if not path.parent.is_dir():
            raise OutputError(_no_folder(path))
        fresh = _beside(path, "new")
        with locked(_beside(path, "lock"), waiting), Tidied(lambda: fresh.unlink(missing_ok=True)):
            fresh.unlink(missing_ok=True)
            with fresh.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if path.exists():
                shutil.copymode(path, fresh)
            fresh.replace(path)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f".{path.name}.{ending}")


def _refuse(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise OutputError(said("{out} is a file: name a folder for the output", out=str(out)))
    if not out.parent.is_dir():
        raise OutputError(_no_folder(out))
    if os.path.ismount(out):
        raise OutputError(
            said("{out} is a mount point and cannot be replaced as one: name a folder inside it", out=str(out))
        )
    if out.is_dir() and manifest.read(out) is None and _listed(out):
        fault = said("{out} is not empty and was not made by a build", out=str(out))
        if (out / manifest.NAME).exists():
            fault = said("{fault} ({manifest} cannot be read)", fault=fault, manifest=manifest.NAME)
        raise OutputError(said("{fault}: name another folder, or empty it", fault=fault))


def _no_folder(path: Path) -> str:
    return said("cannot write {folder}: there is no folder {parent}", folder=str(path), parent=str(path.parent))


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@contextmanager
def _blamed(out: Path) -> Iterator[None]:
    """Say that `out` could not be written, whatever step failed; an error about a file elsewhere is not about `out`."""
    try:
        yield
    except OSError as error:
        if error.filename and not str(error.filename).startswith((str(out), str(_beside(out, "")))):
            raise
        what = error.strerror or str(error)
        left = said("cannot write {out}: {reason}; what stood there is left as it was", out=str(out), reason=what)
        raise OutputError(left) from error


def _recover(out: Path, fresh: Path, old: Path) -> None:
    """Clear what a killed build left, and put back a folder that it had moved aside."""
    if old.exists() and not out.exists():
        old.rename(out)
    _remove(old)
    _remove(fresh)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _carry(out: Path, fresh: Path) -> None:
    """Keep the files of `out` that no build made; a folder that one made is whole ours."""
    made = manifest.read(out) or {"files": {}}
    ours = {manifest.NAME, *(name.partition("/")[0] for name in made["files"])}
    for entry in _listed(out):
        if entry.name in ours:
            continue
        target = fresh / entry.name
        if target.exists():
            raise OutputError(
                said("{entry} was not made by a build and stands where one writes: move it", entry=str(entry))
            )
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, target, symlinks=True, copy_function=_link)
        else:
            _link(entry, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):  # no hard links here, another user's file; on Windows none of a link itself
        shutil.copy2(source, target, follow_symlinks=False)


def _flush(folder: Path) -> None:
    for entry in _listed(folder):
        if entry.is_dir() and not entry.is_symlink():
            _flush(entry)
        elif entry.is_file():
            _sync(entry)
    _sync(folder)


def _sync(path: Path) -> None:
    """Flush to the disk; Windows flushes only what it may write, and no folder."""
    with suppress(PermissionError):  # a folder of Windows, or a carried file of another user
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

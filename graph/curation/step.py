"""One change of the tables, written as a whole and kept so that it can be taken back.

What the files held before is kept beside their folder (`.data.undo/`, hidden, with a `.gitignore` of its own: no input
of a build, nothing to publish). The step that was taken last is the one that `undo` takes back, which is a step too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph import origin
from graph.errors import OutputError, said, shown
from graph.system.interrupt import Tidied
from graph.system.lock import locked

Files = Mapping[str, bytes | None]
"""What each file of the folder is to hold, by name; None for one that is not to be there."""

_TOLD = "step.json"


def write(data: Path, files: Files, what: str, waiting: Callable[[], object] = lambda: None) -> None:
    """Let files of the folder `data` hold something else, all of them or none; `what` names the step, for `undo`.

    `waiting` is called once if another process writes there. Raises OutputError if one cannot be written: all then
    stand as they were.
    """
    with _alone(data, waiting) as kept:
        _write(data, kept, files, what)


def recover(data: Path, waiting: Callable[[], object] = lambda: None) -> None:
    """Put back what a killed process left half-done, so that what is read next is whole; else touch nothing."""
    real = Path(os.path.realpath(data))
    told = _told(real.with_name(f".{real.name}.undo"))
    if told and told["begun"]:
        with _alone(data, waiting):
            pass


def undo(data: Path, waiting: Callable[[], object] = lambda: None) -> tuple[str, list[tuple[str, str]]]:
    """Take the last step back; give what it was called, and what becomes of which file. OutputError if there is none.

    What was edited since is not lost: to undo this brings it back.
    """
    with _alone(data, waiting) as kept:
        told = _told(kept)
        if told is None:
            raise OutputError(said("{folder}: there is no step to take back", folder=f"{shown(data)}/"))
        before = {name: (kept / name).read_bytes() if there else None for name, there in told["files"].items()}
        lines = [(name, _change(_held(data / name), before[name])) for name in before]
        what = str(told["step"])
        _write(data, kept, before, what.removeprefix("undo ") if what.startswith("undo ") else f"undo {what}")
    return what, lines


def _change(now: bytes | None, then: bytes | None) -> str:
    if now is None or then is None:
        return said("as it was before") if now == then else said("removed") if then is None else said("brought back")
    back, out = difference(now, then)
    if now != then and not (back or out):
        return said("its lines in the order that they had")
    return said("{back} lines brought back, {out} taken out", back=back, out=out)


def difference(now: bytes, then: bytes) -> tuple[int, int]:
    """Give how many lines of `then` are not in `now`, and how many of `now` are not in `then`."""
    lines, wanted = set(now.splitlines()), set(then.splitlines())
    return len(wanted - lines), len(lines - wanted)


@contextmanager
def _alone(data: Path, waiting: Callable[[], object]) -> Iterator[Path]:
    """Hold the folder, and give that of the kept files; what a killed process left half-done is put back first."""
    if origin.bundled(str(data)):
        message = said(
            "{folder} came with Azetta: begin your own dataset with `init`, or name it with --data",
            folder=f"{shown(data)}/",
        )
        raise OutputError(message)
    data = Path(os.path.realpath(data))
    kept = data.with_name(f".{data.name}.undo")
    try:
        with locked(data.with_name(f".{data.name}.lock"), waiting):
            kept.mkdir(exist_ok=True)
            (kept / ".gitignore").write_bytes(b"*\n")
            told = _told(kept)
            if told and told["begun"]:
                _put(data, {name: _held(kept / name) if there else None for name, there in told["files"].items()})
                _note(kept, told | {"begun": False})
            yield kept
    except OSError as error:
        what = error.strerror or str(error)
        message = said(
            "cannot write {file}: {reason}; the tables stand as they were",
            file=str(error.filename or data),
            reason=what,
        )
        raise OutputError(message) from error


def _write(data: Path, kept: Path, files: Files, what: str) -> None:
    before = {name: _held(data / name) for name in files}
    last = {path.relative_to(kept).as_posix(): path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    (kept / _TOLD).unlink(missing_ok=True)
    for name, content in before.items():
        if content is not None:
            _place(kept / name, content)
    told = {"step": what, "files": {name: content is not None for name, content in before.items()}, "begun": True}
    _note(kept, told)
    try:
        _put(data, files)
    except OSError:
        _put(data, before)
        _put(kept, last)  # the step before is still the one to take back
        raise
    _note(kept, told | {"begun": False})


def _put(data: Path, files: Files) -> None:
    for name, content in files.items():
        if content is None:
            (data / name).unlink(missing_ok=True)
        elif _held(data / name) != content:
            _place(data / name, content)


def _place(path: Path, content: bytes) -> None:
    """Write a file as a whole: a reader finds what it held before or what it holds now."""
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    with Tidied(lambda: fresh.unlink(missing_ok=True)):
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _note(kept: Path, told: Mapping[str, Any]) -> None:
    _place(kept / _TOLD, f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode())


def _told(kept: Path) -> dict[str, Any] | None:
    content = _held(kept / _TOLD)
    return json.loads(content) if content else None

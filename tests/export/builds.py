"""A build reduced to what the output folder sees of it: in this process, or as a program that can be killed.

python builds.py build OUT TEXT [TIMES]    builds; every file holds TEXT so many times
python builds.py hold OUT TEXT             says that it has begun, and builds once a line has come
python builds.py nobody OUT TEXT           builds as a user who may do nothing
python builds.py steps OUT yes|no          for each line "TEXT STEP", builds in a process killed at that step, with or
                                           without an exchange of folders; answers with its exit status and its steps
"""

from __future__ import annotations

import ctypes  # noqa: F401 - loaded now, so that the steps counted are those of the output alone
import json
import os
import signal
import sys
from pathlib import Path

import filelock  # noqa: F401

from graph.export import output
from graph.system import exchange

FILES = ("a.ttl", "b.csv", "c.html")


def build(out: Path, text: str, times: int = 1, hold: bool = False) -> None:
    with output.folder(out, lambda: print("waiting", flush=True)) as fresh:
        if hold:
            print("begun", flush=True)
            sys.stdin.readline()
        for name in FILES:
            (fresh / name).write_text(text * times, encoding="utf-8")
        files = {name: {} for name in FILES}
        (fresh / "manifest.json").write_text(json.dumps({"azetta": text, "files": files}), encoding="utf-8")


def content(out: Path) -> set[str]:
    texts = {(out / name).read_text(encoding="utf-8") for name in FILES}
    return texts | {json.loads((out / "manifest.json").read_text(encoding="utf-8"))["azetta"]}


def left_beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()} - {out.name, f".{out.name}.lock", f".{out.name}.made"}


def fail(after: object) -> None:
    raise ZeroDivisionError(after)


def command(mode: str, out: Path, *arguments: object) -> list[str]:
    return [sys.executable, __file__, mode, str(out), *map(str, arguments)]


def _serve(out: Path) -> None:
    for line in sys.stdin:
        text, step = line.split()
        child = os.fork()
        if not child:
            _build_until(out, text, int(step))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _build_until(out: Path, text: str, step: int) -> None:
    """Build, counting what Python's audit sees of files; exit with the count, or by SIGKILL at `step`."""
    seen = 0

    def count(event: str, arguments: object) -> None:
        nonlocal seen
        if event.startswith(("open", "os.", "shutil.")):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    build(out, text)
    os._exit(seen)


def _main(mode: str, out: str, text: str, *times: str) -> None:
    if mode == "nobody" and os.getuid() == 0:
        os.setuid(65534)
    if mode == "steps":
        if text == "no":
            exchange._exchanged = lambda one, other: False
        _serve(Path(out))
    else:
        build(Path(out), text, *map(int, times), hold=mode == "hold")


if __name__ == "__main__":
    _main(*sys.argv[1:])

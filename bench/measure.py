"""What a process takes with all that come of it: seconds of the processor and of a clock, and memory."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OFTEN = 0.02  # seconds between two looks at the memory

#: Per stage: seconds of the processor, and the most memory in MiB.
Stages = dict[str, tuple[float, float]]


def tree(pid: int) -> Iterator[int]:
    """Give a process and all that come of it, whichever of its threads started them."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from tree(int(child))


def looked(pid: int) -> dict[int, tuple[float, float]]:
    """Give of a process and each that came of it the seconds of the processor so far, and its resident MiB."""
    found = {}
    for each in tree(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
        found[each] = ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return found


def memory(pid: int) -> float:
    """Give the resident memory of a process and its children in MiB."""
    return sum(each for _, each in looked(pid).values())


def staged(*command: object) -> Stages:
    """Run a process that writes a line as each of its stages begins: its processor time so far, and the stage's name.

    What follows the last line is the stage `end`.
    """
    child = subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    at, begun, peaks = "start", {"start": 0.0}, {"start": 0.0}

    def watch() -> None:
        while child.poll() is None:
            now = at
            peaks[now] = max(peaks.get(now, 0.0), memory(child.pid))
            time.sleep(OFTEN)

    threading.Thread(target=watch, daemon=True).start()
    assert child.stdout
    for line in child.stdout:
        seconds, name = line.split(maxsplit=1)
        at = name.strip()
        begun[at] = float(seconds)
    if child.wait():
        sys.exit("a build failed")
    ends = [*list(begun.values())[1:], 0.0]
    return {
        name: (end - start, peaks.get(name, 0.0)) for (name, start), end in zip(begun.items(), ends, strict=True) if end
    }


def exponent(sizes: list[int], values: list[float]) -> str:
    """Say how a value grows, from the first size to the last."""
    if len(sizes) < 2 or min(values[0], values[-1]) <= 0:
        return ""
    return f"{math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0]):.2f}"


def table(heads: list[str], rows: dict[str, list[str]]) -> None:
    """Print aligned rows."""
    print(f"{'':24}" + "".join(f"{head:>14}" for head in heads))
    for name, cells in rows.items():
        print(f"{name:24}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def whole(*command: object) -> tuple[float, float, float]:
    """Run a process; give its seconds of the processor with all that come of it, those of a clock, and the most MiB."""
    begun, peak, seconds = time.monotonic(), 0.0, {}
    child = subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        now = looked(child.pid)
        seconds |= {pid: each for pid, (each, _) in now.items()}
        peak = max(peak, sum(each for _, each in now.values()))
        time.sleep(OFTEN)
    if child.returncode:
        sys.exit("a build failed")
    return sum(seconds.values()), time.monotonic() - begun, peak


def digest(folder: Path) -> str:
    """Give the SHA-256 of all files of a folder, by name."""
    found = sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            found.update(f"{path.name}\n".encode())
            for piece in iter(lambda stream=stream: stream.read(2**20), b""):
                found.update(piece)
    return found.hexdigest()

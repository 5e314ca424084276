"""The whole cold build: beside the bare import of its libraries, beside a naive script, and at 1,000 to 100,000 claims.

    python bench/build.py [SIZE ...]

Everything is measured side by side in one run; times are medians, in processes of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import generate

ROOT = Path(__file__).parent.parent
ROUNDS = 7
SIZES = (1_000, 10_000, 100_000)
IMPORTS = "import rdflib, pyshacl, networkx, pyvis.network"


def measure(*command: object) -> tuple[float, float]:
    """Run a command in a process of its own; give its wall time in seconds and its peak memory in MiB."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"failed: {command}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def build(data: Path, out: Path) -> tuple[object, ...]:
    """Give the arguments of the build of one data folder."""
    return ("build.py", "build", "--data", data, "--out", out)


def compare(work: Path) -> None:
    """Take turns, so that what else the machine does falls on all alike."""
    commands = {
        "bare import": ("-c", IMPORTS),
        "naive script": ("bench/naive.py", ROOT / "data", work / "naive"),
        "azetta build": build(ROOT / "data", work / "dist"),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            found[name].append(measure(*command))
    bare = median(seconds for seconds, _ in found["bare import"])
    print(f"\nThe dataset of data/, cold, {ROUNDS} rounds\n{'':14}{'median':>9}{'fastest':>9}{'ratio':>7}{'peak':>10}")
    for name, rounds in found.items():
        middle, fastest = median(seconds for seconds, _ in rounds), min(seconds for seconds, _ in rounds)
        peak = max(memory for _, memory in rounds)
        print(f"{name:14}{middle:>7.2f} s{fastest:>7.2f} s{middle / bare:>7.2f}{peak:>6.0f} MiB")


def grow(work: Path, sizes: list[int]) -> None:
    """Build generated data of each size once; time and memory per claim are to stay level."""
    print(f"\nGenerated claims\n{'claims':>9}{'time':>10}{'per claim':>13}{'peak':>11}{'per claim':>13}")
    for size in sizes:
        generate.write(work / str(size), size)
        seconds, memory = measure(*build(work / str(size), work / f"{size}.dist"))
        each = f"{1e3 * seconds / size:>10.2f} ms", f"{1024 * memory / size:>9.1f} KiB"
        print(f"{size:>9,}{seconds:>8.1f} s{each[0]}{memory:>7.0f} MiB{each[1]}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder))
        grow(Path(folder), [int(size) for size in sys.argv[1:]] or list(SIZES))

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
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import generate

ROOT = Path(__file__).parent.parent
ROUNDS = 7
SIZES = (1_000, 10_000, 100_000)
IMPORTS = "import rdflib, pyshacl, networkx, pyvis.network"


@dataclass(frozen=True)
class Cost:
    """What one process took: wall time and processor time in seconds, peak memory in MiB."""

    wall: float
    processor: float
    peak: float


def measure(*command: object) -> Cost:
    """Run a command in a process of its own."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"failed: {command}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def build(data: Path, out: Path) -> tuple[object, ...]:
    """Give the arguments of the build of one data folder."""
    return ("build.py", "build", "--data", data, "--out", out)


def compare(work: Path) -> None:
    """Take turns, so that what else the machine does falls on all alike."""
    commands = {
        "bare import": ("-c", IMPORTS),
        "naive script": ("bench/naive.py", ROOT / "data", ROOT / "ontology", work / "naive"),
        "azetta build": build(ROOT / "data", work / "dist"),
    }
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            found[name].append(measure(*command))
    print(f"\nThe dataset of data/, cold, medians of {ROUNDS} rounds; ratios to the bare import")
    print(f"{'':14}{'wall':>9}{'ratio':>7}{'processor':>12}{'ratio':>7}{'peak':>10}")
    bare = found["bare import"]
    for name, costs in found.items():
        wall, processor = _ratio(costs, bare, "wall"), _ratio(costs, bare, "processor")
        peak = max(cost.peak for cost in costs)
        print(f"{name:14}{wall[0]:>7.2f} s{wall[1]:>7.2f}{processor[0]:>10.2f} s{processor[1]:>7.2f}{peak:>6.0f} MiB")


def _ratio(costs: list[Cost], bare: list[Cost], what: str) -> tuple[float, float]:
    middle, base = (median(getattr(cost, what) for cost in each) for each in (costs, bare))
    return middle, middle / base


def grow(work: Path, sizes: list[int]) -> None:
    """Build generated data of each size once; time and memory per claim are to stay level."""
    print(f"\nGenerated claims\n{'claims':>9}{'wall':>10}{'per claim':>13}{'peak':>11}{'per claim':>13}")
    for size in sizes:
        generate.write(work / str(size), size)
        cost = measure(*build(work / str(size), work / f"{size}.dist"))
        each = f"{1e3 * cost.wall / size:>10.2f} ms", f"{1024 * cost.peak / size:>9.1f} KiB"
        print(f"{size:>9,}{cost.wall:>8.1f} s{each[0]}{cost.peak:>7.0f} MiB{each[1]}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder))
        grow(Path(folder), [int(size) for size in sys.argv[1:]] or list(SIZES))

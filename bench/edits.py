"""One edit of the dataset of data/, and the page again: by a build of its own, and by one that watches.

    python bench/edits.py [KIND ...]

Beside each, a build that uses nothing of before: seconds of the processor, medians, and their ratio.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from measure import ROOT, looked, table, whole

from graph.pipeline import check

ROUNDS = 3
SETTLED = 1.0  # seconds after which a watching build looks at the tables again

Rows = list[dict[str, str]]
#: What an edit makes of the rows of a table at a line; None where it cannot be made there.
Edit = Callable[[Rows, int], Rows | None]


def status(rows: Rows, at: int) -> Rows | None:
    """Say of what stands that it is under way."""
    return [*rows[:at], rows[at] | {"status": "ongoing"}, *rows[at + 1 :]] if rows[at]["status"] == "stated" else None


def name(rows: Rows, at: int) -> Rows | None:
    """Give a thing another name."""
    return [*rows[:at], rows[at] | {"alt_en": f"Another name {at}"}, *rows[at + 1 :]]


def away(rows: Rows, at: int) -> Rows | None:
    """Take a row away."""
    return rows[:at] + rows[at + 1 :]


KINDS: dict[str, tuple[str, Edit]] = {
    "mention": ("mentions.csv", away),
    "status": ("claims.csv", status),
    "name": ("entities.csv", name),
    "claim": ("claims.csv", away),
}


def edited(data: Path, kind: str) -> Iterator[str]:
    """Give the text of a table after each edit of a kind that leaves the dataset right, none built upon another."""
    file, edit = KINDS[kind]
    path = data / file
    before = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(before.splitlines()))
    for at in range(len(rows) // 2, len(rows)):
        if (after := edit(rows, at)) is not None:
            write(path, after)
            text, right = path.read_text(encoding="utf-8"), check(data, ROOT / "ontology")[0] is not None
            path.write_text(before, encoding="utf-8")
            if right:
                yield text


def write(path: Path, rows: Rows) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def by_itself(work: Path, kind: str, texts: list[str]) -> tuple[float, float]:
    """Give the seconds of a build after an edit, and of one that uses nothing of before."""
    path, before = work / "data" / KINDS[kind][0], (ROOT / "data" / KINDS[kind][0]).read_text(encoding="utf-8")
    command = ["build.py", "build", "--data", work / "data", "--out"]
    after, fresh = [], []
    for text in texts:
        path.write_text(before, encoding="utf-8")
        whole(*command, work / "dist")
        path.write_text(text, encoding="utf-8")
        after.append(whole(*command, work / "dist")[0])
        fresh.append(whole(*command, work / "clean", "--fresh")[0])
    path.write_text(before, encoding="utf-8")
    return median(after), median(fresh)


def by_watching(work: Path, kind: str, texts: list[str]) -> float:
    """Give the seconds that a watching build takes after an edit is saved."""
    path, before = work / "data" / KINDS[kind][0], (ROOT / "data" / KINDS[kind][0]).read_text(encoding="utf-8")
    command = [sys.executable, "build.py", "build", "--watch", "--data", work / "data", "--out", work / "watched"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        try:
            built(child)
            seconds = [saved(child, path, each) for text in texts for each in (text, before)][::2]
        finally:
            child.kill()
    return median(seconds)


def saved(child: subprocess.Popen[str], path: Path, text: str) -> float:
    """Save a table under the eyes of a build, and give the seconds that it takes for it."""
    time.sleep(SETTLED)
    begun = sum(seconds for seconds, _ in looked(child.pid).values())
    fresh = path.parent.with_name("saved")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)  # at once: a look between two steps would have it built twice
    built(child)
    return sum(seconds for seconds, _ in looked(child.pid).values()) - begun


def built(child: subprocess.Popen[str]) -> None:
    """Wait until a watching build has told of what it made."""
    assert child.stdout
    for line in child.stdout:
        if " files in " in line:
            return
    sys.exit("the watching build ended")


def main(kinds: list[str]) -> None:
    """Measure each kind of edit."""
    rows = {}
    with tempfile.TemporaryDirectory(prefix="azetta-bench-") as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "data", work / "data")
        for kind in kinds:
            texts = [text for text, _ in zip(edited(work / "data", kind), range(ROUNDS), strict=False)]
            after, fresh = by_itself(work, kind, texts)
            watched = by_watching(work, kind, texts)
            found = (fresh, after, watched)
            rows[kind] = [*(f"{each:.2f}" for each in found), *(f"{each / fresh:.2f}" for each in found[1:])]
    table(["fresh s", "after s", "watched s", "after/fresh", "watched/fresh"], rows)


if __name__ == "__main__":
    main(sys.argv[1:] or list(KINDS))

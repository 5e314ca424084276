"""What a build costs as the data grows, stage by stage; by whom it is done; parts alone; and which questions are slow.

    python bench/scale.py build [SIZE ...]
    python bench/scale.py engines [SIZE ...]
    python bench/scale.py parts [SIZE ...]
    python bench/scale.py questions [SIZE ...]

A dataset of SIZE claims has SIZE / 1,000 bulletins. Times are those of the processor, which what else the machine does
changes least; memory is that of all processes of a build together, as each stage has it at most. The exponent of
growth is that of the last size against the first: 1 where time is in proportion to the data, 0 where it stays. It is
told of what is written at each size: what a large dataset is left without counts for its own size alone.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import generate

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (10_000, 30_000)
CLUSTER = "local-cluster[2,1,1024]"
OFTEN = 0.02  # seconds between two looks at the memory
STAGED = """
import sys, time
from pathlib import Path
from graph import pipeline
def tell(step):
    print(f"{time.process_time()} {step}", flush=True)
summary = pipeline.build(*map(Path, sys.argv[1:]), progress=tell)
tell("end")
print(summary, file=sys.stderr)
"""

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


def data(work: Path, size: int, rows: int = 0) -> Path:
    """Give the folder of a dataset of a size, made if it is not there, in files of so many `rows`, or in one each."""
    folder = work / str(size)
    if not folder.exists():
        generate.write(folder, size, max(1, size // 1_000), rows)
    return folder


def table(heads: list[str], rows: dict[str, list[str]]) -> None:
    """Print aligned rows."""
    print(f"{'':24}" + "".join(f"{head:>14}" for head in heads))
    for name, cells in rows.items():
        print(f"{name:24}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def build(work: Path, sizes: list[int]) -> None:
    """Show time and memory of each stage of a build, then those of putting it into a store on disk."""
    found = []
    for size in sizes:
        stages = staged("-c", STAGED, data(work, size), ROOT / "ontology", work / f"{size}.dist")
        file = next((work / f"{size}.dist").glob("*.nq"))
        found.append(stages | {"store": staged("-c", STORED, file)["store"]})
    same = alike(found, sizes)
    rows = {}
    for name in dict.fromkeys(name for stages in found for name in stages):
        costs = [stages.get(name, (0.0, 0.0)) for stages in found]
        rows[name] = cells(costs, sizes if name in same else [])
    rows["of each size the same"] = cells([summed(stages, same) for stages in found], sizes)
    rows["whole"] = cells([summed(stages, list(stages)) for stages in found], [])
    table([text for size in sizes for text in (f"{size:,} s", "MiB")] + ["growth"], rows)


def alike(found: list[Stages], sizes: list[int]) -> list[str]:
    """Name the stages that do the same at each size: a large dataset lacks files, and its page shows a part."""
    from graph.model.formats import FORMATS, MOST_CLAIMS, PAGE

    partial = {FORMATS[PAGE].file} if len({size > MOST_CLAIMS for size in sizes}) > 1 else set()
    return [name for name in found[0] if name not in partial and all(name in stages for stages in found)]


def summed(stages: Stages, names: list[str]) -> tuple[float, float]:
    """Give the time of some stages together, and the most memory of any."""
    return sum(stages[name][0] for name in names), max(stages[name][1] for name in names)


def cells(costs: list[tuple[float, float]], sizes: list[int]) -> list[str]:
    """Write costs as cells, with the growth of time over `sizes`."""
    found = [text for seconds, peak in costs for text in (f"{seconds:.1f}", f"{peak:.0f}")]
    return [*found, exponent(sizes, [seconds for seconds, _ in costs])]


def engines(work: Path, sizes: list[int]) -> None:
    """Show what a build takes by each engine, and that its files are those of the others."""
    names = {"local": [], "processes": [], "spark": ["--master", CLUSTER]}
    if not (find_spec("pyspark") and shutil.which("java")):
        del names["spark"]
        print("no Spark here: it needs pyspark and Java")
    for size in sizes:
        rows, digests = {}, set()
        for name, more in names.items():
            out = work / f"{name}.dist"
            command = ["build.py", "build", "--fresh", "--data", data(work, size), "--out", out, "--engine", name]
            rows[name] = [f"{each:.1f}" for each in whole(*command, *more)] + [digest(out)[:12]]
            digests.add(digest(out))
            shutil.rmtree(out)
        table([f"{size:,} s", "wall s", "MiB", "digest"], rows)
        if len(digests) > 1:
            sys.exit("the engines wrote different files")


def parts(work: Path, sizes: list[int]) -> None:
    """Show what it takes to write parts alone, of an archive with files of 100,000 rows, by two processes."""
    found = []
    for size in sizes:
        archive, out = data(work, size, 100_000), work / "parts"
        found.append(whole("build.py", "build", "--data", archive, "--parts", out, "--engine", "processes"))
        shutil.rmtree(out)
    rows = dict(zip(("s", "wall s", "MiB"), zip(*found, strict=True), strict=True))
    cells = {name: [*(f"{each:.1f}" for each in row), exponent(sizes, list(row))] for name, row in rows.items()}
    table([*(f"{size:,}" for size in sizes), "growth"], cells)


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


STORED = """
import sys, time
from graph.store.disk import opened
print(f"{time.process_time()} store", flush=True)
opened(sys.argv[1])
print(f"{time.process_time()} end", flush=True)
"""


QUADS = """
import sys
from pathlib import Path
from graph import pipeline
from graph.export.rdf import n_quads
knowledge = pipeline.load(*map(Path, sys.argv[1:3]))
with open(sys.argv[3], "wb") as stream:
    n_quads(knowledge, stream)
"""


def questions(work: Path, sizes: list[int]) -> None:
    """Show the seconds and the rows of each documented question: left open, and asked of one value."""
    from graph.store.disk import opened
    from graph.store.embedded import Embedded

    rows: dict[str, list[str]] = {}
    taken: dict[str, list[tuple[float, int]]] = {}
    for size in sizes:
        file = work / f"{size}.quads" / "bench.nq"
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            subprocess.run([sys.executable, "-c", QUADS, data(work, size), "ontology", file], cwd=ROOT, check=True)
        store = Embedded(opened(str(file)))
        for name, ask in asked(store):
            start = time.process_time()
            number = sum(1 for _ in ask().rows)
            taken.setdefault(name, []).append((time.process_time() - start, number))
    for name, costs in taken.items():
        cells = [text for seconds, number in costs for text in (f"{1e3 * seconds:.1f}", f"{number:,}")]
        grown = [exponent(sizes, [seconds for seconds, _ in costs]), exponent(sizes, [number for _, number in costs])]
        rows[name] = cells + grown
    table([text for size in sizes for text in (f"{size:,} ms", "rows")] + ["growth", "of rows"], rows)


def asked(store: object) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give each documented question with its defaults, and with the first thing that fits each of its parameters."""
    from graph.store import question

    for name in question.names():
        each = question.load(name)
        found = {key: first(store, parameter) for key, parameter in each.parameters.items()}
        needed = {key: value for key, value in found.items() if each.parameters[key].required}
        yield name, lambda each=each, needed=needed: each.ask(store, needed)
        for key in found.keys() - needed.keys():
            if found[key]:
                chosen = needed | {key: found[key]}
                yield f"  {name} --{key}", lambda each=each, chosen=chosen: each.ask(store, chosen)


def first(store: object, parameter: object) -> str:
    """Give something that a parameter may be: of a list its first, a bulletin, or the first thing of its class."""
    if parameter.values:
        return parameter.values[0]
    if parameter.type == "prov:Entity":
        return "bulletin"
    if parameter.type.startswith("xsd:"):
        return "2031"
    found = store.query(f"SELECT ?thing WHERE {{ ?thing a {parameter.type} ; a az:Entity }} ORDER BY ?thing LIMIT 1")
    return next((row[0].value for row in found.rows), "")


WORK = {"build": build, "engines": engines, "parts": parts, "questions": questions}

if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[2:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        WORK[sys.argv[1]](Path(folder), sizes)

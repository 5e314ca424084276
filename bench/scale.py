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

import gzip
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import generate
from measure import ROOT, Stages, digest, exponent, staged, table, whole

sys.path.insert(0, str(ROOT))
SIZES = (10_000, 30_000)
ROWS = 100_000  # in a file of an archive
CLUSTER = "local-cluster[2,1,1024]"
EDITS = 20
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


def data(work: Path, size: int, rows: int = 0) -> Path:
    """Give the folder of a dataset of a size, made if it is not there, in files of so many `rows`, or in one each."""
    folder = work / str(size)
    if not folder.exists():
        generate.write(folder, size, max(1, size // 1_000), rows)
    return folder


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
    """Show what a build takes by each engine, and after edits, and that its files are those of the others."""
    names = {"local": ["--fresh"], "processes": ["--fresh"], "spark": ["--fresh", "--master", CLUSTER]}
    if not (find_spec("pyspark") and shutil.which("java")):
        del names["spark"]
        print("no Spark here: it needs pyspark and Java")
    for size in sizes:
        rows, digests = {}, set()
        for name, more in (names | {"after edits": []}).items():
            out = work / f"{name}.dist"
            command = ["build.py", "build", "--data", data(work, size), "--out", out]
            if name in names:
                command += ["--engine", name]
            else:
                built_before(command, data(work, size) / "claims.csv")
            rows[name] = [f"{each:.1f}" for each in whole(*command, *more)] + [digest(out)[:12]]
            digests.add(digest(out))
            shutil.rmtree(out)
        table([f"{size:,} s", "wall s", "MiB", "digest"], rows)
        if len(digests) > 1:
            sys.exit("the files written differ")


def built_before(command: list[object], claims: Path) -> None:
    """Build what a dataset was before some edits: other statuses, and claims that were not there yet."""
    now = claims.read_text(encoding="utf-8")
    head, *lines = now.splitlines(keepends=True)
    for at in sorted(random.Random(EDITS).sample(range(len(lines)), EDITS), reverse=True):
        if at % 2 and ",stated,bulletin" in lines[at]:
            lines[at] = lines[at].replace(",stated,", ",planned,")
        else:
            del lines[at]
    claims.write_text(head + "".join(lines), encoding="utf-8")
    whole(*command)
    claims.write_text(now, encoding="utf-8")


def parts(work: Path, sizes: list[int]) -> None:
    """Show what it takes to write parts alone, of an archive with files of 100,000 rows, by two processes."""
    found = []
    for size in sizes:
        found.append(whole(*to_parts(work, size)))
        shutil.rmtree(work / "parts")
    rows = dict(zip(("s", "wall s", "MiB"), zip(*found, strict=True), strict=True))
    cells = {name: [*(f"{each:.1f}" for each in row), exponent(sizes, list(row))] for name, row in rows.items()}
    table([*(f"{size:,}" for size in sizes), "growth"], cells)


def to_parts(work: Path, size: int) -> list[object]:
    """Give the command that writes the parts of a dataset of a size."""
    return ["build.py", "build", "--data", data(work, size, ROWS), "--parts", work / "parts", "--engine", "processes"]


STORED = """
import sys, time
from graph.store.disk import opened
print(f"{time.process_time()} store", flush=True)
opened(sys.argv[1])
print(f"{time.process_time()} end", flush=True)
"""


def questions(work: Path, sizes: list[int]) -> None:
    """Show what it takes to load a store, and the seconds and rows of each documented question asked of it.

    Each is left open, and asked of one value of each of its parameters.
    """
    from graph.store.disk import opened
    from graph.store.embedded import Embedded

    rows: dict[str, list[str]] = {}
    taken: dict[str, list[tuple[float, int]]] = {}
    for size in sizes:
        file = joined(work, size)
        seconds, wall, peak = whole("-c", STORED, file)
        print(
            f"{size:,}: a store of {file.stat().st_size / 1e9:.1f} GB in {seconds:.0f} s ({wall:.0f}), {peak:.0f} MiB"
        )
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


def joined(work: Path, size: int) -> Path:
    """Give the N-Quads of a dataset of a size, joined from its parts."""
    whole(*to_parts(work, size))
    file = work / f"{size}.nq"
    with file.open("wb") as stream:
        for part in sorted((work / "parts").iterdir()):
            with gzip.open(part) as lines:
                shutil.copyfileobj(lines, stream)
    shutil.rmtree(work / "parts")
    return file


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

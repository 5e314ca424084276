"""What the sources say as N-Quads: this program beside a plain rdflib script and morph-kgc, on the same data.

    python bench/peers.py [SIZE ...]

All write the same quads, which is counted: of each, how many are not of the others. Ours checks every row; the script
and morph-kgc check nothing, and morph-kgc is given tables that hold whole IRIs already, which takes it no time here.
Each runs in a process, the peers in an environment of their own that is made first; times are those of the processor,
start included; the ratio is of quads a second, to ours.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000,)
MAPPING = ROOT / "bench" / "peers.yarrrml.yml"
PEERS = {"rdflib": "rdflib==7.6.0", "morph-kgc": "morph-kgc==2.10.0"}
OURS = """
import sys, time
from pathlib import Path
from pyoxigraph import RdfFormat, serialize
from graph.facts import curated
from graph.knowledge.triples import Asserted, within
from graph.model import ontology
data, model, out = map(Path, sys.argv[1:])
model = ontology.load(model, data)
facts = curated.read(data, model).facts
read = time.process_time()
asserted = Asserted(facts, model)
with out.open("wb") as stream:
    for source in asserted.by_source:
        for block in asserted.blocks(source):
            serialize(within(asserted.iris.source(source), block), stream, format=RdfFormat.N_QUADS)
print(time.process_time() - read)
"""
RDFLIB = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import naive
naive.told(Path(sys.argv[2])).serialize(sys.argv[3], format="nquads")
"""
MORPH = """
[CONFIGURATION]
output_format = N-QUADS
output_file = {out}
number_of_processes = 1
logging_level = ERROR
[tables]
mappings = {mapping}
"""


def prepared(data: Path, folder: Path) -> None:
    """Write the tables that morph-kgc reads: whole IRIs, and a column for each kind of object."""
    import naive

    base, known = naive.opened(data)
    claims, mentions, passages = [], [], {}
    measures = {tuple(row.values())[:3]: row for row in naive.rows(data / "passages.csv")}

    def passage(row: dict[str, str]) -> str:
        name, place = str(naive.source(row, base)), (row["source"], row["start"], row["end"])
        if not row["start"]:
            return ""
        found, measure = f"{name}#char={place[1]},{place[2]}", measures.get(place, {})
        selector = f"{base}selector/{place[0]}/{place[1]}-{place[2]}"
        passages[found] = (found, name, selector, *place[1:], measure.get("length", ""), measure.get("sha256", ""))
        return found

    for row in naive.rows(data / "claims.csv"):
        subject, predicate, value = naive.said(row, base, known)
        kind = str(getattr(value, "datatype", "thing")).rpartition("#")[2]
        objects = [str(value) if kind == each else "" for each in ("thing", "integer", "decimal")]
        asserted = subject if row["status"] in naive.ASSERTED else ""
        ends = naive.status(row), naive.source(row, base), row["record"], passage(row), asserted
        claims.append((naive.named(row, base, known), subject, predicate, *objects, *ends))
    for row in naive.rows(data / "mentions.csv"):
        name = f"{base}mention/{row['source']}/{row['start']}-{row['end']}/{row['entity']}"
        mentions.append((name, base + row["entity"], naive.source(row, base), passage(row)))
    table(folder, "claims", "claim,about,property,thing,integer,decimal,status,source,record,passage,asserted", claims)
    table(folder, "mentions", "mention,entity,source,passage", mentions)
    table(folder, "passages", "passage,source,selector,start,end,length,sha256", passages.values())


def table(folder: Path, name: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a table as CSV."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header.split(","), *rows])


def environment(folder: Path, requirement: str) -> Path:
    """Make an environment of its own for a peer, by uv if it is here, and give its Python."""
    python = folder / "bin" / "python"
    if uv := shutil.which("uv"):
        commands = [[uv, "venv", "-q", "-p", sys.executable, folder], [uv, "pip", "install", "-q", "-p", python]]
    else:
        commands = [[sys.executable, "-m", "venv", folder], [python, "-m", "pip", "install", "-q"]]
    subprocess.run(commands[0], check=True)
    subprocess.run([*commands[1], requirement], check=True)
    return python


def timed(folder: Path, *command: object) -> tuple[float, str]:
    """Run a process, and give its seconds of the processor with all that it starts, and what it says."""
    with subprocess.Popen([*map(str, command)], cwd=folder, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        told = child.stdout.read()
        _, state, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(state)
    if child.returncode:
        sys.exit(f"failed: {command}")
    return usage.ru_utime + usage.ru_stime, told


def quads(path: Path) -> set[bytes]:
    """Give the quads of a file, each once."""
    return set(filter(bytes.strip, path.read_bytes().splitlines()))


def compare(work: Path, size: int, pythons: dict[str, Path]) -> None:
    """Have each write what the sources of a dataset say, and show what it takes, and what else it says."""
    import generate

    data = work / str(size)
    generate.write(data, size, max(1, size // 1_000))
    prepared(data, work)
    (work / "morph.ini").write_text(MORPH.format(out=work / "morph-kgc.nq", mapping=MAPPING), encoding="utf-8")
    seconds, written = timed(ROOT, sys.executable, "-c", OURS, data, ROOT / "ontology", work / "ours.nq")
    naive = timed(work, pythons["rdflib"], "-c", RDFLIB, ROOT / "bench", data, work / "rdflib.nq")[0]
    morph = timed(work, pythons["morph-kgc"], "-m", "morph_kgc", work / "morph.ini")[0]
    ours = quads(work / "ours.nq")
    costs = {"ours": (seconds, ours), "  writing alone": (float(written), ours)}
    costs |= {"rdflib": (naive, quads(work / "rdflib.nq")), "morph-kgc": (morph, quads(work / "morph-kgc.nq"))}
    show(size, costs, ours)


def show(size: int, costs: dict[str, tuple[float, Any]], ours: set[bytes]) -> None:
    """Print a row for each."""
    heads = {"quads": 10, "lacks": 8, "more": 8, "s": 8, "claims/s": 10, "quads/s": 10, "whole": 9, "writing": 9}
    print(f"{f'{size:,} claims':21}" + "".join(f"{head:>{width}}" for head, width in heads.items()))
    whole, writing = (costs[name][0] for name in list(costs)[:2])
    for name, (seconds, found) in costs.items():
        counts = f"{len(found):>10,}{len(ours - found):>8,}{len(found - ours):>8,}"
        rates = f"{size / seconds:>10,.0f}{len(found) / seconds:>10,.0f}"
        each = seconds * len(ours) / len(found)
        print(f"{name:21}{counts}{seconds:>8.1f}{rates}{each / whole:>8.1f}x{each / writing:>8.1f}x", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        pythons = {name: environment(Path(folder) / name, requirement) for name, requirement in PEERS.items()}
        for size in [int(size) for size in sys.argv[1:]] or SIZES:
            compare(Path(folder), size, pythons)

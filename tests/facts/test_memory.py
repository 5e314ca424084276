"""A large archive fits into memory, and holds the same in whatever order its tables are written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from checkout import ONTOLOGY, ROOT

from graph.facts import curated
from graph.model import ontology

CLAIMS = 3_000
#: In a process of its own, in which nothing else goes on.
MEASURED = f"""
import gc, sys, tracemalloc
from pathlib import Path
from generate import write
from graph.facts import curated
from graph.knowledge.triples import Asserted
from graph.model import ontology
folder, model = Path(sys.argv[1]), ontology.load(Path("ontology"))
write(folder, {CLAIMS}, 3)
curated.load(folder, model)  # what is loaded but once
tracemalloc.start()
asserted = Asserted(curated.load(folder, model), model)
gc.collect()
print(len(asserted.facts.claims), *tracemalloc.get_traced_memory())
"""


def test_a_claim_with_its_mentions_and_its_passage_takes_a_kilobyte(tmp_path: Path) -> None:
    """Two mentions, one passage and two fifths of an entity a claim: what a million of them takes is told by it."""
    paths = os.pathsep.join([str(ROOT / "bench"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, tmp_path],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        check=True,
        capture_output=True,
        text=True,
    )
    claims, held, most = map(int, done.stdout.split())
    assert claims == CLAIMS
    assert held / claims < 1_024
    assert most / claims < 1_400


def test_passages_are_known_in_whatever_order_they_stand(region: Path) -> None:
    model = ontology.load(ONTOLOGY)
    known = dict(curated.load(region / "data", model).passages)
    path = region / "data" / "passages.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    found = curated.load(region / "data", model).passages
    assert len(found) == len(rows)
    assert dict(found) == known
    assert all(found[place] == known[place] for place in known)
    assert not {("bulletin", 0, 12), ("bulletin", 1, 11), ("gazetteer", 0, 11)} & found.keys()

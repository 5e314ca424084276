"""A large archive fits into memory, and holds the same in whatever order its tables are written."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest
from checkout import ONTOLOGY, ROOT

from graph.facts import curated
from graph.knowledge.triples import Asserted
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)


def test_a_claim_with_its_mentions_and_its_passage_takes_a_kilobyte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two mentions, one passage and two fifths of an entity a claim: what a million of them takes is told by it."""
    monkeypatch.syspath_prepend(ROOT / "bench")
    from generate import write

    claims = 3_000
    write(tmp_path, claims, 3)
    curated.load(tmp_path, MODEL)  # what is loaded but once
    tracemalloc.start()
    try:
        asserted = Asserted(curated.load(tmp_path, MODEL), MODEL)
        gc.collect()
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(asserted.facts.claims) == claims
    assert held / claims < 1_024
    assert most / claims < 1_400


def test_passages_are_known_in_whatever_order_they_stand(region: Path) -> None:
    known = dict(curated.load(region / "data", MODEL).passages)
    path = region / "data" / "passages.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    found = curated.load(region / "data", MODEL).passages
    assert len(found) == len(rows)
    assert dict(found) == known
    assert all(found[place] == known[place] for place in known)
    assert not {("bulletin", 0, 12), ("bulletin", 1, 11), ("gazetteer", 0, 11)} & found.keys()

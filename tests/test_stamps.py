"""Whether a build is older than its tables is known without reading them, and never wrongly."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from checkout import ONTOLOGY, ROOT

from graph.model import inputs
from graph.origin import Origin

REGION = ROOT / "tests" / "regions" / "emerald-valley" / "data"


def test_a_query_reads_no_file_that_kept_its_stamp_and_notices_one_of_the_same_size_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(REGION, tmp_path / "data"))
    claims, made, read = data / "claims.csv", inputs.digests(data, ONTOLOGY), list[str]()
    assert "data/claims.csv" not in inputs.settled(data, ONTOLOGY)  # it may change again within a tick of the clock
    monkeypatch.setattr(inputs, "_TICK", -1)
    origin = Origin(str(data), str(ONTOLOGY), {}, inputs.settled(data, ONTOLOGY))
    inner = inputs._digest
    monkeypatch.setattr(inputs, "_digest", lambda path: read.append(Path(path).name) or inner(path))
    assert origin.digests(made) == made
    assert read == []
    was = claims.stat()
    claims.write_text(claims.read_text(encoding="utf-8").replace("41250", "41251"), encoding="utf-8")
    os.utime(claims, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert claims.stat().st_size == was.st_size
    changed = origin.digests(made)
    assert [key for key in made if made[key] != changed[key]] == ["data/claims.csv"]
    assert read == ["claims.csv"]

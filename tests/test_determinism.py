"""The same data gives the same bytes: whatever the clock, the locale, the hash seed, the user and the directory."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY

pytestmark = pytest.mark.processes

#: The command line under another clock: what a module asks of `time` is answered for 1999.
CLOCK = """
import os, sys, time
then = float(os.environ["THEN"])
os.umask(int(os.environ["MASK"], 8))
time.time = lambda: then
time.strftime = lambda form, *moment: "1999-12-31"
from graph.cli import main
main(sys.argv[1:])
"""
ROOT = Path(__file__).parent.parent


def build(out: Path, cwd: Path, prefix: list[str], **environment: str) -> dict[str, str]:
    """Build the real data in a process of its own; give the digest of every file."""
    folders = ["--data", os.path.relpath(DATA, cwd), "--ontology", os.path.relpath(ONTOLOGY, cwd)]
    subprocess.run(
        [*prefix, sys.executable, "-c", CLOCK, "build", *folders, "--out", str(out)],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "MASK": "022", "THEN": "1e9"} | environment,
        check=True,
        capture_output=True,
    )
    return digests(out)


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build made in this checkout."""
    out = tmp_path_factory.mktemp("here") / "dist"
    build(out, ROOT, [], PYTHONHASHSEED="0", TZ="Africa/Casablanca", LANG="C.UTF-8", USER="root", HOME="/root")
    return out


def test_two_builds_are_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    (elsewhere := tmp_path / "مكان آخر").mkdir()
    another_user = ["unshare", "--user"]  # the user's number is then another one, where the system allows it
    if subprocess.run([*another_user, "true"], stderr=subprocess.DEVNULL, check=False).returncode:
        another_user = []
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    there = {"PYTHONHASHSEED": "4294967295", "TZ": "Asia/Kathmandu", "THEN": "4e9", "MASK": "077", "USER": "nobody"}
    other = build(elsewhere / "dist", elsewhere, another_user, **there, **ascii_only)
    assert len(other) == 14
    assert digests(dist) == other


def test_the_manifest_holds_the_digest_of_every_file_and_of_every_input(dist: Path) -> None:
    found = digests(dist)
    manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    del found["manifest.json"]
    assert {name: each["sha256"] for name, each in manifest["files"].items()} == found
    for name, each in manifest["files"].items():
        assert each["bytes"] == (dist / name).stat().st_size
    claims = hashlib.sha256((DATA / "claims.csv").read_bytes()).hexdigest()
    assert manifest["inputs"]["data/claims.csv"] == claims
    assert {"data/dataset.toml", "data/entities.csv", "ontology/ecosystem.ttl"} < set(manifest["inputs"])
    rows = csv.DictReader((DATA / "claims.csv").read_text(encoding="utf-8").splitlines())
    said = ("subject", "property", "object", "status", "source", "record", "from", "until")
    assert manifest["counts"]["claims"] == len({tuple(row[name] for name in said) for row in rows})

"""The dataset in parts for a bulk loader: a real Virtuoso loads them by its own, and what arrived is counted."""

from __future__ import annotations

import gzip
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import servers
from click.testing import CliRunner, Result

from graph.cli import main


def publish(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["publish", "--out", "dist", *arguments])


@pytest.fixture
def virtuoso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.Server]:
    (tmp_path / "virtuoso").mkdir()
    with servers.virtuoso(tmp_path / "virtuoso") as server:
        monkeypatch.setenv("AZETTA_USER", server.user)
        monkeypatch.setenv("AZETTA_PASSWORD", server.password)
        yield server


def loaded(told: str, folder: Path) -> None:
    """Run the command that was told for Virtuoso, as its administrator."""
    (command,) = re.findall("^Virtuoso: (.*)$", told, re.MULTILINE)
    (port,) = re.findall(r"\[Parameters\]\nServerPort = 127.0.0.1:(\d+)", (folder / "virtuoso.ini").read_text("utf-8"))
    _, _, _, _, load = shlex.split(command)
    subprocess.run([servers.program("isql-vt"), port, "dba", "dba", load], check=True, capture_output=True)


@pytest.mark.servers
def test_virtuoso_loads_the_parts_by_its_own_loader_and_what_is_lost_is_told(
    built: Path, virtuoso: servers.Server, tmp_path: Path
) -> None:
    parts = tmp_path / "virtuoso" / "parts of l'été $HOME"  # as a shell and SQL have it otherwise
    told = publish("--parts", str(parts)).stdout
    held = {path.name: gzip.decompress(path.read_bytes()) for path in parts.iterdir()}
    assert sorted(held) == [
        *("graph-description.nq.gz", "graph-entities.nq.gz", "graph-inferred.nq.gz", "graph-ontology.nq.gz"),
        *("source-bulletin.nq.gz", "source-gazetteer.nq.gz"),
    ]
    whole = (built / "dist" / "emerald-valley.nq").read_bytes().splitlines()
    assert sorted(line for part in held.values() for line in part.splitlines()) == sorted(whole)
    assert f"6 graphs, {len(whole):,} triples in {parts}/" in told.splitlines()

    empty = publish("--parts", str(parts), "--endpoint", virtuoso.endpoint)
    assert (empty.exit_code, empty.stdout.count("differs")) == (1, 6)
    loaded(told, tmp_path / "virtuoso")
    done = publish("--parts", str(parts), "--endpoint", virtuoso.endpoint)
    assert (done.exit_code, done.stdout.count("loaded")) == (0, 6)
    assert done.stdout.splitlines()[-1] == f"{len(whole):,} triples counted at {virtuoso.endpoint}"


def test_same_build_gives_the_same_parts_and_a_folder_of_others_is_left_alone(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    publish("--parts", str(folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "source-gone.nq.gz").write_bytes(b"of an earlier build")
    assert publish("--parts", str(folder)).exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    refused = publish("--parts", str(folder))
    assert (refused.exit_code, "holds mine.txt, which is no part" in refused.stderr) == (1, True)
    assert publish().exit_code == 2

"""The folder of the parts of an archive: on any disk, of one build alone, whatever ends it, and nobody else's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from checkout import ONTOLOGY, ROOT

from graph.errors import DataError, OutputError
from graph.scale import archive, tables
from graph.scale.engines import local
from graph.store import parts
from graph.system.lock import locked

REGION = ROOT / "tests" / "regions" / "emerald-valley" / "data"


@pytest.mark.parametrize("name", ["letter.txt", "my-own-dump.nq.gz", "notes.new", "source-mine.nq.gz/"])
def test_folder_that_holds_anything_else_is_refused(name: str, tmp_path: Path) -> None:
    other = tmp_path / name
    other.mkdir() if name.endswith("/") else other.write_text("Dear reader")
    with pytest.raises(OutputError, match=f"holds {name.rstrip('/')}, which is no part"):
        archive.build(REGION, ONTOLOGY, tmp_path, local)
    assert list(tmp_path.iterdir()) == [other]


def test_parts_may_stand_on_another_disk_and_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as disk:
        assert os.stat(disk).st_dev != tmp_path.stat().st_dev
        (Path(disk) / ".azetta-work").mkdir()
        (Path(disk) / ".azetta-work" / "tables.duckdb").write_bytes(b"half")
        (Path(disk) / ".azetta-lock").touch()
        (tmp_path / "parts").symlink_to(disk)
        made = archive.build(REGION, ONTOLOGY, tmp_path / "parts", local)
        assert set(os.listdir(disk)) == {parts.place(Path(), graph).name for graph in made.triples}


@pytest.mark.parametrize("gone", [False, True], ids=["done", "failed, and its folder gone"])
def test_two_builds_of_the_same_parts_wait_for_each_other(gone: bool, tmp_path: Path) -> None:
    told = threading.Event()
    work = partial(archive.build, REGION, ONTOLOGY, tmp_path / "parts", local, waiting=told.set)
    (tmp_path / "parts").mkdir()
    with ThreadPoolExecutor() as second:
        with locked(tmp_path / "parts" / ".azetta-lock"):
            made = second.submit(work)
            assert told.wait(60)
            assert not made.done()
            if gone:
                shutil.rmtree(tmp_path / "parts")
        assert len(made.result(60).triples) == len(list((tmp_path / "parts").iterdir()))


def test_parts_for_which_there_is_no_room_are_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=10_000))
    with pytest.raises(OutputError, match="name another folder with --parts"):
        archive.build(REGION, ONTOLOGY, tmp_path / "parts", local)
    assert not (tmp_path / "parts").exists()


def test_tables_without_room_are_a_message_and_leave_the_parts_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parts"
    archive.build(REGION, ONTOLOGY, folder, local)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(tables, "_MEMORY", {True: "256MB", False: "2MB"})
    with pytest.raises(OutputError, match=r"^the tables of the archive cannot be worked out: Out of Memory Error"):
        archive.build(REGION, ONTOLOGY, folder, local)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]


def test_folder_that_was_made_for_parts_goes_where_none_are_written(tmp_path: Path) -> None:
    data = Path(shutil.copytree(REGION, tmp_path / "data"))
    claims = data / "claims.csv"
    claims.write_text(claims.read_text().replace(",stated,", ",sure,", 1))
    with pytest.raises(DataError):
        archive.build(data, ONTOLOGY, tmp_path / "parts", local)
    assert not (tmp_path / "parts").exists()
    (tmp_path / "parts").mkdir()
    with pytest.raises(DataError):
        archive.build(data, ONTOLOGY, tmp_path / "parts", local)
    assert list((tmp_path / "parts").iterdir()) == []
    (tmp_path / "parts" / ".azetta-lock").mkdir()
    with pytest.raises(OutputError, match=r"cannot write .*parts: Is a directory"):
        archive.build(data, ONTOLOGY, tmp_path / "parts", local)


def test_parts_are_those_of_one_build_where_ctrl_c_comes_as_they_take_their_place(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "source-before.nq.gz").write_bytes(b"")
    program = """import os, signal, time
from pathlib import Path
from graph.store import parts
from graph.system import interrupt
interrupt.catch()
moved = Path.replace
def slowly(path, place):
    moved(path, place)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.3)
Path.replace = slowly
with parts.taking(Path("parts")) as work:
    for name in ("source-a", "source-b", "source-c"):
        (work / "parts" / f"{name}.nq.gz").write_bytes(b"")
time.sleep(60)
"""
    catching = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, preexec_fn=catching, check=False)
    assert done.returncode == 130
    assert sorted(os.listdir(tmp_path / "parts")) == [f"source-{name}.nq.gz" for name in "abc"]

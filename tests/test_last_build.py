"""What is asked when nothing is said about where: the last build, if it is whole and its inputs are the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from programs import CLAIMS, REGION, ROOT, run

import graph
from graph.last_build import open_store

pytestmark = pytest.mark.processes

SCHOOLS = "SELECT ?school { ?school a az:School }"


@pytest.fixture
def stale(built: Path) -> Path:
    """A folder with a build that is older than its inputs."""
    (built / "data" / "outline.json").write_text('{"title": "", "land": []}', encoding="utf-8")
    return built


def test_changed_input_is_built_first(stale: Path) -> None:
    assert run(stale, "query", SCHOOLS).stderr == "data/outline.json changed since the last build: building\n"
    assert run(stale, "query", SCHOOLS).stderr == ""


def test_only_files_of_the_format_are_inputs(region: Path) -> None:
    """Not what an office program or an editor puts beside them, nor a private note."""
    shutil.copytree(ROOT / "ontology", region / "model")
    build = ("build", "--data", "data", "--ontology", "model")
    assert run(region, *build).returncode == 0
    before = (region / "dist" / "manifest.json").read_bytes()
    for name in (
        "data/~$claims.xlsx",
        "data/private-notes.txt",
        "data/.~lock.claims.csv#",
        "data/claims.csv~",
        "data/old/claims.csv",
        "model/notes.md",
        "model/rules/~$inverse.rq",
        "model/rules/.#inverse.rq",
    ):
        (region / name).parent.mkdir(exist_ok=True)
        (region / name).write_text("private", encoding="utf-8")
    assert run(region, "query", SCHOOLS).stderr == ""
    assert run(region, *build).returncode == 0
    assert (region / "dist" / "manifest.json").read_bytes() == before
    inputs = json.loads(before)["inputs"]
    rules = (f"rules/{path.name}" for path in (ROOT / "ontology" / "rules").iterdir())
    model = {f"ontology/{name}" for name in ("ecosystem.ttl", "shapes.ttl", *rules)}
    tables = ("claims.csv", "entities.csv", "mentions.csv", "moved.csv", "passages.csv", "sources.csv")
    assert set(inputs) == model | {f"data/{name}" for name in ("dataset.toml", *tables)}


def test_missing_build_of_the_checkout_is_made_first(checkout: Path) -> None:
    done = run(checkout, "query", CLAIMS, "-f", "csv", program=checkout / "build.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "n\n18\n", "dist/ holds no dataset yet: building\n")
    assert run(checkout, "query", CLAIMS, program=checkout / "build.py").stderr == ""


@pytest.mark.parametrize("more", [[], ["-s", "gazetteer"]], ids=["whole", "one source"])
def test_asking_other_data_writes_nothing_and_answers_alike(
    emerald_home: Path, tmp_path: Path, more: list[str]
) -> None:
    count, data = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", str(REGION / "data")
    done = run(tmp_path, "query", count, "--data", data, *more)
    told = f"dist/ holds no dataset yet: asking the curated files of {data}/; nothing is written\n"
    assert (done.returncode, done.stderr) == (0, told)
    assert done.stdout == run(emerald_home, "query", count, *more).stdout
    assert list(tmp_path.iterdir()) == []


def test_read_only_folder_can_be_asked(stale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For root every folder is writable: what the system would say to another user is said here."""
    monkeypatch.chdir(stale)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    before = {path: path.stat().st_mtime_ns for path in (stale, *(stale / "dist").rglob("*"))}
    said: list[str] = []
    assert bool(open_store(said.append).query("ASK { :al-marsa a az:City }"))
    assert said == [
        "data/outline.json changed since the last build: asking the curated files of data/; nothing is written"
    ]
    (stale / "data" / "outline.json").write_text("{", encoding="utf-8")
    assert bool(open_store(said.append).query("ASK { :al-marsa a az:City }"))
    assert said[-1].startswith("data/outline.json:1: not valid JSON")
    assert said[-1].endswith("\ndist/ is asked as it was last built")
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("command", [["build"], ["query", SCHOOLS]], ids=["build", "query"])
def test_waiting_for_another_build_is_said_to_a_log_too(stale: Path, command: list[str]) -> None:
    """In a scheduled job nobody looks at, a silent wait is a mystery."""
    with FileLock(stale / ".dist.lock"):
        program = [sys.executable, str(ROOT / "build.py"), *command]
        with subprocess.Popen(program, cwd=stale, stdout=-1, stderr=-1, encoding="utf-8") as waiting:
            assert waiting.stderr
            expected = "waiting for another build of dist/\n"
            assert expected in iter(waiting.stderr.readline, "")
            waiting.kill()


@pytest.mark.parametrize("ending", [b"", b"\n"], ids=["within a line", "after a line"])
def test_shortened_dataset_is_never_asked(built: Path, ending: bytes) -> None:
    """Cut at the end of a line, what is left is sound N-Quads: only its length tells."""
    dataset = built / "dist" / "emerald-valley.nq"
    whole = dataset.read_bytes()
    half = len(whole) // 2
    torn = whole[: whole.index(b"\n", half)] + ending if ending else whole[:half]
    dataset.write_bytes(torn)
    told = f"emerald-valley.nq is damaged: it has {len(torn):,} bytes and was built with {len(whole):,}; build again"
    for asked in (["query", SCHOOLS], ["query", SCHOOLS, "-s", "gazetteer"], ["question", "roles"]):
        done = run(built, *asked)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"dist/{told}\n")
    with pytest.raises(graph.OutputError, match=told):
        graph.open(built / "dist")

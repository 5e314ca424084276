"""What is asked when nothing is said about where: the last build, if it is whole and its inputs are the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import graph
from graph.last_build import open_store

ROOT = Path(__file__).parent.parent
SCHOOLS = "SELECT ?school { ?school a az:School }"


def run(folder: Path, *arguments: str, program: Path = ROOT / "build.py") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(program), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of the project's dataset in `dist`."""
    folder = tmp_path_factory.mktemp("home")
    made = run(folder, "build")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def dataset(home: Path) -> Iterator[Path]:
    """Its N-Quads, which a test may spoil."""
    path = home / "dist" / "souss-massa.nq"
    whole = path.read_bytes()
    yield path
    path.write_bytes(whole)


@pytest.fixture
def stale(home: Path, tmp_path: Path) -> Path:
    """A folder with a build that is older than its inputs."""
    shutil.copytree(home / "dist", tmp_path / "dist")
    path = tmp_path / "dist" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["inputs"]["data/claims.csv"] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def test_changed_input_is_built_first(stale: Path) -> None:
    assert run(stale, "query", SCHOOLS).stderr == "data/claims.csv changed since the last build: building\n"
    assert run(stale, "query", SCHOOLS).stderr == ""


def test_missing_build_of_the_checkout_is_made_first(tmp_path: Path) -> None:
    for name in ("data", "ontology", "graph"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", tmp_path)
    done = run(tmp_path, "query", SCHOOLS, "-f", "csv", program=tmp_path / "build.py")
    assert (done.returncode, done.stderr) == (0, "dist/ holds no dataset yet: building\n")
    assert len(done.stdout.splitlines()) == 4
    assert run(tmp_path, "query", SCHOOLS, program=tmp_path / "build.py").stderr == ""


@pytest.mark.parametrize("more", [[], ["-s", "geonames"]], ids=["whole", "one source"])
def test_asking_elsewhere_writes_nothing_and_answers_alike(home: Path, tmp_path: Path, more: list[str]) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    done = run(tmp_path, "query", count, *more)
    told = "dist/ holds no dataset yet: asking the curated files themselves; nothing is written\n"
    assert (done.returncode, done.stderr) == (0, told)
    assert done.stdout == run(home, "query", count, *more).stdout
    assert list(tmp_path.iterdir()) == []


def test_read_only_folder_can_be_asked(stale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For root every folder is writable: what the system would say to another user is said here."""
    monkeypatch.chdir(stale)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    before = {path: path.stat().st_mtime_ns for path in stale.rglob("*")}
    said: list[str] = []
    assert bool(open_store(said.append).query("ASK { :agadir a az:City }"))
    assert said == [
        "data/claims.csv changed since the last build: asking the curated files themselves; nothing is written"
    ]
    assert {path: path.stat().st_mtime_ns for path in stale.rglob("*")} == before


def test_build_of_another_dataset_is_left_as_it_is(tmp_path: Path) -> None:
    region = ROOT / "tests" / "regions" / "emerald-valley"
    assert run(tmp_path, "build", "--data", str(region / "data")).returncode == 0
    done = run(tmp_path, "query", "SELECT (COUNT(*) AS ?n) { ?s a az:Claim }", "-f", "csv")
    assert done.stderr == ""
    assert len(list((tmp_path / "dist").glob("emerald*.nq"))) == 1


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
def test_shortened_dataset_is_never_asked(home: Path, dataset: Path, ending: bytes) -> None:
    """Cut at the end of a line, what is left is sound N-Quads: only its length tells."""
    whole = dataset.read_bytes()
    torn = whole[: whole.index(b"\n", 600_000)] + ending if ending else whole[:600_000]
    dataset.write_bytes(torn)
    told = f"souss-massa.nq is damaged: it has {len(torn):,} bytes and was built with {len(whole):,}; build again"
    for asked in (["query", SCHOOLS], ["query", SCHOOLS, "-s", "geonames"], ["question", "roles"]):
        done = run(home, *asked)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"dist/{told}\n")
    with pytest.raises(graph.OutputError, match=told):
        graph.open(home / "dist")

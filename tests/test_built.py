"""What is asked when nothing is said about where: the last build, if it is whole and its inputs are the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import graph

ROOT = Path(__file__).parent.parent
SCHOOLS = "SELECT ?school { ?school a az:School }"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
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


def test_missing_build_is_made_first(tmp_path: Path) -> None:
    done = run(tmp_path, "query", SCHOOLS, "-f", "csv")
    assert done.returncode == 0
    assert done.stderr == "dist/ holds no dataset yet: building\n"
    assert len(done.stdout.splitlines()) == 4
    assert run(tmp_path, "query", SCHOOLS, "-f", "csv").stderr == ""


def test_changed_input_is_built_first(tmp_path: Path) -> None:
    assert run(tmp_path, "build").returncode == 0
    path = tmp_path / "dist" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["inputs"]["data/claims.csv"] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert run(tmp_path, "query", SCHOOLS).stderr == "data/claims.csv changed since the last build: building\n"
    assert run(tmp_path, "query", SCHOOLS).stderr == ""


def test_build_of_another_dataset_is_left_as_it_is(tmp_path: Path) -> None:
    region = ROOT / "tests" / "regions" / "emerald-valley"
    assert run(tmp_path, "build", "--data", str(region / "data")).returncode == 0
    done = run(tmp_path, "query", "SELECT (COUNT(*) AS ?n) { ?s a az:Claim }", "-f", "csv")
    assert done.stderr == ""
    assert len(list((tmp_path / "dist").glob("emerald*.nq"))) == 1


@pytest.mark.parametrize("command", [["build"], ["query", SCHOOLS]], ids=["build", "query"])
def test_waiting_for_another_build_is_said_to_a_log_too(tmp_path: Path, command: list[str]) -> None:
    """In a scheduled job nobody looks at, a silent wait is a mystery."""
    with FileLock(tmp_path / ".dist.lock"):
        program = [sys.executable, str(ROOT / "build.py"), *command]
        with subprocess.Popen(program, cwd=tmp_path, stdout=-1, stderr=-1, encoding="utf-8") as waiting:
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

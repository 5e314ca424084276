"""The wheel runs away from the checkout, with its ontology and data inside, and builds the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel; the libraries are those of the tests' own environment."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    kept = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in kept.stdout.splitlines():
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, source, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    shutil.rmtree(source)
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_it_builds_the_same_bytes_as_the_checkout(installed: Path, home: Path, tmp_path: Path) -> None:
    where = run(installed / "venv/bin/python", "-c", "import graph; print(graph.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed))
    run(installed / "venv/bin/azetta", cwd=tmp_path)
    names = sorted(path.name for path in (tmp_path / "dist").iterdir())
    assert names == sorted(path.name for path in (home / "dist").iterdir())
    for name in names:
        assert (tmp_path / "dist" / name).read_bytes() == (home / "dist" / name).read_bytes(), name


def test_its_own_data_are_taken_only_where_there_are_no_others_and_that_is_said(
    installed: Path, tmp_path: Path
) -> None:
    def azetta(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(installed / "venv/bin/azetta"), *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    done = azetta("query", "SELECT (COUNT(?c) AS ?n) { ?c a az:Claim }", "-f", "csv")
    assert int(done.stdout.splitlines()[1]) > 200
    assert done.stderr.startswith("no data/ here or in a folder above: the data that came with Azetta are meant\n")
    assert "nothing is written" in done.stderr
    assert not list(tmp_path.iterdir())
    done = azetta("undo")
    assert (done.returncode, done.stderr.splitlines()[-1].partition("/ ")[2]) == (
        1,
        "came with Azetta: begin your own dataset with `init`, or name it with --data",
    )
    shutil.copytree(ROOT / "tests" / "regions" / "emerald-valley" / "data", tmp_path / "data")
    done = azetta("check")
    assert done.stdout == "2 sources, 13 entities, 18 claims, 14 inferences: no problem\n"
    assert all(".csv: note: " in line for line in done.stderr.splitlines())
    (tmp_path / "data" / "dataset.toml").unlink()
    done = azetta("check")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "data/dataset.toml: no such file\n")


def test_it_answers_by_its_version(installed: Path, tmp_path: Path) -> None:
    version = run(installed / "venv/bin/azetta", "--version", cwd=tmp_path)
    assert version.startswith("azetta")
    assert (ROOT / "pyproject.toml").read_text(encoding="utf-8").count(f'version = "{version.split()[-1]}"') == 1

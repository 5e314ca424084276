"""Azetta where another `graph` stands in the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes


def python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize("file", ["graph.py", "graph/__init__.py"])
def test_another_graph_is_named_and_not_run(tmp_path: Path, file: str) -> None:
    other = tmp_path / file
    other.parent.mkdir(exist_ok=True)
    other.write_text("print('another')\n", encoding="utf-8")
    done = python(tmp_path, "-m", "azetta", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Azetta is the package “graph”, but {other} has that name too")
    assert done.stderr.endswith("rename it, or start Python from another folder\n")
    done = python(tmp_path, "-c", "import azetta; azetta.open()")
    assert f"ImportError: Azetta is the package “graph”, but {other}" in done.stderr
    done = python(tmp_path, "-c", "import graph; import azetta; azetta.open()")
    assert f"ImportError: Azetta is the package “graph”, but {other}" in done.stderr


def test_it_is_the_same_package_and_the_same_command_line(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()  # a folder that is no package is in nobody's way
    done = python(tmp_path, "-c", "import azetta, graph; print(azetta.open is graph.open, hasattr(azetta, 'nothing'))")
    assert done.stdout == "True False\n", done.stderr
    assert python(tmp_path, "-m", "azetta", "--version").stdout.startswith("azetta, version ")

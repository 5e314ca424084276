"""The store that a build is kept in on disk: made once, opened by many, made anew where it is old or damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import OutputError
from graph.store.disk import opened
from graph.store.embedded import Embedded

from .mill import BASE, column, fact

pytestmark = pytest.mark.processes

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The N-Quads of a build."""
    (tmp_path / "dist").mkdir()
    path = tmp_path / "dist" / "valley.nq"
    path.write_text("".join(f"{fact(name, source)} .\n" for name, source in (("mill", "map"), ("mill", "news"))))
    return path


def stores(built: Path) -> list[str]:
    return os.listdir(built.parent.parent / ".dist.stores")


def test_build_is_kept_in_one_store_on_disk_that_many_may_open(built: Path) -> None:
    first = Embedded(opened(str(built)))
    code = (
        "import sys; from graph.store.disk import opened; from graph.store.embedded import Embedded;"
        f"print([*Embedded(opened(sys.argv[1])).query({COUNT!r}).rows][0][0].value)"
    )
    command = [sys.executable, "-c", code, str(built)]
    other = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert other.stdout == "1\n"
    assert column(first.query(COUNT)) == ["1"]
    assert len(stores(built)) == 1


def test_many_who_ask_first_make_one_store(built: Path) -> None:
    code = "import sys; from graph.store.disk import opened; print(len(opened(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(built)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate(timeout=60)[0] for process in started] == ["3\n"] * 4
    assert len(stores(built)) == 1


def test_new_build_gets_a_new_disk_store_and_the_old_one_goes(built: Path) -> None:
    opened(str(built))
    built.write_text(f"{fact('school', 'map')} .\n")
    assert column(Embedded(opened(str(built))).query("SELECT ?s { ?s ?p ?o }")) == [BASE + "school"]
    assert len(stores(built)) == 1


def test_disk_store_that_a_killed_process_half_made_is_made_anew(built: Path) -> None:
    built.write_text("".join(f"{fact(f'mill-{number}', 'map')} .\n" for number in range(100_000)))
    place = built.parent.parent / ".dist.stores"
    code = "import sys; from graph.store import disk; disk.opened(sys.argv[1])"
    with subprocess.Popen([sys.executable, "-c", code, str(built)]) as process:
        while process.poll() is None and not (place / "new" / "CURRENT").exists():
            time.sleep(0.001)
        process.kill()
    assert process.returncode == -9
    assert column(Embedded(opened(str(built))).query(COUNT)) == ["100000"]
    assert len(stores(built)) == 1


def test_disk_store_that_is_taken_away_is_read_to_its_end_and_made_anew(built: Path) -> None:
    store = Embedded(opened(str(built)))
    shutil.rmtree(built.parent.parent / ".dist.stores")
    assert column(store.query(COUNT)) == ["1"]
    assert column(Embedded(opened(str(built))).query(COUNT)) == ["1"]


def test_damaged_disk_store_is_passed_over(built: Path) -> None:
    opened(str(built))
    (place,) = (built.parent.parent / ".dist.stores").iterdir()
    (place / "CURRENT").write_text("nothing")
    assert column(Embedded(opened(str(built))).query(COUNT)) == ["1"]


@pytest.mark.parametrize("made", [False, True], ids=["first", "again"])
def test_who_may_not_write_is_answered_too(built: Path, made: bool) -> None:
    """As a user who is not root, who may write everywhere."""
    if made:
        opened(str(built))
    for folder in built.parents[:2]:
        folder.chmod(0o755)
    code = (
        "import os, sys; from graph.store.disk import opened; from graph.store.embedded import Embedded\n"
        "import graph.system.lock, filelock, shutil, pathlib, encodings.idna\n"
        "os.chdir(sys.argv[1]); os.getuid() or os.setuid(65534)\n"
        f"print([*Embedded(opened('dist/valley.nq')).query({COUNT!r}).rows][0][0].value)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(built.parents[1])], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    assert (built.parents[1] / ".dist.stores").exists() == made


@pytest.mark.parametrize("text", ["<a:a> <a:b>", "<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b> <a:d> <a"])
def test_corrupted_file_is_named(built: Path, text: str) -> None:
    built.write_text(text)
    with pytest.raises(OutputError, match=r"valley\.nq.*build again"):
        opened(str(built))
    assert stores(built) == []

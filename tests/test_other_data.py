"""Nothing is overwritten or published but by who says so: what stands in a folder may be of other data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from programs import CLAIMS, IN_THE_VALLEY, IN_THE_VALLEY_AGAIN, ROOT, Edit, add, counted, run, told

from graph.system.lock import locked

pytestmark = pytest.mark.processes


def test_plain_build_leaves_the_build_of_other_data(mine: Path) -> None:
    before = (mine / "dist" / "manifest.json").read_bytes()
    done = run(mine, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "dist/ was made from mine/, not from data/: to build data/ there instead, say --out dist or --data data\n"
    )
    assert (mine / "dist" / "manifest.json").read_bytes() == before
    assert run(mine, "build", "--out", "dist").returncode == 0
    assert told(mine, "query", CLAIMS) == ["18"]


def test_build_without_a_record_is_replaced_by_its_own_dataset_alone(built: Path, edit: Edit) -> None:
    """So an older version left it."""
    (built / ".dist.made").unlink()
    done = run(built, "query", CLAIMS, "-f", "csv")
    assert done.stdout == "n\n18\n"
    assert "it is not recorded what dist/ was made from" in done.stderr
    edit("data/dataset.toml", 'name = "emerald-valley"', 'name = "ruby-valley"')
    assert run(built, "build").returncode == 1
    edit("data/dataset.toml", 'name = "ruby-valley"', 'name = "emerald-valley"')
    assert run(built, "build").returncode == 0


def test_record_of_one_build_is_never_that_of_another(region: Path) -> None:
    """A folder put in the place of a build was made from nobody knows what."""
    assert run(region, "build", "--out", "out").returncode == 0
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    assert run(region, "build").returncode == 0
    shutil.rmtree(region / "out")
    shutil.copytree(region / "dist", region / "out")
    add(region / "data" / "claims.csv", IN_THE_VALLEY_AGAIN)
    assert told(region, "query", CLAIMS, "--out", "out") == ["19"]
    assert told(region, "query", CLAIMS) == ["20"]


def test_serve_of_a_folder_without_a_build_refuses(built: Path) -> None:
    done = run(built, "serve", "--out", "dits", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("dits holds no build: ")
    assert not (built / "dits").exists()


def test_publish_without_a_build_sends_nothing(region: Path) -> None:
    assert run(region, "build", "--data", "data", "--out", "out").returncode == 0
    with counted() as (address, seen):
        done = run(region, "publish", "--endpoint", address)
        assert (done.returncode, done.stdout, seen) == (1, "", [])
        assert done.stderr.startswith("dist holds no build: ")
        assert not (region / "dist").exists()
        assert run(region, "publish", "--endpoint", address, "--out", "out").returncode == 1
        assert seen


def test_publish_of_broken_data_sends_nothing(built: Path, edit: Edit) -> None:
    edit("data/claims.csv", "launches,barmij", "launches,barmidj")
    with counted() as (address, seen):
        done = run(built, "publish", "--endpoint", address)
    assert (done.returncode, seen) == (1, [])
    assert 'data/claims.csv:2: unknown entity "barmidj"' in done.stderr


@pytest.mark.parametrize("command", ["check", "export", "query", "serve"])
def test_build_of_other_data_than_those_named_is_refused(mine: Path, command: str) -> None:
    words = {"check": [], "export": ["-", "--format", "ttl"], "query": [CLAIMS], "serve": ["--port", "0"]}[command]
    done = run(mine, command, *words, "--out", "dist", "--data", "data")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "dist/ was made from mine/, not from data/\n")


def test_what_a_build_was_made_from_is_checked_and_exported(mine: Path) -> None:
    assert "19 claims" in run(mine, "check", "--out", "dist").stdout
    assert "18 claims" in run(mine, "check").stdout
    rows = run(mine, "export", "-", "--format", "claims.csv", "--out", "dist").stdout.splitlines()
    assert len(rows) == 20


def test_folder_with_a_build_alone_means_what_that_was_made_from(region: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "elsewhere").mkdir()
    arguments = ["--data", "../region/data", "--text", "bulletin=../region/texts/bulletin.txt"]
    assert run(folder, "build", *arguments).returncode == 0
    page = (folder / "dist" / "index.html").read_bytes()
    done = run(folder, "check")
    assert (done.returncode, done.stdout.splitlines()[-1].endswith("18 claims, 14 inferences: no problem")) == (0, True)
    assert run(folder, "build").returncode == 0
    assert (folder / "dist" / "index.html").read_bytes() == page
    assert told(folder, "query", CLAIMS) == ["18"]


def test_a_build_of_other_data_than_those_here_is_not_published_unasked(mine: Path) -> None:
    with counted() as (address, seen):
        done = run(mine, "publish", "--endpoint", address)
        assert (done.returncode, done.stdout, seen) == (1, "", [])
        assert done.stderr == (
            "dist/ was made from mine/, not from data/; to publish it all the same, say --out dist\n"
        )
        assert run(mine, "publish", "--endpoint", address, "--out", "dist").returncode == 1
        assert seen


def test_a_build_of_which_nothing_is_recorded_is_not_published_unasked(built: Path) -> None:
    (built / ".dist.made").unlink()
    with counted() as (address, seen):
        done = run(built, "publish", "--endpoint", address)
        assert (done.returncode, seen) == (1, [])
    assert done.stderr.startswith("it is not recorded what dist/ was made from: build --out dist to have it follow")


def test_another_dataset_in_the_place_of_the_first_replaces_no_build(built: Path, edit: Edit) -> None:
    before = (built / "dist" / "manifest.json").read_bytes()
    edit("data/dataset.toml", 'name = "emerald-valley"', 'name = "ruby-valley"')
    add(built / "data" / "claims.csv", IN_THE_VALLEY)
    done = run(built, "query", CLAIMS, "-f", "csv")
    assert done.stdout == "n\n19\n"
    assert "dist/ holds emerald-valley, and data/ is now ruby-valley: asking the curated files" in done.stderr
    for command in (["build"], ["serve", "--port", "0"]):
        done = run(built, *command)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("dist/ holds emerald-valley, and data/ is now ruby-valley: to build ")
    assert (built / "dist" / "manifest.json").read_bytes() == before
    assert run(built, "build", "--out", "dist").returncode == 0
    assert told(built, "query", CLAIMS) == ["19"]


@contextmanager
def overtaken(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that waits for the lock of `dist`, and let a build of `mine` take that place meanwhile."""
    assert run(folder, "build", "--data", "mine", "--out", "elsewhere/dist").returncode == 0
    with locked(folder / ".dist.lock"):
        program = [sys.executable, str(ROOT / "build.py"), *arguments]
        process = subprocess.Popen(
            program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        assert process.stderr
        while "waiting for another build of dist/" not in process.stderr.readline():
            assert process.poll() is None
        shutil.rmtree(folder / "dist", ignore_errors=True)
        shutil.copytree(folder / "elsewhere" / "dist", folder / "dist")
        record = (folder / "elsewhere" / ".dist.made").read_text(encoding="utf-8").replace("../mine", "mine")
        (folder / ".dist.made").write_text(record, encoding="utf-8")
    with process:
        yield process


@pytest.mark.parametrize("command", [["build"], ["query", CLAIMS]])
def test_who_waited_for_another_build_does_not_replace_it(region: Path, command: list[str]) -> None:
    shutil.copytree(region / "data", region / "mine")
    add(region / "mine" / "claims.csv", IN_THE_VALLEY)
    (region / "elsewhere").mkdir()
    with overtaken(region, *command) as process:
        out, error = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert error.startswith("dist/ was made from mine/")
    assert told(region, "query", CLAIMS, "--out", "dist") == ["19"]


def test_standard_output_is_no_file_among_the_tables(region: Path) -> None:
    done = run(region / "data", "export", "-", "--format", "nq")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<https://")

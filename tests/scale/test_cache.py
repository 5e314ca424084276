"""What builds remember is used where it is right, is never missed where it is not there, and does not pile up."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from checkout import ONTOLOGY, ROOT

from graph import pipeline
from graph.errors import OutputError
from graph.knowledge import judging, verdict
from graph.system.memo import Memo, opened, remembered
from scale.test_scale import REGION, built, edited, files


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Tables that a test may change."""
    return Path(shutil.copytree(REGION, tmp_path / "data"))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_failing_builds_remember_does_not_pile_up_and_the_last_good_one_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "cache"

    def build(number: int, *, fails: bool = False) -> None:
        with opened(folder, "salt"):
            remembered("square", (number,), lambda: number**2)
            if fails:
                raise OutputError("no")

    def kept() -> set[str]:
        return {path.name for path in folder.iterdir()}

    build(1)
    good = kept()
    for number in range(2, 9):
        with pytest.raises(OutputError):
            build(number, fails=True)
        assert good < kept()
        assert len(kept() - good) == 1
    build(1)
    assert kept() == good


def test_after_an_edit_only_what_changed_is_judged_and_what_is_wrong_is_still_found(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    inner = verdict.findings

    def counted(shapes: str, path: Path) -> list[verdict.Finding]:
        judged.append(path.name)
        return inner(shapes, path)

    for module in (judging, sys.modules["graph.knowledge.portions"]):
        monkeypatch.setattr(module, "findings", counted)
    built(data, tmp_path / "dist")
    assert judged == ["dataset.nt"]  # all at once
    judged.clear()
    built(data, tmp_path / "dist")
    assert judged == []
    replaced(data / "claims.csv", "population,41250", "population,41251")
    built(data, tmp_path / "dist")
    assert set(judged) == {"portion.nq"}
    replaced(data / "claims.csv", "al-marsa,wgs:lat,30.50", "al-marsa,wgs:lat,90.50")
    again = built(data, tmp_path / "dist")
    assert again == built(data, tmp_path / "clean", anew=True)
    assert isinstance(again, list)
    assert "a latitude is a number from -90 to 90" in again[0]


def test_where_nothing_can_be_remembered_the_build_is_the_same(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean, _ = built(data, tmp_path / "clean")
    (tmp_path / ".dist.cache").write_bytes(b"a file where the folder should be")
    assert built(data, tmp_path / "dist")[0] == clean
    inner = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name.endswith(".new"):
            inner(path, content[:10])
            raise OSError(28, "No space left on device", str(path))
        return inner(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert built(data, tmp_path / "full")[0] == clean
    assert not [*(tmp_path / ".full.cache").glob("*.new")]


def test_who_deletes_what_is_in_use_is_told_so_and_the_next_build_is_whole(data: Path, tmp_path: Path) -> None:
    clean, _ = built(data, tmp_path / "dist")

    def deleting(step: str) -> None:
        if step == "validating":
            shutil.rmtree(tmp_path / ".dist.cache")

    with pytest.raises(OutputError, match=r"\.dist\.cache/ was deleted during the build: build again$"):
        pipeline.build(data, ONTOLOGY, tmp_path / "dist", progress=deleting)
    assert files(tmp_path / "dist") == clean
    assert built(data, tmp_path / "dist")[0] == clean


def test_a_result_that_was_not_written_whole_is_none(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "cache", "salt")
    name = memo.name("square", 3)
    memo.keep(name, b"9" * 50)
    path = tmp_path / "cache" / name
    path.write_bytes(path.read_bytes()[:-1])
    assert Memo(tmp_path / "cache", "salt").read(name) is None
    assert Memo(tmp_path / "cache", "another").name("square", 3) != name


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_after_builds_that_were_killed_every_file_is_that_of_a_clean_build(
    data: Path, tmp_path: Path, seed: int
) -> None:
    chance, command = random.Random(seed), [sys.executable, "build.py", "build", "--data", str(data)]
    for _ in range(12):
        before = {path: path.read_bytes() for path in data.glob("*.csv")}
        edited(data, chance)
        child = subprocess.Popen(
            [*command, "--out", str(tmp_path / "dist")], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.2, 8))
        child.send_signal(signal.SIGKILL)
        child.wait()
        clean = built(data, tmp_path / "clean", anew=True)
        if isinstance(clean, list):
            for path, content in before.items():
                path.write_bytes(content)
        elif chance.random() < 0.5:
            assert built(data, tmp_path / "dist")[0] == clean[0]
    assert built(data, tmp_path / "dist")[0] == built(data, tmp_path / "clean", anew=True)[0]

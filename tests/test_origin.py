"""Which dataset is meant: one rule for every command, and no build is renewed from, or replaced by, other data."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from programs import CLAIMS, IN_THE_VALLEY, IN_THE_VALLEY_AGAIN, Edit, add, run, told

import graph

pytestmark = pytest.mark.processes


# --- asking ---


def test_build_of_a_changed_copy_of_the_checkouts_data_is_what_is_asked(checkout: Path) -> None:
    """It has the name and all but a line of the checkout's data, and was once replaced by them."""
    program = checkout / "build.py"
    shutil.copytree(checkout / "data", checkout / "mine")
    add(checkout / "mine" / "claims.csv", IN_THE_VALLEY)
    assert run(checkout, "build", "--data", "mine", program=program).returncode == 0
    before = (checkout / "dist" / "manifest.json").read_bytes()
    assert told(checkout, "query", CLAIMS, program=program) == ["19"]
    assert run(checkout, "question", "partners", program=program).returncode == 0
    assert (checkout / "dist" / "manifest.json").read_bytes() == before
    add(checkout / "mine" / "claims.csv", IN_THE_VALLEY_AGAIN)
    add(checkout / "mine" / "dataset.toml", "# once more\n")
    done = run(checkout, "query", CLAIMS, "-f", "csv", program=program)
    assert "mine/claims.csv and 1 more changed since the last build: building" in done.stderr.splitlines()
    assert done.stdout == "n\n20\n"


def test_build_of_other_data_than_those_here_is_named(mine: Path) -> None:
    done = run(mine, "query", CLAIMS, "-f", "csv")
    assert (done.stdout, done.stderr) == ("n\n19\n", "dist/ was made from mine/, not from data/\n")
    assert told(mine, "query", CLAIMS, "--data", "mine") == ["19"]


def test_other_data_than_those_of_the_build_are_asked_without_writing(mine: Path) -> None:
    before = (mine / "dist" / "manifest.json").stat().st_mtime_ns
    done = run(mine, "query", CLAIMS, "--data", "data", "-f", "csv")
    assert done.stdout == "n\n18\n"
    assert done.stderr == "dist/ was made from mine/: asking the curated files of data/; nothing is written\n"
    assert (mine / "dist" / "manifest.json").stat().st_mtime_ns == before


def test_edit_of_any_region_is_noticed(built: Path) -> None:
    assert told(built, "query", CLAIMS) == ["18"]
    add(built / "data" / "claims.csv", IN_THE_VALLEY)
    done = run(built, "query", CLAIMS, "-f", "csv")
    assert (done.stdout, done.stderr) == ("n\n19\n", "data/claims.csv changed since the last build: building\n")


def test_build_is_renewed_wherever_it_stands_and_whoever_asks(region: Path, tmp_path: Path) -> None:
    assert run(region, "build", "--data", "data", "--out", "out").returncode == 0
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    assert told(elsewhere, "query", CLAIMS, "--out", "../region/out") == ["19"]
    shutil.move(region, tmp_path / "moved")  # the whole of it, as a checkout is
    add(tmp_path / "moved" / "data" / "claims.csv", IN_THE_VALLEY_AGAIN)
    assert told(elsewhere, "query", CLAIMS, "--out", "../moved/out") == ["20"]
    assert not list(elsewhere.iterdir())


def test_region_named_as_the_first_keeps_its_build(checkout: Path, edit: Edit) -> None:
    edit("data/dataset.toml", 'name = "emerald-valley"', 'name = "souss-massa"')
    program = checkout / "build.py"
    assert run(checkout, "build", "--data", "../region/data", program=program).returncode == 0
    assert told(checkout, "query", CLAIMS, program=program) == ["18"]
    assert told(checkout, "query", CLAIMS, program=program) == ["18"]


def test_texts_of_a_build_stay_in_its_page(region: Path) -> None:
    quoted = "وستفتح به حاضنة مقاولات"
    assert run(region, "build", "--text", "bulletin=texts/bulletin.txt").returncode == 0
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    assert told(region, "query", CLAIMS) == ["19"]
    assert quoted in (region / "dist" / "index.html").read_text(encoding="utf-8")


def test_published_files_tell_no_path(region: Path) -> None:
    """The copy of the text is private, and so is the name of its folder."""
    shutil.move(region / "texts", region / "private-folder")
    arguments = ["--text", "bulletin=private-folder/bulletin.txt", "--out", "out"]
    assert run(region, "build", *arguments).returncode == 0
    for path in (region / "out").iterdir():
        assert b"private-folder" not in path.read_bytes(), path
        assert str(region).encode() not in path.read_bytes(), path


# --- where nothing is named ---


@pytest.mark.parametrize("below", [".", "texts"], ids=["here", "above"])
def test_every_command_takes_the_data_here_or_above(region: Path, below: str) -> None:
    folder = region / below
    assert run(folder, "check").stdout == "2 sources, 13 entities, 18 claims, 14 inferences: no problem\n"
    assert run(folder, "cite", f"bulletin={region}/texts/bulletin.txt", "حاضنة").stdout.startswith("bulletin,")
    assert "emerald-valley" in run(folder, "export", "-", "--format", "ttl").stdout
    assert run(folder, "build").returncode == 0
    assert (region / "dist" / "emerald-valley.nq").is_file()
    assert told(folder, "query", CLAIMS) == ["18"]


@pytest.mark.parametrize("missing", ["dataset.toml", "claims.csv"])
def test_broken_data_here_are_never_passed_over(region: Path, missing: str) -> None:
    (region / "data" / missing).unlink()
    for command in (["check"], ["build"], ["query", CLAIMS], ["export", "-", "--format", "ttl"]):
        done = run(region, *command)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert f"data/{missing}: no such file" in done.stderr


def test_checkout_elsewhere_guesses_nothing(tmp_path: Path) -> None:
    for command in (["check"], ["build"], ["query", CLAIMS], ["publish", "-e", "http://127.0.0.1:9/"], ["serve"]):
        done = run(tmp_path, *command)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert "--data" in done.stderr
    assert not list(tmp_path.iterdir())


# --- broken data ---


def test_last_good_build_answers_while_the_data_are_broken(built: Path, edit: Edit) -> None:
    before = (built / "dist" / "manifest.json").read_bytes()
    edit("data/claims.csv", "launches,barmij", "launches,barmidj")
    beside = ["this answer is of dist/ as it was last built: `check` says why"]
    for command, last in ((["query", CLAIMS], []), (["question", "partners"], beside)):
        done = run(built, *command, "-f", "csv")
        assert done.returncode == 0
        assert done.stdout
        assert done.stderr.splitlines() == [
            "data/claims.csv changed since the last build: building",
            'data/claims.csv:2: unknown entity "barmidj" in column object; did you mean "barmij"?',
            "dist/ is asked as it was last built",
            *last,
        ]
    assert (built / "dist" / "manifest.json").read_bytes() == before
    edit("data/claims.csv", "launches,barmidj", "launches,barmij")
    assert run(built, "query", CLAIMS).stderr == ""


def test_only_the_first_of_many_problems_are_told_with_an_answer(built: Path) -> None:
    for number in range(100):
        add(built / "data" / "claims.csv", IN_THE_VALLEY.replace("al-marsa", f"unknown-{number}"))
    done = run(built, "query", CLAIMS, "-f", "csv")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (0, "n\n18\n", 8)
    assert "… and 95 more" in done.stderr
    assert len(run(built, "check").stderr.splitlines()) == 100


def test_last_good_build_answers_when_a_text_is_gone(region: Path) -> None:
    assert run(region, "build", "--text", "bulletin=texts/bulletin.txt").returncode == 0
    (region / "texts" / "bulletin.txt").unlink()
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    done = run(region, "query", CLAIMS, "-f", "csv")
    assert (done.returncode, done.stdout) == (0, "n\n18\n")
    assert "texts/bulletin.txt: No such file" in done.stderr
    assert "dist/ is asked as it was last built" in done.stderr


# --- Python and services ---


def test_a_service_and_a_build_are_not_asked_together(region: Path) -> None:
    for words in (["query", CLAIMS], ["question", "partners"]):
        for folder in ("--out", "--data"):
            done = run(region, *words, "--endpoint", "http://127.0.0.1:9/", folder, "data")
            assert (done.returncode, done.stdout) == (2, "")
            assert f"--endpoint and {folder}" in done.stderr


def test_python_follows_the_same_rule(region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (region / "deep").mkdir()
    monkeypatch.chdir(region / "deep")
    assert graph.open().query(CLAIMS)[0] == {"n": 18}
    assert (region / "dist" / "emerald-valley.nq").is_file()
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    assert graph.open(region / "dist").query(CLAIMS)[0] == {"n": 19}
    monkeypatch.chdir(tmp_path)
    assert graph.open("region/data").query(CLAIMS)[0] == {"n": 19}
    assert graph.open("region/dist").query(CLAIMS)[0] == {"n": 19}
    with pytest.raises(graph.OutputError, match=r"^region/texts holds no build: .*--data FOLDER --out region/texts"):
        graph.open("region/texts")
    assert not os.path.exists("dist")

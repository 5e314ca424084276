"""`accept` writes what a curator took of a review: all at once, once, with who took it; and it can be taken back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ONTOLOGY, ROOT
from click.testing import CliRunner

from graph.cli import main
from graph.curation import step
from graph.facts import curated
from graph.model import ontology
from graph.reading import refusals
from reading.reviews import CLAIM, COPY, ENTITY, MENTION, NEW, ROW, TEXT, WHO, decided, save


@pytest.fixture
def accept(region):
    def run(*proposals, more=(), copy=COPY):
        name = save(*proposals)
        return CliRunner().invoke(main, ["accept", name, *copy, *WHO, *more, "--data", "data"])

    return run


def tables() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("data").iterdir()}


def more(before: dict[str, bytes]) -> dict[str, list[str]]:
    """The lines that came, whose others stand as they stood."""
    found = {}
    for name, now in tables().items():
        old = before.get(name, b"").splitlines(keepends=True)
        lines = now.splitlines(keepends=True)
        assert [line for line in lines if line in old] == old, name
        if fresh := [line.decode() for line in lines if line not in old]:
            found[name] = fresh
    return found


def test_claim_is_written_with_who_took_it_and_what_proposed_it(accept):
    before = tables()
    result = accept(CLAIM)
    assert (result.exit_code, result.stderr) == (0, "")
    [claim] = [each for each in facts().claims if (each.subject, each.object) == ("cafe-fab-lab", "al-marsa")]
    assert more(before) == {
        "claims.csv": [ROW],
        "decisions.csv": [
            "kind,a,b,source,reason,by,on\n",
            f"accept,{claim.id},reader 1,bulletin,cue cue-1,Nadia,2031-06-02\n",
        ],
    }


def facts():
    return curated.load(Path("data"), ontology.load(ONTOLOGY, Path("data")))


def test_new_thing_comes_with_its_mention_and_claim_and_our_names_are_marked(accept):
    before = tables()
    assert accept(*NEW).exit_code == 0
    came = more(before)
    assert came["entities.csv"] == ["digital-bulletin,Programme,نشرة رقمية,Bulletin,Bulletin,,,,,,fr|en\n"]
    assert came["mentions.csv"] == ["digital-bulletin,bulletin,14,24\n"]
    assert came["claims.csv"] == ["digital-bulletin,deliveredAt,cafe-numerique,stated,bulletin,0,24,,,130-152,,,\n"]
    assert [line.split(",")[:3] for line in came["passages.csv"]] == [["bulletin", "0", "24"], ["bulletin", "14", "24"]]
    assert CliRunner().invoke(main, ["check", *COPY, "--data", "data"]).exit_code == 0


def test_second_accept_changes_nothing_and_undo_takes_the_first_back(accept):
    before = tables()
    refused = decided(MENTION, "refuse")
    assert accept(CLAIM, refused).exit_code == 0
    after = tables()
    again = accept(CLAIM, refused)
    assert again.stdout.startswith("nothing new: ")
    assert tables() == after
    result = CliRunner().invoke(main, ["undo", "--data", "data"])
    assert result.stdout.startswith("taken back: accept review.csv\n")
    assert tables() == before


def test_refused_proposal_is_kept_as_its_hash_alone(accept):
    before = tables()
    assert accept(decided(MENTION, "refuse"), more=["--reason", "a word, no name"]).exit_code == 0
    [_, line] = more(before)["decisions.csv"]
    assert line == f'refuse,{refusals.digest(MENTION)},,bulletin,"a word, no name",Nadia,2031-06-02\n'
    assert MENTION in refusals.Refusals(facts())
    assert decided(MENTION, "", start="15") not in refusals.Refusals(facts())


def test_refused_proposal_stays_refused_whatever_its_things_are_called(accept):
    refused = decided(CLAIM, "refuse")
    assert accept(refused).exit_code == 0
    for old, new in (("cafe-fab-lab", "fab-lab"), ("al-marsa", "marsa"), ("fab-lab", "valley-lab")):
        why = ["--reason", "so it is called", "--on", "2031-07-01", "--data", "data"]
        assert CliRunner().invoke(main, ["rename", old, new, *why]).exit_code == 0
    now = decided(CLAIM, "refuse", subject="valley-lab", object="marsa")
    assert now in refusals.Refusals(facts())
    assert decided(now, "refuse", object="emerald-valley") not in refusals.Refusals(facts())
    before = tables()
    assert accept(now).stdout.startswith("nothing new: ")
    assert tables() == before


def test_undecided_lines_wait(accept):
    before = tables()
    assert accept(decided(CLAIM, ""), decided(ENTITY, "")).exit_code == 0
    assert tables() == before


def test_one_wrong_line_keeps_all_out(accept):
    before = tables()
    result = accept(CLAIM, ENTITY, MENTION)
    assert result.exit_code == 1
    assert (
        result.stderr
        == 'review.csv:3: no claim speaks of "digital-bulletin": add one to claims.csv, or delete the line\n'
    )
    assert tables() == before


def test_changed_text_is_told_with_both_hashes(accept, region):
    Path("texts/bulletin.txt").write_text(TEXT + "\n", encoding="utf-8")
    result = accept(CLAIM)
    assert result.exit_code == 1
    assert "its SHA-256 is " in result.stderr
    assert "45a3af24c852c5572c2b07aaddbb5b128ab5b08f1a5d4e181b9d76cb5ce4b711" in result.stderr


def test_text_must_be_given(accept):
    result = accept(CLAIM, copy=[])
    assert (result.exit_code, result.stderr) == (1, "review.csv:2: give the text that was read: --text bulletin=FILE\n")


def test_name_of_git_is_who_decides(accept, monkeypatch, tmp_path):
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    name = save(CLAIM)
    nobody = CliRunner().invoke(main, ["accept", name, *COPY, "--data", "data"])
    assert nobody.exit_code == 2
    assert "say who decides: --by NAME" in nobody.stderr
    (tmp_path / "none").write_text("[user]\n\tname = Nadia Alami\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["accept", name, *COPY, "--data", "data"]).exit_code == 0
    assert "Nadia Alami" in Path("data/decisions.csv").read_text(encoding="utf-8")


def test_accept_cut_by_a_kill_is_put_back_and_done_by_the_next(accept, monkeypatch):
    before = tables()

    def killed(folder: Path, files: step.Files) -> None:
        (folder / "claims.csv").write_bytes(files["claims.csv"])
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(step, "_put", killed)
        accept(CLAIM, *NEW)
    assert set(more(before)) == {"claims.csv"}
    assert accept(CLAIM, *NEW).exit_code == 0
    came = more(before)
    assert {name: len(lines) for name, lines in came.items()} == {
        "entities.csv": 1,
        "mentions.csv": 1,
        "claims.csv": 2,
        "passages.csv": 2,
        "decisions.csv": 3,
    }


@pytest.mark.processes
def test_process_killed_at_any_time_leaves_nothing_that_a_second_accept_does_not_mend(region):
    name, before = save(CLAIM, *NEW), tables()
    call = [sys.executable, str(ROOT / "build.py"), "accept", name, *COPY, *WHO, "--data", "data"]
    for tenths in range(3, 60, 3):
        running = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            running.wait(tenths / 10)
            break
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
    assert subprocess.run(call, capture_output=True, check=False, timeout=60).returncode == 0
    assert len(more(before)["claims.csv"]) == 2
    assert len(more(before)["decisions.csv"]) == 3

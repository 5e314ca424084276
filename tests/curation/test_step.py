"""What a command does to the tables can be taken back, is whole or not at all, and is no input of a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import ONTOLOGY
from click.testing import CliRunner

from graph.cli import main
from graph.curation import canonical, step
from graph.errors import OutputError
from graph.model.inputs import digests


def held(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data.iterdir()}


def test_step_is_taken_back_and_brought_back(region):
    data = region / "data"
    before = held(data)
    step.write(data, {"claims.csv": b"one\ntwo\n", "notes.csv": b"new\n", "moved.csv": None}, "add claim")
    after = held(data)
    kept = {name: content for name, content in before.items() if name != "moved.csv"}
    assert after == kept | {"claims.csv": b"one\ntwo\n", "notes.csv": b"new\n"}
    assert step.undo(data) == (
        "add claim",
        [
            ("claims.csv", "19 lines brought back, 2 taken out"),
            ("notes.csv", "removed"),
            ("moved.csv", "brought back"),
        ],
    )
    assert held(data) == before
    assert step.undo(data)[0] == "undo add claim"
    assert held(data) == after
    assert step.undo(data)[0] == "add claim"
    assert held(data) == before


def test_edit_after_a_step_is_kept_by_the_second_undo(region):
    claims = region / "data" / "claims.csv"
    before = claims.read_bytes()
    step.write(region / "data", {"claims.csv": b"step\n"}, "format")
    claims.write_bytes(b"by hand\n")
    step.undo(region / "data")
    assert claims.read_bytes() == before
    step.undo(region / "data")
    assert claims.read_bytes() == b"by hand\n"


def test_nothing_to_take_back_is_said(region):
    with pytest.raises(OutputError, match="data/: there is no step to take back"):
        step.undo(region / "data")


def test_step_that_fails_half_way_leaves_every_table_as_it_was(region, monkeypatch):
    step.write(region / "data", {"notes.csv": b"before\n"}, "the step before")
    before, place = held(region / "data"), Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == region / "data" / "mentions.csv" and b"new" in self.read_bytes():
            raise PermissionError(13, "Permission denied", str(target))
        return place(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"mentions\.csv: Permission denied; the tables stand as they were"):
        step.write(region / "data", {"claims.csv": b"new\n", "mentions.csv": b"new\n"}, "format")
    monkeypatch.undo()
    assert held(region / "data") == before
    assert step.undo(region / "data") == ("the step before", [("notes.csv", "removed")])


def test_step_cut_by_a_kill_is_put_back_by_the_next_one(region, monkeypatch):
    data, before = region / "data", held(region / "data")

    def killed(folder: Path, files: step.Files) -> None:
        (folder / "claims.csv").write_bytes(b"half\n")
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(step, "_put", killed)
        with pytest.raises(SystemExit):
            step.write(data, {"claims.csv": b"whole\n", "moved.csv": b"whole\n"}, "format")
    assert held(data) != before
    step.recover(data)
    assert held(data) == before
    (data / "claims.csv").write_bytes(b"by hand\n")  # since then: nothing puts it back
    step.recover(data)
    assert held(data) == before | {"claims.csv": b"by hand\n"}


def test_row_is_added_to_what_stood_before_a_kill(region, monkeypatch):
    data, before = region / "data", held(region / "data")

    def killed(folder: Path, files: step.Files) -> None:
        (folder / "claims.csv").write_bytes(files["claims.csv"])
        raise SystemExit

    fresh = before["claims.csv"] + b"half a step\n"
    with monkeypatch.context() as broken:
        broken.setattr(step, "_put", killed)
        with pytest.raises(SystemExit):
            step.write(data, {"claims.csv": fresh, "moved.csv": b"whole\n"}, "format")
    add = ["add", "claim", "al-marsa", "population", "41250", "--record", "place/3", "--source", "gazetteer"]
    result = CliRunner().invoke(main, [*add, "--data", "data"])
    assert result.exit_code == 0, result.output
    assert set(before["claims.csv"].splitlines()) < set(held(data)["claims.csv"].splitlines())
    assert b"half" not in held(data)["claims.csv"]
    assert held(data)["moved.csv"] == before["moved.csv"]


def test_kept_tables_are_no_input_and_unseen_by_git(region):
    inputs = digests(region / "data", ONTOLOGY)
    step.write(region / "data", {"claims.csv": (region / "data" / "claims.csv").read_bytes()}, "format")
    assert digests(region / "data", ONTOLOGY) == inputs
    assert (region / ".data.undo" / ".gitignore").read_text() == "*\n"
    assert not (region / ".data.lock").exists()


MESSY = 'entity;source;start;end\r\nal-marsa;bulletin;161;167\r\n"emerald-valley";bulletin;0;11\r\n'
FORMED = b"entity,source,start,end\nemerald-valley,bulletin,0,11\nal-marsa,bulletin,161,167\n"


def test_format_saves_the_form_once_and_undo_brings_the_old_one_back(region):
    path = region / "data" / "mentions.csv"
    path.write_bytes(MESSY.encode("utf-8-sig"))
    first = CliRunner().invoke(main, ["format"])
    assert (first.exit_code, path.read_bytes()) == (0, FORMED)
    assert "data/mentions.csv: saved in its form" in first.output.splitlines()
    assert CliRunner().invoke(main, ["format"]).output == "every table has its form already\n"
    undone = CliRunner().invoke(main, ["undo"])
    assert undone.output.startswith("taken back: format\n")
    assert path.read_bytes() == MESSY.encode("utf-8-sig")


def test_order_is_by_passage_and_numbers_count_as_numbers():
    rows = [["source", "start", "end", "x"], ["b", "1", "2", ""], ["a", "10", "12", ""], ["a", "9", "12", " é "]]
    assert canonical.written("claims.csv", rows) == "source,start,end,x\na,9,12,é\na,10,12,\nb,1,2,\n".encode()


def test_format_refuses_what_it_cannot_read_and_changes_nothing(region):
    path = region / "data" / "mentions.csv"
    path.write_text("entity,source\na,b,c\n", encoding="utf-8")
    before = held(region / "data")
    answer = CliRunner().invoke(main, ["format"])
    assert answer.exit_code == 1
    assert "data/mentions.csv:2: 3 cells where the header has 2 columns" in answer.output
    assert held(region / "data") == before

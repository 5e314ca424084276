"""What stands in the output folder is one whole build, and what a build did not make stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import OutputError
from graph.export import output
from graph.system import exchange

from .builds import build, content, fail, left_beside


def test_an_exchange_leaves_no_moment_without_a_folder(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name, encoding="utf-8")
    exchange.swap(one, other, tmp_path / "old")
    assert (other / "name").read_text(encoding="utf-8") == "one"
    assert (one / "name").read_text(encoding="utf-8") == "other"
    assert not (tmp_path / "old").exists()


def test_a_second_rename_that_fails_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_exchanged", lambda one, other: False)
    (out := tmp_path / "dist").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange.swap(tmp_path / "missing", out, tmp_path / "old")
    assert out.is_dir()
    assert not (tmp_path / "old").exists()


def test_a_failing_build_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(out, "old")
    with pytest.raises(ZeroDivisionError), output.folder(out) as fresh:
        fail(fresh.joinpath("a.ttl").write_bytes(b"half"))
    assert content(out) == {"old"}
    assert left_beside(out) == set()


def test_files_that_no_build_made_are_kept_and_ours_are_replaced(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(out, "old")
    (out / "notes" / "deep").mkdir(parents=True)
    (out / "notes" / "deep" / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "link").symlink_to("notes")
    build(out, "new")
    assert content(out) == {"new"}
    assert (out / "notes" / "deep" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert os.readlink(out / "link") == "notes"
    with output.folder(out) as fresh:
        (fresh / "only.ttl").touch()
    assert sorted(path.name for path in out.iterdir()) == ["link", "notes", "only.ttl"]


def test_a_file_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    build(out, "old")
    (out / "d.rdf").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"d\.rdf was not made by a build"), output.folder(out) as fresh:
        (fresh / "d.rdf").write_text("ours", encoding="utf-8")
    assert (out / "d.rdf").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("full", "full is not empty and was not made by a build"),
        ("full/file", "file is a file: name a folder"),
        ("missing/dist", "there is no folder .*missing"),
        ("/proc", "/proc is a mount point"),
        ("/proc/dist", "cannot write /proc/dist: No such file or directory"),
        ("corrupted", r"corrupted is not empty .* \(manifest.json cannot be read\)"),
    ],
)
def test_what_is_not_ours_to_replace_is_refused(tmp_path: Path, place: str, message: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "corrupted").mkdir()
    (tmp_path / "corrupted" / "manifest.json").write_text('{"azetta": ', encoding="utf-8")
    with pytest.raises(OutputError, match=message), output.folder(tmp_path / place):
        pytest.fail("nothing may be built for a folder that is refused")
    assert (tmp_path / "full" / "file").read_text(encoding="utf-8") == "mine"


def test_a_link_to_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "dist").symlink_to("site")
    build(tmp_path / "dist", "new")
    assert content(tmp_path / "site") == {"new"}
    assert (tmp_path / "dist").is_symlink()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "one.ttl"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(ZeroDivisionError), output.file(path) as stream:
        fail(stream.write(b"half"))
    assert path.read_text(encoding="utf-8") == "old"
    with output.file(path) as stream:
        stream.write(b"new")
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["one.ttl"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"cannot write .*one\.ttl: there is no folder .*no$"),
        output.file(tmp_path / "no" / "one.ttl"),
    ):
        pass
    with pytest.raises(OutputError, match=r"cannot write .*: Is a directory"), output.file(tmp_path):
        pass
    with pytest.raises(OutputError, match="No space left on device"), output.file(Path("/dev/full")) as stream:
        stream.write(b"x")

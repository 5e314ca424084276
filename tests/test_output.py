"""What stands in the output folder is one whole build, whatever happens to the one that follows it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from graph import exchange, output
from graph.errors import OutputError

FILES = ("a.ttl", "b.csv", "c.html")
#: A build in a process of its own: `argv` has the folder, the text of its files, and the audited step that kills it.
CHILD = """
import json, os, signal, sys
from pathlib import Path
from graph import exchange, output

out, text, step, exchanging = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
if exchanging == "no":
    exchange._exchanged = lambda one, other: False
seen = 0
def count(event, arguments):
    global seen
    if started and event.startswith(("open", "os.", "shutil.")):
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
started = False
import filelock, ctypes  # what is loaded on first use, so that the steps counted are those of the output alone
sys.addaudithook(count)
started = True
with output.folder(out, lambda: print("waiting", flush=True)) as fresh:
    if step == -1:
        print("started", flush=True)
        sys.stdin.readline()
    for name in ("a.ttl", "b.csv", "c.html"):
        (fresh / name).write_text(text, encoding="utf-8")
    (fresh / "manifest.json").write_text(json.dumps({"azetta": text, "files": {n: {} for n in os.listdir(fresh)}}))
started = False
print("steps", seen)
"""


def child(out: Path, text: str, step: int = 0, exchanging: str = "yes") -> list[str]:
    return [sys.executable, "-c", CHILD, str(out), text, str(step), exchanging]


def build(out: Path, text: str) -> None:
    with output.folder(out) as fresh:
        for name in FILES:
            (fresh / name).write_text(text, encoding="utf-8")
        files = {name: {} for name in FILES}
        (fresh / "manifest.json").write_text(json.dumps({"azetta": text, "files": files}), encoding="utf-8")


def content(out: Path) -> set[str]:
    texts = {(out / name).read_text(encoding="utf-8") for name in FILES}
    return texts | {json.loads((out / "manifest.json").read_text(encoding="utf-8"))["azetta"]}


def fail(after: object) -> None:
    raise ZeroDivisionError(after)


def left_beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()} - {out.name, f".{out.name}.lock"}


@pytest.mark.parametrize("exchanging", ["yes", "no"])
def test_killed_at_any_step_the_folder_is_the_old_build_or_the_new_one(tmp_path: Path, exchanging: str) -> None:
    out = tmp_path / "dist"
    build(out, "old")
    whole = subprocess.run(child(out, "old", 0, exchanging), check=True, capture_output=True, text=True)
    steps = int(whole.stdout.split()[-1])
    assert steps > 20
    for step in range(1, steps + 1):
        killed = subprocess.run(
            child(out, f"new {step}", step, exchanging), capture_output=True, text=True, check=False
        )
        assert killed.returncode == -9
        with pytest.raises(ZeroDivisionError), output.folder(out):  # the next build, failing, still puts things right
            fail(step)
        assert content(out) in ({"old"}, {f"new {step}"}), step
        assert left_beside(out) == set()
        build(out, "old")


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


def test_a_build_waits_for_the_one_that_runs(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    with subprocess.Popen(child(out, "first", -1), stdin=-1, stdout=-1, text=True) as first:
        assert first.stdin
        assert first.stdout
        assert first.stdout.readline() == "started\n"
        with subprocess.Popen(child(out, "second"), stdout=-1, text=True) as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting\n"
            assert not out.exists()
            first.communicate("go\n")
            second.communicate()
    assert first.returncode == second.returncode == 0
    assert content(out) == {"second"}


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
    ],
)
def test_what_is_not_ours_to_replace_is_refused(tmp_path: Path, place: str, message: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=message), output.folder(tmp_path / place):
        pytest.fail("nothing may be built for a folder that is refused")
    assert (tmp_path / "full" / "file").read_text(encoding="utf-8") == "mine"


def test_a_link_to_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "dist").symlink_to("site")
    build(tmp_path / "dist", "new")
    assert content(tmp_path / "site") == {"new"}
    assert (tmp_path / "dist").is_symlink()


def test_a_full_disk_is_named_and_the_folder_is_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "small" / "dist"
    out.parent.mkdir()
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", out.parent], stderr=subprocess.DEVNULL, check=False
    ).returncode
    try:
        build(out, "old")
        failed = subprocess.run(
            [
                sys.executable,
                "-c",
                CHILD.replace("write_text(text", "write_text(text * 99_999"),
                *child(out, "new")[3:],
            ],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=None if mounted else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (99_999, 99_999)),
        )
        expected = "No space left on device" if mounted else "File too large"
        assert f"OutputError: cannot write {out}: {expected}; what stood there is left as it was" in failed.stderr
        assert content(out) == {"old"}
        assert left_beside(out) == set()
    finally:
        if mounted:
            subprocess.run(["umount", out.parent], check=True)


@pytest.mark.parametrize("reachable", [True, False])
def test_a_read_only_place_is_named(tmp_path: Path, reachable: bool) -> None:
    """As a user who may not write there, for root every folder is writable."""
    out = tmp_path / "dist"
    build(out, "old")
    become = "os.getuid() or os.setuid(65534); started = True"
    closed = {tmp_path: 0o555 if reachable else 0, tmp_path.parent: 0o711, tmp_path.parent.parent: 0o711}
    for folder, mode in closed.items():
        folder.chmod(mode)
    command = [sys.executable, "-c", CHILD.replace("started = True", become), *child(out, "new")[3:]]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    for folder in closed:
        folder.chmod(0o700)
    assert f"OutputError: cannot write {out}: Permission denied" in failed.stderr
    assert content(out) == {"old"}


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
        pytest.raises(OutputError, match=r"cannot write .*one\.ttl: No such file"),
        output.file(tmp_path / "no" / "one.ttl"),
    ):
        pass
    with pytest.raises(OutputError, match=r"cannot write .*: Is a directory"), output.file(tmp_path):
        pass
    with pytest.raises(OutputError, match="No space left on device"), output.file(Path("/dev/full")) as stream:
        stream.write(b"x")

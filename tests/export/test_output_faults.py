"""Killed, out of room, without leave or two at once: the output folder holds one whole build."""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.export import output

from .builds import build, command, content, fail, left_beside

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("exchanging", ["yes", "no"])
def test_killed_at_any_step_the_folder_is_the_old_build_or_the_new_one(tmp_path: Path, exchanging: str) -> None:
    out = tmp_path / "dist"
    build(out, "old")
    with subprocess.Popen(command("steps", out, exchanging), stdin=-1, stdout=-1, text=True) as program:

        def ended(text: str, step: int) -> int:
            assert program.stdin
            assert program.stdout
            program.stdin.write(f"{text} {step}\n")
            program.stdin.flush()
            return int(program.stdout.readline())

        steps = ended("old", 0)
        assert steps > 20
        for step in range(1, steps + 1):
            assert ended("new", step) == -signal.SIGKILL
            with (
                pytest.raises(ZeroDivisionError),
                output.folder(out),
            ):  # the next build mends, even if it fails
                fail(step)
            assert content(out) in ({"old"}, {"new"}), step
            assert left_beside(out) == set()
            build(out, "old")


def whole(out: Path) -> bool:
    """Tell whether every file of a folder is the one that its manifest names."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    del found["manifest.json"]
    return {name: each["sha256"] for name, each in manifest["files"].items()} == found


def test_a_real_build_killed_at_any_time_leaves_a_whole_dataset(region: Path) -> None:
    program = [sys.executable, Path(__file__).parents[2] / "build.py", "build", "--data", "data"]
    start = time.monotonic()
    subprocess.run(program, check=True, capture_output=True)
    took = time.monotonic() - start
    for eighths in (2, 4, 6, 7):
        with (region / "data" / "claims.csv").open("a", encoding="utf-8", newline="") as claims:
            claims.write(f"barmij,communeCount,{eighths},stated,bulletin,118,{150 + eighths},,,,,,\n")
        with subprocess.Popen(program, stdout=-1, stderr=-1) as running:
            time.sleep(took * eighths / 8)
            running.kill()
            running.communicate()
        assert whole(region / "dist"), f"killed after {eighths}/8 of a build"
    subprocess.run(program, check=True, capture_output=True)
    assert whole(region / "dist")
    assert left_beside(region / "dist") == {".dist.cache", "data", "texts"}


def test_a_build_waits_for_the_one_that_runs(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    with subprocess.Popen(command("hold", out, "first"), stdin=-1, stdout=-1, text=True) as first:
        assert first.stdin
        assert first.stdout
        assert first.stdout.readline() == "begun\n"
        with subprocess.Popen(command("build", out, "second"), stdout=-1, text=True) as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting\n"
            assert not out.exists()
            first.communicate("go\n")
            second.communicate()
    assert first.returncode == second.returncode == 0
    assert content(out) == {"second"}


def test_a_full_disk_is_named_and_the_folder_is_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "small" / "dist"
    out.parent.mkdir()
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", out.parent], stderr=subprocess.DEVNULL, check=False
    ).returncode
    try:
        build(out, "old")
        failed = subprocess.run(
            command("build", out, "new", 99_999),
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
    closed = {tmp_path: 0o555 if reachable else 0, tmp_path.parent: 0o711, tmp_path.parent.parent: 0o711}
    for folder, mode in closed.items():
        folder.chmod(mode)
    failed = subprocess.run(command("nobody", out, "new"), capture_output=True, text=True, check=False)
    for folder in closed:
        folder.chmod(0o700)
    assert f"OutputError: cannot write {out}: Permission denied" in failed.stderr
    assert content(out) == {"old"}

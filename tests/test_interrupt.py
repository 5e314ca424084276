"""Ctrl-C and the kill: real processes, ended at random moments; one line, status 130, at once, nothing half-written."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from servers import Server, oxigraph

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent
REGION = ROOT / "tests" / "regions" / "emerald-valley"
BUILD = [sys.executable, str(ROOT / "build.py")]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

COMMANDS = {
    "build": ["build"],
    "build elsewhere": ["build", "--out", "other"],
    "check": ["check"],
    "cite": ["cite", f"bulletin={REGION}/texts/bulletin.txt", "مركز", "--data", f"{REGION}/data"],
    "query": ["query", COUNT],
    "query in time": ["query", COUNT, "--timeout", "9"],
    "question": ["question", "poles"],
    "question with a build": ["question", "poles"],
    "export": ["export", "one.nq"],
    "export to standard output": ["export", "-", "--format", "ttl"],
    "publish": ["publish", "--endpoint", "{endpoint}"],
    "serve": ["serve", "--port", "0"],
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with oxigraph() as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, which take long enough to build, two builds, an export, and a folder for temporary files."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(ROOT / "data", folder / "data")
    subprocess.run([*BUILD, "build"], check=True, capture_output=True, cwd=folder)
    shutil.copytree(folder / "dist", folder / "other")
    shutil.copy(folder / ".dist.made", folder / ".other.made")
    shutil.copy(folder / "dist" / "souss-massa.nq", folder / "one.nq")
    (folder / "tmp").mkdir()
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which the test runs."""
    place = tmp_path / "place"
    shutil.copytree(made, place)
    monkeypatch.chdir(place)
    monkeypatch.setenv("TMPDIR", str(place / "tmp"))
    return place


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command and wait until it catches Ctrl-C, as its second thread shows: what comes before is Python's.

    A test run in the background may ignore the signal; its commands must not inherit that.
    """
    with subprocess.Popen(
        [*BUILD, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            _await(lambda: process.poll() is not None or len(os.listdir(f"/proc/{process.pid}/task")) > 1)
            yield process
        finally:
            process.kill()


def interrupt(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Send the signal; give what the process said, all of it within a second."""
    sent = time.monotonic()
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=30)
    assert time.monotonic() - sent < 1
    return told


def whole(out: Path) -> bool:
    """Tell whether a folder holds the files that its manifest names, and no other."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    del found["manifest.json"]
    return {name: each["sha256"] for name, each in manifest["files"].items()} == found


def outdate(data: Path) -> None:
    """Make what was built of some tables older than they are."""
    with (data / "dataset.toml").open("a", encoding="utf-8") as stream:
        stream.write("# once more\n")


def tried(name: str, arguments: list[str], moment: float) -> bool:
    """Interrupt a command at a moment, in seconds; tell whether it had not ended before."""
    if name == "question with a build":
        outdate(Path("data"))
    with running(*arguments) as process:
        time.sleep(moment)
        _, error = interrupt(process)
    of_data = (b": warning: ", b": note: ")
    lines = [line for line in error.splitlines() if not any(level in line for level in of_data)]
    said = [line for line in lines if not line.endswith(b": building")]
    where = f"{name} after {moment:.4f} s: {process.returncode}, {error.decode()}"
    assert (process.returncode, said) in ((130, [b"Interrupted"]), (0, [])), where
    assert whole(Path("dist")), where
    assert whole(Path("other")), where
    return process.returncode == 130


def test_interrupted_at_random_moments(place: Path, server: Server) -> None:
    _try(len(COMMANDS), place, server)


@pytest.mark.slow
def test_interrupted_at_200_random_moments(place: Path, server: Server) -> None:
    _try(200, place, server)


def _try(times: int, place: Path, server: Server) -> None:
    given = {name: [each.replace("{endpoint}", server.endpoint) for each in words] for name, words in COMMANDS.items()}
    usual = {name: 1.5 if name == "serve" else _time(words) for name, words in given.items()}
    exported, present = (place / "one.nq").read_bytes(), sorted(os.listdir())
    moments = random.Random(16)
    interrupted = 0
    for number in range(times):
        name = list(given)[number % len(given)]
        interrupted += tried(name, given[name], moments.uniform(0, usual[name]))
        assert (place / "one.nq").read_bytes() == exported
        assert sorted(os.listdir()) == present, name
        assert os.listdir("tmp") == [], name
    assert interrupted > times / 2


def _time(arguments: list[str]) -> float:
    """Give how long a command takes once it catches Ctrl-C, in seconds."""
    with running(*arguments) as process:
        start = time.monotonic()
        process.communicate(timeout=60)
        return time.monotonic() - start


@pytest.mark.parametrize("more", [[], ["--timeout", "60"]], ids=["here", "in a child"])
def test_a_query_without_end_is_interrupted(place: Path, more: list[str]) -> None:
    with running("query", FOR_EVER, *more) as process:
        _await(lambda: _processor_time(process.pid) > 0.5 and len(_children(process.pid)) == len(more) // 2)
        children = _children(process.pid)
        out, error = interrupt(process)
    assert (process.returncode, out, error) == (130, b"", b"Interrupted\n")
    _await(lambda: not any(_alive(child) for child in children))


def test_a_query_without_end_dies_with_the_process_that_asked_it(place: Path) -> None:
    with running("query", FOR_EVER, "--timeout", "60") as process:
        _await(lambda: _processor_time(process.pid) > 0.5 and len(_children(process.pid)) == 1)
        children = _children(process.pid)
        process.kill()
    _await(lambda: not _alive(children[0]))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def _processor_time(pid: int) -> float:
    """Give the seconds that a process and its children have computed."""
    fields = [
        Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split() for each in (pid, *_children(pid))
    ]
    return sum(int(each[11]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _await(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.parametrize("arguments", [["query", FOR_EVER, "--timeout", "60"], ["serve", "--port", "0"]])
def test_at_a_terminal_nobody_else_speaks(place: Path, arguments: list[str]) -> None:
    """There Ctrl-C goes to the children too."""
    screen, terminal = pty.openpty()
    with subprocess.Popen(
        [*BUILD, *arguments],
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY),
    ) as process:
        os.close(terminal)
        _await(lambda: _children(process.pid) != [])
        os.write(screen, b"\x03")
        process.wait(timeout=30)
    assert process.returncode == 130
    assert os.read(screen, 1000) == b"^C\r\x1b[KInterrupted\r\n"
    os.close(screen)


def test_a_command_started_to_ignore_the_signal_does(place: Path) -> None:
    """As nohup and a shell's background jobs do."""
    with subprocess.Popen(
        [*BUILD, "check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    ) as process:
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert b"Interrupted" not in process.communicate(timeout=60)[1]
    assert process.returncode == 0


def test_a_build_killed_in_validation_leaves_nothing_for_ever(place: Path) -> None:
    """Its copy of the dataset lies beside the output, and the next build removes it."""
    present = sorted(os.listdir())
    _kill(["build", "--fresh"], lambda: any(place.glob(".dist.new/azetta-scratch-*/dataset.nt")))
    assert os.listdir("tmp") == []
    subprocess.run([*BUILD, "build"], check=True, capture_output=True)
    assert sorted(os.listdir()) == present
    assert whole(Path("dist"))


def test_a_check_killed_in_validation_is_cleared_up_a_day_later(place: Path) -> None:
    def left() -> list[Path]:
        return list(place.glob("tmp/azetta-scratch-*"))

    _kill(["check"], lambda: any(place.glob("tmp/azetta-scratch-*/dataset.nt")))
    before = time.time() - 25 * 60 * 60
    os.utime(left()[0], (before, before))
    (young := place / "tmp" / "azetta-scratch-young").mkdir()
    subprocess.run([*BUILD, "check"], check=True, capture_output=True)
    assert left() == [young]


def test_an_export_killed_is_cleared_up_by_the_next(place: Path) -> None:
    present, exported = sorted(os.listdir()), Path("one.nq").read_bytes()
    _kill(["export", "one.nq"], Path(".one.nq.new").exists)
    assert Path("one.nq").read_bytes() == exported
    subprocess.run([*BUILD, "export", "one.nq"], check=True, capture_output=True)
    assert sorted(os.listdir()) == present
    assert Path("one.nq").read_bytes() == exported


def _kill(arguments: list[str], reached: Callable[[], bool]) -> None:
    """Kill a command where it has reached some state; a short one, missed by this process, is tried again."""
    for _ in range(20):
        with subprocess.Popen([*BUILD, *arguments], stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and not reached():
                pass
            process.kill()
        if reached():
            return
    pytest.fail("never seen in that state")

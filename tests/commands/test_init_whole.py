"""What `init` asks at a terminal; and that all of a new dataset is there or nothing, whatever ends it."""

from __future__ import annotations

import os
import pty
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from programs import ROOT

from graph.curation import beginning
from graph.errors import OutputError

pytestmark = pytest.mark.processes

BASE = "https://data.example.org/valle/"


def talk(place: Path, answers: list[str], *words: str) -> tuple[str, int]:
    """Answer what is asked at a terminal; give all that the terminal showed, and how the command ended."""
    screen, terminal = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), "init", *words]
    shown = b""
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, cwd=place) as process:
        os.close(terminal)
        try:
            while more := os.read(screen, 10_000):
                shown += more
                if shown.endswith(b": ") and answers:
                    os.write(screen, answers.pop(0).encode())
        except OSError:  # Linux ends a terminal so
            pass
        process.wait(timeout=60)
    os.close(screen)
    return shown.decode().replace("\r\n", "\n"), process.returncode


def test_what_is_not_given_is_asked_at_a_terminal(tmp_path: Path) -> None:
    shown, status = talk(tmp_path, ["\n", "valle\n", f"{BASE}\n", "Spanish\n", "es، fr\n"], "valle")
    assert status == 0
    asked = [line.partition(" [")[0].partition(": ")[0] for line in shown.splitlines() if ", such as " in line]
    assert asked == [
        "Name of the dataset, such as my-region",
        *["Web address that the addresses of its things begin with, such as https://data.example.org/my-region/"] * 2,
        *["Languages of its names, the first one first, such as ar fr"] * 2,
    ]
    assert '"valle" is not a web address that begins with http:// or https://' in shown
    assert '"Spanish" is not a language tag; write it as in ar fr' in shown
    assert shown.endswith("What to do next: valle/README.md, or open valle/dist/index.html\n")
    assert 'languages = ["es", "fr"]' in (tmp_path / "valle" / "data" / "dataset.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("answer", "status"), [("\x04", 1), ("\x03", 130)], ids=["end of input", "Ctrl-C"])
def test_who_does_not_answer_has_written_nothing(tmp_path: Path, answer: str, status: int) -> None:
    screen, terminal = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), "init", "valle"]
    with subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, cwd=tmp_path, preexec_fn=_leads
    ) as process:
        os.close(terminal)
        while b"Name of the dataset" not in os.read(screen, 10_000):
            pass
        time.sleep(0.2)
        os.write(screen, answer.encode())
        assert process.wait(timeout=30) == status
    os.close(screen)
    assert os.listdir(tmp_path) == []


def _leads() -> None:
    """Make the terminal on standard input that of the process, so that Ctrl-C typed there reaches it."""
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY)


@pytest.mark.parametrize("there", [True, False], ids=["folder there", "no folder"])
def test_interrupted_at_random_moments_all_is_there_or_nothing(tmp_path: Path, there: bool) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "init", "valle", "--base", BASE, "--language", "fr"]
    moments, interrupted = random.Random(19), 0
    for number in range(6):
        place = tmp_path / str(number)
        (place / "valle" if there else place).mkdir(parents=True)
        with subprocess.Popen(
            command,
            cwd=place,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:
            while process.poll() is None and len(os.listdir(f"/proc/{process.pid}/task")) < 2:
                time.sleep(0.001)
            time.sleep(moments.uniform(0.05, 1))
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
        interrupted += process.returncode == 130
        found = [path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()]
        assert found == [] or {"README.md", "data/claims.csv", "dist/index.html"} <= {
            path.removeprefix("valle/") for path in found
        }, number
        assert not list(place.rglob("azetta-scratch-*"))
    assert interrupted > 0


@pytest.mark.parametrize("there", [True, False], ids=["folder there", "no folder"])
def test_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    def full(*given: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.pipeline.build", full)
    if there:
        (tmp_path / "valle").mkdir()
    with pytest.raises(OutputError, match=r"cannot write .*valle: No space left on device; nothing was written"):
        beginning.begin(tmp_path / "valle", "valle", BASE, ["fr"])
    assert [path.name for path in tmp_path.rglob("*")] == ["valle"] * there


def test_file_that_cannot_come_into_the_folder_takes_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "valle").mkdir()
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if target == tmp_path / "valle" / "data":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OutputError, match="Input/output error"):
        beginning.begin(tmp_path / "valle", "valle", BASE, ["fr"])
    assert list(tmp_path.rglob("*")) == [tmp_path / "valle"]

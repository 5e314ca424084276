"""Ctrl-C as a program of ours meets it, whatever it does just then; tests/test_interrupt.py tries it on commands."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path


def run(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, where Ctrl-C is not ignored, as it is in a test run in the background."""
    catching = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=catching)


def test_a_child_just_forked_says_nothing(tmp_path: Path) -> None:
    """Between its first step and the one that lets go of the handler, Ctrl-C finds it too."""
    program = """import os, signal, graph.system.interrupt as interrupt
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))
interrupt.catch()
child = os.fork() or os._exit(7)
print(os.WTERMSIG(os.waitpid(child, 0)[1]))
"""
    result = run(program, tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{signal.SIGINT.value}\n", "")


def test_what_fails_as_another_thread_clears_up_is_not_told(tmp_path: Path) -> None:
    """The main thread, past a block in which Ctrl-C waits, finds what it works on gone."""
    program = """import os, signal, time, graph.system.interrupt as interrupt
interrupt.catch()
def tidy():
    if os.path.exists("work"):
        os.rmdir("work")
        time.sleep(0.5)
try:
    with interrupt.Tidied(tidy):
        os.mkdir("work")
        with interrupt.Held():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
        while True:
            os.listdir("work")
except OSError as error:
    print("cannot read", error.filename)
"""
    result = run(program, tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "Interrupted\n")

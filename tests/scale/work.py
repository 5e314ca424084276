"""Work for engines to do: pure functions that another process can import."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from graph.knowledge.portions import Portion


def squared(number: int) -> int:
    return number * number


def squared_once_killed(task: tuple[str, int]) -> int:
    """Square a number in the second process that tries: the first is killed as the system kills, without a word."""
    mark = Path(task[0])
    if task[1] == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(task[1])


def killed(task: str) -> str:
    if task == "the-large-one":
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def killed_at_a_portion(work: Callable[[object], object], task: object) -> object:
    """Do other work, but to judge what a gazetteer says."""
    if isinstance(task, Portion) and "gazetteer" in str(task):
        os.kill(os.getpid(), signal.SIGKILL)
    return work(task)

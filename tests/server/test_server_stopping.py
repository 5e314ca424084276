"""What becomes of running queries and of every process when one of them is told to stop, or is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from .conftest import BASE, Reply, Served, descendants, running, until, write_build

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o . ?p ?q ?r }"


@contextmanager
def busy(quads: str, folder: Path) -> Iterator[tuple[Served, list[Future[Reply]], list[int]]]:
    """A server that answers two endless queries: itself, what is answered to them, its loader and its workers."""
    with running(write_build(folder, quads), "--timeout", "60") as server, ThreadPoolExecutor(2) as clients:
        asked = [clients.submit(server.ask, LONG, timeout=90) for _ in range(2)]
        below = descendants(server.process.pid)
        until(lambda: sum(cpu(pid) > 0.3 for pid in below) == 2)
        yield server, asked, below


def cpu(pid: int) -> float:
    """Seconds that a process has computed; by proc(5) the 14th and 15th field of its stat, the 2nd in parentheses."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_workers_die_with_the_loader_and_the_next_query_is_answered(quads: str, tmp_path: Path) -> None:
    with busy(quads, tmp_path / "dist") as (server, asked, below):
        os.kill(below[0], signal.SIGKILL)
        until(lambda: gone(below), 5)
        assert [each.result().status for each in asked] == [503, 503]
        for _ in range(3):
            assert server.ask(CITIES).values("city") == [f"{BASE}grove", f"{BASE}oasis"]
        again = descendants(server.process.pid)
        server.process.kill()
        until(lambda: gone(again), 5)


def test_nothing_survives_a_killed_server_whose_queries_run(quads: str, tmp_path: Path) -> None:
    with busy(quads, tmp_path / "dist") as (server, asked, below):
        server.process.kill()
        until(lambda: gone(below), 5)
        assert all(each.exception() for each in asked)

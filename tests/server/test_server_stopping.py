"""What becomes of running queries and of every process when one of them is told to stop, or is killed."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import BASE, Reply, Served, descendants, running, until, write_build

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o . ?p ?q ?r }"
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 500\r\n\r\nASK"
)


@contextmanager
def busy(quads: str, folder: Path) -> Iterator[tuple[Served, list[Future[Reply]], list[int]]]:
    """A server that answers two endless queries: itself, what is answered to them, its loader and its workers."""
    with running(write_build(folder, quads), "--timeout", "60") as server, ThreadPoolExecutor(2) as clients:
        asked = [clients.submit(server.ask, LONG, timeout=90) for _ in range(2)]
        below = descendants(server.process.pid)
        until(lambda: sum(cpu(pid) > 0.3 for pid in below[1:]) == 2)  # the loader has computed before any is asked
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
        assert all("ended before the answer was whole" in each.result().text for each in asked)
        for _ in range(3):
            assert server.ask(CITIES).values("city") == [f"{BASE}grove", f"{BASE}oasis"]
        again = descendants(server.process.pid)
        server.process.kill()
        until(lambda: gone(again), 5)


def test_who_asked_a_killed_worker_is_told_that_it_ended_and_not_that_memory_was_short(
    quads: str, tmp_path: Path
) -> None:
    with busy(quads, tmp_path / "dist") as (_, asked, below):
        for pid in below[1:]:
            os.kill(pid, signal.SIGKILL)
        for reply in (each.result() for each in asked):
            assert reply.status == 503
            assert reply.text.startswith("the process that answered the query ended before the answer was whole")
            assert "the query needed" not in reply.text


def test_a_query_that_comes_while_the_loader_dies_is_answered(quads: str, tmp_path: Path) -> None:
    with running(write_build(tmp_path / "dist", quads)) as server:
        for number in range(10):
            os.kill(descendants(server.process.pid)[0], signal.SIGKILL)
            for query in (f"SELECT ?n {{ BIND({number}{again} AS ?n) }}" for again in range(3)):  # none asked before
                reply = server.ask(query)
                if "ended before the answer was whole" in reply.text:  # perhaps its worker died first
                    assert (reply.status, int(reply.headers["retry-after"]) > 0) == (503, True)
                    reply = server.ask(query)
                assert reply.status == 200, reply.text


def test_nothing_survives_a_killed_server_whose_queries_run(quads: str, tmp_path: Path) -> None:
    with busy(quads, tmp_path / "dist") as (server, asked, below):
        server.process.kill()
        until(lambda: gone(below), 5)
        assert all(each.exception() for each in asked)


@pytest.mark.parametrize(("told", "status", "most"), [(signal.SIGTERM, (0, -15), 8), (signal.SIGINT, (130,), 2)])
def test_who_waits_when_the_server_is_stopped_is_told_so(
    quads: str, tmp_path: Path, told: signal.Signals, status: tuple[int, ...], most: float
) -> None:
    with busy(quads, tmp_path / "dist") as (server, asked, below):
        began = time.monotonic()
        server.process.send_signal(told)
        replies = [each.result() for each in asked]
        assert [reply.status for reply in replies] == [503, 503]
        assert all("stopping" in reply.text for reply in replies)
        assert server.process.wait(10) in status
        assert time.monotonic() - began < most
        assert server.process.stdout
        assert server.process.stdout.read() in (b"", b"Interrupted\n")
        until(lambda: gone(below), 5)


def test_who_is_still_sending_a_query_when_the_server_is_stopped_is_told_so(quads: str, tmp_path: Path) -> None:
    with running(write_build(tmp_path / "dist", quads)) as server, ThreadPoolExecutor(1) as client:
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/sparql-query\r\n" % server.port
        )
        said = client.submit(server.raw, head + b"Content-Length: 500\r\n\r\nASK")
        time.sleep(0.5)
        server.process.terminate()
        assert said.result().startswith(b"HTTP/1.1 503")
        assert server.process.stdout
        assert server.process.stdout.read() == b""


def test_an_answer_that_is_still_read_when_the_server_is_stopped_is_broken_off(quads: str, tmp_path: Path) -> None:
    folder = write_build(tmp_path / "dist", quads, **{"large.csv": "x" * 30_000_000})
    with running(folder) as server, socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(b"GET /download/large.csv HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.port)
        assert client.recv(12) == b"HTTP/1.1 200"
        server.process.terminate()
        server.process.wait(10)
        assert server.process.stdout
        assert server.process.stdout.read() == b""

"""Clients that ask for much and do not read it, or read it slowly."""

from __future__ import annotations

import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import BASE, Served, running, until, write_build

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
MUCH = (
    f"SELECT ?x {{ ?a ?b ?c . ?d ?e ?f . BIND('{'x' * 250}' AS ?s)"
    f" BIND(CONCAT({', '.join(['?s'] * 10)}) AS ?t) BIND(CONCAT({', '.join(['?t'] * 10)}) AS ?x) }} LIMIT 1000"
)
"""Answered with 1,000 rows of 25,000 characters: 25 MB as CSV."""


@pytest.fixture
def server(quads: str, tmp_path: Path) -> Iterator[Served]:
    with running(write_build(tmp_path / "dist", quads), "--timeout", "60", "--limit", "preempt_after=2") as server:
        yield server


def ask(
    server: Served,
    stack: ExitStack,
    times: int = 1,
    header: bytes = b"",
    path: str = f"/sparql?query={quote(MUCH)}",
) -> socket.socket:
    """Send a request for much, several times, on a connection that takes little before it is read."""
    client = stack.enter_context(socket.socket())
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    client.settimeout(60)
    client.connect(("127.0.0.1", server.port))
    head = b"GET %b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/csv\r\n%b\r\n"
    client.sendall(head % (path.encode(), server.port, header) * times)
    return client


def answered(client: socket.socket) -> bool:
    """Whether an answer has begun to come."""
    return client.recv(12, socket.MSG_PEEK | socket.MSG_WAITALL) == b"HTTP/1.1 200"


def megabytes(server: Served) -> int:
    """The memory that the server's own process has in use."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) // 1024


def descriptors(server: Served) -> Iterator[str]:
    """What the server has open; a descriptor may be closed while it is looked at."""
    for each in Path(f"/proc/{server.process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield str(each.readlink())


def connections(server: Served) -> int:
    """The sockets that the server has open, its listener and the pipes to its workers among them."""
    return sum(each.startswith("socket:") for each in descriptors(server))


def opened(server: Served, name: str) -> int:
    """How many descriptors of a file the server has open; its snapshot has one."""
    return sum(each.endswith(f"/{name}") for each in descriptors(server))


def said(server: Served) -> bytes:
    """All that the server printed besides its address, when it has ended as it was told to."""
    server.process.terminate()
    assert server.process.stdout
    assert server.process.wait(10) in (0, -signal.SIGTERM)
    return server.process.stdout.read()


def rest(client: socket.socket) -> int:
    """The number of bytes that still come until the connection ends or falls silent."""
    size = 0
    client.settimeout(10)
    try:
        while part := client.recv(1 << 20):
            size += len(part)
    except OSError:
        pass
    return size


def test_what_many_clients_leave_unread_is_bounded_for_all_together(server: Served) -> None:
    before = megabytes(server)
    with ExitStack() as stack:
        clients = []
        for _ in range(16):
            clients.append(ask(server, stack))
            assert answered(clients[-1])
        assert megabytes(server) - before < 300  # 128, and what the allocator keeps; all sixteen are over 400
        assert server.ask(CITIES).values("city") == [f"{BASE}grove", f"{BASE}oasis"]
        assert rest(clients[-1]) > 25_000_000  # who asked last is served whole
        assert rest(clients[0]) < 10_000_000  # who has kept it waiting longest is not


def test_one_client_that_asks_again_and_again_without_reading_holds_one_answer(server: Served) -> None:
    before = megabytes(server)
    with ExitStack() as stack:
        client = ask(server, stack, times=2)
        assert answered(client)
        client.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.port)
        time.sleep(4)  # ample for the second answer
        assert megabytes(server) - before < 45
        assert rest(client) > 50_000_000  # and when it reads, it gets all that it asked for


def test_who_never_reads_is_dropped_and_who_reads_slowly_is_not(server: Served) -> None:
    memory = megabytes(server)
    with ExitStack() as stack:
        clients = [
            *(ask(server, stack, times) for times in (1, 1, 2)),
            ask(server, stack, header=b"Connection: close\r\n"),
        ]
        assert all(answered(client) for client in clients)
        slow, read, began = clients[0], 0, time.monotonic()
        links = connections(server)
        while connections(server) > links - 3 and time.monotonic() - began < 40:
            read += len(slow.recv(20_000))
            time.sleep(0.2)
        assert connections(server) == links - 3
        assert time.monotonic() - began < 25
        assert read + rest(slow) > 25_000_000
    until(lambda: megabytes(server) - memory < 60, 5)
    assert said(server) == b""


@pytest.mark.parametrize("times", [1, 5])
def test_a_download_whose_client_goes_closes_its_file_at_once_and_is_not_logged(
    quads: str, tmp_path: Path, times: int
) -> None:
    with running(write_build(tmp_path / "dist", quads, **{"large.csv": "x" * 30_000_000})) as server:
        with ExitStack() as stack:
            clients = [ask(server, stack, times, path="/download/large.csv") for _ in range(10)]
            assert all(answered(client) for client in clients)
            until(lambda: opened(server, "large.csv") == 11, 5)
        until(lambda: opened(server, "large.csv") == 1, 2)
        assert said(server) == b""


@pytest.mark.parametrize("path", ["/download/large.csv", f"/sparql?query={quote(MUCH)}"])
def test_a_server_that_is_stopped_while_clients_leave_much_unread_says_nothing(
    quads: str, tmp_path: Path, path: str
) -> None:
    folder = write_build(tmp_path / "dist", quads, **{"large.csv": "x" * 30_000_000})
    with running(folder) as server, ExitStack() as stack:
        clients = [ask(server, stack, times, path=path) for times in (1, 5)]
        assert all(answered(client) for client in clients)
        assert said(server) == b""

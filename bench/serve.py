"""Requests a second and their 99th percentile over loopback: ours beside `oxigraph serve` and rdflib-endpoint.

    python bench/serve.py [CLAIMS]

At the size of the dataset, then at CLAIMS invented claims (about 134,000 triples by default). One small query: the same
from 1 and from 32 clients, then one that is never the same from 32, since ours keeps its last answers. Rounds in turn
and their medians, in one run. Ours answers within its bounds (a worker process, a deadline, a memory cap). Oxigraph was
given the N-Quads beforehand, on disk; rdflib-endpoint reads the Turtle, ours the N-Quads.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import quote

import generate

ROOT = Path(__file__).parent.parent
CLAIMS = 6_800
LOADS = {"1 client": (1, False), "32 clients": (32, False), "32, all new": (32, True)}
"""How many clients, and whether every query differs from all before."""
ROUNDS = 3
SECONDS = 2.0
QUERY = """
PREFIX az: <https://w3id.org/azetta/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?place ?label WHERE { ?thing az:locatedIn ?place . ?place rdfs:label ?label } LIMIT 10
"""
HEADERS = "Host: 127.0.0.1:{port}\r\nAccept: application/sparql-results+json\r\n\r\n"


@dataclass(frozen=True)
class Server:
    """A server under measure: its command (`{port}` is filled in) and the path of its endpoint."""

    name: str
    command: tuple[str, ...]
    path: str


@dataclass(frozen=True)
class Load:
    """What some clients got: answers a second, the 99th percentile in milliseconds, answers that were not 200."""

    rate: float
    late: float
    errors: int


def program(name: str) -> str:
    """Find a program beside this Python or on the path."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    return found or sys.exit(f"{name} is not installed: pip install -e '.[test]'")


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(server: Server) -> Iterator[tuple[int, float]]:
    """Start a server; give its port and the seconds from the start to its first answer."""
    port = free_port()
    start = time.perf_counter()
    command = [part.replace("{port}", str(port)) for part in server.command]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, **silent) as process:
        try:
            while not answered(port, server.path):
                if process.poll() is not None or time.perf_counter() - start > 300:
                    sys.exit(f"{server.name} does not start")
                time.sleep(0.005)
            yield port, time.perf_counter() - start
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def requests(port: int, path: str, fresh: bool = False) -> Iterator[bytes]:
    """Give the bytes of requests without end, each with a comment of its own if they are to differ."""
    start, end = f"GET {path}?query={quote(QUERY)}", f" HTTP/1.1\r\n{HEADERS.format(port=port)}"
    for number in count():
        yield f"{start}%23{number if fresh else 0}{end}".encode()


def whole(got: bytes) -> bool:
    """Tell whether an answer has come to its end, by its Content-Length or its last chunk."""
    head, end, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(end) and (len(body) >= int(length[1]) if length else got.endswith(b"0\r\n\r\n"))


def answered(port: int, path: str) -> bool:
    """Tell whether a server answers the query already."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.sendall(next(requests(port, path)))
            return connection.recv(65536).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def load(port: int, path: str, clients: int, fresh: bool) -> Load:
    """Keep `clients` connections busy for a while."""
    sent = requests(port, path, fresh)
    sockets = {each.fileno(): each for each in (socket.create_connection(("127.0.0.1", port)) for _ in range(clients))}
    poll = select.epoll()
    begun, got = {}, dict.fromkeys(sockets, b"")
    start = now = time.perf_counter()
    for number, each in sockets.items():
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(number, select.EPOLLIN)
        begun[number] = start
        each.sendall(next(sent))
    times, errors = [], 0
    while now - start < SECONDS:
        for number, _ in poll.poll(1):
            got[number] += sockets[number].recv(65536)
            now = time.perf_counter()
            if whole(got[number]):
                errors += not got[number].startswith(b"HTTP/1.1 200")
                times.append(now - begun[number])
                got[number], begun[number] = b"", now
                sockets[number].sendall(next(sent))
    poll.close()
    for each in sockets.values():
        each.close()
    return Load(len(times) / (now - start), sorted(times)[int(len(times) * 0.99)] * 1000, errors)


def built(work: Path, data: Path) -> Path:
    """Build a data folder, and load Oxigraph's store from it."""
    out = work / "dist"
    subprocess.run(
        [sys.executable, "build.py", "build", "--data", str(data), "--out", str(out)],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    quads = next(out.glob("*.nq"))
    command = [program("oxigraph"), "load", "--location", str(work / "store"), "--file", str(quads)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out


def servers(work: Path, out: Path) -> list[Server]:
    """Give the servers of one built dataset."""
    turtle = str(next(out.glob("*.nq")).with_suffix(".ttl"))
    oxigraph = (program("oxigraph"), "serve-read-only", "--union-default-graph", "--location", str(work / "store"))
    rdflib = (program("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", "{port}", turtle)
    return [
        Server("azetta serve", (sys.executable, "build.py", "serve", "--out", str(out), "--port", "{port}"), "/sparql"),
        Server("oxigraph serve", (*oxigraph, "--bind", "127.0.0.1:{port}"), "/query"),
        Server("rdflib-endpoint", rdflib, "/"),
    ]


def measure(work: Path, data: Path) -> None:
    """Measure all the servers on one dataset, in turn."""
    out = built(work, data)
    triples = sum(1 for _ in next(out.glob("*.nq")).open("rb"))
    print(
        f"\n{triples:,} quads\n{'':16}{'ready':>9}" + "".join(f"{name:>14}{'p99':>10}{'errors':>7}" for name in LOADS)
    )
    ready: dict[str, list[float]] = {}
    loads: dict[tuple[str, str], list[Load]] = {}
    for _ in range(ROUNDS):
        for server in servers(work, out):
            with running(server) as (port, seconds):
                ready.setdefault(server.name, []).append(seconds)
                for name, (clients, fresh) in LOADS.items():
                    loads.setdefault((server.name, name), []).append(load(port, server.path, clients, fresh))
    report(ready, loads)


def report(ready: dict[str, list[float]], loads: dict[tuple[str, str], list[Load]]) -> None:
    """Print the medians of each server, and how ours compares."""
    for server, seconds in ready.items():
        line = f"{server:16}{median(seconds):>7.2f} s"
        for name in LOADS:
            got = loads[server, name]
            rate, late = median(each.rate for each in got), median(each.late for each in got)
            line += f"{rate:>12,.0f}/s{late:>7.1f} ms{sum(each.errors for each in got):>7}"
        print(line)
    for name in LOADS:
        ours, oxigraph, rdflib = (median(each.rate for each in loads[server, name]) for server in ready)
        print(f"{name}: {ours / rdflib:.1f} × rdflib-endpoint, 1/{oxigraph / ours:.1f} of oxigraph serve")


def main() -> None:
    """Measure at the dataset's size, then at a larger one."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "own").mkdir()
        measure(work / "own", ROOT / "data")
        generate.write(work / "invented", int(sys.argv[1]) if sys.argv[1:] else CLAIMS)
        (work / "large").mkdir()
        measure(work / "large", work / "invented")


if __name__ == "__main__":
    main()

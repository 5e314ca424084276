"""Good and hostile requests at once for a while: no wrong answer, none lost, and memory and descriptors stay flat.

    python bench/soak.py [SECONDS]

For 180 seconds, or for 3,600 to be sure. Six clients ask what has one right answer, each checked; four ask what never
ends, nests too deeply, is wrong or is left in the middle. Ends with 1 if anything was wrong. It needs Linux.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import quote

from serve import ROOT, Server, running

SECONDS = 180.0
EVERY = 2.0
"""Seconds between two looks at the server's processes."""
LARGE = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
SMALL = "SELECT (COUNT(*) AS ?n) WHERE { ?s a az:Entity }"
GOOD = {
    "small": (SMALL, "application/sparql-results+json"),
    "large": (LARGE, "text/csv"),
    "graph": ("CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l }", "application/n-triples"),
}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
HOSTILE = (ENDLESS, ENDLESS + " ORDER BY ?n", f"SELECT * {'{' * 60_000}{'}' * 60_000}", f"SELECT * {{ {ENDLESS[:40]}")


class Soak:
    """What the clients ask of the server at `port` until `over`, and what came of it."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port, self.over = port, time.monotonic() + seconds
        self.right = {name: self.ask(*each)[1] for name, each in GOOD.items()}
        self.seen: Counter[str] = Counter()
        self.waits: list[float] = []

    def ask(self, query: str, accept: str = "*/*") -> tuple[int, bytes]:
        """Ask, and give the status and the answer as a set of lines would have it: in no order."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {"Accept": accept, "Content-Type": "application/sparql-query"}
            connection.request("POST", "/sparql", query.encode(), headers)
            reply = connection.getresponse()
            return reply.status, b"\n".join(sorted(reply.read().split(b"\n")))
        finally:
            connection.close()

    def good(self) -> None:
        """Ask what has one right answer; it comes, or the server says that it is busy, or breaks off and is seen to."""
        while time.monotonic() < self.over:
            name = random.choice([*GOOD])
            query, accept = GOOD[name]
            began = time.monotonic()
            try:
                status, body = self.ask(f"{query} # {random.random()}", accept)
            except http.client.IncompleteRead:  # preempted after it had begun, which looks so
                self.seen["broken off"] += 1
                continue
            except (OSError, http.client.HTTPException) as error:
                self.seen[f"lost: {type(error).__name__} of {name}"] += 1
                continue
            if name == "small" and status == 200:
                self.waits.append(time.monotonic() - began)
            outcome = {200: "right" if body == self.right[name] else f"wrong: {name}", 503: "busy"}
            self.seen[outcome.get(status, f"wrong: {status} to {name}")] += 1

    def hostile(self) -> None:
        """Ask what nobody should, and read it or not."""
        while time.monotonic() < self.over:
            query = random.choice(HOSTILE)
            try:
                status, _ = self.ask(f"{query} # {random.random()}")
                self.seen["hostile" if status in (400, 503) else f"wrong: {status} to a hostile query"] += 1
            except (OSError, http.client.HTTPException) as error:
                self.seen[f"lost: {type(error).__name__} of a hostile query"] += 1

    def leaving(self) -> None:
        """Ask for much, and go after some of it."""
        while time.monotonic() < self.over:
            with socket.create_connection(("127.0.0.1", self.port), timeout=60) as client:
                client.sendall(
                    f"GET /sparql?query={quote(LARGE)} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()
                )
                client.recv(1 << 14)
                time.sleep(random.random())
            self.seen["left"] += 1


def state(pid: int) -> tuple[int, int, int]:
    """Give the megabytes of a process, those of the processes below it, and how many descriptors it has open."""
    below = [each for child in children(pid) for each in (child, *children(child))]
    return megabytes(pid), sum(map(megabytes, below)), len(os.listdir(f"/proc/{pid}/fd"))


def children(pid: int) -> list[int]:
    """Give the processes that one has started."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def megabytes(pid: int) -> int:
    """Give the memory that a process alone has in use; 0 when it has gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(each) for each in re.findall(r"Private_\w+:\s+(\d+)", told)) // 1024


def soak(port: int, pid: int, seconds: float) -> bool:
    """Let the clients ask, watch the server, and tell; whether all was well."""
    run = Soak(port, seconds)
    work: list[Callable[[], None]] = [run.good] * 6 + [run.hostile] * 3 + [run.leaving]
    clients = [threading.Thread(target=each) for each in work]
    for client in clients:
        client.start()
    states = []
    while time.monotonic() < run.over:
        time.sleep(EVERY)
        states.append(state(pid))
    for client in clients:
        client.join()
    third = len(states) // 3
    early, late = (
        tuple(median(column) for column in zip(*part, strict=True))
        for part in (states[third : 2 * third], states[-third:])
    )
    print(f"{seconds:.0f} s: " + ", ".join(f"{number:,} {what}" for what, number in sorted(run.seen.items())))
    print(f"a small query waited {median(run.waits):.3f} s (median), {max(run.waits):.2f} s at most")
    for what, before, after in zip(("server, MB", "workers, MB", "descriptors"), early, late, strict=True):
        print(f"{what:12} {before:>6.0f} in the second third, {after:>6.0f} in the last")
    flat = all(after <= before * 1.2 + 20 for before, after in zip(early, late, strict=True))
    return flat and not any(what.startswith(("wrong", "lost")) for what in run.seen)


def main() -> None:
    """Build the dataset, serve it, and soak the server."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "build.py", "build", "--out", folder + "/dist"]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        command = (sys.executable, "build.py", "serve", "--out", folder + "/dist", "--port", "{port}")
        with running(Server("azetta serve", command, "/sparql")) as (port, _):
            (pid,) = children(os.getpid())
            sys.exit(0 if soak(port, pid, float(sys.argv[1]) if sys.argv[1:] else SECONDS) else 1)


if __name__ == "__main__":
    main()

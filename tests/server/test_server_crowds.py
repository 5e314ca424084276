"""Many clients at once, hostile ones among them, and what is left of the server's processes afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import BASE, ROOT, Served, descendants, running, until, write_build

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o . ?p ?q ?r }"


def test_who_leaves_frees_the_worker(served: Served) -> None:
    request = b"GET /sparql?query=%b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (quote(LONG).encode(), served.port)
    for _ in range(12):
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            connection.sendall(request)
            time.sleep(0.1)
    began = time.monotonic()
    assert served.ask(CITIES).status == 200
    assert time.monotonic() - began < 1


def test_two_hundred_at_once_are_answered_rightly_or_told_to_wait(served: Served) -> None:
    def ask(number: int) -> tuple[int, int, list[str]]:
        reply = served.ask(f"SELECT ?n {{ BIND({number} AS ?n) }}", timeout=60)
        return number, reply.status, reply.values("n") if reply.status == 200 else []

    with ThreadPoolExecutor(200) as crowd:
        answers = list(crowd.map(ask, range(400)))
    assert {status for _, status, _ in answers} <= {200, 503}
    assert all(values == [str(number)] for number, status, values in answers if status == 200)
    assert sum(status == 200 for _, status, _ in answers) >= 200
    assert served.process.poll() is None


def test_while_ten_hostile_queries_run_ordinary_ones_are_answered(served: Served) -> None:
    pid = served.process.pid
    with socket.create_server(("127.0.0.1", 0)) as canary, ThreadPoolExecutor(10) as crowd:
        canary.settimeout(0.2)
        service = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{canary.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        hostile = [
            LONG,
            LONG,
            LONG + " ORDER BY ?n",
            f"SELECT * {'{' * 60_000}{'}' * 60_000}",
            service,
            service.lower(),
        ]
        hostile += [f"SELECT * {{ ?s {'/'.join(['az:locatedIn*'] * 1_000)} ?o }}"] * 2
        hostile += ["SELECT (GROUP_CONCAT(CONCAT(?c, ?f)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"] * 2
        held = [
            crowd.submit(served.fetch, "/sparql", "POST", text.encode(), content_type="application/sparql-query")
            for text in hostile
        ]
        waits = []
        for _ in range(20):
            began = time.monotonic()
            assert served.ask(CITIES).values("city") == [f"{BASE}grove", f"{BASE}oasis"]
            waits.append(time.monotonic() - began)
            time.sleep(0.1)
        statuses = [future.result().status for future in held]
        with pytest.raises(TimeoutError):
            canary.accept()
    assert sorted(waits)[10] < 0.5
    assert statuses[:3] == [503, 503, 503]
    assert set(statuses[3:6]) <= {400, 503}  # refused, or it was preempted before it was read
    assert set(statuses[6:]) <= {200, 503}  # a long path may be answered in time
    assert served.process.poll() is None
    os.kill(pid, 0)


def test_a_taken_port_is_said_so(served: Served, quads: str, tmp_path: Path) -> None:
    folder = write_build(tmp_path / "dist", quads)
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--out", str(folder), "--port", str(served.port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert f"port {served.port} is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_interrupted_it_ends_with_all_its_processes(quads: str, tmp_path: Path) -> None:
    with running(write_build(tmp_path / "dist", quads)) as server:
        children = descendants(server.process.pid)
        assert len(children) == 3  # the loader and two workers
        server.process.send_signal(2)
        assert server.process.wait(15) == 130
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def test_killed_it_leaves_no_process(quads: str, tmp_path: Path) -> None:
    with running(write_build(tmp_path / "dist", quads)) as server:
        children = descendants(server.process.pid)
        server.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))

"""A query reaches nothing but the dataset, however it is spelled."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.guard.jobs import Job, Kind
from graph.guard.limits import Limits
from graph.guard.pool import Pool

from .conftest import guarded


@contextmanager
def canary() -> Iterator[tuple[int, list[object]]]:
    """A listener on loopback, and the list of those who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, address = listener.accept()
                except TimeoutError:
                    continue
                came.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield listener.getsockname()[1], came
        finally:
            stop.set()
            thread.join()


def outward(port: int) -> list[str]:
    """Every way a query has to reach out, in many spellings."""
    there = f"http://127.0.0.1:{port}/sparql"
    return [
        f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SeRvIcE SILENT <{there}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{SERVICE#comment\n<{there}>{{?s ?p ?o}}}}",
        f"PREFIX t: <{there[:-6]}> SELECT * {{ SERVICE t:sparql {{ ?s ?p ?o }} }}",
        f"BASE <{there[:-6]}> SELECT * {{ SERVICE <sparql> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ BIND(<{there}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?x {{ <{there}> }} OPTIONAL {{ SERVICE SILENT ?x {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ {{ SELECT * {{ FILTER EXISTS {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }} }} }}",
        f"SELECT * {{ \\u0053ERVICE <{there}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{there}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{there}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        f"LOAD <{there}>",
        f"DESCRIBE <{there}>",
    ]


@pytest.mark.parametrize("resident", [1 << 20, 0], ids=["in memory", "on disk"])
def test_a_query_reaches_neither_network_nor_disk(data: Path, resident: int) -> None:
    async def use(pool: Pool, port: int) -> list[Kind]:
        return [(await pool.run(Job(query))).kind for query in outward(port)]

    with canary() as (port, came):
        kinds = guarded(data, lambda pool: use(pool, port), resident=resident)
        assert came == []
    assert kinds == [Kind.BAD] * 13 + [Kind.GRAPH]


@pytest.mark.parametrize(
    ("on_disk", "refused"),
    [(False, "service refused, file refused"), (True, "service refused, writing refused")],
    ids=["in memory", "on disk"],
)
def test_a_worker_reaches_nothing_even_if_a_query_gets_through(on_disk: bool, refused: str) -> None:
    """Without the check of the text: the engine tries, and the system refuses it a socket."""
    with canary() as (port, came):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.write(writing, _tried(port, on_disk).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read().decode()
        os.waitpid(child, 0)
        assert came == []
    assert said == refused


def _tried(port: int, on_disk: bool) -> str:
    from pyoxigraph import Store

    from graph.guard.confinement import confine, offline

    said = []
    confine(Limits(), opening=on_disk and offline())
    try:
        list(Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    except OSError:
        said.append("service refused")
    try:
        open("/etc/passwd", encoding="utf-8").close()
    except OSError:
        said.append("file refused")
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"0")
    except OSError:
        said += ["writing refused"] * on_disk
    return ", ".join(said)


def test_the_word_service_may_stand_in_a_query(data: Path) -> None:
    query = "SELECT ?service ('SERVICE <http://e.org/>' AS ?x) { ?service ?from ?o . # SERVICE\n } LIMIT 1"
    assert guarded(data, lambda pool: pool.run(Job(query))).kind is Kind.SOLUTIONS

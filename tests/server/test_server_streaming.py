"""A large answer comes as it is found; where it ends before its end, no client takes it for whole."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from .conftest import Served, descendants, running, write_build

ROWS = 3_000
MANY = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } LIMIT "
"""Some 300 bytes a row as JSON."""
STOPPED = (
    f"SELECT ?s ?hash {{ ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), '{'x' * 3_000}') AS ?s)"
    f" BIND(CONCAT({', '.join(['?s'] * 20)}) AS ?t) BIND(CONCAT({', '.join(['?t'] * 20)}) AS ?u)"
    " BIND(SHA512(?u) AS ?hash) } LIMIT 2999"
)
"""Finds each row by hashing a megabyte: the first 64 kB soon, the last not in two seconds."""
Broken = Callable[[str], tuple[bool, bytes]]


@pytest.fixture(scope="module")
def server(quads: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = write_build(tmp_path_factory.mktemp("streaming") / "dist", quads)
    with running(folder, "--timeout", "2", "--limit", f"rows={ROWS}") as server:
        yield server


def by_httpx(address: str) -> tuple[bool, bytes]:
    got = b""
    try:
        with httpx.stream("GET", address, timeout=30, headers={"Accept-Encoding": "identity"}) as reply:
            for part in reply.iter_bytes():
                got += part
    except httpx.RemoteProtocolError:
        return False, got
    return True, got


def by_http_client(address: str) -> tuple[bool, bytes]:
    url = httpx.URL(address)
    connection = http.client.HTTPConnection(url.host, url.port, timeout=30)
    connection.request("GET", url.raw_path.decode())
    try:
        return True, connection.getresponse().read()
    except http.client.IncompleteRead as error:
        return False, error.partial
    finally:
        connection.close()


def by_curl(address: str) -> tuple[bool, bytes]:
    ended = subprocess.run(["curl", "-sS", address], capture_output=True, timeout=60)
    assert ended.returncode in (0, 18)  # 18: the transfer ended too soon
    return ended.returncode == 0, ended.stdout


CLIENTS = [by_httpx, by_http_client, by_curl]


def address(server: Served, query: str) -> str:
    return f"{server.address}/sparql?{urlencode({'query': query})}"


@pytest.mark.parametrize("client", CLIENTS)
def test_a_large_answer_comes_whole(server: Served, client: Broken) -> None:
    whole, body = client(address(server, MANY + "2500"))
    assert whole
    assert len(body) > 200_000
    assert len(json.loads(body)["results"]["bindings"]) == 2_500


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("query", "reason"),
    [(STOPPED, b"stopped after 2 s"), (MANY + "4000", b"more than 3,000 rows: add a LIMIT")],
    ids=["deadline", "rows"],
)
def test_an_answer_that_is_not_whole_looks_so_and_says_why(
    server: Served, client: Broken, query: str, reason: bytes
) -> None:
    whole, body = client(address(server, query))
    assert not whole
    assert body.startswith(b'{"head":')
    assert b"\n# broken off: " in body
    assert reason in body[-100:]


def test_a_compressed_answer_that_is_not_whole_looks_so_too(server: Served) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(address(server, MANY + "4000"), headers={"Accept-Encoding": "br"}, timeout=30)


def test_who_takes_fields_after_an_answer_is_told_there_that_it_was_cut(server: Served) -> None:
    there = address(server, MANY + "4000")
    said = subprocess.run(
        ["curl", "-sS", "-H", "TE: trailers", "-D", "/dev/stderr", there], capture_output=True, check=True
    )
    assert len(json.loads(said.stdout)["results"]["bindings"]) == ROWS
    assert b"trailer: X-SPARQL-MaxRows\r\n" in said.stderr
    path = there.removeprefix(server.address)
    for more in ("", "Accept-Encoding: gzip\r\n"):
        lines = f"Host: 127.0.0.1:{server.port}\r\nTE: trailers\r\n{more}Connection: close\r\n\r\n"
        got = server.raw(f"GET {path} HTTP/1.1\r\n{lines}".encode())
        assert got.endswith(b"\r\n0\r\nX-SPARQL-MaxRows: 3000\r\n\r\n")


def test_an_error_that_comes_early_keeps_its_status(server: Served) -> None:
    assert server.ask("SELECT (COUNT(*) AS ?n) " + STOPPED.removeprefix("SELECT ?s ?hash")).status == 503
    assert server.ask(MANY + "x").status == 400


def test_its_tag_is_known_before_it_is_found(server: Served) -> None:
    slow = STOPPED.replace("2999", "2998")
    with httpx.stream("GET", address(server, slow), timeout=30) as reply:
        tag = reply.headers["etag"]
        assert tag.startswith('W/"')
    began = time.monotonic()
    again = server.ask(slow, if_none_match=tag)
    assert (again.status, again.headers["etag"]) == (304, tag)
    assert time.monotonic() - began < 1
    assert server.ask(MANY + "2500", if_none_match=tag).status == 200
    tags = {server.ask(MANY + "2500", accept=each).headers["etag"] for each in ("text/csv", "application/json")}
    assert len(tags) == 2
    assert "etag" not in server.ask(MANY.replace("?f }", "?f BIND(RAND() AS ?r) }") + "2500").headers


def test_compressed_it_is_the_same_and_to_a_client_of_http_1_0_it_comes_in_one(server: Served) -> None:
    query = MANY + "2501"
    plain, packed = server.ask(query), server.ask(query, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    path = address(server, query).removeprefix(server.address)
    old = server.raw(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
    head, _, body = old.partition(b"\r\n\r\n")
    assert f"content-length: {len(plain.body)}".encode() in head
    assert body == plain.body
    assert server.fetch(path, "HEAD").status == 200


def test_a_client_that_leaves_in_the_middle_frees_the_worker(server: Served) -> None:
    workers = descendants(server.process.pid)
    for _ in range(6):
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            path = address(server, STOPPED).removeprefix(server.address)
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            assert client.recv(12, socket.MSG_WAITALL) == b"HTTP/1.1 200"
    began = time.monotonic()
    assert server.ask("SELECT (1 AS ?one) { }").status == 200
    assert time.monotonic() - began < 1
    assert len(descendants(server.process.pid)) <= max(6, len(workers))


def test_nothing_of_all_this_is_an_error_of_the_server(quads: str, tmp_path: Path) -> None:
    with running(write_build(tmp_path / "dist", quads), "--timeout", "1", "--limit", f"rows={ROWS}") as server:
        for query in (STOPPED, MANY + "4000", MANY + "2000"):
            by_curl(address(server, query))
        server.process.terminate()
        assert server.process.stdout
        assert server.process.stdout.read() == b""

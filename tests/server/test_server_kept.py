"""What a client has already is not sent again; a part is sent as a part, and what is large compressed."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import urlencode

import brotli
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from graph.guard.jobs import Job
from graph.server import streaming
from graph.server.answering import answered
from graph.server.compression import Compression

from .conftest import Served

_LARGE = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"})
_ANSWERS = ("/", "/valley/lab", "/valley/lab.ttl", "/.well-known/void", "/download/valley.nq", "/query", _LARGE)


@pytest.mark.parametrize("path", _ANSWERS)
def test_what_the_client_has_is_not_sent_again(served: Served, path: str) -> None:
    first = served.fetch(path)
    tag = first.headers["etag"]
    for told in (tag, f"W/{tag}", f'"other", {tag}', f'"a,b" , W/{tag}', "*"):
        again = served.fetch(path, if_none_match=told)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag), told
    for told in ('"other"', tag.strip('"'), '"' + tag):
        assert served.fetch(path, if_none_match=told).body == first.body, told


@pytest.mark.parametrize("path", _ANSWERS)
def test_who_wants_another_answer_than_there_is_gets_none(served: Served, path: str) -> None:
    tag = served.fetch(path).headers["etag"]
    for told in ('"other"', f"W/{tag.removeprefix('W/')}"):
        assert (served.fetch(path, if_match=told).status, served.fetch(path, if_match=told).body) == (412, b"")
    assert served.fetch(path, if_match="*").status == 200
    assert served.fetch(path, if_match=f'"other", {tag}').status == (412 if tag.startswith("W/") else 200)
    assert served.fetch("/valley/none.ttl", if_match='"other"').status == 404


@pytest.mark.parametrize("path", _ANSWERS)
def test_a_cache_is_told_each_time_that_the_coding_matters(served: Served, path: str) -> None:
    tag = served.fetch(path).headers["etag"]
    asked = [("GET", {}), ("HEAD", {}), ("GET", {"if_none_match": tag}), ("GET", {"range": "bytes=0-4"})]
    replies = [served.fetch(path, method, **headers) for method, headers in asked]
    assert all("accept-encoding" in reply.headers["vary"].lower() for reply in replies)


def test_there_are_parts_for_get_alone_and_its_unit_is_known_in_capitals(served: Served, quads: str) -> None:
    head = served.fetch("/download/valley.nq", "HEAD", range="bytes=0-4")
    assert (head.status, head.headers["content-length"]) == (200, str(len(quads.encode())))
    assert served.fetch("/download/valley.nq", range="Bytes=0-4").body == quads.encode()[:5]


def test_the_tag_of_an_answer_changes_with_its_format(served: Served) -> None:
    tags = {served.fetch("/valley/lab", accept=each).headers["etag"] for each in ("text/turtle", "text/html")}
    tags |= {served.fetch(_LARGE, accept=each).headers["etag"] for each in ("text/csv", "application/json")}
    assert len(tags) == 4


def test_the_tag_of_an_answer_reads_nothing_from_disk_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files were read for each, which made all small answers three times as slow."""
    read: list[str] = []
    monkeypatch.setattr(streaming, "version", lambda name: read.append(name) or "1")
    streaming._versions.cache_clear()
    request = SimpleNamespace(state=SimpleNamespace(snapshot=SimpleNamespace(digest="d")))
    assert len({streaming.tag_of(request, Job("ASK {}"), "text/csv") for _ in range(3)}) == 1  # type: ignore[arg-type]
    assert read == ["azetta", "pyoxigraph"]
    streaming._versions.cache_clear()


def test_a_wrong_query_is_wrong_whatever_the_client_has(served: Served) -> None:
    assert served.ask("SELECT", if_none_match="*").status == 400


@pytest.mark.parametrize(
    ("coding", "read"),
    [
        ("gzip", gzip.decompress),
        ("br", brotli.decompress),
        ("zstd", lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body)),
    ],
)
def test_what_is_large_comes_as_its_client_takes_it(
    served: Served, coding: str, read: Callable[[bytes], bytes]
) -> None:
    for path in (_LARGE, "/download/valley.nq"):
        plain = served.fetch(path)
        assert "content-encoding" not in plain.headers
        packed = served.fetch(path, accept_encoding=coding)
        assert packed.headers["content-encoding"] == coding
        assert len(packed.body) < len(plain.body) / 2
        assert read(packed.body) == plain.body
        assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
        assert "accept-encoding" in packed.headers["vary"].lower()
        assert served.fetch(path, accept_encoding=coding, if_none_match=packed.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("gzip, br", "br"),
        ("*;q=0.5, zstd;q=0", "br"),
        ("gzip;q=0.5, identity", None),
        ("compress", None),
        ("gzip;q=0", None),
        ("identity;q=0, br;q=0.1", "br"),
    ],
)
def test_a_client_gets_the_coding_it_prefers(served: Served, asked: str, coding: str | None) -> None:
    reply = served.fetch(_LARGE, accept_encoding=asked)
    assert (reply.status, reply.headers.get("content-encoding")) == (200, coding)


@pytest.mark.parametrize("asked", ["identity;q=0", "*;q=0", "compress, identity;q=0"])
def test_who_takes_no_coding_that_there_is_hears_which_there_are(served: Served, asked: str) -> None:
    reply = served.fetch(_LARGE, accept_encoding=asked)
    assert reply.status == 406
    assert b"zstd, br, gzip" in reply.body


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-7", -7, None)]
)
def test_a_download_goes_on_where_it_was_broken_off(
    served: Served, quads: str, asked: str, first: int, last: int | None
) -> None:
    whole = quads.encode()
    part = served.fetch("/download/valley.nq", range=asked, accept_encoding="gzip")
    expected = whole[first:] if last is None else whole[first : last + 1]
    start = first % len(whole)
    assert (part.status, part.body) == (206, expected)
    assert part.headers["content-range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"


def test_of_a_file_that_changed_the_whole_is_sent(served: Served, quads: str) -> None:
    tag = served.fetch("/download/valley.nq").headers["etag"]
    for other in ('"other"', f"W/{tag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        reply = served.fetch("/download/valley.nq", range="bytes=5-", if_range=other)
        assert (reply.status, reply.body) == (200, quads.encode())
    assert served.fetch("/download/valley.nq", range="bytes=5-", if_range=tag).status == 206


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=9-5", "lines=1-2", "bytes=0-1,4-5", "bytes=٣-٥"])
def test_what_is_no_range_gives_the_whole(served: Served, quads: str, asked: str) -> None:
    lines = (
        "GET /download/valley.nq HTTP/1.1",
        f"Host: 127.0.0.1:{served.port}",
        f"Range: {asked}",
        "Connection: close",
    )
    sent = "".join(f"{line}\r\n" for line in (*lines, ""))
    head, _, body = served.raw(sent.encode()).partition(b"\r\n\r\n")
    assert (head.split()[1], hashlib.sha256(body).hexdigest()) == (b"200", hashlib.sha256(quads.encode()).hexdigest())


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_that_is_not_there_is_refused_with_the_size(served: Served, quads: str, asked: str) -> None:
    reply = served.fetch("/download/valley.nq", range=asked)
    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["content-range"] == f"bytes */{len(quads.encode())}"


@pytest.mark.parametrize(("megabytes", "coding"), [(7, "gzip"), (9, None)])
def test_an_answer_whose_compression_would_hold_up_the_others_is_sent_as_it_is(
    megabytes: int, coding: str | None
) -> None:
    async def large(request: Request) -> Response:
        return answered(request, b"a" * (megabytes << 20), "text/turtle", {})

    client = TestClient(Compression(Starlette(routes=[Route("/", large)])))
    with client.stream("GET", "/", headers={"accept-encoding": "gzip"}) as reply:
        assert reply.headers.get("content-encoding") == coding
        assert sum(map(len, reply.iter_bytes())) == megabytes << 20

"""What a server on a network must survive: clients that lie, stall, leave, pry or come in crowds."""

from __future__ import annotations

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import BASE, ROOT, Served, running, write_build

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o . ?p ?q ?r }"
POST = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/sparql-query\r\n"


def alive(served: Served) -> bool:
    return served.process.poll() is None and served.ask(CITIES).status == 200


def test_a_query_past_its_deadline_is_503_without_half_a_result(served: Served) -> None:
    reply = served.ask(LONG)
    assert (reply.status, reply.type) == (503, "text/plain")
    assert "6 s" in reply.text
    assert int(reply.headers["retry-after"]) > 0
    assert alive(served)


def test_a_documented_question_past_its_deadline_is_told_with_what_narrows_it(quads: str, tmp_path: Path) -> None:
    asked = LONG.replace("?b ?c . ?d", "?b ?thing . ?thing").replace("(COUNT", "?thing (COUNT") + " GROUP BY ?thing"
    spoken = "{ar: ما هو؟, fr: Lequel ?, en: 'Which?'}"
    header = (
        f"#+ title: {spoken}\n#+ description: {spoken}\n#+ parameters:\n#+   thing: {{type: az:Entity, default: any}}\n"
    )
    kind = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "<http://www.w3.org/ns/shacl#SPARQLSelectExecutable>")
    told = ("http://www.w3.org/ns/shacl#select", json.dumps(header + asked))
    graph = f"<{BASE}graph/description>"
    brought = "".join(f"<{BASE}question/endless> <{name}> {value} {graph} .\n" for name, value in (kind, told))
    with running(write_build(tmp_path / "dist", quads + brought), "--timeout", "1") as server:
        assert "after 1 s: a value for thing narrows “endless”" in server.ask(asked).text
        assert "narrows" not in server.ask(LONG).text


def test_a_query_out_of_memory_is_503(quads: str, tmp_path: Path) -> None:
    doubled = "".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1}) " for n in range(40))
    with running(write_build(tmp_path / "dist", quads), "--timeout", "60") as server:
        reply = server.ask(f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?s0) {doubled} }}", timeout=90)
        assert (reply.status, "memory" in reply.text) == (503, True)
        assert alive(server)


def test_too_many_rows_are_cut_and_the_answer_says_so(served: Served) -> None:
    query = quote("SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    head = f"GET /sparql?query={query} HTTP/1.0\r\nHost: 127.0.0.1:{served.port}\r\n"
    reply = served.raw(f"{head}Accept: text/tab-separated-values\r\n\r\n".encode())
    head, _, body = reply.decode().partition("\r\n\r\n")
    assert "X-SPARQL-MaxRows: 100000".lower() in head.lower()
    assert body.count("\n") == 100_001
    assert served.ask(CITIES).headers["x-sparql-maxrows"] is None


def test_a_query_longer_than_the_bound_is_413(served: Served) -> None:
    text = f"ASK {{}} #{'x' * 200_000}".encode()
    assert served.fetch("/sparql", "POST", text, content_type="application/sparql-query").status == 413


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: 9999999999\r\n\r\n", b"413"),
        (b"Content-Length: -5\r\n\r\nASK{}", b"400"),
        (b"Content-Length: five\r\n\r\nASK{}", b"400"),
        (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}", b"400"),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nASK{}", b"400"),
        (
            b"Transfer-Encoding: chunked\r\n\r\n"
            + b"20000\r\n"
            + b"x" * 0x20000
            + b"\r\n"
            + b"f0000\r\n"
            + b"x" * 0xF0000,
            b"413",
        ),
        (b"X-Long: " + b"x" * 400_000 + b"\r\n\r\n", b"431"),
    ],
)
def test_a_body_that_lies_about_its_length_or_is_too_large_is_refused(
    served: Served, head: bytes, status: bytes
) -> None:
    assert served.raw(POST % served.port + head).startswith(b"HTTP/1.1 " + status)
    assert alive(served)


@pytest.mark.parametrize("close", [b"", b"Connection: close\r\n"])
@pytest.mark.parametrize(("media", "start"), [(b"sparql-query", b"ASK {} #"), (b"x-www-form-urlencoded", b"query=")])
def test_who_sends_a_large_query_before_reading_reads_the_refusal(
    served: Served, media: bytes, start: bytes, close: bytes
) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/%b\r\n"
    body = start + b"x" * 2_000_000
    said = served.raw(head % (served.port, media) + close + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert said.startswith(b"HTTP/1.1 413")
    assert said.endswith(b"the request is larger than 1,048,576 bytes\n")


def test_who_sends_too_much_and_no_end_is_refused_at_once(served: Served) -> None:
    began = time.monotonic()
    body = b"Transfer-Encoding: chunked\r\n\r\n110000\r\n" + b"x" * 0x110000
    assert served.raw(POST % served.port + body).startswith(b"HTTP/1.1 413")
    assert time.monotonic() - began < 6


def test_curl_reads_the_refusal_of_a_large_query(served: Served, tmp_path: Path) -> None:
    (tmp_path / "query").write_bytes(b"x" * 2_000_000)
    command = ["curl", "-sS", "--data-urlencode", f"query@{tmp_path / 'query'}", f"{served.address}/sparql"]
    for options in ([], ["-H", "Expect:"], ["-H", "Transfer-Encoding: chunked"]):
        said = subprocess.run([*command, *options], capture_output=True, text=True, timeout=30)
        assert (said.returncode, said.stdout) == (0, "the request is larger than 1,048,576 bytes\n"), said.stderr


def test_a_body_longer_than_it_says_is_not_taken_for_more(served: Served) -> None:
    head = POST % served.port + b"Connection: close\r\nContent-Length: 5\r\n\r\n"
    assert served.raw(head + b"ASK{}} nonsense").startswith(b"HTTP/1.1 200")
    assert alive(served)


def test_a_client_that_stalls_is_dropped(served: Served) -> None:
    began = time.monotonic()
    heads = [b"", b"GET /hea", b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "]
    heads.append(POST % served.port + b"Content-Length: 500\r\n\r\nASK")
    with ThreadPoolExecutor(4) as stallers:
        said = list(stallers.map(lambda head: served.raw(head, seconds=20), heads))
    assert all(each.startswith(b"HTTP/1.1 408") and b"[silence]" not in each for each in said), said
    assert time.monotonic() - began < 15


def test_a_half_sent_request_behind_a_long_one_does_not_land_in_its_answer(served: Served) -> None:
    first = b"GET /sparql?query=%b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (quote(LONG).encode(), served.port)
    assert served.raw(first + b"GET /hea", seconds=20)[:12] in (b"HTTP/1.1 503", b"")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("[::1]:{port}", 200),
        ("evil.example:{port}", 421),
        ("evil.example", 421),
        ("127.0.0.1:1", 421),
        ("127.0.0.1.evil.example:{port}", 421),
        ("localhost:{port}:{port}", 421),
        ("", 421),
    ],
)
def test_only_its_own_names_are_answered(served: Served, host: str, status: int) -> None:
    for path in ("/health", "/sparql?query=ASK%7B%7D"):
        assert served.fetch(path, host=host.format(port=served.port)).status == status


def test_names_given_at_the_start_are_its_own_too(quads: str, tmp_path: Path) -> None:
    options = ("--host", "0.0.0.0", "--host", "data.example.org")
    with running(write_build(tmp_path / "dist", quads), *options) as server:
        for host, status in (("data.example.org", 200), ("10.1.2.3:{port}", 200), ("evil.example:{port}", 421)):
            assert server.fetch("/health", host=host.format(port=server.port)).status == status


def test_no_host_or_two_are_refused(served: Served) -> None:
    assert served.raw(b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 400")
    two = b"GET /health HTTP/1.1\r\nHost: localhost:%d\r\nHost: evil\r\nConnection: close\r\n\r\n" % served.port
    assert served.raw(two).startswith(b"HTTP/1.1 400")


PRYING = [
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/download/..%2f..%2fetc%2fpasswd",
    "/download/%2e%2e%2fmanifest.json",
    "/download/valley.nq%00.ttl",
    "/download//etc/passwd",
    "/download/manifest.json.bak",
    "/valley/%00",
    "/valley/lab%0d%0aX-Injected:1",
    "/valley/source%2fgazette",
    "/valley/%ff%fe",
    "/valley/../../etc/passwd",
    "/valley/download/..%5c..%5cetc%5cpasswd",
    "/valley/%3Cscript%3E",
    "/valley/x%22onload",
    "/valley/nobody",
    "/style.css/..",
    "//evil.example/",
]


@pytest.mark.parametrize("path", PRYING)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_a_prying_path_finds_nothing_and_learns_nothing(served: Served, path: str, accept: str) -> None:
    said = served.raw(
        b"GET %b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: %b\r\nConnection: close\r\n\r\n"
        % (path.encode(), served.port, accept.encode())
    )
    assert said[9:12] in (b"400", b"404")
    assert b"root:" not in said
    assert b"X-Injected" not in said.partition(b"\r\n\r\n")[0]
    assert b"<script>" not in said
    assert_no_leak(said)


def assert_no_leak(said: bytes) -> None:
    for leak in (str(ROOT), str(Path.home()), "Traceback", ".py", "site-packages", "dist"):
        assert leak.encode() not in said


@pytest.mark.parametrize(
    "path",
    [
        "/sparql?query=SELEC",
        "/sparql?query=" + quote(LONG),
        "/nothing",
        "/query?query=SELEC",
        "/sparql?query=" + quote("SELECT * FROM <file:///etc/passwd> {}"),
    ],
)
def test_an_error_tells_nothing_of_the_machine(served: Served, path: str) -> None:
    reply = served.fetch(path)
    assert reply.status >= 400
    assert_no_leak(reply.body + str(reply.headers).encode())


def test_an_arabic_iri_is_found_encoded(served: Served) -> None:
    reply = served.fetch("/valley/" + quote("واحة"), accept="application/n-triples")
    assert (reply.status, "واحة بعنوان عربي" in reply.text) == (200, True)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/query",
        "/style.css",
        "/sparql?query=ASK%7B%7D",
        "/valley/lab",
        "/nothing",
        "/download/valley.nq",
    ],
)
def test_every_answer_carries_the_headers_that_keep_a_browser_safe(served: Served, path: str) -> None:
    headers = served.fetch(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["access-control-allow-origin"] is None
    assert headers["server"] is None


def test_other_origins_may_read_only_when_asked_for(served: Served, quads: str, tmp_path: Path) -> None:
    assert served.fetch("/health", origin="https://evil.example").headers["access-control-allow-origin"] is None
    assert served.fetch("/sparql", "OPTIONS", origin="https://evil.example").status == 405
    with running(write_build(tmp_path / "dist", quads), "--cors", "https://friend.example") as friend:
        for origin, allowed in (("https://evil.example", None), ("https://friend.example", "https://friend.example")):
            reply = friend.fetch("/health", origin=origin)
            assert reply.headers["access-control-allow-origin"] == allowed
            assert {*reply.headers["vary"].split(", ")} == {"Accept-Encoding", "Origin"}
        before = friend.fetch(
            "/sparql", "OPTIONS", origin="https://friend.example", access_control_request_method="POST"
        )
        assert (before.status, before.headers["access-control-allow-origin"]) == (200, "https://friend.example")
        assert "POST" in before.headers["access-control-allow-methods"]
        foreign = {"origin": "https://evil.example", "access_control_request_method": "POST"}
        assert friend.fetch("/sparql", "OPTIONS", **foreign).headers["access-control-allow-origin"] is None
        assert friend.fetch("/health", host="evil.example", origin="https://friend.example").status == 421


@pytest.mark.parametrize(
    "path",
    ["/", "/health", "/query", "/valley/lab", "/valley/lab.html", "/download/valley.nq", "/sparql?query=ASK%7B%7D"],
)
def test_head_is_get_without_the_body(served: Served, path: str) -> None:
    head, get = served.fetch(path, "HEAD"), served.fetch(path)
    assert (head.status, head.body, head.headers["content-type"]) == (200, b"", get.headers["content-type"])
    assert head.headers["content-length"] == str(len(get.body))

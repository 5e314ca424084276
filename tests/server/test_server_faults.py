"""What a server on a network must survive: clients that lie, stall, leave, pry or come in crowds."""

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

from .conftest import BASE, ROOT, Served, running, until, write_build

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o . ?p ?q ?r }"
POST = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/sparql-query\r\n"


def alive(served: Served) -> bool:
    return served.process.poll() is None and served.ask(CITIES).status == 200


def test_a_query_past_its_deadline_is_503_without_half_a_result(served: Served) -> None:
    reply = served.ask(LONG)
    assert (reply.status, reply.type) == (503, "text/plain")
    assert "5 seconds" in reply.text
    assert int(reply.headers["retry-after"]) > 0
    assert alive(served)


def test_a_query_out_of_memory_is_503(quads: str, tmp_path: Path) -> None:
    doubled = "".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1}) " for n in range(40))
    with running(write_build(tmp_path / "dist", quads), "--timeout", "60") as server:
        reply = server.ask(f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?s0) {doubled} }}", timeout=90)
        assert (reply.status, "memory" in reply.text) == (503, True)
        assert alive(server)


def test_too_many_rows_are_cut_and_the_answer_says_so(served: Served) -> None:
    reply = served.ask("SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", accept="text/tab-separated-values")
    assert (reply.status, reply.headers["x-sparql-maxrows"]) == (200, "100000")
    assert reply.body.count(b"\n") == 100_001
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
        reply = friend.fetch("/health", origin="https://evil.example")
        assert reply.headers["access-control-allow-origin"] == "https://friend.example"
        before = friend.fetch(
            "/sparql", "OPTIONS", origin="https://friend.example", access_control_request_method="POST"
        )
        assert (before.status, before.headers["access-control-allow-origin"]) == (204, "https://friend.example")


@pytest.mark.parametrize(
    "path",
    ["/", "/health", "/query", "/valley/lab", "/valley/lab.html", "/download/valley.nq", "/sparql?query=ASK%7B%7D"],
)
def test_head_is_get_without_the_body(served: Served, path: str) -> None:
    head, get = served.fetch(path, "HEAD"), served.fetch(path)
    assert (head.status, head.body, head.headers["content-type"]) == (200, b"", get.headers["content-type"])
    assert head.headers["content-length"] == str(len(get.body))


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
    assert alive(served)


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
    assert set(statuses[3:6]) <= {400, 503}  # refused, or it gave way before it was read
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
        assert server.process.wait(15) == 0
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def test_killed_it_leaves_no_process(quads: str, tmp_path: Path) -> None:
    with running(write_build(tmp_path / "dist", quads)) as server:
        children = descendants(server.process.pid)
        server.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def descendants(pid: int) -> list[int]:
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return [*found, *(below for child in found for below in descendants(child))]

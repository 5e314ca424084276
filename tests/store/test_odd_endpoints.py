"""Services that do not answer what they are asked: each command ends with one line that says so."""

from __future__ import annotations

import http.server
import shutil
import socketserver
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.servers

BUILD = [sys.executable, str(Path(__file__).parents[2] / "build.py")]
REGION = Path(__file__).parents[1] / "regions" / "emerald-valley"
JSON, TURTLE = "application/sparql-results+json", "text/turtle"
ANSWERS = {
    "truth": (JSON, b'{"head": {}, "boolean": true}'),
    "graph": (TURTLE, b"<http://a.example/> <http://b.example/> 1 ."),
    "no-rows": (JSON, b'{"head": {"vars": ["count"]}, "results": {"bindings": []}}'),
    "no-columns": (JSON, b'{"head": {"vars": []}, "results": {"bindings": [{}]}}'),
    "other-columns": (
        JSON,
        b'{"head": {"vars": ["z", "y", "x"]}, "results": {"bindings": [{"z": {"type": "uri", "value": "http://a/"}}]}}',
    ),
    "no-number": (
        JSON,
        b'{"head": {"vars": ["count", "graph", "digest"]}, "results": {"bindings": [{"count": {"type": "literal",'
        b' "value": "many"}, "graph": {"type": "uri", "value": "http://a/"}, "digest": {"type": "literal",'
        b' "value": "0"}}]}}',
    ),
    "cut": (JSON, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "1"}}, {'),
    "broken-off": (JSON, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s"'),
}


class Service(http.server.BaseHTTPRequestHandler):
    """Takes every write, and gives to every query the answer that its path names."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path.split("/")[1]
        media, body = ANSWERS[name] if self.command == "POST" else ("text/plain", b"")
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body) + 100 * (name == "broken-off")))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_DELETE = do_POST  # noqa: N815 - the names that the library calls

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented region and its build."""
    folder = tmp_path_factory.mktemp("region")
    shutil.copytree(REGION / "data", folder / "data")
    subprocess.run([*BUILD, "--data", "data", "--out", "dist"], capture_output=True, check=True, cwd=folder)
    return folder


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("truth", "answered SELECT with a truth value, not a table"),
        ("graph", "answered SELECT with a graph, not a table"),
        ("no-rows", "does not say how many triples"),
        ("no-columns", "nothing where ?graph was asked"),
        ("other-columns", "nothing where ?graph was asked"),
        ("no-number", "does not say how many triples"),
        ("cut", "cannot be read"),
        ("broken-off", "cannot reach"),
    ],
)
def test_publish_ends_with_one_line(
    built: Path, monkeypatch: pytest.MonkeyPatch, service: str, name: str, told: str
) -> None:
    monkeypatch.chdir(built)
    refused(told, "publish", "--endpoint", f"{service}/{name}/query")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("truth", "answered SELECT with a truth value, not a table"),
        ("graph", "answered SELECT with a graph, not a table"),
        ("no-rows", "is no az:City of this dataset"),
        ("no-columns", "nothing where ?label was asked"),
        ("other-columns", "nothing where ?label was asked"),
        ("cut", "cannot be read"),
        ("broken-off", "cannot reach"),
    ],
)
def test_question_ends_with_one_line(service: str, name: str, told: str) -> None:
    refused(told, "question", "in-city", "--city", "agadir", "--endpoint", f"{service}/{name}/query")


@pytest.mark.parametrize(
    ("query", "name", "told"),
    [
        ("SELECT ?s { ?s ?p ?o }", "truth", "answered SELECT with a truth value, not a table"),
        ("# why\nselect ?s { ?s ?p ?o }", "graph", "answered SELECT with a graph, not a table"),
        ("ASK { }", "graph", "answered ASK with a graph, not a truth value"),
        ("ASK { }", "no-rows", "answered ASK with a table, not a truth value"),
        ("PREFIX x: <http://x/> CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "truth", "a truth value, not a graph"),
        ("DESCRIBE <http://a.example/>", "no-rows", "answered DESCRIBE with a table, not a graph"),
        ("SELECT ?s { ?s ?p ?o }", "cut", "cannot be read"),
        ("SELECT ?s { ?s ?p ?o }", "broken-off", "cannot reach"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--format", "json"]], ids=["as-it-comes", "json"])
def test_query_ends_with_one_line(service: str, query: str, name: str, told: str, form: list[str]) -> None:
    refused(told, "query", query, *form, "--endpoint", f"{service}/{name}/query")


HOSTILE = {
    "status-line": b"HTTP/1.1 500 No\x1b[2J\x00 way\rhome\r\n\r\n",
    "no-status-line": b"\x1b[2J\r\n\r\n",
    "error-body": b"HTTP/1.1 503 Busy\r\n\r\n\x1b[31mred\x00\x07\rover\xe2\x80\xa8\xe2\x80\xaehere\xc2\x9b",
    "refusal": b"HTTP/1.1 400 Bad\r\n\r\n\x1b[31mred\x00\rover\n\nhere\xc2\x9b",
    "media-type": b"HTTP/1.1 200 OK\r\nContent-Type: text/\x1b[2J\r\n\r\n",
    "loop": b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n",
    "nowhere": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/\x1b[2J\r\nContent-Length: 0\r\n\r\n",
    "short-row": b"HTTP/1.1 200 OK\r\nContent-Type: text/tab-separated-values\r\n\r\n?s\t?p\n<http://a.example/>\n",
    "control": b"HTTP/1.1 200 OK\r\nContent-Type: text/tab-separated-values\r\n\r\n?s\n\x1b[2J\r<a\n",
    "turtle": b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\n\r\n<http://a.example/\x1b[2J\r> .\n",
}


class Raw(socketserver.StreamRequestHandler):
    """Gives to every request the bytes that its path names."""

    def handle(self) -> None:
        name = self.rfile.readline().split()[1].decode().split("/")[1]
        length = 0
        while (line := self.rfile.readline()) != b"\r\n":
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length:") else length
        self.rfile.read(length)
        self.wfile.write(HOSTILE[name])


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Raw) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_word_of_a_service_commands_the_terminal_or_begins_a_line(hostile: str, name: str) -> None:
    command = ["query", "SELECT ?s { ?s ?p ?o }", "--endpoint", f"{hostile}/{name}"]
    done = subprocess.run([*BUILD, *command], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    told = done.stderr.decode()
    assert told.endswith("\n")
    assert not [c for c in told[:-1] if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}]
    assert f"{hostile}/{name}" in told


def refused(told: str, *command: str) -> None:
    done = subprocess.run([*BUILD, *command], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1

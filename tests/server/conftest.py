"""A server of a small dataset written by hand, and a client that says exactly what it sends."""

from __future__ import annotations

import http.client
import json
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
VALLEY = Path(__file__).with_name("valley.nq")
BASE = "https://data.example.org/valley/"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    def values(self, name: str) -> list[str]:
        """The values of one column of a table in JSON."""
        return [row[name]["value"] for row in json.loads(self.body)["results"]["bindings"]]


@dataclass(frozen=True)
class Served:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fetch(
        self, path: str, method: str = "GET", body: bytes | None = None, timeout: float = 30, **headers: str
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def ask(self, query: str, path: str = "/sparql", timeout: float = 30, **headers: str) -> Reply:
        return self.fetch(f"{path}?{urlencode({'query': query})}", timeout=timeout, **headers)

    def raw(self, data: bytes, seconds: float = 15) -> bytes:
        """Send bytes as they are and give all that comes back until the server closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            parts = []
            try:
                while part := connection.recv(65536):
                    parts.append(part)
            except TimeoutError:
                parts.append(b"[silence]")
            return b"".join(parts)


def write_build(folder: Path, quads: str, version: str = "1", **files: str) -> Path:
    """Write what a build leaves: the N-Quads and the manifest, and what other files are given."""
    folder.mkdir()
    files = {"valley.nq": quads, "index.html": "<!doctype html><title>network</title>", **files}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    told = {
        name: {"sha256": sha256(text.encode()).hexdigest(), "bytes": len(text.encode())} for name, text in files.items()
    }
    manifest = {"name": "valley", "version": version, "azetta": "0", "inputs": {}, "files": told}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Served]:
    """Serve a folder from a process of its own, on a free port of loopback, and end it afterwards."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--out", str(folder), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            yield Served(_port(process), process)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _port(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout
    ready, _, _ = select.select([process.stdout], [], [], 60)
    line = process.stdout.readline().decode() if ready else "nothing"
    found = re.search(r"http://[^/]*:(\d+)/", line)
    assert found, f"the server said: {line}{process.stdout.read().decode() if process.poll() else ''}"
    return int(found[1])


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something holds; fail if it does not in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to hold in time"
        time.sleep(0.05)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return [*found, *(below for child in found for below in descendants(child))]


@pytest.fixture(scope="session")
def quads() -> str:
    return VALLEY.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def served(quads: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server shared by the tests that leave it as it is; a query may take longer than a request's head."""
    folder = write_build(tmp_path_factory.mktemp("served") / "dist", quads)
    with running(folder, "--timeout", "6") as server:
        yield server

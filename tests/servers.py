"""Two real SPARQL servers on loopback, started for a test and stopped after it, in folders of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 40000
MaxMemPoolSize = 1600000000
MaxDirtyBuffers = 30000
DirsAllowed = {folder}
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
DefaultQuery = SELECT * WHERE {{ ?s ?p ?o }} LIMIT 1
"""


@dataclass(frozen=True)
class Server:
    """Where a server answers queries, and who may write to it."""

    endpoint: str
    user: str = ""
    password: str = ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> str:
    """Find a program, beside this Python or on the path; without it, fail under CI and skip elsewhere."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{name} is not installed")
    return found


@contextmanager
def oxigraph() -> Iterator[Server]:
    port = free_port()
    command = [program("oxigraph"), "serve", "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/", 20):
        yield Server(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    http = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=free_port(), http=http), encoding="utf-8")
    command = [program("virtuoso-t"), "+foreground", "+configfile", str(ini)]
    with _running(command, f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", 90):
        yield Server(f"http://127.0.0.1:{http}/sparql", "dba", "dba")


@contextmanager
def _running(command: list[str], address: str, seconds: float) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(server, address, time.monotonic() + seconds)
            yield
        finally:
            server.kill()
            server.wait(20)


def _await(server: subprocess.Popen[bytes], address: str, deadline: float) -> None:
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            assert server.poll() is None, "the server ended while starting"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.1)
        else:
            return

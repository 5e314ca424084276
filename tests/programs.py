"""The command line as its users run it, in a folder of theirs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parent.parent
REGION = ROOT / "tests" / "regions" / "emerald-valley"
CLAIMS = "SELECT (COUNT(?c) AS ?n) { ?c a az:Claim }"
#: Two lines of the invented region's `claims.csv`, from two records.
IN_THE_VALLEY = "manara-foundation,locatedIn,al-marsa,stated,gazetteer,,,body/2,,,,,\n"
IN_THE_VALLEY_AGAIN = IN_THE_VALLEY.replace("body/2", "body/3")
# A library, of a class that the invented region adds (the fixture `own`), and to whom it lends.
LIBRARY = "marsa-library,Library,خزانة المرسى,Bibliothèque d'El Marsa,Al Marsa Library,,,,,,\n"
LENDS = "marsa-library,lendsTo,young-people,stated,gazetteer,,,library/1,,,,,\n"

Edit = Callable[[str, str, str], None]


def run(folder: Path, *arguments: str, program: Path = ROOT / "build.py") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(program), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def told(folder: Path, *arguments: str, program: Path = ROOT / "build.py") -> list[str]:
    """The lines of a CSV answer, without its head."""
    done = run(folder, *arguments, "-f", "csv", program=program)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[1:]


def add(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(line)


@contextmanager
def counted() -> Iterator[tuple[str, list[str]]]:
    """A service that only counts what it is asked."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            seen.append(format % args)

        def do_GET(self) -> None:
            self.send_error(503)

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql", seen
        finally:
            server.shutdown()

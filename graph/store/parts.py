"""The dataset for a store's own bulk loader: a file of N-Quads for each named graph, and whether all of it arrived."""

from __future__ import annotations

import gzip
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, serialize

from graph.errors import OutputError, said, shown
from graph.store.publish import count
from graph.store.remote import Remote
from graph.system.interrupt import Held, Tidied
from graph.system.lock import locked

ENDING = ".nq.gz"
#: How each store loads a folder of such files; what is in capitals is for who runs it to fill in.
_LOADERS = {
    "Virtuoso": "isql 1111 dba PASSWORD \"EXEC=ld_dir('{sql}', '*.nq.gz', 'urn:none'); rdf_loader_run(); checkpoint;\"",
    "GraphDB": "importrdf preload --force --id REPOSITORY {folder}/*.nq.gz",
    "QLever": "zcat {folder}/*.nq.gz | IndexBuilderMain --index-basename INDEX --file-format nq --kg-input-file -",
    "Neptune": "aws s3 sync {folder} s3://BUCKET/PARTS && "
    "curl https://HOST:8182/loader -H 'Content-Type: application/json' "
    '-d \'{{"source": "s3://BUCKET/PARTS", "format": "nquads", "iamRoleArn": "ROLE", "region": "REGION"}}\'',
}
_NEW = ".new"
#: What a build names its parts, and what is in work.
_OURS = re.compile(rf"(graph|source)-.+{re.escape(ENDING)}|\..+{re.escape(ENDING + _NEW)}")
_WORK, _LOCK = ".azetta-work", ".azetta-lock"
_SOME = 1 << 14  # quads that are written at once
_LEVEL = 1  # twice the size of the best that gzip can, in an eighth of the time


class Part(NamedTuple):
    """A named graph, and of how many triples."""

    graph: str
    triples: int


def write(quads: str, folder: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[Part]:
    """Write the N-Quads of a build, which has graph after graph, as a file for each; the same quads are the same bytes.

    `waiting` is called once if another process writes there. Raises OutputError where `folder` holds anything else, or
    cannot be written.
    """
    with _alone(folder, waiting):
        before = check(folder)
        with open(quads, "rb") as stream:
            for graph, lines in groupby(stream, _graph):
                yield Part(graph, written(folder, graph, lines))
                before.discard(place(folder, graph))
        for path in before:
            path.unlink()


def check(folder: Path) -> set[Path]:
    """Make `folder` if it is not there, and give the parts in it; OutputError where it holds anything else."""
    if not folder.parent.is_dir():
        message = said(
            "cannot write {folder}: there is no folder {parent}", folder=shown(folder), parent=shown(folder.parent)
        )
        raise OutputError(message)
    with _told(folder):
        folder.mkdir(exist_ok=True)
        before = set(folder.iterdir())
    before -= {folder / _WORK, folder / _LOCK}
    if other := sorted(path.name for path in before if not (_OURS.fullmatch(path.name) and path.is_file())):
        fault = said(
            "{folder} holds {name}, which is no part: name another folder", folder=f"{shown(folder)}/", name=other[0]
        )
        raise OutputError(fault)
    return before


@contextmanager
def taking(folder: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[Path]:
    """Give a folder to work in, within `folder`; on leaving, the parts in its `parts` take the place of those there.

    `waiting` is called once if another process does so, and what a killed one left is removed; a `folder` that was made
    for this goes if it then holds nothing. Raises OutputError where it holds anything but parts, or cannot be written.
    """
    work = folder / _WORK
    clear = partial(rmtree, work, ignore_errors=True)
    with _alone(folder, waiting), Tidied(clear):
        clear()
        with _told(folder):
            (work / "parts").mkdir(parents=True)
        yield work
        with Held():  # a file at a time, so that whoever ends it would leave some of each
            _take(work / "parts", folder)


@contextmanager
def _alone(folder: Path, waiting: Callable[[], object]) -> Iterator[None]:
    """Hold a folder, made if it is not there, though another process may take it away as it ends."""
    with ExitStack() as held:
        while True:
            if not folder.exists():
                held.enter_context(Tidied(lambda: _clear(folder)))
            check(folder)
            with _told(folder), suppress(FileNotFoundError):
                held.enter_context(locked(folder / _LOCK, waiting))
                break
        yield


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say of what cannot be written that this folder cannot."""
    try:
        yield
    except OSError as error:
        fault = said("cannot write {file}: {reason}", file=shown(folder), reason=error.strerror or "")
        raise OutputError(fault) from error


def _clear(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _take(fresh: Path, folder: Path) -> None:
    before = check(folder)
    for path in sorted(fresh.iterdir()):
        path.replace(folder / path.name)
        before.discard(folder / path.name)
    for path in before:
        path.unlink()


def lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Write quads as lines of N-Quads, some at a time."""
    rest = iter(quads)
    while some := list(islice(rest, _SOME)):
        yield from (serialize(some, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def place(folder: Path, graph: str) -> Path:
    """Name the part of a graph."""
    return folder / f"{'-'.join(graph.split('/')[-2:])}{ENDING}"


def loaders(folder: Path) -> Iterator[tuple[str, str]]:
    """Give of each store the command for a shell that loads the parts in `folder`, whatever that is called."""
    name = str(folder.absolute())
    sql = re.sub(r'[\\"$`]', r"\\\g<0>", name.replace("'", "''"))  # a text of SQL, in the shell's double quotes
    for store, command in _LOADERS.items():
        yield store, command.format(folder=shlex.quote(name), sql=sql)


def written(folder: Path, graph: str, lines: Iterable[bytes]) -> int:
    """Write a part as a whole, and tell how many lines it has."""
    path, number = place(folder, graph), 0
    fresh = path.with_name(f".{path.name}{_NEW}")
    with Tidied(lambda: fresh.unlink(missing_ok=True)):
        with fresh.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as part:
            for line in lines:
                part.write(line)
                number += 1
        fresh.replace(path)
    return number


def missing(folder: Path, endpoint: str) -> Iterator[tuple[Part, int]]:
    """Give each graph of the parts in `folder`, and how many of its triples the store at `endpoint` lacks."""
    remote, paths = Remote(endpoint), sorted(folder.glob(f"*{ENDING}"))
    if not paths:
        raise OutputError(
            said("{folder} holds no part: write them first, without --endpoint", folder=f"{shown(folder)}/")
        )
    for path in paths:
        with gzip.open(path) as stream:
            for graph, lines in groupby(stream, _graph):
                part = Part(graph, sum(1 for _ in lines))
                yield part, part.triples - count(remote, graph)


def _graph(line: bytes) -> str:
    """Give the name of the graph of a line of N-Quads, the last of its terms."""
    return line[line.rindex(b" <") + 2 : line.rindex(b">")].decode()

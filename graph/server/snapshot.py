"""One build, held open: its files by descriptor and its triples in the workers of a pool; it outlives the folder."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path

from graph.errors import AzettaError
from graph.export import manifest
from graph.guard.jobs import Job, Kind, Reply
from graph.guard.limits import Limits
from graph.guard.pool import Pool
from graph.server.answer_cache import AnswerCache
from graph.server.successors import INFERRED, MOVED, Successors
from graph.store.matching import Matcher
from graph.store.question import OWN, Question
from graph.store.question import own as own_questions

_HOME = "graph/description"
_CHUNK = 1 << 18
_PAUSE = 0.1
_AMPLE = 600.0
_DESCRIPTION = """
SELECT ?dataset ?title ?main ?graph WHERE {
  { ?dataset a void:Dataset ; dcterms:title ?title OPTIONAL { ?dataset az:mainLanguage ?main } }
  UNION { GRAPH ?graph { } }
}
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the build, open for reading; `sha256` in hex, `size` in bytes."""

    descriptor: int
    sha256: str
    size: int

    async def chunks(self, part: range) -> AsyncIterator[bytes]:
        """Read some of its bytes piece by piece, by a copy of the descriptor: this one may be closed meanwhile."""
        descriptor = os.dup(self.descriptor)
        try:
            for start in part[::_CHUNK]:
                yield os.pread(descriptor, min(_CHUNK, part.stop - start), start)
                await asyncio.sleep(0)
        finally:
            os.close(descriptor)


@dataclass(eq=False)
class Snapshot:
    """A whole build: `digest` tells it from any other, `users` is the number of requests that use it.

    `base`, `titles` (its first language first) and `graphs` are read from its triples, and the `successors` of IRIs
    that are no longer used; `questions` are its own, `matcher` finds its
    things by name once somebody has asked for one.
    """

    files: Mapping[str, File]
    digest: str
    name: str
    version: str
    pool: Pool
    base: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    graphs: tuple[str, ...] = ()
    successors: Successors = field(default_factory=Successors)
    questions: dict[str, Question] = field(default_factory=dict)
    users: int = 0
    closed: bool = False
    matcher: Matcher | None = None
    answers: AnswerCache = field(default_factory=AnswerCache)

    async def start(self) -> None:
        """Wait until queries are answered, and read what the dataset says of itself."""
        try:
            await self.pool.start()
            answer = await self.pool.run(Job(_DESCRIPTION))
            moved, inferred = [rows_of(await self.pool.run(Job(each))) for each in (MOVED, INFERRED)]
            asked = rows_of(await self.pool.run(Job(OWN)))
        except BaseException:
            await self.close()
            raise
        rows = rows_of(answer)
        self.graphs = tuple(sorted({row["graph"]["value"] for row in rows if "graph" in row}))
        self.base = next((name.removesuffix(_HOME) for name in self.graphs if name.endswith(_HOME)), "")
        self.successors = Successors(moved, inferred, self.base)
        self.questions = own_questions(((row["question"]["value"], row["text"]["value"]) for row in asked), self.base)
        own = [row for row in rows if "title" in row and row["dataset"]["value"] == self.base]
        own.sort(key=lambda row: row["title"].get("xml:lang") != row.get("main", {}).get("value"))
        self.titles = {row["title"].get("xml:lang", ""): row["title"]["value"] for row in own}

    async def retire(self) -> None:
        """Close when the last request on it has been answered, or has had ample time."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + _AMPLE
        while self.users and loop.time() < latest:
            await asyncio.sleep(_PAUSE)
        await self.close()

    async def close(self) -> None:
        """End the workers and close the files."""
        if self.closed:
            return
        self.closed = True
        self.pool.close()
        for file in self.files.values():
            os.close(file.descriptor)
        await self.pool.ended()


def rows_of(answer: Reply) -> list[dict[str, dict[str, str]]]:
    """Give the rows of a table answered in JSON; AzettaError if the query was refused."""
    if answer.kind is not Kind.SOLUTIONS:
        raise AzettaError(answer.message)
    rows: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
    return rows


def open_snapshot(folder: Path, limits: Limits) -> Snapshot:
    """Open the build in `folder` and start loading it, without waiting; AzettaError if there is no whole one."""
    try:
        files, content = _open(folder)
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise AzettaError(f"there is no whole build in {folder}: run the build first") from exc
    name = str(content["name"])
    pool = Pool(files[f"{name}.nq"].descriptor, limits)
    return Snapshot(files, files[f"{name}.nq"].sha256, name, str(content["version"]), pool)


def _open(folder: Path) -> tuple[dict[str, File], dict[str, object]]:
    """Open every file that the manifest names, relative to one open folder, whatever is put in its place meanwhile."""
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    files: dict[str, File] = {}
    try:
        with os.fdopen(os.open(manifest.NAME, os.O_RDONLY, dir_fd=root), "rb") as stream:
            content = manifest.parse(stream.read()) or {}
        for name, told in content["files"].items():
            descriptor = os.open(Path(name).name, os.O_RDONLY, dir_fd=root)
            files[name] = File(descriptor, str(told["sha256"]), os.fstat(descriptor).st_size)
        _verify(files[f"{content['name']}.nq"])
    except BaseException:
        for file in files.values():
            os.close(file.descriptor)
        raise
    finally:
        os.close(root)
    return files, content


def _verify(file: File) -> None:
    with os.fdopen(os.dup(file.descriptor), "rb") as stream:
        stream.seek(0)
        if file_digest(stream, "sha256").hexdigest() != file.sha256:
            raise ValueError("the N-Quads are not those that were built")

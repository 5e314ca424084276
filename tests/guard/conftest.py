"""A pool of workers on a small dataset, and queries that no engine should be left alone with."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from graph.guard.jobs import Job
from graph.guard.limits import Limits
from graph.guard.pool import Pool

ROWS = 25
OUT_OF_TIME = "SELECT (COUNT(*) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u }"
OUT_OF_MEMORY = (
    "SELECT (STRLEN(?s40) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?s0) "
    + "".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1}) " for n in range(40))
    + "}"
)
FINE = Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
T = TypeVar("T")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.nq"
    lines = (
        f"<https://e.org/{n}> <https://e.org/p> <https://e.org/{n + 1}> <https://e.org/g> .\n" for n in range(ROWS)
    )
    path.write_text("".join(lines), encoding="utf-8")
    return path


def guarded(data: Path, use: Callable[[Pool], Awaitable[T]], **limits: float) -> T:
    """Run `use` with a pool of its own; nothing of the pool is left afterwards."""

    async def run() -> T:
        descriptor = os.open(data, os.O_RDONLY)
        pool = Pool(descriptor, Limits(**({"timeout": 2, "workers": 1} | limits)))  # type: ignore[arg-type]
        try:
            await pool.start()
            return await use(pool)
        finally:
            pool.close()
            await pool.ended()
            os.close(descriptor)

    return asyncio.run(run())


async def fine(pool: Pool) -> bool:
    """Whether an ordinary query is answered, rightly."""
    return json.loads((await pool.run(FINE)).body)["results"]["bindings"][0]["n"]["value"] == str(ROWS)

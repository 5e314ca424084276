"""The bounds of a served query, each shown by a query that would break it in the engine alone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from pathlib import Path

import pytest

from graph.errors import AzettaError, QueryTimeout
from graph.guard.channel import WorkerDied
from graph.guard.jobs import Job, Kind
from graph.guard.limits import MEGABYTE
from graph.guard.pool import Busy, Pool
from graph.store.disk import opened

from .conftest import FINE, OUT_OF_MEMORY, OUT_OF_TIME, ROWS, fine, guarded


def test_a_query_is_stopped_at_its_deadline_and_the_next_is_answered(data: Path) -> None:
    async def use(pool: Pool) -> tuple[float, bool]:
        start = time.monotonic()
        with pytest.raises(QueryTimeout, match="1 s"):
            await pool.run(Job(OUT_OF_TIME))
        return time.monotonic() - start, await fine(pool)

    took, answered = guarded(data, use, timeout=1)
    assert answered
    assert 1 <= took < 3


@pytest.mark.parametrize(
    "query", [OUT_OF_MEMORY, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?a ?m"]
)
def test_a_query_out_of_memory_ends_its_worker_only(data: Path, query: str) -> None:
    async def use(pool: Pool) -> bool:
        with pytest.raises(WorkerDied):
            await pool.run(Job(query))
        return await fine(pool)

    assert guarded(data, use, timeout=20, memory=64 * MEGABYTE)


@pytest.mark.parametrize(
    "query",
    [
        *(f"SELECT * {'{' * depth} ?s ?p ?o {'}' * depth}" for depth in (200, 2_200, 100_000)),
        f"SELECT * {{ ?s ?p ?o FILTER({'(' * 30_000}1{')' * 30_000}) }}",
        f"SELECT * {{ ?s ?p ?o FILTER({'!' * 100_000}true) }}",
        f"SELECT * {{ BIND({'IF(true,' * 10_000}1{',2)' * 10_000} AS ?x) }}",
        f"SELECT * {{ ?s {'(' * 400}<https://e.org/p>{')*' * 400} ?o }}",
        f"SELECT * {{ ?s {'/'.join(['<https://e.org/p>'] * 1_000)} ?o }}",
        f"SELECT * {{ ?s {'|'.join(['<https://e.org/p>'] * 4_000)} ?o }}",
        f"SELECT * {{ {'[<https://e.org/p> ' * 480}1{']' * 480} }}",
        f"SELECT * {{ {'OPTIONAL { ?a ?b ?c } ' * 4_000} }}",
        f"SELECT * {{ BIND({'1+' * 50_000}1 AS ?x) }}",
        f"SELECT * {'{ FILTER EXISTS ' * 490} {{ ?s ?p ?o }} {'}' * 490}",
        f"ASK {{ {'<< ' * 5_000} <a:b> <a:b> 1 {'>> <a:b> 1 ' * 5_000} }}",
    ],
    ids=lambda query: f"{query[:30]}…{len(query)}",
)
def test_depth_and_length_end_neither_the_pool_nor_the_next_query(data: Path, query: str) -> None:
    async def use(pool: Pool) -> bool:
        try:
            answer = await pool.run(Job(query))
        except (QueryTimeout, WorkerDied):
            return await fine(pool)
        return answer.kind in (Kind.SOLUTIONS, Kind.BOOLEAN, Kind.BAD) and await fine(pool)

    assert guarded(data, use, timeout=1)


@pytest.mark.parametrize(("limit", "cut"), [(ROWS - 1, True), (ROWS, False), (ROWS + 1, False)])
def test_rows_beyond_the_limit_are_cut_and_the_answer_says_so(data: Path, limit: int, cut: bool) -> None:
    async def use(pool: Pool) -> None:
        table = await pool.run(Job("SELECT ?s ?o { ?s ?p ?o }", "csv"))
        assert (len(table.body.split()) - 1, table.cut) == (min(limit, ROWS), limit if cut else 0)
        graph = await pool.run(Job("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", graph="nt"))
        assert (len(graph.body.splitlines()), graph.cut) == (min(limit, ROWS), limit if cut else 0)

    guarded(data, use, rows=limit)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_a_cut_table_keeps_every_kind_of_term(data: Path, name: str) -> None:
    """The long way, which counts rows, writes the terms as the short way does."""
    terms = r'<https://e.org/x> "a\"b\n" "نص"@ar 1.50 UNDEF'
    query = f"SELECT * {{ VALUES (?a ?b ?c ?d ?e) {{ ({terms}) }} VALUES ?f {{ 1 2 3 }} }}"
    long = guarded(data, lambda pool: pool.run(Job(query, name)), rows=3)
    short = guarded(data, lambda pool: pool.run(Job(query, name)), rows=100_000)
    assert (long.cut, short.cut) == (0, 0)
    assert long.body == short.body


def test_an_answer_of_which_no_row_fits_is_refused(data: Path) -> None:
    query = (
        "SELECT (CONCAT(?x, ?x) AS ?y) { ?s ?p ?o BIND(REPLACE('" + "a" * 500 + "', 'a', '" + "b" * 500 + "') AS ?x) }"
    )
    answer = guarded(data, lambda pool: pool.run(Job(query)), answer=100_000, rows=100)
    assert (answer.kind, "100,000 bytes" in answer.message) == (Kind.TOO_LARGE, True)


def test_who_leaves_frees_the_worker(data: Path) -> None:
    async def use(pool: Pool) -> tuple[bool, float]:
        task = asyncio.create_task(pool.run(Job(OUT_OF_TIME)))
        await asyncio.sleep(0.3)
        task.cancel()
        start = time.monotonic()
        return await fine(pool), time.monotonic() - start

    answered, waited = guarded(data, use, timeout=30)
    assert answered
    assert waited < 3


def test_beyond_the_queue_one_is_told_to_come_back(data: Path) -> None:
    async def use(pool: Pool) -> list[object]:
        hold = []
        for _ in range(5):  # three run (the one worker, and two forked for the others) and two wait
            hold.append(asyncio.create_task(pool.run(Job(OUT_OF_TIME))))
            await asyncio.sleep(0.1)
        with pytest.raises(Busy) as refused:
            await pool.run(FINE)
        assert refused.value.after >= 1
        return await asyncio.gather(*hold, return_exceptions=True)

    held = guarded(data, use, waiting=2, preempt_after=10, timeout=1)
    assert [type(each) for each in held] == [QueryTimeout] * 5


def test_ordinary_queries_go_on_while_ten_hostile_ones_run(data: Path) -> None:
    async def use(pool: Pool) -> tuple[list[float], list[object]]:
        hostile = [asyncio.create_task(pool.run(Job(OUT_OF_TIME))) for _ in range(10)]
        waits = []
        for _ in range(20):
            await asyncio.sleep(0.1)
            start = time.monotonic()
            assert await fine(pool)
            waits.append(time.monotonic() - start)
        return waits, await asyncio.gather(*hostile, return_exceptions=True)

    waits, ends = guarded(data, use, timeout=6, workers=2)
    assert sorted(waits)[10] < 0.5, waits  # the first ones wait until the hostile have given way
    assert {type(end) for end in ends} == {QueryTimeout, Busy}


def test_a_longer_query_that_gave_way_is_asked_again(data: Path) -> None:
    """Nobody else ever finishes: without a second try it would be refused as soon as all the workers are taken."""
    longer = Job("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a != ?d) }")

    async def use(pool: Pool) -> int:
        began = time.monotonic()
        await pool.run(longer)
        took = time.monotonic() - began
        hostile = [asyncio.create_task(pool.run(Job(OUT_OF_TIME))) for _ in range(6)]
        await asyncio.sleep(0.1)
        answer = json.loads((await pool.run(longer)).body)
        for each in hostile:
            each.cancel()
        assert pool.ended_early["preempted"] >= 1
        assert took > 0.01
        return int(answer["results"]["bindings"][0]["n"]["value"])

    assert guarded(data, use, timeout=20, workers=2, preempt_after=0.01) == ROWS**3 * (ROWS - 1)


def test_a_large_dataset_is_asked_from_disk_and_a_newer_build_takes_nothing_from_it(data: Path) -> None:
    stores = data.parent.parent / f".{data.parent.name}.stores"

    async def use(pool: Pool) -> tuple[bool, int, bool]:
        before = await fine(pool)
        data.unlink()
        data.write_text("<a:a> <a:b> <a:c> <a:g> .\n")
        opened(str(data))
        number = len(os.listdir(stores))
        os.kill(pool.pids[0], signal.SIGKILL)  # the next is another worker, on the same store
        await asyncio.sleep(0.2)
        return before, number, await fine(pool)

    assert guarded(data, use, resident=0) == (True, 2, True)


def test_killed_processes_are_replaced(data: Path) -> None:
    async def use(pool: Pool) -> bool:
        for pid in [*pool.pids, pool.loader]:
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.2)
        return await fine(pool) and await fine(pool)

    assert guarded(data, use)


def test_nothing_is_left_running_when_the_pool_closes(data: Path) -> None:
    async def use(pool: Pool) -> list[int]:
        task = asyncio.create_task(pool.run(Job(OUT_OF_TIME)))
        await asyncio.sleep(0.2)
        task.cancel()
        assert await fine(pool)
        return [*pool.pids, pool.loader]

    for pid in guarded(data, use):
        for _ in range(100):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.05)
        assert not Path(f"/proc/{pid}").exists()


def test_a_worker_that_nobody_can_end_ends_by_itself(data: Path) -> None:
    """The loader, which ends workers, hangs: the worker has used up the time of its query, and the system ends it."""

    async def use(pool: Pool) -> None:
        (pid,) = pool.pids
        os.kill(pool.loader, signal.SIGSTOP)
        try:
            with pytest.raises(QueryTimeout):
                await pool.run(Job(OUT_OF_TIME))
            for _ in range(200):
                if stat(pid)[0] == "Z":  # ended, and its parent has not looked yet
                    return
                await asyncio.sleep(0.05)
            pytest.fail("it still runs")
        finally:
            os.kill(pool.loader, signal.SIGCONT)

    guarded(data, use, timeout=1)


def test_who_waits_for_a_worker_that_does_not_come_waits_no_longer_than_a_query_may_take(data: Path) -> None:
    """The loader, which forks workers, hangs, and the workers are killed."""

    async def use(pool: Pool) -> float:
        os.kill(pool.loader, signal.SIGSTOP)
        try:
            for pid in pool.pids:
                os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.2)
            began = time.monotonic()
            refused = await asyncio.gather(*(pool.run(FINE) for _ in range(3)), return_exceptions=True)
            took = time.monotonic() - began
            assert [type(each) for each in refused] == [Busy] * 3
            assert "no worker was free within 1 s" in str(refused[0])
        finally:
            os.kill(pool.loader, signal.SIGCONT)
        assert await fine(pool)
        return took

    assert 1 <= guarded(data, use, timeout=1) < 3


def test_a_worker_may_answer_for_longer_than_one_query_may_take(data: Path) -> None:
    async def use(pool: Pool) -> None:
        (pid,) = pool.pids
        while int(stat(pid)[11]) < 4 * os.sysconf("SC_CLK_TCK"):
            assert (await pool.run(Job("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"))).body
        assert pool.pids == [pid]

    guarded(data, use, timeout=1.5)


def stat(pid: int) -> list[str]:
    """The fields of proc(5)'s stat after the name: the state first, the ticks computed by the user twelfth."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()


def test_a_killed_loader_is_replaced_and_when_that_cannot_load_nobody_waits_in_vain(data: Path) -> None:
    async def use(pool: Pool) -> None:
        os.kill(pool.loader, signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert await fine(pool)
        data.write_text("<broken", encoding="utf-8")
        os.kill(pool.loader, signal.SIGKILL)
        await asyncio.sleep(0.2)
        with pytest.raises(Busy, match="no worker"):
            await pool.run(FINE)

    guarded(data, use)


def test_a_file_that_is_no_dataset_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text("<https://e.org/s> <https://e.org/p> .\n", encoding="utf-8")
    with pytest.raises(AzettaError, match="cannot be loaded"):
        guarded(path, fine)

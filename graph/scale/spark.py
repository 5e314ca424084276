"""Spark as an engine: each task a partition, wherever the executors are; what they lose, Spark has done again.

As an engine of SQL, it holds the tables that rules are run on.

Each machine of a cluster needs Azetta installed, as it needs Python. No other module knows of Spark.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from graph.errors import OutputError, said

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

    from graph.knowledge.closure import FactRows

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_WAITING = 4  # results a core that this process holds at once
_SETTINGS = {"spark.ui.enabled": "false", "spark.log.level": "OFF", "spark.ui.showConsoleProgress": "false"}


def run(work: Callable[[_Task], _Result], tasks: Sequence[_Task], master: str = "local[*]") -> Iterator[_Result]:
    """Do tasks on the Spark at `master`; OutputError where there is none, or where it gives up."""
    if not tasks:  # to start it takes longer than many a build
        return
    with _context(master) as context:
        some = _WAITING * context.defaultParallelism
        for first in range(0, len(tasks), some):
            part = tasks[first : first + some]
            yield from context.parallelize(part, len(part)).map(work).collect()


@contextmanager
def tables(master: str) -> Iterator[SparkTables]:
    """Open tables for `graph.knowledge.closure` in the Spark at `master`; OutputError as of `run`."""
    with _context(master) as context:
        from pyspark.sql import SparkSession

        session = SparkSession(context)
        session.conf.set("spark.sql.shuffle.partitions", context.defaultParallelism)  # not 200, each of a few rows
        yield SparkTables(session)


class SparkTables:
    """The tables of `graph.knowledge.closure` in a Spark, which has lost rows again from this process."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._facts: DataFrame | None = None

    def add(self, rows: FactRows) -> None:
        """Add rows to `facts`; they alone are `delta` then."""
        columns = "s INT, p INT, o INT, said STRING"
        delta = self._session.createDataFrame([(*key, said) for key, said in rows.items()], columns).cache()
        delta.count()  # Spark knows only then how small it is, and joins it accordingly
        delta.createOrReplaceTempView("delta")
        facts = self._facts = self._facts.unionAll(delta) if self._facts else delta
        facts.createOrReplaceTempView("facts")

    def rows(self, sql: str) -> Iterable[tuple[int, int, int, str]]:
        """Give what a SELECT finds."""
        found: list[tuple[int, int, int, str]] = self._session.sql(sql).collect()
        return found


@contextmanager
def _context(master: str) -> Iterator[SparkContext]:
    try:
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError as exc:
        raise OutputError(said("pyspark is not installed: pip install 'azetta[scale]'")) from exc
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise OutputError(
            said("Spark needs Java 17 or later, and there is none here: install it, or use another engine")
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = SparkConf().setMaster(master).setAppName("azetta").setAll(list(_SETTINGS.items()))
    context = None
    try:
        context = SparkContext(conf=settings)
        yield context
    except (Py4JError, PySparkException) as exc:
        raise OutputError(said("Spark at {master} gave up: {reason}", master=master, reason=_reason(exc))) from exc
    finally:
        if context:
            context.stop()


def _reason(error: Exception) -> str:
    """Give the line of a Java error that says why: of the Python worker, where it was one."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if "Error: " in line or "Exception: " in line), lines[0] if lines else "?")

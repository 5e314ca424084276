"""Spark as an engine: each task a partition, wherever the executors are; what they lose, Spark has done again.

Each machine of a cluster needs Azetta installed, as it needs Python. No other module knows of Spark.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from graph.errors import OutputError, said

if TYPE_CHECKING:
    from pyspark import SparkContext

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_WAITING = 4  # results a core that this process holds at once
_SETTINGS = {"spark.ui.enabled": "false", "spark.log.level": "OFF", "spark.ui.showConsoleProgress": "false"}


def run(work: Callable[[_Task], _Result], tasks: Sequence[_Task], master: str = "local[*]") -> Iterator[_Result]:
    """Do tasks on the Spark at `master`; OutputError where there is none, or where it gives up."""
    if not tasks:  # to start it takes longer than many a build
        return
    context = _context(master)
    from py4j.protocol import Py4JError

    try:
        some = _WAITING * context.defaultParallelism
        for first in range(0, len(tasks), some):
            part = tasks[first : first + some]
            yield from context.parallelize(part, len(part)).map(work).collect()
    except Py4JError as exc:
        raise OutputError(said("Spark at {master} gave up: {reason}", master=master, reason=_reason(exc))) from exc
    finally:
        context.stop()


def _context(master: str) -> SparkContext:
    try:
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
    try:
        return SparkContext(conf=settings)
    except PySparkException as exc:
        raise OutputError(said("Spark at {master} gave up: {reason}", master=master, reason=_reason(exc))) from exc


def _reason(error: Exception) -> str:
    """Give the line of a Java error that says why: of the Python worker, where it was one."""
    lines = [line.strip(": ") for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if "Error: " in line or "Exception: " in line), lines[0] if lines else "?")

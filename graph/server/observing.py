"""What an operator sees: metrics for Prometheus, and a line of JSON for each request."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.guard.pool import Pool

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

_SECONDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
_SHOWN = 2048
"""Characters of a query that are logged."""


class Observed:
    """Counts and times the requests that `app` answers, tells `log` of each, and shows both at `metrics`."""

    def __init__(self, app: ASGIApp, pool: Callable[[], Pool], log: str) -> None:
        self.app, self.log = app, log
        self._metrics = _Metrics(pool) if _installed() else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began, status, size = perf_counter(), 0, 0

        async def seen(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        scope.setdefault("state", {})["metrics"] = self._metrics
        try:
            await self.app(scope, receive, seen)
        finally:
            seconds = perf_counter() - began
            if self._metrics:
                self._metrics.count(getattr(scope.get("endpoint"), "__name__", "none"), status, seconds)
            if self.log != "nothing":
                self._write(scope, status, size, seconds)

    def _write(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        told: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": scope["client"][0] if scope.get("client") else None,
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 4),
        }
        if self.log == "queries":
            told["query"] = scope["state"].get("query", "")[:_SHOWN]
        print(json.dumps(told, ensure_ascii=False), file=sys.stderr, flush=True)


async def metrics(request: Request) -> Response:
    """Show the metrics in Prometheus' text format."""
    if request.state.metrics is None:
        raise HTTPException(404, "metrics need the extra “public”: pip install 'azetta[public]'")
    body, media = request.state.metrics.text()
    return Response(body, headers={"Content-Type": media, "Cache-Control": "no-store"})


def _installed() -> bool:
    try:
        import prometheus_client
    except ImportError:
        return False
    return bool(prometheus_client)


class _Metrics:
    """The requests, by what answered them and with which status, and the state of the workers when it is asked for."""

    def __init__(self, pool: Callable[[], Pool]) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

        self.pool, self._registry = pool, CollectorRegistry()
        self._requests = Counter("azetta_requests", "Requests answered", ["door", "status"], registry=self._registry)
        self._seconds = Histogram(
            "azetta_request_seconds", "Their durations", ["door"], buckets=_SECONDS, registry=self._registry
        )
        ProcessCollector(registry=self._registry)
        self._registry.register(self)

        self._of = cache(lambda door, status: (self._requests.labels(door, str(status)), self._seconds.labels(door)))

    def count(self, door: str, status: int, seconds: float) -> None:
        """Count a request; `door` is the name of what answered it."""
        requests, durations = self._of(door, status)
        requests.inc()
        durations.observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """Give the state of the pool, as a collector of prometheus_client does."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        pool = self.pool()
        yield GaugeMetricFamily("azetta_queries_waiting", "Queries that wait for a worker", pool.waiting)
        yield GaugeMetricFamily("azetta_workers", "Workers that answer or could", len(pool.pids))
        ended = CounterMetricFamily("azetta_queries_ended", "Queries without an answer, by cause", labels=["cause"])
        for cause, number in sorted(pool.ended_early.items()):
            ended.add_metric([cause], number)
        yield ended

    def text(self) -> tuple[bytes, str]:
        """Give all of it, and its media type."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_LATEST

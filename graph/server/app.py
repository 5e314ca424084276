"""The routes: what each path answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from graph.errors import said
from graph.guard.jobs import Job
from graph.server import files, linked, observing, pages, protocol, reconciliation
from graph.server.compression import Compression
from graph.server.host_check import HostCheck, SecurityHeaders
from graph.server.observing import Observed
from graph.server.public_address import PublicAddress
from graph.server.rate_limit import RateLimit
from graph.server.renewal import Renewal
from graph.server.settings import Settings

_ANYTHING = "ASK {} # RAND(): not from the answers that are kept"
_EXPOSED = ("Content-Range", "ETag", "Link", "Retry-After", "X-SPARQL-MaxRows")


def application(renewal: Renewal, settings: Settings) -> ASGIApp:
    """Make the whole server."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with renewal.running():
            yield

    handlers = {HTTPException: refuse, ClientDisconnect: leave, Exception: fail}
    app = Starlette(routes=_routes(), exception_handlers=handlers, lifespan=lifespan)
    app.router.redirect_slashes = False
    app.state.limits = renewal.limits
    inner = renewal.around(Compression(app))
    if settings.rate:
        inner = RateLimit(inner, settings.rate)
    if settings.origin:
        inner = CORSMiddleware(
            inner, allow_origins=[settings.origin], allow_methods=["GET", "HEAD", "POST"], expose_headers=_EXPOSED
        )
    if settings.base_url:
        inner = PublicAddress(inner, settings.base_url)
    inner = HostCheck(inner, settings.hosts, settings.port, urlsplit(settings.base_url).netloc)
    inner = SecurityHeaders(inner, "cross-origin" if settings.origin else "same-origin")
    return Observed(inner, lambda: renewal.snapshot.pool, settings.log)


def _routes() -> list[Route]:
    return [
        *(Route(path, protocol.sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
        Route("/", linked.home),
        Route("/index.html", files.network),
        *(Route(f"/{name}", files.ontology) for name in (files.ONTOLOGY_PAGE, "ontology.ttl")),
        Route("/query", pages.query),
        Route("/health", health),
        Route("/ready", ready),
        Route("/metrics", observing.metrics),
        Route("/style.css", files.style),
        Route("/query.js", files.script),
        Route("/favicon.ico", files.icon),
        Route("/download/{name}", files.download),
        Route("/.well-known/void", linked.void),
        *reconciliation.routes(),
        Route("/{path:path}", linked.resource),
    ]


async def health(request: Request) -> Response:
    """Say that the server answers, and what it serves."""
    snapshot = request.state.snapshot
    told = {"status": "ok", "name": snapshot.name, "version": snapshot.version, "digest": snapshot.digest}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def ready(request: Request) -> Response:
    """Say that queries are answered: 503 if not, as when all workers are held up."""
    await protocol.ask(request, Job(_ANYTHING))
    return JSONResponse({"status": "ready"}, headers={"Cache-Control": "no-store"})


async def refuse(request: Request, exc: Exception) -> Response:
    """Answer an error in plain words."""
    assert isinstance(exc, HTTPException)  # noqa: S101 - registered for it alone
    return pages.error(request, exc)


async def leave(request: Request, exc: Exception) -> Response:
    """Answer nobody: the client has gone."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def fail(request: Request, exc: Exception) -> Response:
    """Answer a fault of our own without telling what it was; the server's log has it."""
    return pages.error(request, HTTPException(500, said("the server failed on this request")))

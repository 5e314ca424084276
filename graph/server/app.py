"""The routes: what each path answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from graph.server import files, linked, pages, protocol, reconciliation
from graph.server.host_check import HostCheck, SecurityHeaders
from graph.server.renewal import Renewal

_EXPOSED = ("Link", "Retry-After", "X-SPARQL-MaxRows")


def application(renewal: Renewal, hosts: Sequence[str], port: int, origin: str | None) -> ASGIApp:
    """Make the whole server; `origin` is the value of Access-Control-Allow-Origin, None for no sharing."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with renewal.running():
            yield

    handlers = {HTTPException: refuse, ClientDisconnect: leave, Exception: fail}
    app = Starlette(routes=_routes(), exception_handlers=handlers, lifespan=lifespan)
    app.router.redirect_slashes = False
    app.state.limits = renewal.limits
    inner = renewal.around(app)
    if origin:
        inner = CORSMiddleware(
            inner, allow_origins=[origin], allow_methods=["GET", "HEAD", "POST"], expose_headers=_EXPOSED
        )
    return SecurityHeaders(HostCheck(inner, hosts, port), "cross-origin" if origin else "same-origin")


def _routes() -> list[Route]:
    return [
        Route("/", files.network),
        *(Route(path, protocol.sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
        Route("/query", pages.query),
        Route("/health", health),
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


async def refuse(request: Request, exc: Exception) -> Response:
    """Answer an error in plain words."""
    assert isinstance(exc, HTTPException)  # noqa: S101 - registered for it alone
    return pages.error(request, exc)


async def leave(request: Request, exc: Exception) -> Response:
    """Answer nobody: the client has gone."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def fail(request: Request, exc: Exception) -> Response:
    """Answer a fault of our own without telling what it was; the server's log has it."""
    return pages.error(request, HTTPException(500, "the server failed on this request"))

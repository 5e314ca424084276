"""Answers sent as they come; one that ends before its end is broken off, so that nobody takes it for whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from graph.errors import AzettaError
from graph.guard.jobs import Job, Reply
from graph.guard.stream import Gone, Stream
from graph.server.answer_cache import volatile
from graph.server.answering import KEPT, conditioned
from graph.server.disconnect import cancel_on_disconnect

MOST_ROWS = "X-SPARQL-MaxRows"
"""The field that says after how many rows an answer was cut: before a short answer, after a long one."""


def tag_of(request: Request, job: Job, *media: str) -> str:
    """Give the tag of the answer to a job, in one of the media types, before it is known; "" if it may differ.

    It names the question, the build and the engine, so it is a weak one: the rows may come in another order.
    """
    encoded = job.encode()
    if volatile(encoded):
        return ""
    asked = (request.state.snapshot.digest, *_versions(), *media)
    return f'W/"{blake2b(encoded + chr(0).join(asked).encode(), digest_size=16).hexdigest()}"'


@cache
def _versions() -> tuple[str, ...]:
    """Give the versions of what answers: each is read from a file, which took longer than a whole small answer."""
    return version("azetta"), version("pyoxigraph")


def unchanged(tag: str, headers: Mapping[str, str]) -> Response:
    """Give the answer to who has the one of this tag."""
    return Response(status_code=304, headers={**KEPT, **headers, "ETag": tag})


def streamed(request: Request, stream: Stream, media: str, headers: Mapping[str, str], tag: str) -> Response:
    """Give an answer as it comes, or the status alone where a condition of the request bids so."""
    told = {**KEPT, **headers} | ({"ETag": tag} if tag else {})
    if status := conditioned(request, tag):
        stream.close()
        return Response(status_code=status, headers=told)
    return _Streamed(request, stream, media, told)


class _Streamed(StreamingResponse):
    """An answer in pieces; its end is missing where it is not whole, unless the client takes fields after it."""

    def __init__(self, request: Request, stream: Stream, media: str, headers: Mapping[str, str]) -> None:
        self._request, self._stream = request, stream
        self._told = any("trailers" in each.lower() for each in request.headers.getlist("te"))
        super().__init__((), headers={**headers, **({"Trailer": MOST_ROWS} if self._told else {})}, media_type=media)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces; a client that leaves meanwhile frees the worker."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
            else:
                await cancel_on_disconnect(self._request, self._send(send))
        except ClientDisconnect:
            pass
        except (AzettaError, Gone) as exc:
            await self._break_off(send, str(exc))
        except HTTPException as exc:
            await self._break_off(send, exc.detail)
        finally:
            self._stream.close()

    async def _send(self, send: Send) -> None:
        async for piece in self._stream:
            if piece.more:
                await send({"type": "http.response.body", "body": piece.body, "more_body": True})
        if piece.kind.refuses:
            await self._break_off(send, piece.message)
        elif piece.cut and not self._told:
            await self._break_off(send, f"the answer has more than {piece.cut:,} rows: add a LIMIT")
        else:
            await self._finish(piece, send)

    async def _finish(self, piece: Reply, send: Send) -> None:
        if piece.cut:
            await send({"type": "http.response.body", "body": piece.body, "more_body": True})
            self._request.state.ending.tell(MOST_ROWS, str(piece.cut))
            piece = piece.holding(b"")
        await send({"type": "http.response.body", "body": piece.body})

    async def _break_off(self, send: Send, reason: str) -> None:
        """Say why, to who looks at what has come, and close the connection before the end."""
        await send({"type": "http.response.body", "body": f"\n# broken off: {reason}\n".encode(), "more_body": True})
        self._request.state.ending.break_off()
        while (await self._request.receive())["type"] != "http.disconnect":
            pass

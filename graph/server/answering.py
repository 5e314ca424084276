"""Answers that a client may keep: each has a tag, and is not sent again to who has it (RFC 9110, section 13)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_PIECE = 1 << 18
_KEPT = {"Cache-Control": "no-cache"}
"""An answer may be kept, and is asked for again each time: the next build may answer otherwise."""


def answered(request: Request, body: bytes, media: str, headers: Mapping[str, str]) -> Response:
    """Give an answer with its tag; 304 without a body to who says that they have it.

    A large one goes out in pieces, so that other requests are answered while it is compressed.
    """
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    headers = _KEPT | dict(headers) | {"ETag": tag}
    if held(request, tag):
        return Response(status_code=304, headers=headers)
    if len(body) <= _PIECE:
        return Response(body, media_type=media, headers=headers)
    headers["Content-Length"] = str(len(body))
    return StreamingResponse(_pieces(body), media_type=media, headers=headers)


def held(request: Request, tag: str) -> bool:
    """Whether the client has the answer of this tag: If-None-Match names it, weakly compared, or is `*`."""
    told = ",".join(request.headers.getlist("if-none-match")).strip()
    return request.method != "POST" and (told == "*" or tag in _TAG.findall(told))


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]
        await asyncio.sleep(0)

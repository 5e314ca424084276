"""Answers that a client may keep: each has a tag, and is not sent again to who has it (RFC 9110, section 13)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

_TAG = re.compile(r'(?:W/)?("[^"]*")')
AS_IT_IS = "as-it-is"
"""The Content-Encoding, for the server itself, of an answer that is not to be compressed: none of HTTP's."""
_MOST = 8 << 20
"""Bytes that are compressed in one go: everybody waits meanwhile, some tenth of a second at most."""
KEPT = {"Cache-Control": "no-cache"}
"""An answer may be kept, and is asked for again each time: the next build may answer otherwise."""


def answered(request: Request, body: bytes, media: str, headers: Mapping[str, str]) -> Response:
    """Give an answer with its tag; 304 without a body to who says that they have it."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    headers = KEPT | dict(headers) | {"ETag": tag}
    if held(request, tag):
        return Response(status_code=304, headers=headers)
    if len(body) > _MOST:
        headers["Content-Encoding"] = AS_IT_IS
    return Response(body, media_type=media, headers=headers)


def held(request: Request, tag: str) -> bool:
    """Whether the client has the answer of this tag: If-None-Match names it, weakly compared, or is `*`."""
    return request.method != "POST" and (_told(request) == "*" or named(request, tag))


def named(request: Request, tag: str) -> bool:
    """Whether If-None-Match names the tag of an answer, so that it need not even be looked for."""
    return request.method != "POST" and tag in _TAG.findall(_told(request))


def _told(request: Request) -> str:
    return ",".join(request.headers.getlist("if-none-match")).strip()

"""Answers that a client may keep: each has a tag, and is not sent again to who has it (RFC 9110, section 13)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

from graph.server.negotiation import header

_TAG = re.compile(r'(W/)?("[^"]*")')
AS_IT_IS = "as-it-is"
"""The Content-Encoding, for the server itself, of an answer that is not to be compressed: none of HTTP's."""
_MOST = 8 << 20
"""Bytes that are compressed in one go: everybody waits meanwhile, some tenth of a second at most."""
KEPT = {"Cache-Control": "no-cache"}
"""An answer may be kept, and is asked for again each time: the next build may answer otherwise."""


def answered(request: Request, body: bytes, media: str, headers: Mapping[str, str]) -> Response:
    """Give an answer with its tag, or the status alone where a condition of the request bids so."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    headers = KEPT | dict(headers) | {"ETag": tag}
    if status := conditioned(request, tag):
        return Response(status_code=status, headers=headers)
    if len(body) > _MOST:
        headers["Content-Encoding"] = AS_IT_IS
    return Response(body, media_type=media, headers=headers)


def conditioned(request: Request, tag: str) -> int | None:
    """Give the status that stands in for an answer with this tag, or with none (""), by the conditions of the request.

    412 where If-Match wants another (a weak tag is never the same there), 304 where If-None-Match names it or is `*`. A
    POST is answered: what it asks has no address, so its tags are of use to nobody.
    """
    if request.method == "POST":
        return None
    wanted, held = header(request.scope, b"if-match"), header(request.scope, b"if-none-match")
    if wanted not in ("", "*") and tag not in (each for weak, each in _TAG.findall(wanted) if not weak):
        return 412
    return 304 if tag and held and (held == "*" or named(request, tag)) else None


def named(request: Request, tag: str) -> bool:
    """Whether If-None-Match names the tag of an answer, weakly compared, so that it need not even be looked for."""
    told = (each for _, each in _TAG.findall(header(request.scope, b"if-none-match")))
    return request.method != "POST" and tag.removeprefix("W/") in told

"""Answers compressed as their client takes them: zstd and brotli where the extra `public` is installed, else gzip."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.model.formats import BUILT
from graph.server.answering import AS_IT_IS
from graph.server.negotiation import IDENTITY, RESULTS, THINGS, coding, header

_LEAST = 1024
"""Bytes below which an answer is sent as it is."""
_LEVEL = 4
"""Of gzip and brotli: a page of a megabyte in some ten milliseconds."""


class Compression:
    """Compresses the answers of `app`; a part of a file (Range) counts bytes of the file, and is sent as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.compressing, self.codings = _compressing(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the tag of a compressed answer becomes a weak one, for its bytes are others.

        Every answer says that it depends on the coding, also where it came without its body or as a part.
        """

        async def weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _told(message["headers"])
            await send(message)

        whole = scope["type"] == "http" and not header(scope, b"range")
        asked = header(scope, b"accept-encoding") if whole else ""
        chosen = coding(asked, self.codings) if asked else IDENTITY
        if chosen == IDENTITY:
            await self.app(scope, receive, weakened)
        elif chosen:  # it alone, for what compresses heeds no preference
            MutableHeaders(scope=scope)["accept-encoding"] = chosen
            await self.compressing(scope, receive, weakened)
        else:
            had = ", ".join(self.codings)
            refused = PlainTextResponse(
                f"no coding that you take is had; there are: {had}\n", 406, {"Vary": "Accept-Encoding"}
            )
            await refused(scope, receive, send)


def _told(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    told = dict(headers)
    vary = told.get(b"vary", b"")
    if b"accept-encoding" not in vary.lower():
        told[b"vary"] = b", ".join(filter(None, (vary, b"Accept-Encoding")))
    packed = told.get(b"content-encoding")
    if packed == AS_IT_IS.encode():
        del told[b"content-encoding"]
    elif packed and told.get(b"etag", b"").startswith(b'"'):
        told[b"etag"] = b"W/" + told[b"etag"]
    return [*told.items()]


def _compressing(app: ASGIApp) -> tuple[ASGIApp, tuple[str, ...]]:
    """Give what compresses the answers of `app`, and the codings it knows, the best first."""
    try:
        from starlette_compress import CompressMiddleware, add_compress_type
    except ImportError:
        from starlette.middleware.gzip import GZipMiddleware

        return GZipMiddleware(app, _LEAST, _LEVEL), ("gzip", IDENTITY)
    for media in {*(each.media for each in BUILT), *(each.media for each in (*THINGS, *RESULTS))}:
        add_compress_type(media)
    compressing = CompressMiddleware(app, minimum_size=_LEAST, brotli_quality=_LEVEL, gzip_level=_LEVEL)
    return compressing, ("zstd", "br", "gzip", IDENTITY)

"""Answers compressed as their client takes them: zstd and brotli where the extra `public` is installed, else gzip."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.model.formats import BUILT
from graph.server.answering import AS_IT_IS
from graph.server.negotiation import RESULTS, THINGS

_LEAST = 1024
"""Bytes below which an answer is sent as it is."""
_LEVEL = 4
"""Of gzip and brotli: a page of a megabyte in some ten milliseconds."""


class Compression:
    """Compresses the answers of `app`; a part of a file (Range) counts bytes of the file, and is sent as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.compressing = app, _compressing(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the tag of a compressed answer becomes a weak one, for its bytes are others."""

        async def weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "")
                if headers.get("content-encoding") == AS_IT_IS:
                    del headers["content-encoding"]
                elif "content-encoding" in headers and tag.startswith('"'):
                    headers["etag"] = f"W/{tag}"
            await send(message)

        if scope["type"] == "http" and "range" not in Headers(scope=scope):
            await self.compressing(scope, receive, weakened)
        else:
            await self.app(scope, receive, weakened)


def _compressing(app: ASGIApp) -> ASGIApp:
    try:
        from starlette_compress import CompressMiddleware, add_compress_type
    except ImportError:
        from starlette.middleware.gzip import GZipMiddleware

        return GZipMiddleware(app, _LEAST, _LEVEL)
    for media in {*(each.media for each in BUILT), *(each.media for each in (*THINGS, *RESULTS))}:
        add_compress_type(media)
    return CompressMiddleware(app, minimum_size=_LEAST, brotli_quality=_LEVEL, gzip_level=_LEVEL)

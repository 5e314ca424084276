"""The address at which a proxy in front of the server shows it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send


class PublicAddress:
    """Lets `app` see each request as it was sent to `address`, whose path may be left out by the proxy or not."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self.app, parts = app, urlsplit(address)
        self.scheme, self.host, self.root = parts.scheme, parts.netloc, parts.path.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the scheme, host and path (ASGI's `root_path` before it) of the address."""
        if scope["type"] == "http":
            MutableHeaders(scope=scope)["host"] = self.host
            scope.update(scheme=self.scheme, root_path=self.root)
            raw = self.root.encode()
            if not scope["path"].startswith(f"{self.root}/"):
                scope.update(path=self.root + scope["path"], raw_path=raw + scope["raw_path"])
        await self.app(scope, receive, send)

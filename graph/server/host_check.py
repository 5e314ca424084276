"""What every request passes first: its Host, and the headers that every answer carries."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_EXPOSED = "Link, Retry-After, X-SPARQL-MaxRows"


class Shield:
    """Refuses a foreign Host with 421 (a page elsewhere could otherwise read a local server by rebinding its name).

    `hosts` are the names and addresses the server was told to answer to; an unspecified address (0.0.0.0, ::) stands
    for every address, which no name can be rebound to. `origin` is who may read answers from a page elsewhere.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], port: int, origin: str | None) -> None:
        self.app, self.port, self.origin = app, port, origin
        self._names = {*_LOCAL, *(f"[{host}]" if ":" in host else host.lower() for host in hosts)}
        self._any_address = bool({"0.0.0.0", "::"} & set(hosts))  # noqa: S104 - compared, not bound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message))
            await send(message)

        answer = self._refusal(scope)
        return await (answer or self.app)(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> Response | None:
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1:
            return PlainTextResponse("one Host header is needed\n", 400)
        if not self._own(hosts[0].lower()):
            return PlainTextResponse("this server does not answer to that name: start it with --host NAME\n", 421)
        if scope["method"] == "OPTIONS" and self.origin:
            allowed = {
                "access-control-allow-methods": "GET, HEAD, POST",
                "access-control-allow-headers": "Accept, Content-Type",
            }
            return Response(status_code=204, headers=allowed | {"access-control-max-age": "600"})
        return None

    def _own(self, host: str) -> bool:
        name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        name = name if colon else host
        if colon and port != str(self.port):
            return False
        return name in self._names or (self._any_address and _is_address(name.strip("[]")))

    def _dress(self, headers: MutableHeaders) -> None:
        headers.setdefault("content-security-policy", POLICY)
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "no-referrer"
        headers["cross-origin-resource-policy"] = "cross-origin" if self.origin else "same-origin"
        if self.origin:
            headers["access-control-allow-origin"] = self.origin
            headers["access-control-expose-headers"] = _EXPOSED
            if self.origin != "*":
                headers.add_vary_header("Origin")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

"""What every request passes first: its Host, and the headers that every answer carries."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class SecurityHeaders:
    """Puts on every answer what keeps a browser safe; `resources` is its Cross-Origin-Resource-Policy."""

    def __init__(self, app: ASGIApp, resources: str) -> None:
        self.app = app
        self._always = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-resource-policy", resources.encode("ascii")),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and put the headers on its answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *self._always]
                if b"content-security-policy" not in dict(headers):
                    headers.append((b"content-security-policy", POLICY.encode("ascii")))
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, dressed)


class HostCheck:
    """Refuses a foreign Host with 421 (a page elsewhere could otherwise read a local server by rebinding its name).

    `hosts` are the names and addresses the server was told to answer to; an unspecified address (0.0.0.0, ::) stands
    for every address, which no name can be rebound to. `public` is what a proxy in front is called.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], port: int, public: str = "") -> None:
        self.app, self.port, self.public = app, port, public
        self._names = {*_LOCAL, *(f"[{host}]" if ":" in host else host.lower() for host in hosts)}
        self._any_address = bool({"0.0.0.0", "::"} & set(hosts))  # noqa: S104 - compared, not bound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1:
            return PlainTextResponse("one Host header is needed\n", 400)
        if not self._own(hosts[0].lower()):
            return PlainTextResponse("this server does not answer to that name: start it with --host NAME\n", 421)
        return None

    def _own(self, host: str) -> bool:
        name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        name = name if colon else host
        if self.public and host == self.public:
            return True
        if colon and port != str(self.port):
            return False
        return name in self._names or (self._any_address and _is_address(name.strip("[]")))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

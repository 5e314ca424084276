"""How often a client may ask: a token bucket for each address (429 and Retry-After when it is empty)."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_BURST_SECONDS = 10
"""A bucket holds what is allowed in that time: a page and its parts come at once."""
_CLIENTS = 50_000
_SITE = 64
"""Of an IPv6 address only the network counts: a client has all the addresses of its own."""


class RateLimit:
    """Lets a client send `rate` requests a second on average; who has not asked for longest is forgotten first."""

    def __init__(self, app: ASGIApp, rate: float, clock: Callable[[], float] = monotonic) -> None:
        self.app, self.rate, self.clock = app, rate, clock
        self.size = max(1.0, rate * _BURST_SECONDS)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 429, or pass the request on."""
        wait = self.wait(_client(scope)) if scope["type"] == "http" else 0
        if wait:
            after = {"Retry-After": str(math.ceil(wait))}
            refusal = PlainTextResponse(f"more than {self.rate:g} requests a second from one address\n", 429, after)
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def wait(self, client: str) -> float:
        """Take a token of a client's bucket; give 0, or the seconds until there is one."""
        now = self.clock()
        left, at = self._buckets.pop(client, (self.size, now))
        left = min(self.size, left + (now - at) * self.rate)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self.rate


def _client(scope: Scope) -> str:
    host = scope["client"][0] if scope.get("client") else ""
    try:
        return str(ipaddress.IPv6Network((host.partition("%")[0], _SITE), strict=False))
    except ValueError:  # of IPv4, or whatever else a proxy says
        return str(host)

"""How the server stands towards its clients, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """What `serve` was told; the first of `hosts` is bound, and all are answered to.

    `origin` is the value of Access-Control-Allow-Origin, "" for no sharing. `base_url` is the address at which a proxy
    shows the server, `proxies` are the addresses whose forwarded headers are believed. `rate` is how many requests a
    client may send a second, 0 for any number. `log` is what is logged of each: nothing, the request, or its query too.
    """

    hosts: Sequence[str]
    port: int
    origin: str = ""
    base_url: str = ""
    proxies: Sequence[str] = ()
    rate: float = 0.0
    log: Literal["nothing", "requests", "queries"] = "nothing"

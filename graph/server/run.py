"""The server's life: a socket, the data, the loop."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from graph.errors import AzettaError, said
from graph.guard.limits import Limits
from graph.server.settings import Settings

_ALWAYS: dict[str, Any] = {
    "ws": "none",
    "loop": "uvloop",
    "log_level": "error",
    "access_log": False,
    "server_header": False,
}


def demand() -> None:
    """Raise AzettaError where the system cannot confine queries, before anything is built in vain."""
    if not hasattr(os, "fork"):
        raise AzettaError(
            said("serve needs Linux or macOS: queries run in forked processes, confined by resource limits")
        )


def serve(
    folder: Path,
    settings: Settings,
    limits: Limits,
    ready: Callable[[str], object],
) -> None:
    """Serve the build in `folder` until interrupted; `ready` is told the address.

    Raises AzettaError if the port is taken or there is no whole build.
    """
    with bound(settings.hosts[0], settings.port) as listener:
        settings = replace(settings, port=listener.getsockname()[1])
        from graph.server.renewal import Renewal

        renewal = Renewal(folder, limits)  # the data loads while the rest is imported
        import uvicorn

        from graph.server.app import application
        from graph.server.http_limits import CANCEL_SECONDS, BoundedProtocol

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if not self.should_exit:
                    ready(_address(settings.hosts[0], settings.port))

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                """Cancel by ourselves what still runs after a while: uvicorn would call it an error."""
                timer = asyncio.get_running_loop().call_later(CANCEL_SECONDS, self._cancel)
                await super().shutdown(sockets)
                timer.cancel()

            def _cancel(self) -> None:
                for task in self.server_state.tasks:
                    task.cancel()

            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                super().handle_exit(sig, frame)
                if sig == signal.SIGINT:  # who is at the keyboard does not wait for those who ask
                    asyncio.get_running_loop().call_soon_threadsafe(renewal.refuse)

        believed: dict[str, Any] = {
            "proxy_headers": bool(settings.proxies),
            "forwarded_allow_ips": list(settings.proxies),
        }
        app = application(renewal, settings)
        server = Server(uvicorn.Config(app, http=BoundedProtocol, **_ALWAYS, **believed))
        server.run(sockets=[listener])
        if not server.started:
            raise AzettaError("the server could not start: is the build in the folder whole?")


def bound(host: str, port: int) -> socket.socket:
    """Take a port to listen at; AzettaError if that cannot be, as when another has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as exc:
        listener.close()
        taken = exc.errno == errno.EADDRINUSE
        other = said("port {port} is taken: choose another with --port, or --port 0 for a free one", port=str(port))
        reason = other if taken else exc.strerror or ""
        raise AzettaError(said("cannot serve on {host}: {reason}", host=host, reason=reason)) from exc
    listener.set_inheritable(False)
    return listener


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}/"

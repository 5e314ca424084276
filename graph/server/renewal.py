"""The build being served, replaced by the next one as soon as that is whole."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from graph.errors import AzettaError
from graph.export import manifest
from graph.guard.limits import Limits
from graph.server.snapshot import Snapshot, open_snapshot

_EVERY = 0.5


class Renewal:
    """Gives every request the snapshot that is current when it comes, and that one alone.

    Created before the event loop runs, so that the data loads while the rest of the server is imported.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._seen = self._stamp()
        self.snapshot = open_snapshot(folder, limits)
        self._retiring: dict[Snapshot, asyncio.Task[None]] = {}

    def around(self, app: ASGIApp) -> ASGIApp:
        """Wrap `app` so that `request.state.snapshot` is the current one."""

        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            snapshot = scope.setdefault("state", {})["snapshot"] = self.snapshot
            snapshot.users += 1
            try:
                await app(scope, receive, send)
            finally:
                snapshot.users -= 1

        return wrapped

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve, and look for new builds, until the end."""
        await self.snapshot.start()
        gc.collect()
        gc.freeze()  # what stays need not be looked through again and again while requests come
        watcher = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher
            for old in (self.snapshot, *self._retiring):
                await old.close()

    def refuse(self) -> None:
        """Answer no query any more, not even one that runs: the server is to end at once."""
        for snapshot in (self.snapshot, *self._retiring):
            snapshot.pool.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            stamp = self._stamp()
            if stamp and stamp != self._seen:
                self._seen = stamp
                await self._renew()

    async def _renew(self) -> None:
        """Replace the snapshot by the build that now stands in the folder; a build that fails leaves the old one."""
        fresh: Snapshot | None = None
        try:
            fresh = open_snapshot(self.folder, self.limits)
            await fresh.start()
        except AzettaError as exc:
            print(f"the new build is not served: {exc}", file=sys.stderr)
            return
        except asyncio.CancelledError:
            if fresh:
                await fresh.close()
            raise
        old, self.snapshot = self.snapshot, fresh
        self._retiring[old] = asyncio.create_task(old.retire())
        self._retiring[old].add_done_callback(lambda _: self._retiring.pop(old, None))
        print(f"now serving version {fresh.version} ({fresh.digest[:12]})", file=sys.stderr)

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = (self.folder / manifest.NAME).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

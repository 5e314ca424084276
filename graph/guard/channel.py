"""The server's end of the pipe to one worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from graph.errors import AzettaError, said
from graph.guard.frames import ANSWERED, ASKED
from graph.guard.jobs import Kind, Reply
from graph.guard.stream import Stream


class WorkerDied(AzettaError):
    """The worker ended before its answer was whole: out of memory, in too deep a query, or killed from outside."""

    def __init__(self) -> None:
        super().__init__(
            said(
                "the process that answered the query ended before the answer was whole: either it was killed, or the"
                " query takes more memory than one may use, or nests too deeply"
            )
        )


class Channel(asyncio.Protocol):
    """The server's end; the first answer that comes over it, unasked, holds the process id of the worker."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._greeting = Stream(self._hold)
        self.stream: Stream | None = self._greeting
        self.pid = 0
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Hand on each piece of an answer that is whole."""
        self._buffer += data
        while len(self._buffer) >= ANSWERED.size and self.stream:
            kind, cut, empty, more, size = ANSWERED.unpack_from(self._buffer)
            end = ANSWERED.size + size
            if len(self._buffer) < end:
                return
            body = bytes(memoryview(self._buffer)[ANSWERED.size : end])
            del self._buffer[:end]
            stream = self.stream
            if not more:
                self.stream = None
            stream.put(Reply(Kind(kind), cut, body, empty, more))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that no answer will come."""
        if self.stream:
            self.stream.fail(WorkerDied())

    async def ready(self) -> None:
        """Wait until the worker can be asked."""
        self.pid = int((await self._greeting.take()).body)

    def ask(self, job: bytes, ended: Callable[[Stream], object], unread: set[Stream], tries: int) -> Stream:
        """Send one job and give the answer that will come (see `Stream`); WorkerDied if the worker has ended."""
        if self.transport is None or self.transport.is_closing():
            raise WorkerDied
        self.stream = Stream(self._hold, ended, unread, tries)
        self.transport.write(ASKED.pack(len(job)) + job)
        return self.stream

    def _hold(self, wait: bool) -> None:
        """Let the worker wait before it says more: what it has said fills the pipe, and it cannot go on."""
        if self.transport and not self.transport.is_closing():
            if wait:
                self.transport.pause_reading()
            else:
                self.transport.resume_reading()

    def close(self) -> None:
        """Close this end: an idle worker ends by itself."""
        if self.transport:
            self.transport.close()

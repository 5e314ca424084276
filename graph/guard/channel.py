"""The server's end of the pipe to one worker."""

from __future__ import annotations

import asyncio
from typing import cast

from graph.errors import AzettaError
from graph.guard.frames import ANSWERED, ASKED
from graph.guard.jobs import Kind, Reply


class WorkerDied(AzettaError):
    """The worker ended before its answer was whole: out of memory, in too deep a query, or killed from outside."""

    def __str__(self) -> str:
        return (
            "the process that answered the query ended before the answer was whole:"
            " either it was killed, or the query takes more memory than one may use, or nests too deeply"
        )


class Channel(asyncio.Protocol):
    """The server's end; the first answer that comes over it, unasked, holds the process id of the worker."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.answer: asyncio.Future[Reply] | None = asyncio.get_running_loop().create_future()
        self.pid = 0
        self.asked_at = 0.0
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Collect an answer until it is whole."""
        self._buffer += data
        if len(self._buffer) < ANSWERED.size:
            return
        kind, cut, empty, size = ANSWERED.unpack_from(self._buffer)
        if len(self._buffer) == ANSWERED.size + size and self.answer and not self.answer.done():
            body = bytes(memoryview(self._buffer)[ANSWERED.size :])
            self._buffer = bytearray()
            self.answer.set_result(Reply(Kind(kind), cut, body, empty))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that no answer will come."""
        if self.answer and not self.answer.done():
            self.answer.set_exception(WorkerDied())

    async def ready(self) -> None:
        """Wait until the worker can be asked."""
        self.pid = int((await self._answered()).body)

    async def ask(self, job: bytes) -> Reply:
        """Send one job and wait for its answer; WorkerDied if the worker ends first."""
        loop = asyncio.get_running_loop()
        if self.transport is None or self.transport.is_closing():
            raise WorkerDied
        self.answer, self.asked_at = loop.create_future(), loop.time()
        self.transport.write(ASKED.pack(len(job)) + job)
        return await self._answered()

    async def _answered(self) -> Reply:
        """Wait for the answer, and forget it: it may be large, and the worker may rest for long."""
        assert self.answer  # noqa: S101 - made by who asks
        answer = await self.answer
        self.answer = None
        return answer

    def close(self) -> None:
        """Close this end: an idle worker ends by itself."""
        if self.transport:
            self.transport.close()

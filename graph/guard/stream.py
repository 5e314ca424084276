"""An answer on its way from a worker to who asked: it waits here until it is taken, within bounds."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from graph.guard.jobs import Reply

AHEAD = 32 << 20
"""Bytes of one answer that may wait; beyond them its worker waits, until its time is up."""
ALL_AHEAD = 128 << 20
"""Bytes of all the answers that may wait; beyond them the one goes that nobody has taken any of for longest."""


class Gone(Exception):
    """Nobody takes the answer any more, or nobody has for longest of all those that wait."""


class Stream:
    """The answer to one job, in one piece or several; `ended` is told once, when the worker has nothing more to say.

    `hold` is told whether the worker is to wait. `unread` are all the answers that wait. `tries` is how often the job
    was asked before.
    """

    def __init__(
        self,
        hold: Callable[[bool], object],
        ended: Callable[[Stream], object] = lambda _: None,
        unread: set[Stream] | None = None,
        tries: int = 0,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended, self._hold, self.tries = ended, hold, tries
        self._unread = set() if unread is None else unread
        self._pieces: deque[Reply] = deque()
        self._awaited: asyncio.Future[None] | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self.failure: Exception | None = None
        self.begun = self.over = self.held = self.read = False
        self.size = 0
        self.asked_at = self.taken_at = self._loop.time()

    def limit(self, seconds: float, failure: Callable[[], Exception]) -> None:
        """Let it fail unless it is over by then."""
        self._deadline = self._loop.call_later(seconds, lambda: self.fail(failure()))

    def put(self, piece: Reply) -> None:
        """Take what the worker says next."""
        self._pieces.append(piece)
        self.begun = True
        self.size += len(piece.body)
        if not piece.more:
            self._end()
        else:
            self._bound()
        self._wake()

    def _bound(self) -> None:
        """Let the worker wait if too much of this answer does, and let an answer go if too much of all of them does."""
        self._unread.add(self)
        if self.size > AHEAD:
            self._let_worker_wait(True)
        while sum(each.size for each in self._unread) > ALL_AHEAD:
            min(self._unread, key=lambda each: each.taken_at).fail(Gone("it was not read"))

    def fail(self, failure: Exception) -> None:
        """End it before its end: who takes from it gets the exception, and nothing of what still waits."""
        if self.failure:
            return
        self.failure, self.size = failure, 0
        self._pieces.clear()
        self._unread.discard(self)
        self._end()
        self._wake()

    async def first(self) -> Reply:
        """Wait for the first piece, and leave it there."""
        await self._there()
        return self._pieces[0]

    async def take(self) -> Reply:
        """Wait for the next piece."""
        await self._there()
        piece = self._pieces.popleft()
        self.size -= len(piece.body)
        self.taken_at = self._loop.time()
        if self.size <= AHEAD // 2:
            self._let_worker_wait(False)
        if not piece.more:
            self._unread.discard(self)
            self.read = True
        return piece

    def close(self) -> None:
        """Let it go: nobody takes what may be left."""
        if not self.read:
            self.fail(Gone())

    async def __aiter__(self) -> AsyncIterator[Reply]:
        """Take the pieces to the last."""
        while (piece := await self.take()).more:
            yield piece
        yield piece

    async def whole(self) -> Reply:
        """Take all of it as one; a refusal that comes late stands for the whole."""
        body = bytearray()
        async for piece in self:
            body += piece.body
        return piece if piece.kind.refuses else piece.holding(bytes(body))

    async def _there(self) -> None:
        while not self._pieces:
            if self.failure:
                raise self.failure
            self._awaited = self._loop.create_future()
            await self._awaited

    def _wake(self) -> None:
        if self._awaited and not self._awaited.done():
            self._awaited.set_result(None)

    def _let_worker_wait(self, wait: bool) -> None:
        if wait is not self.held and not self.over:
            self.held = wait
            self._hold(wait)

    def _end(self) -> None:
        if not self.over:
            self._let_worker_wait(False)
            self.over = True
            if self._deadline:
                self._deadline.cancel()
            self._ended(self)

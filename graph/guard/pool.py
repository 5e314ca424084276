"""The server's side of the guard: who answers next, who waits, who has run too long."""

from __future__ import annotations

import asyncio
import os
from collections import Counter, deque
from collections.abc import Iterable
from functools import partial
from subprocess import Popen

from graph.errors import AzettaError, QueryTimeout, said
from graph.guard.channel import Channel, WorkerDied
from graph.guard.jobs import Job, Reply
from graph.guard.limits import Limits
from graph.guard.loader import Loader
from graph.guard.stream import Stream

_LOADING, _SECOND = 120.0, 1_000_000
"""Seconds that loading may take, and as many more as there are so many bytes."""
_PAUSE = 0.02
_LONGER = 3
"""How many times longer a query may run when it is asked again, before it has to give way again."""
_BEGUN = 30
"""How many times longer one may run whose answer has begun to come: it cannot be asked again."""
_STOPPING = said("the server is stopping")
_Waiting = deque[asyncio.Future[Channel]]


class Busy(AzettaError):
    """Too many queries wait, or this one was preempted for too long; `after` is when to ask again, in seconds."""

    def __init__(self, message: str, after: int = 1) -> None:
        super().__init__(message)
        self.after = after


class Preempted(Busy):
    """The query was preempted by others."""


class Pool:
    """Workers on one dataset, the N-Quads of the open file `data`; `start` waits for them, `run` asks them.

    `ended_early` counts the queries that got no answer: preempted by others (each time), stopped at their timeout, more
    than the worker could bear (it died), refused because too many waited.
    """

    def __init__(self, data: int, limits: Limits) -> None:
        self.limits = limits
        self._most = 2 * limits.workers + 1
        self._idle: list[Channel] = []
        self._busy: set[Channel] = set()
        self._first: _Waiting = deque()
        self._again: _Waiting = deque()
        self._unread: set[Stream] = set()
        self._forks: set[asyncio.Task[None]] = set()
        self.ended_early = Counter({"preempted": 0, "stopped": 0, "died": 0, "refused": 0})
        self._closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._size = os.fstat(data).st_size
        self._loader = Loader(data, limits)

    @property
    def pids(self) -> list[int]:
        """Give the process ids of the workers."""
        return sorted(channel.pid for channel in (*self._idle, *self._busy))

    @property
    def waiting(self) -> int:
        """Give the number of queries that wait for a worker."""
        return sum(not future.done() for future in (*self._first, *self._again))

    @property
    def loader(self) -> int:
        """Give the id of the process that loaded the data and forks the workers."""
        return self._loader.process.pid

    async def start(self) -> None:
        """Wait until the data is loaded and the first workers answer; AzettaError if it cannot be loaded."""
        try:
            async with asyncio.timeout(_LOADING + self._size / _SECOND):
                for channel in await asyncio.gather(*(self._loader.fork() for _ in range(self.limits.workers))):
                    self._free(channel)
        except (WorkerDied, TimeoutError, OSError) as exc:
            self.close()
            await self.ended()
            raise AzettaError("the dataset cannot be loaded: build it again") from exc

    async def run(self, job: Job) -> Reply:
        """Answer `job`; raises Busy, QueryTimeout, or WorkerDied when the query was more than the worker could bear."""
        return await self.run_encoded(job.encode())

    async def run_encoded(self, job: bytes) -> Reply:
        """Answer a job in the form that `Job.encode` gives it."""
        stream = await self.open(job)
        try:
            return await stream.whole()
        finally:
            stream.close()

    async def open(self, job: bytes) -> Stream:
        """Give the answer to a job in that form, when it has begun to come; raises what `run` does.

        A job that was preempted is asked again, for as long as one may wait; one that was asked of a worker that
        was dying, once.
        """
        loop = asyncio.get_running_loop()
        latest, tries, died = loop.time() + self.limits.timeout, 0, False
        while True:
            loader, began = self._loader.process, loop.time()
            try:
                return await self._ask(job, tries, latest)
            except Preempted:
                if loop.time() > latest:
                    raise
                tries += 1
            except WorkerDied:
                if died or loop.time() - began > _LONGER * self.limits.preempt_after or not self._lost(loader):
                    raise
                died = True

    async def _ask(self, job: bytes, tries: int, latest: float) -> Stream:
        """Wait for a worker until `latest`, and then for its answer to begin, for as long as a query may take."""
        try:
            if not (channel := self._rested(tries)):
                async with asyncio.timeout_at(latest):
                    channel = await self._awaited(tries)
        except TimeoutError as exc:
            within = f"{self.limits.timeout:g}"
            raise Busy(said("no worker was free within {seconds} s", seconds=within), after=5) from exc
        try:
            stream = channel.ask(job, partial(self._ended, channel), self._unread, tries)
        except WorkerDied:
            self._replace(channel)
            raise
        stream.limit(self.limits.timeout, self._too_late)
        try:
            await stream.first()
        except BaseException:
            stream.close()
            raise
        return stream

    def _too_late(self) -> QueryTimeout:
        return QueryTimeout(said("the query was stopped after {seconds} s", seconds=f"{self.limits.timeout:g}"))

    def _ended(self, channel: Channel, stream: Stream) -> None:
        """Free the worker that has answered; one that has not is replaced, whatever it does."""
        if stream.failure is None:
            self._busy.discard(channel)
            self._free(channel)
            return
        self._replace(channel)
        if isinstance(stream.failure, WorkerDied) and self._closed:
            stream.failure = Busy(_STOPPING)
        causes = {Preempted: "preempted", QueryTimeout: "stopped", WorkerDied: "died"}
        if cause := causes.get(type(stream.failure)):
            self.ended_early[cause] += 1

    def close(self) -> None:
        """Tell all the workers, and the process that forks them, to end."""
        self._closed = True
        for task in self._forks:
            task.cancel()
        self._turn_away(_STOPPING, (*self._first, *self._again))
        for channel in (*self._idle, *self._busy):
            channel.close()
        self._loader.close()

    async def ended(self) -> None:
        """Wait, after `close`, until the process that forks has ended, and its workers with it."""
        await self._loader.ended()

    def _rested(self, tries: int) -> Channel | None:
        while self._idle and self._room(tries):
            channel = self._idle.pop()
            if channel.transport and not channel.transport.is_closing():
                self._busy.add(channel)
                return channel
            self._replace(channel)
        return None

    async def _awaited(self, tries: int) -> Channel:
        if self._closed:
            raise Busy(_STOPPING)
        if len(self._first) + len(self._again) >= self.limits.waiting:
            self.ended_early["refused"] += 1
            raise Busy(said("too many queries wait already"))
        future: asyncio.Future[Channel] = asyncio.get_running_loop().create_future()
        (self._again if tries else self._first).append(future)
        self._grow()
        self._watch()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and not future.exception():
                self._busy.discard(future.result())
                self._free(future.result())
            raise

    def _room(self, tries: int) -> bool:
        """Whether one more may run: who was asked before leaves the last worker to those who were not."""
        return len(self._busy) < self._most - bool(tries)

    def _free(self, channel: Channel) -> None:
        """Give a worker to who has waited longest, those first who were not asked yet, or let it rest."""
        if self._closed:
            return channel.close()
        for tries, waiting in enumerate((self._first, self._again)):
            while waiting and self._room(tries):
                future = waiting.popleft()
                if not future.done():
                    self._busy.add(channel)
                    future.set_result(channel)
                    return None
        self._idle.append(channel)
        return None

    def _grow(self) -> None:
        if not self._closed and len(self._idle) + len(self._busy) + len(self._forks) < self._most:
            task = asyncio.get_running_loop().create_task(self._add())
            self._forks.add(task)
            task.add_done_callback(self._forks.discard)

    async def _add(self) -> None:
        """Add a worker, of another loader if this one gives none; who saw two loaders give none is turned away.

        Who came since waits for a third: this may go on from before a loader that died, and know nothing of theirs.
        """
        loader, before = self._loader.process, None
        while True:
            waiting = (*self._first, *self._again)
            try:
                if before is not None:
                    await self._loader.revive(loader)
                    loader = self._loader.process
                return self._free(await self._loader.fork())
            except (WorkerDied, OSError):
                if before is not None:
                    self._turn_away(said("no worker can be started"), before)
                    if not self.waiting:
                        return None
                before = waiting

    def _lost(self, loader: Popen[bytes]) -> bool:
        """Whether the process that forks has ended, and so have all its workers: none of them is to be asked again."""
        lost = self._loader.lost(loader)
        if lost and self._loader.process is loader:
            for channel in self._idle:
                channel.close()
        return lost

    def _turn_away(self, reason: str, waiting: Iterable[asyncio.Future[Channel]]) -> None:
        for future in waiting:
            if not future.done():
                future.set_exception(Busy(reason))

    def _replace(self, channel: Channel) -> None:
        """End a worker and fork another in its place if anybody waits for one, or too few are left."""
        self._busy.discard(channel)
        self._loader.end(channel)
        if self.waiting or len(self._idle) + len(self._busy) + len(self._forks) < self.limits.workers:
            self._grow()

    def _watch(self) -> None:
        """Look again when the next query has run long enough to give way."""
        if self._timer is None and self.waiting and not self._closed:
            loop = asyncio.get_running_loop()
            due = min((self._due(stream) for stream in self._preemptible()), default=0.0)
            self._timer = loop.call_at(max(due, loop.time() + _PAUSE), self._preempt)

    def _preempt(self) -> None:
        """Make room for those who wait: let the queries that have run for long give way, except the oldest few."""
        self._timer = None
        self._first, self._again = (
            deque(future for future in waiting if not future.done()) for waiting in (self._first, self._again)
        )
        now = asyncio.get_running_loop().time()
        late = [stream for stream in self._preemptible() if self._due(stream) <= now]
        for stream in sorted(late, key=lambda each: each.tries)[: self.waiting]:
            stream.fail(Preempted(said("too many long queries run at once; this one gave way to others"), after=5))
        self._watch()

    def _due(self, stream: Stream) -> float:
        """Give when a query has to give way, sooner to one that was not asked yet than to one that was."""
        times = 1 if self._first or stream.held else _LONGER**stream.tries
        return stream.asked_at + self.limits.preempt_after * (_BEGUN if stream.begun and not stream.held else times)

    def _preemptible(self) -> list[Stream]:
        """Give all that run but the oldest few; one whose client keeps it waiting is not among those."""
        running = [channel.stream for channel in self._busy if channel.stream]
        return sorted(running, key=lambda stream: (stream.held, stream.asked_at))[self.limits.workers :]

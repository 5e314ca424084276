"""The server's side of the guard: who answers next, who waits, who has run too long."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict

from graph.errors import AzettaError, QueryTimeout
from graph.guard.channel import Channel, WorkerDied
from graph.guard.frames import COMMAND, FORK
from graph.guard.jobs import Job, Reply
from graph.guard.limits import Limits

_START = (sys.executable, "-P", "-c", "from graph.guard.forkserver import main; main()")
_LOADING = 120.0
_ENDING = 5.0
_PAUSE = 0.02
_STOPPING = "the server is stopping"


class Busy(AzettaError):
    """Too many queries wait, or this one was preempted by others; `after` is when to ask again, in seconds."""

    def __init__(self, message: str, after: int = 1) -> None:
        super().__init__(message)
        self.after = after


class Pool:
    """Workers on one dataset, the N-Quads of the open file `data`; `launch` starts them, `run` asks them.

    `ended_early` counts the queries that got no answer: preempted by others, stopped at their timeout, more than the
    worker could bear (it died), refused because too many waited.
    """

    def __init__(self, data: int, limits: Limits) -> None:
        self.limits = limits
        self._data = data
        self._idle: list[Channel] = []
        self._busy: set[Channel] = set()
        self._waiting: deque[asyncio.Future[Channel]] = deque()
        self._forks: set[asyncio.Task[None]] = set()
        self.ended_early = Counter({"preempted": 0, "stopped": 0, "died": 0, "refused": 0})
        self._closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._repair = asyncio.Lock()
        self._forkserver: subprocess.Popen[bytes] | None = None
        self.launch()

    @property
    def pids(self) -> list[int]:
        """Give the process ids of the workers."""
        return sorted(channel.pid for channel in (*self._idle, *self._busy))

    @property
    def waiting(self) -> int:
        """Give the number of queries that wait for a worker."""
        return sum(not future.done() for future in self._waiting)

    @property
    def loader(self) -> int:
        """Give the id of the process that loaded the data and forks the workers; 0 before it runs."""
        return self._forkserver.pid if self._forkserver else 0

    def launch(self) -> None:
        """Start the process that loads the data, without waiting for it."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._forkserver = subprocess.Popen(  # noqa: S603 - our own interpreter
                [*_START, str(os.getpid()), str(theirs.fileno()), str(self._data), json.dumps(asdict(self.limits))],
                pass_fds=(theirs.fileno(), self._data),
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1"},
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for the server, which ends it
            )

    async def start(self) -> None:
        """Wait until the data is loaded and the first workers answer; AzettaError if it cannot be loaded."""
        try:
            async with asyncio.timeout(_LOADING):
                for channel in await asyncio.gather(*(self._fork() for _ in range(self.limits.workers))):
                    self._free(channel)
        except (WorkerDied, TimeoutError, OSError) as exc:
            self.close()
            await self.ended()
            raise AzettaError("the dataset cannot be loaded: build it again") from exc

    async def run(self, job: Job) -> Reply:
        """Answer `job`; raises Busy, QueryTimeout, or WorkerDied when the query was more than the worker could bear."""
        return await self.run_encoded(job.encode())

    async def run_encoded(self, job: bytes) -> Reply:
        """Answer a job in the form that `Job.encode` gives it; what was asked of a worker that was dying, twice."""
        loop = asyncio.get_running_loop()
        forkserver, began = self._forkserver, loop.time()
        try:
            return await self._ask(job)
        except WorkerDied:
            if loop.time() - began > self.limits.preempt_after or not self._lost(forkserver):
                raise
        return await self._ask(job)

    async def _ask(self, job: bytes) -> Reply:
        """Wait for a worker and then for its answer, for as long as a query may take each."""
        within = f"{self.limits.timeout:g} second{'s' * (self.limits.timeout != 1)}"
        try:
            async with asyncio.timeout(self.limits.timeout):
                channel = await self._take()
        except TimeoutError as exc:
            raise Busy(f"no worker was free within {within}", after=5) from exc
        try:
            async with asyncio.timeout(self.limits.timeout):
                answer = await channel.ask(job)
        except TimeoutError as exc:
            self._replace(channel)
            self.ended_early["stopped"] += 1
            raise QueryTimeout(f"the query was stopped after {within}") from exc
        except WorkerDied as exc:
            self._replace(channel)
            if self._closed:
                raise Busy(_STOPPING) from exc
            self.ended_early["died"] += 1
            raise
        except BaseException:
            self._replace(channel)
            raise
        self._busy.discard(channel)
        self._free(channel)
        return answer

    def close(self) -> None:
        """Tell all the workers, and the process that forks them, to end."""
        self._closed = True
        for task in self._forks:
            task.cancel()
        self._turn_away(_STOPPING, self._waiting)
        for channel in (*self._idle, *self._busy):
            channel.close()
        self._control.close()

    async def ended(self) -> None:
        """Wait, after `close`, until the process that forks has ended, and its workers with it."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + _ENDING
        while self._forkserver and self._forkserver.poll() is None:
            if loop.time() > latest:
                self._forkserver.kill()
            await asyncio.sleep(_PAUSE)

    async def _take(self) -> Channel:
        while self._idle:
            channel = self._idle.pop()
            if channel.transport and not channel.transport.is_closing():
                self._busy.add(channel)
                return channel
            self._replace(channel)
        if self._closed:
            raise Busy(_STOPPING)
        if len(self._waiting) >= self.limits.waiting:
            self.ended_early["refused"] += 1
            raise Busy("too many queries wait already")
        self._grow()
        future: asyncio.Future[Channel] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._watch()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and not future.exception():
                self._busy.discard(future.result())
                self._free(future.result())
            raise

    def _free(self, channel: Channel) -> None:
        """Give a worker to who has waited longest, or let it rest."""
        if self._closed:
            return channel.close()
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                self._busy.add(channel)
                future.set_result(channel)
                return None
        self._idle.append(channel)
        return None

    def _grow(self) -> None:
        if not self._closed and len(self._idle) + len(self._busy) + len(self._forks) < 2 * self.limits.workers:
            task = asyncio.get_running_loop().create_task(self._add())
            self._forks.add(task)
            task.add_done_callback(self._forks.discard)

    async def _add(self) -> None:
        """Add a worker, of another loader if this one gives none; who saw two loaders give none is turned away.

        Who came since waits for a third: this may go on from before a loader that died, and know nothing of theirs.
        """
        forkserver, before = self._forkserver, None
        while True:
            waiting = tuple(self._waiting)
            try:
                if before is not None:
                    await self._revive(forkserver)
                    forkserver = self._forkserver
                return self._free(await self._fork())
            except (WorkerDied, OSError):
                if before is not None:
                    self._turn_away("no worker can be started", before)
                    if all(future.done() for future in self._waiting):
                        return None
                before = waiting

    async def _revive(self, forkserver: subprocess.Popen[bytes] | None) -> None:
        """Replace the process that forks, which gave no worker: most often it was killed and its workers with it."""
        async with self._repair:
            if self._forkserver is forkserver:
                self._control.close()
                await self.ended()
                self.launch()

    def _lost(self, forkserver: subprocess.Popen[bytes] | None) -> bool:
        """Whether the process that forks has ended, and so have all its workers: none of them is to be asked again."""
        if self._forkserver is forkserver:
            if not forkserver or forkserver.poll() is None:
                return False
            for channel in self._idle:
                channel.close()
        return True

    def _turn_away(self, reason: str, waiting: Iterable[asyncio.Future[Channel]]) -> None:
        for future in waiting:
            if not future.done():
                future.set_exception(Busy(reason))

    async def _fork(self) -> Channel:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            with theirs:
                socket.send_fds(self._control, [COMMAND.pack(FORK)], [theirs.fileno()])
        except OSError:
            ours.close()
            raise
        _, channel = await asyncio.get_running_loop().create_connection(Channel, sock=ours)
        await channel.ready()
        return channel

    def _replace(self, channel: Channel) -> None:
        """End a worker and fork another in its place if anybody waits for one, or too few are left."""
        self._busy.discard(channel)
        channel.close()
        with suppress(OSError):
            self._control.send(COMMAND.pack(channel.pid))
        if self._waiting or len(self._idle) + len(self._busy) + len(self._forks) < self.limits.workers:
            self._grow()

    def _watch(self) -> None:
        """Look again when the next query has run long enough to be preempted."""
        if self._timer is None and self._waiting and not self._closed:
            loop = asyncio.get_running_loop()
            due = (
                min((channel.asked_at for channel in self._preemptible()), default=loop.time())
                + self.limits.preempt_after
            )
            self._timer = loop.call_at(max(due, loop.time() + _PAUSE), self._preempt)

    def _preempt(self) -> None:
        """Make room for those who wait: end the queries that have run for long, except the oldest few."""
        self._timer = None
        self._waiting = deque(future for future in self._waiting if not future.done())
        late = asyncio.get_running_loop().time() - self.limits.preempt_after
        for channel in self._preemptible() if self._waiting else ():
            if channel.asked_at <= late and channel.answer and not channel.answer.done():
                self.ended_early["preempted"] += 1
                channel.answer.set_exception(Busy("too many long queries run at once; this one was preempted", after=5))
        self._watch()

    def _preemptible(self) -> list[Channel]:
        return sorted(self._busy, key=lambda channel: channel.asked_at)[self.limits.workers :]

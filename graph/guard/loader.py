"""The server's side of the process that loads the data and forks the workers."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict

from graph.guard.channel import Channel
from graph.guard.frames import COMMAND, FORK
from graph.guard.limits import Limits

_START = (sys.executable, "-P", "-c", "from graph.guard.forkserver import main; main()")
_ENDING = 5.0
_PAUSE = 0.02


class Loader:
    """The process that holds the N-Quads of the open file `data`, and another in its place when it has ended."""

    def __init__(self, data: int, limits: Limits) -> None:
        self._data, self._limits = data, limits
        self._repair = asyncio.Lock()
        self.process = self._launched()

    def _launched(self) -> subprocess.Popen[bytes]:
        """Start the process, without waiting until it has loaded the data."""
        self._control, theirs = socket.socketpair()
        with theirs:
            return subprocess.Popen(  # noqa: S603 - our own interpreter
                [*_START, str(os.getpid()), str(theirs.fileno()), str(self._data), json.dumps(asdict(self._limits))],
                pass_fds=(theirs.fileno(), self._data),
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1"},
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for the server, which ends it
            )

    async def fork(self) -> Channel:
        """Give a new worker; WorkerDied or OSError if none comes."""
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

    def end(self, channel: Channel) -> None:
        """End a worker, whatever it does."""
        channel.close()
        with suppress(OSError):
            self._control.send(COMMAND.pack(channel.pid))

    async def revive(self, seen: subprocess.Popen[bytes]) -> None:
        """Replace the process, if it is still the one that was seen to give no worker: most often it was killed."""
        async with self._repair:
            if self.process is seen:
                self.close()
                await self.ended()
                self.process = self._launched()

    def lost(self, seen: subprocess.Popen[bytes]) -> bool:
        """Whether the process that was seen has ended, and so have all its workers."""
        return self.process is not seen or seen.poll() is not None

    def close(self) -> None:
        """Tell the process to end, with its workers."""
        self._control.close()

    async def ended(self) -> None:
        """Wait, after `close`, until it has."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + _ENDING
        while self.process.poll() is None:
            if loop.time() > latest:
                self.process.kill()
            await asyncio.sleep(_PAUSE)

"""The process that loads the dataset once and forks the workers from it, so that they share its memory.

It is single-threaded (forking is safe) and obeys its control socket: eight bytes and a socket ask for a worker on that
socket, eight bytes with a process id ask to end and reap that worker. When the server is gone it ends with all of them,
and when it is killed they end with it: nobody else would end a worker whose query goes on for ever.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from functools import partial
from typing import IO, cast

import pyoxigraph as ox

from graph.guard.confinement import confine, offline
from graph.guard.frames import COMMAND, FORK, hello, receive, send
from graph.guard.jobs import Job
from graph.guard.limits import Limits
from graph.guard.worker import Evaluator
from graph.store.embedded import UNION, Embedded
from graph.store.explained import explained
from graph.system.lifetime import allow, die_with


def main() -> None:
    """Load the N-Quads and obey: the arguments are the server, two descriptors (control, data), the limits as JSON."""
    server, control, data = int(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])), int(sys.argv[3])
    limits = Limits(**json.loads(sys.argv[4]))
    die_with(server)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        store, on_disk = load(data, limits.resident)
        explained("ASK {}", store)  # loads what a worker, who may open no file, would have to
    except (SyntaxError, ValueError, OSError):
        sys.exit(1)  # the server says what that means
    children: set[int] = set()
    while True:
        message, sockets, _, _ = socket.recv_fds(control, COMMAND.size, 1, socket.MSG_WAITALL)
        if len(message) < COMMAND.size:
            break
        (pid,) = COMMAND.unpack(message)
        if pid == FORK:
            children.add(_fork(control, sockets[0], store, limits, on_disk))
        elif pid in children:
            children.remove(pid)
            _end(pid)
    for pid in children:
        _end(pid)


def load(descriptor: int, resident: int) -> tuple[Embedded, bool]:
    """Load the N-Quads of an open file, whose own position is not moved (several processes may share it).

    Those of more than `resident` bytes are asked from the store on disk, and this process is offline from then on: it
    says whether they are.
    """
    if os.fstat(descriptor).st_size > resident and (path := _still_there(descriptor)) and offline():
        from graph.store.disk import held

        return Embedded(held(path)), True
    engine = ox.Store()
    if os.fstat(descriptor).st_size:
        with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as data:
            engine.bulk_load(cast(IO[bytes], data), format=ox.RdfFormat.N_QUADS)
    os.close(descriptor)
    engine.update(UNION)
    return Embedded(engine), False


def _still_there(descriptor: int) -> str:
    """Give the path of an open file, "" if there is another file now, or the system does not tell."""
    with suppress(OSError):
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if os.path.samestat(os.stat(path), os.fstat(descriptor)):
            return path
    return ""


def _fork(control: socket.socket, pipe: int, store: Embedded, limits: Limits, on_disk: bool) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(pipe)
        return pid
    status = 1
    with suppress(BaseException):
        die_with(parent)
        control.close()
        _serve(socket.socket(fileno=pipe), Evaluator(store, limits.rows, limits.answer), limits, on_disk)
        status = 0
    os._exit(status)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _serve(pipe: socket.socket, evaluator: Evaluator, limits: Limits, on_disk: bool) -> None:
    """Answer jobs until the server closes the pipe, on a thread whose stack deep queries do not overflow."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(null, descriptor)
    os.close(null)
    confine(limits, opening=on_disk)

    def answer() -> None:
        send(pipe, hello())
        while (job := receive(pipe)) is not None:
            allow(limits.timeout)
            evaluator.answer(Job.decode(job), partial(send, pipe))

    threading.stack_size(limits.stack)
    thread = threading.Thread(target=answer)
    thread.start()
    thread.join()

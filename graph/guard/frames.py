"""The pipe between the server and a worker, a Unix socket pair that carries frames, and the worker's end of it."""

from __future__ import annotations

import os
import socket
import struct

from graph.guard.jobs import Kind, Reply

ASKED = struct.Struct("!I")
"""The head of a job: its length."""
ANSWERED = struct.Struct("!BI??I")
"""The head of an answer or a piece of it: its kind, cut, empty, more, and the length of its body."""
COMMAND = struct.Struct("!q")
FORK = 0
"""The command to the fork server for a new worker; any other is the process id of the worker to end."""


def receive(pipe: socket.socket) -> bytes | None:
    """Read one job at the worker's end; None when the server is gone."""
    head = pipe.recv(ASKED.size, socket.MSG_WAITALL)
    if len(head) < ASKED.size:
        return None
    (size,) = ASKED.unpack(head)
    return pipe.recv(size, socket.MSG_WAITALL)


def send(pipe: socket.socket, answer: Reply) -> None:
    """Write an answer, or a piece of one, at the worker's end: it waits there while the server has enough."""
    head = ANSWERED.pack(answer.kind, answer.cut, answer.empty, answer.more, len(answer.body))
    pipe.sendall(head + answer.body)


def hello() -> Reply:
    """Give the first, unasked answer of a worker."""
    return Reply(Kind.BOOLEAN, body=str(os.getpid()).encode())

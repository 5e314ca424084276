"""HTTP within limits: uvicorn's protocol with bounds on what a client sends and on what it does not read.

An answer that its client does not take waits in the server's memory. A connection is *held up* while one waits there
that fills more than uvicorn's buffer; nothing more is written to it, and no further request is taken from it.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_SECONDS = 5.0
HEAD_BYTES = 128 * 1024
UNREAD_SECONDS = 10.0
UNREAD_LEAST = 16 * 1024
"""How many bytes a client that holds up its connection has to take in that time."""
UNREAD_BYTES = 128 << 20
"""What may wait for all clients together: twice the largest answer."""
STOP_SECONDS = 2.5
"""How long who is being answered may read on when the server stops."""
CANCEL_SECONDS = 3.0
"""How long who waits for an answer may wait on then; all that still runs is cancelled, and answered 503."""
ABORT_SECONDS = 3.5
"""When a connection that is still open then is closed, whatever waits on it."""
_LINGER = 1.0


class Ending:
    """How an answer in chunks may end otherwise than all do: without its last chunk, or with a field after that."""

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle, self._transport = cycle, cycle.transport

    def break_off(self) -> None:
        """Close the connection when what was sent has gone out: every client knows that more was to come."""
        self._transport.close()

    def tell(self, name: str, value: str) -> None:
        """Put a field after the last chunk, which is to be sent next (RFC 9112, section 7.1.2)."""
        self._field = f"{name}: {value}\r\n".encode("ascii")
        self._cycle.transport = cast(asyncio.Transport, self)

    def write(self, data: bytes) -> None:
        """Write the last chunk, as the transport that uvicorn takes this for."""
        self._transport.write(data[:-2] + self._field + data[-2:])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose request line and headers take too long (408) or grow too large (431).

    Drops one whose client does not read, and when too much waits for all clients, who has let it wait for longest.
    """

    _unanswered: tuple[RequestResponseCycle, ...] = ()
    _timer: asyncio.TimerHandle | None = None
    _reading_head = True
    _refused = False
    _read = 0
    _look: asyncio.TimerHandle
    _unread: int | None = None
    _held_up_at = 0.0
    _held = 0
    _answered = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to count the time."""
        super().connection_made(transport)
        self._arm()
        self._look = self.loop.call_later(UNREAD_SECONDS, self._drop_if_unread)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to count, and tell every request that its client is gone: uvicorn tells only the one read last."""
        self._disarm()
        self._look.cancel()
        for cycle in self._unanswered:
            cycle.disconnected = not cycle.response_complete
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and count it while the head is not whole."""
        if self._refused:
            return
        self._read += len(data)
        super().data_received(data)
        if self._reading_head and not self.transport.is_closing():
            if self._read > HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large")
            elif self._timer is None and self._read:
                self._arm()

    def on_headers_complete(self) -> None:
        """Note that the head is whole."""
        self._reading_head = False
        self._disarm()
        super().on_headers_complete()
        earlier = (cycle for cycle in self._unanswered if not cycle.response_complete)
        self._unanswered = (*earlier, self.cycle)
        self.scope["state"]["ending"] = Ending(self.cycle)

    def on_message_complete(self) -> None:
        """Note that the next bytes are of another request."""
        self._reading_head, self._read = True, 0
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Note that the connection is held up, and count what waits for all clients."""
        super().pause_writing()
        self._held_up_at, self._held = self.loop.time(), self.transport.get_write_buffer_size()
        held_up = (each for each in self.connections if isinstance(each, BoundedProtocol) and each.flow.write_paused)
        longest_first = sorted(held_up, key=lambda each: each._held_up_at)
        total = sum(each._held for each in longest_first)
        for each in longest_first:
            if total <= UNREAD_BYTES:
                break
            total -= each._held
            each.transport.abort()

    def resume_writing(self) -> None:
        """Take the next request, if it was the last of an answer that was held up."""
        super().resume_writing()
        self._unread = None
        if self._answered:
            self._answered = False
            self.on_response_complete()

    def on_response_complete(self) -> None:
        """Take the next request, but not while this answer waits: who never reads would heap up one upon another."""
        if self.flow.write_paused and not self.transport.is_closing():
            self._answered = True
            self.flow.pause_reading()
        else:
            super().on_response_complete()

    def shutdown(self) -> None:
        """Let an answer on its way come through, for a while."""
        super().shutdown()
        self.loop.call_later(STOP_SECONDS, self._break_off)
        self.loop.call_later(ABORT_SECONDS, self.transport.abort)

    def _break_off(self) -> None:
        if any(cycle.response_started for cycle in self._unanswered):
            self.transport.abort()

    def _drop_if_unread(self) -> None:
        """Look again and again whether the client takes what waits for it."""
        before, self._unread = self._unread, None
        if self.flow.write_paused or self.transport.is_closing():  # so nothing new is written meanwhile
            self._unread = self.transport.get_write_buffer_size()
            if before is not None and before - self._unread < UNREAD_LEAST:
                self.transport.abort()
                return
        self._look = self.loop.call_later(UNREAD_SECONDS, self._drop_if_unread)

    def _arm(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._refuse, b"408 Request Timeout")

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: bytes) -> None:
        """Say why, then wait a little before closing: closing on unread bytes would take back what was said."""
        self._disarm()
        if self.cycle and not self.cycle.response_complete:  # words of ours would land inside another answer
            self.transport.close()
        elif not self._refused and not self.transport.is_closing():
            self._refused = True
            head = b"HTTP/1.1 %b\r\ncontent-type: text/plain\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%b\n"
            self.transport.write(head % (status, len(status) + 1, status))
            self.transport.write_eof()
            self._timer = self.loop.call_later(_LINGER, self.transport.close)

"""HTTP as it comes over the wire: uvicorn's protocol with a bound on the size of a request's head and on its time."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 5.0
HEAD_BYTES = 128 * 1024
_LINGER = 1.0


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose request line and headers take too long (408) or grow too large (431)."""

    _timer: asyncio.TimerHandle | None = None
    _reading_head = True
    _refused = False
    _read = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to count the time."""
        super().connection_made(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to count."""
        self._disarm()
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

    def on_message_complete(self) -> None:
        """Note that the next bytes are of another request."""
        self._reading_head, self._read = True, 0
        super().on_message_complete()

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

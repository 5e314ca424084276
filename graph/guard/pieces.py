"""An answer sent as it grows, in pieces that end with whole rows: the first is held back, as long as errors may come.

The engine writes the rows, and nobody else looks at the terms in them: where one ends and the next begins is found in
what it wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.guard.jobs import Kind, Reply
from graph.model.serialisation import Mending

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

PIECE = 64 << 10
"""Bytes of a piece, at least, unless it is the last."""


class Full(Exception):
    """The answer has reached its bound, of rows or of bytes."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a format separates rows: what stands between two of them (group 1), how much of it ends the first of them.

    `before` is how many rows end before the first separation: none where a line of names does. `end` ends the table.
    """

    between: re.Pattern[bytes]
    ends: int
    before: int
    end: bytes


#: A quotation mark in a text is escaped in JSON, and an angle bracket in XML, as is a line end in TSV.
_JSON = _Form(re.compile(rb'(,)(?=\{"[^"\\]+":\{"type":")'), 0, 1, b"]}}")
_JSON_WITH_EMPTY_ROWS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|(,)(?=\{)', re.DOTALL)
_LINES = _Form(re.compile(rb"(\n)(?!\Z)"), 1, 0, b"")
_XML = _Form(re.compile(rb"(<result>)(?<=</result><result>)"), 0, 1, b"</results></sparql>")
_FORMS = {"json": _JSON, "xml": _XML, "csv": _LINES, "tsv": _LINES}


class Pieces:
    """A file that the engine writes one answer into, of at most `rows` rows and `size` bytes as it writes them.

    Writing raises `Full` at the bound; `finish` then gives the answer its end after the last whole row. The rows of a
    graph are for who writes it to count.
    """

    def __init__(self, kind: Kind, form: str, send: Callable[[Reply], object], rows: int, size: int) -> None:
        self.kind, self.limit, self.size, self.sent = kind, rows, size, 0
        self._form = _FORMS[form] if kind is Kind.SOLUTIONS else None
        self._rows = self._form.before - 1 if self._form else 0
        self._held, self._wanted = bytearray(), PIECE
        self._send, self._mended, self._full = send, Mending(form), False

    @property
    def written(self) -> int:
        """Give how many bytes the engine has written."""
        return self.sent + len(self._held)

    def write(self, data: Buffer) -> int:
        """Take some of the answer, and send what is whole of it once that is enough."""
        if self._full:  # the engine lets its buffer run out
            return len(memoryview(data))
        self._held += data
        if len(self._held) >= self._wanted:
            end = self._whole()
            if end:
                self._give(end, Reply(self.kind, more=True))
            self._wanted = PIECE if end else 2 * len(self._held)
        return len(memoryview(data))

    def flush(self) -> None:
        """Do nothing: pieces are sent when they are large enough."""

    def finish(self, cut: int = 0, empty: bool = False) -> None:
        """Send the last piece; `cut` says after how many rows the writer stopped. `Full` if not even one row fits."""
        try:
            if self._form and (self.sent or len(self._held) > min(self.limit, self.size)):
                self._whole()
        except Full:
            self.end()
        else:
            self._give(len(self._held), Reply(self.kind, cut, empty=empty))

    def end(self) -> None:
        """Send the last piece of an answer that reached its bound, which is cut already; `Full` if nothing is left."""
        if not self._form or self._rows < 1:
            raise Full
        self._held += self._form.end
        self._give(len(self._held), Reply(self.kind, self._rows))

    def _give(self, end: int, reply: Reply) -> None:
        piece = bytes(memoryview(self._held)[:end])
        del self._held[:end]
        self.sent += end
        self._send(reply.holding(self._mended(piece)))

    def _whole(self) -> int:
        """Give how many bytes of what is held are whole rows; at the bound, cut off what is beyond and raise `Full`."""
        if self._form is None:
            return self._characters()
        end = 0
        for found in self._separations(self._form):
            place = found.start() + self._form.ends
            if self.sent + place > self.size:
                break
            self._rows, end = self._rows + 1, place
            if self._rows == self.limit:
                self._cut(end)
        if self.written > self.size:
            self._cut(end)
        return end

    def _cut(self, end: int) -> None:
        del self._held[end:]
        self._full = True
        raise Full

    def _separations(self, form: _Form) -> Iterator[re.Match[bytes]]:
        """Find where rows end; what is held begins with a row, or with what stands before it."""
        pattern = form.between
        if form is _JSON and (b",{}" in self._held or b"[{}" in self._held):
            pattern = _JSON_WITH_EMPTY_ROWS  # slower: it reads over every text, in which these may stand too
        return (found for found in pattern.finditer(bytes(self._held), 1 - form.ends) if found.lastindex)

    def _characters(self) -> int:
        """Give how many bytes of what is held are whole characters; `Full` if they are far too many."""
        end = len(self._held)
        if self.written > self.size + PIECE:
            self._cut(0)
        while end and self._held[end - 1] >= 0x80:
            end -= 1
        return end

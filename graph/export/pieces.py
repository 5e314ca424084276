"""RDF in pieces that, one after the other, are the bytes of one stream; so each can be written where and when it suits.

No piece begins with the subject, nor a graph with the graph, that stands last before it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.model.serialisation import mended

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

Prefixes = Mapping[str, str]
Terms = Iterable[Triple] | Iterable[Quad]


class Syntax(NamedTuple):
    """A format: how the graph of `_PROBE` begins in it, and its subject, and what stands after and between.

    `closes` ends a graph, `end` the file; `between` is what parts two subjects, or two graphs.
    """

    kind: RdfFormat
    graph: bytes
    subject: bytes
    closes: bytes = b""
    end: bytes = b""
    between: bytes = b""


_PROBE = Quad(NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:o"), NamedNode("a:g"))
_ABOUT = b'\t<rdf:Description rdf:about="a:s"'
TURTLE = Syntax(RdfFormat.TURTLE, b"<a:s>", b"<a:s>")
RDF_XML = Syntax(RdfFormat.RDF_XML, _ABOUT, _ABOUT, end=b"</rdf:RDF>")
TRIG = Syntax(RdfFormat.TRIG, b"<a:g>", b"\t<a:s>", b"}\n")
JSON_LD = Syntax(RdfFormat.JSON_LD, b'{"@id":"a:g"', b'{"@id":"a:s"', b"]}", b"]", b",")
N_QUADS = Syntax(RdfFormat.N_QUADS, b"<a:s>", b"<a:s>")


class _Inner(io.BytesIO):
    """Passes on to `joined` what is written after the `head` and before what ends it, mended."""

    def __init__(self, joined: Joined, head: int, end: int) -> None:
        super().__init__()
        self._joined, self._head, self._end, self._held = joined, head, end, b""

    def write(self, data: Buffer) -> int:
        held = self._held + self._joined.mended(bytes(data))  # which no character is cut by
        start = min(self._head, len(held))
        stop = max(start, len(held) - self._end)
        self._head -= start
        self._joined.write(held[start:stop])
        self._held = held[stop:]
        return len(memoryview(data))


class Joined:
    """A file of pieces in one syntax."""

    def __init__(self, syntax: Syntax, prefixes: Prefixes, stream: BinaryIO) -> None:
        self._syntax, self._prefixes, self._stream = syntax, dict(prefixes), stream
        probe: Terms = [_PROBE.triple] if syntax in (TURTLE, RDF_XML) else [_PROBE]
        self._head = _before(syntax.graph, syntax, prefixes, probe)
        self._before = b""
        stream.write(self._head)

    def add(self, terms: Terms) -> None:
        """Write the next piece."""
        inner = _Inner(self, len(self._head), len(self._syntax.end))
        serialize(terms, inner, self._syntax.kind, prefixes=self._prefixes)
        self._before = self._syntax.between

    def copy(self, pieces: Iterable[bytes]) -> None:
        """Take over the next piece as `piece` wrote it."""
        for each in pieces:
            self.write(each)
        self._before = self._syntax.between

    def write(self, data: bytes) -> None:
        """Write a part of a piece."""
        if data:
            self._stream.write(self._before + data if self._before else data)
            self._before = b""

    def mended(self, data: bytes) -> bytes:
        """Give what a reader of the syntax reads back."""
        return _mended(self._syntax, data)

    def close(self) -> None:
        """Write what ends the file."""
        self._stream.write(self._syntax.end)


def piece(syntax: Syntax, triples: Iterable[Triple], prefixes: Prefixes) -> bytes:
    """Write some subjects of one graph, without what stands around them."""
    found = serialize(triples, format=syntax.kind, prefixes=dict(prefixes)) or b""
    before = _before(syntax.subject, syntax, prefixes, [_PROBE.triple])
    return _mended(syntax, found.removeprefix(before).removesuffix(syntax.end))


def opening(syntax: Syntax, prefixes: Prefixes, graph: NamedNode) -> bytes:
    """Write how a graph begins; it ends as the syntax `closes` it."""
    probe = Quad(*_PROBE.triple, graph)
    head = _before(syntax.graph, syntax, prefixes, [_PROBE])
    return _before(syntax.subject, syntax, prefixes, [probe]).removeprefix(head)


def indented(turtle: bytes) -> bytes:
    """Give subjects in Turtle as they stand in a graph of TriG; texts hold no end of a line as it is."""
    return b"\t" + turtle.removesuffix(b"\n").replace(b"\n", b"\n\t") + b"\n"


def quads(triples: Iterable[Triple], graph: NamedNode) -> bytes:
    """Write triples as N-Quads of a graph."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").replace(b" .\n", f" {graph} .\n".encode())


def _before(what: bytes, syntax: Syntax, prefixes: Prefixes, terms: Terms) -> bytes:
    """Give what is written before the first graph, or before the first subject of a graph."""
    return (serialize(terms, format=syntax.kind, prefixes=dict(prefixes)) or b"").partition(what)[0]


def _mended(syntax: Syntax, data: bytes) -> bytes:
    return mended("rdfxml", data) if syntax.kind == RdfFormat.RDF_XML else data

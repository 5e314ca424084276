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
    """A format: how a graph named `_GRAPH` begins in it, and the subject `_SUBJECT`, and what stands after and between.

    `closes` ends a graph, `end` the file; `between` is what parts two subjects, or two graphs.
    """

    kind: RdfFormat
    graph: bytes
    subject: bytes
    closes: bytes = b""
    end: bytes = b""
    between: bytes = b""


_GRAPH, _SUBJECT = NamedNode("a:g"), NamedNode("a:s")
_ABOUT = b'\t<rdf:Description rdf:about="a:s"'
#: Those of one graph.
GRAPHS = {
    "ttl": Syntax(RdfFormat.TURTLE, b"<a:s>", b"<a:s>"),
    "rdf": Syntax(RdfFormat.RDF_XML, _ABOUT, _ABOUT, end=b"</rdf:RDF>"),
}
#: Those of named graphs.
DATASETS = {
    "trig": Syntax(RdfFormat.TRIG, b"<a:g>", b"\t<a:s>", b"}\n"),
    "jsonld": Syntax(RdfFormat.JSON_LD, b'{"@id":"a:g"', b'{"@id":"a:s"', b"]}", b"]", b","),
}
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
        self._head = _before(syntax.graph, syntax, self._prefixes, _GRAPH)
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


def piece(syntax: Syntax, terms: Terms, prefixes: Prefixes, graph: NamedNode = _GRAPH) -> bytes:
    """Write some subjects, without what stands around them: of one graph, whose name is given where it has one."""
    prefixes = dict(prefixes)
    found = serialize(terms, format=syntax.kind, prefixes=prefixes) or b""
    before = _before(syntax.subject, syntax, prefixes, graph)
    return _mended(syntax, found.removeprefix(before).removesuffix(syntax.closes + syntax.end))


def opening(syntax: Syntax, prefixes: Prefixes, graph: NamedNode) -> bytes:
    """Write how a graph begins; it ends as the syntax `closes` it."""
    prefixes = dict(prefixes)
    head = _before(syntax.graph, syntax, prefixes, _GRAPH)
    return _before(syntax.subject, syntax, prefixes, graph).removeprefix(head)


def _before(what: bytes, syntax: Syntax, prefixes: dict[str, str], graph: NamedNode) -> bytes:
    """Give what is written before the first graph, or before the first subject of a graph."""
    quad = Quad(_SUBJECT, _SUBJECT, _SUBJECT, graph)
    terms: Terms = [quad] if syntax.closes or syntax is N_QUADS else [quad.triple]
    return (serialize(terms, format=syntax.kind, prefixes=prefixes) or b"").partition(what)[0]


def _mended(syntax: Syntax, data: bytes) -> bytes:
    return mended("rdfxml", data) if syntax.kind == RdfFormat.RDF_XML else data

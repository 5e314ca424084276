"""RDF in pieces that, one after the other, are the bytes of one stream; so each can be written where and when it suits.

No piece begins with the subject, nor a graph with the graph, that stands last before it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.knowledge.triples import within
from graph.model.serialisation import mended

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

Prefixes = Mapping[str, str]
Statements = Iterable[Triple] | Iterable[Quad]


class Syntax(NamedTuple):
    """A format: how the graph of `_PROBE` begins in it, and its subject, and what stands after and between.

    `closes` ends a graph, `end` the file; `between` is what parts two subjects, or two graphs. A block of a source was
    written before as `part`, of which `within` makes what stands in its graph.
    """

    kind: RdfFormat
    graph: bytes
    subject: bytes
    part: str
    closes: bytes = b""
    end: bytes = b""
    between: bytes = b""
    within: Callable[[bytes, NamedNode], bytes] = lambda piece, graph: piece


_PROBE = Quad(NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:o"), NamedNode("a:g"))
_ABOUT = b'\t<rdf:Description rdf:about="a:s"'


def _indented(turtle: bytes, _: NamedNode) -> bytes:
    """Give subjects in Turtle as they stand in a graph of TriG; texts hold no end of a line as it is."""
    return b"\t" + turtle.removesuffix(b"\n").replace(b"\n", b"\n\t") + b"\n"


def _quads(triples: bytes, graph: NamedNode) -> bytes:
    """Give N-Triples as N-Quads of a graph."""
    return triples.replace(b" .\n", f" {graph} .\n".encode())


TURTLE = Syntax(RdfFormat.TURTLE, b"<a:s>", b"<a:s>", "ttl.{}")
RDF_XML = Syntax(RdfFormat.RDF_XML, _ABOUT, _ABOUT, "rdf.{}", end=b"</rdf:RDF>")
JSON_LD = Syntax(RdfFormat.JSON_LD, b'{"@id":"a:g"', b'{"@id":"a:s"', "jsonld.{}", b"]}", b"]", b",")
TRIG = Syntax(RdfFormat.TRIG, b"<a:g>", b"\t<a:s>", "ttl.{}", b"}\n", within=_indented)
N_QUADS = Syntax(RdfFormat.N_QUADS, b"<a:s>", b"<a:s>", "{}", within=_quads)
#: In which blocks are written, beside N-Triples.
WRITTEN = (TURTLE, RDF_XML, JSON_LD)


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
        probe: Statements = [_PROBE.triple] if syntax in (TURTLE, RDF_XML) else [_PROBE]
        self._head = _before(syntax.graph, syntax, prefixes, probe)
        self._before = b""
        stream.write(self._head)

    def add(self, terms: Statements) -> None:
        """Write the next piece."""
        inner = _Inner(self, len(self._head), len(self._syntax.end))
        serialize(terms, inner, self._syntax.kind, prefixes=self._prefixes)
        self._before = self._syntax.between

    def copy(self, pieces: Iterable[bytes]) -> None:
        """Write the next ones as they were written before, each in pieces."""
        for each in pieces:
            self.write(each)
            self._before = self._syntax.between

    def graph(self, name: NamedNode, pieces: Iterable[bytes]) -> None:
        """Write a graph of subjects that were written before."""
        probe = within(name, [_PROBE.triple])
        opening = _before(self._syntax.subject, self._syntax, self._prefixes, probe).removeprefix(self._head)
        before = opening
        for each in pieces:
            self.write(before)
            self.write(self._syntax.within(each, name))
            before = self._syntax.between
        if before != opening:
            self.write(self._syntax.closes)
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


def _before(what: bytes, syntax: Syntax, prefixes: Prefixes, terms: Statements) -> bytes:
    """Give what is written before the first graph, or before the first subject of a graph."""
    return (serialize(terms, format=syntax.kind, prefixes=dict(prefixes)) or b"").partition(what)[0]


def _mended(syntax: Syntax, data: bytes) -> bytes:
    return mended("rdfxml", data) if syntax.kind == RdfFormat.RDF_XML else data

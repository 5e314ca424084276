"""The RDF formats, streamed from the curated terms: a store would rewrite literals ("1.50" to "1.5")."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.model.serialisation import mended
from graph.model.vocabulary import RDF

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

    from graph.knowledge.knowledge import Knowledge


class _Mended(io.BytesIO):
    """Passes RDF/XML on to `stream`, piece by piece, mended; no piece ends within a character."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, data: Buffer) -> int:
        self._stream.write(mended("rdfxml", bytes(data)))
        return len(memoryview(data))


def turtle(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what is told as one Turtle graph: without what is inferred and without the ontology."""
    _write(knowledge, knowledge.triples(), stream, RdfFormat.TURTLE)


def rdf_xml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the same graph as RDF/XML."""
    _write(knowledge, knowledge.triples(), _Mended(stream), RdfFormat.RDF_XML)


def trig(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the whole dataset, a named graph per source and one each for what no source tells, as TriG."""
    _write(knowledge, knowledge.quads(), stream, RdfFormat.TRIG)


def turtle_12(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what `turtle` does as RDF 1.2: what a claim or an inference says is one triple term (`rdf:reifies`)."""
    _write(knowledge, _reifying(knowledge.triples()), stream, RdfFormat.TURTLE)


def n_triples_12(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the same as N-Triples of RDF 1.2."""
    _write(knowledge, _reifying(knowledge.triples()), stream, RdfFormat.N_TRIPLES)


def n_quads(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the whole dataset as N-Quads."""
    _write(knowledge, knowledge.quads(), stream, RdfFormat.N_QUADS)


def json_ld(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the whole dataset as JSON-LD."""
    _write(knowledge, knowledge.quads(), stream, RdfFormat.JSON_LD)


def description(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what the dataset is, and from which sources, as Turtle (VoID and DCAT)."""
    graph = knowledge.iris.graph("description")
    first = takewhile(lambda quad: quad.graph_name == graph, knowledge.quads())
    _write(knowledge, (quad.triple for quad in first), stream, RdfFormat.TURTLE)


def ontology(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the ontology and the titles of the rules as Turtle."""
    graph = knowledge.iris.graph("ontology")
    triples = (quad.triple for quad in knowledge.ontology.quads(graph))
    _write(knowledge, triples, stream, RdfFormat.TURTLE)


def _reifying(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Put a triple term in the place of each rdf:subject, rdf:predicate and rdf:object, which follow one another."""
    said: list[Any] = []
    for each in triples:
        if each.predicate not in (RDF.subject, RDF.predicate, RDF.object):
            yield each
            continue
        said.append(each.object)
        if each.predicate == RDF.object:
            yield Triple(each.subject, RDF.reifies, Triple(*said))
            said.clear()


def _write(knowledge: Knowledge, terms: Iterable[Triple] | Iterable[Quad], stream: BinaryIO, kind: RdfFormat) -> None:
    # Only vocabularies get prefixes: under the dataset's base, names would need escapes, as in `:source\/x`, and
    # Virtuoso 7 reads the backslash as part of the IRI, in silence.
    serialize(terms, stream, kind, prefixes=dict(knowledge.ontology.prefixes))

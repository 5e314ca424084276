"""The RDF formats, streamed from the curated terms: a store would rewrite literals ("1.50" to "1.5")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.export.pieces import JSON_LD, N_QUADS, RDF_XML, TRIG, TURTLE, Joined, Syntax
from graph.knowledge.triples import Blocks, within
from graph.model.vocabulary import RDF

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


def turtle(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what is told as one Turtle graph: without what is inferred and without the ontology."""
    _graph(knowledge, stream, TURTLE)


def rdf_xml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the same graph as RDF/XML."""
    _graph(knowledge, stream, RDF_XML)


def trig(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the whole dataset, a named graph per source and one each for what no source tells, as TriG."""
    _dataset(knowledge, stream, TRIG)


def turtle_12(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what `turtle` does as RDF 1.2: what a claim or an inference says is one triple term (`rdf:reifies`)."""
    _write(knowledge, _reifying(knowledge.triples()), stream, RdfFormat.TURTLE)


def n_triples_12(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the same as N-Triples of RDF 1.2."""
    _write(knowledge, _reifying(knowledge.triples()), stream, RdfFormat.N_TRIPLES)


def n_quads(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the whole dataset as N-Quads."""
    _dataset(knowledge, stream, N_QUADS)


def json_ld(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the whole dataset as JSON-LD."""
    _dataset(knowledge, stream, JSON_LD)


def description(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write what the dataset is, and from which sources, as Turtle (VoID and DCAT)."""
    _write(knowledge, knowledge.graph("description").triples, stream, RdfFormat.TURTLE)


def ontology(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the ontology and the titles of the rules as Turtle."""
    _write(knowledge, knowledge.graph("ontology").triples, stream, RdfFormat.TURTLE)


def _graph(knowledge: Knowledge, stream: BinaryIO, syntax: Syntax) -> None:
    """Write what is told; of each source as it was written before, where it was."""
    file = Joined(syntax, knowledge.ontology.prefixes, stream)
    file.add(chain(knowledge.description, knowledge.asserted.things()))
    for part in knowledge.asserted.parts():
        if part.written:
            file.copy(part.written(syntax.part.format(part.name)))
        else:
            file.add(part.triples)
    file.close()


def _dataset(knowledge: Knowledge, stream: BinaryIO, syntax: Syntax) -> None:
    """Write the whole dataset; each graph as it was written before, where it was."""
    blocks = [syntax.part.format(name) for name in Blocks._fields]
    file = Joined(syntax, knowledge.ontology.prefixes, stream)
    for graph in knowledge.graphs():
        if graph.written:
            file.graph(graph.name, chain.from_iterable(map(graph.written, blocks)))
        else:
            file.add(within(graph.name, graph.triples))
    file.close()


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

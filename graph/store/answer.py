"""What a query is given and what it gives: terms, and the three kinds of answers."""

from __future__ import annotations

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from graph.model.vocabulary import Term as Term

Answer = QuerySolutions | QueryBoolean | QueryTriples


def triples(graph: bytes, form: RdfFormat = RdfFormat.N_TRIPLES) -> Answer:
    """Give the triples of a serialised graph as the answer that a CONSTRUCT gives; SyntaxError if it cannot be read."""
    store = Store()
    store.load(graph, format=form)
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

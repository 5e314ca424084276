"""What a query is given and what it gives: terms, and the three kinds of answers."""

from __future__ import annotations

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from graph.errors import EndpointError
from graph.model.vocabulary import Term as Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Answer = QuerySolutions | QueryBoolean | QueryTriples


def table(answer: Answer, **columns: type) -> list[tuple[Any, ...]]:
    """Give the rows of a table that we asked for, by its columns and the kind of term in each.

    Raises EndpointError if it is another: no service can be trusted to answer what it was asked.
    """
    try:
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - `graph.store.remote` refuses what is no table
        rows = [tuple(row[name] for name in columns) for row in answer]
    except (SyntaxError, KeyError) as error:
        raise EndpointError(f"the service answered with a table that cannot be read: {error}") from error
    for row in rows:
        for name, kind, cell in zip(columns, columns.values(), row, strict=True):
            if not isinstance(cell, kind):
                raise EndpointError(f"the service answered with {cell or 'nothing'} where ?{name} was asked")
    return rows


def triples(graph: bytes, form: RdfFormat = RdfFormat.N_TRIPLES) -> Answer:
    """Give the triples of a serialised graph as the answer that a CONSTRUCT gives; SyntaxError if it cannot be read."""
    store = Store()
    store.load(graph, format=form)
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

"""Writing whole named graphs to a remote store, by whichever of the two SPARQL 1.1 ways it has.

https://www.w3.org/TR/sparql11-http-rdf-update/ and https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from urllib.parse import quote

from pyoxigraph import NamedNode

from graph.store.remote import Http, Refusal, address

BATCH = 1000
"""Triples in one INSERT DATA: a server such as Virtuoso compiles the request as a statement, whose length it bounds."""

# Where a store that answers queries at such an address takes graphs, and updates.
_LAYOUTS = (
    (r"(.*/repositories/[^/]+)", r"\1/rdf-graphs/service", r"\1/statements"),  # GraphDB, RDF4J
    (r"(.*:8182)/sparql", r"\1/sparql/gsp/", r"\1/sparql"),  # Amazon Neptune
    (r"(.*)/sparql(?:-auth)?", r"\1/sparql-graph-crud-auth", r"\1/sparql-auth"),  # Virtuoso
    (r"(.*)/query", r"\1/store", r"\1/update"),  # Oxigraph
)
_WHOLE = (r"(.*)/query",)
"""Those among them that do all that an update says, or nothing."""
_ABSENT = {404, 405, 501}
_TOO_LARGE = 413


class GraphWriter(Protocol):
    """Replaces and removes named graphs; EndpointError where the store refuses."""

    def put(self, graph: str, lines: Sequence[str]) -> None:
        """Make the graph hold these triples, lines of N-Triples, and no others."""
        ...

    def delete(self, graph: str) -> None:
        """Remove the graph, if it is there."""
        ...

    def put_all(self, graphs: Mapping[str, Sequence[str]]) -> bool:
        """Put all these graphs or none, and remove those without lines; False where that cannot be had."""
        ...


class GraphStore:
    """Writes by the Graph Store Protocol, naming the graph in every request: without, some replace everything."""

    def __init__(self, endpoint: str, store: str) -> None:
        self._http, self._store = Http(endpoint), address(store)

    def put(self, graph: str, lines: Sequence[str]) -> None:
        """See `GraphWriter.put`."""
        self._http.send("PUT", self._of(graph), "".join(lines).encode(), {"Content-Type": "text/turtle"})

    def delete(self, graph: str) -> None:
        """See `GraphWriter.delete`."""
        try:
            self._http.send("DELETE", self._of(graph), None, {})
        except Refusal as refusal:
            if refusal.status != 404:
                raise

    def put_all(self, graphs: Mapping[str, Sequence[str]]) -> bool:
        """See `GraphWriter.put_all`."""
        return False

    def _of(self, graph: str) -> str:
        return f"{self._store}?graph={quote(graph, safe='')}"


class Update:
    """Writes by SPARQL Update, in batches; `whole` where the store does all that one request says, or nothing."""

    def __init__(self, endpoint: str, update: str, *, whole: bool = False) -> None:
        self._http, self._update, self._whole = Http(endpoint), address(update), whole

    def put(self, graph: str, lines: Sequence[str]) -> None:
        """See `GraphWriter.put`."""
        self.delete(graph)
        for start in range(0, len(lines), BATCH):
            self._send(f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{''.join(lines[start : start + BATCH])}}} }}")

    def delete(self, graph: str) -> None:
        """See `GraphWriter.delete`."""
        self._send(f"DROP SILENT GRAPH {NamedNode(graph)}")

    def put_all(self, graphs: Mapping[str, Sequence[str]]) -> bool:
        """See `GraphWriter.put_all`."""
        if not self._whole:
            return False
        steps = [f"DROP SILENT GRAPH {NamedNode(graph)}" for graph in graphs]
        steps += (
            f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{''.join(lines)}}} }}"
            for graph, lines in graphs.items()
            if lines
        )
        try:
            self._send(" ;\n".join(steps))
        except Refusal as refusal:
            if refusal.status in {*_ABSENT, _TOO_LARGE}:
                return False
            raise
        return True

    def _send(self, update: str) -> None:
        self._http.send("POST", self._update, update.encode(), {"Content-Type": "application/sparql-update"})


class Either:
    """Writes by the Graph Store Protocol until the server says that it has none, then by SPARQL Update."""

    def __init__(self, first: GraphWriter, second: GraphWriter) -> None:
        self._writer, self._second = first, second

    def put(self, graph: str, lines: Sequence[str]) -> None:
        """See `GraphWriter.put`."""
        self._try(lambda: self._writer.put(graph, lines))

    def delete(self, graph: str) -> None:
        """See `GraphWriter.delete`."""
        self._try(lambda: self._writer.delete(graph))

    def put_all(self, graphs: Mapping[str, Sequence[str]]) -> bool:
        """See `GraphWriter.put_all`."""
        return self._second.put_all(graphs)

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Refusal as refusal:
            if refusal.status not in _ABSENT or self._writer is self._second:
                raise
            self._writer = self._second
            write()


def writer_for(endpoint: str, store: str | None = None) -> GraphWriter:
    """Find how to write to the store that answers at `endpoint`: at `store` if given, else where its kind has it."""
    if store is not None:
        return GraphStore(endpoint, store)
    for query, graphs, update in _LAYOUTS:
        if found := re.fullmatch(query, endpoint):
            second = Update(endpoint, found.expand(update), whole=query in _WHOLE)
            return Either(GraphStore(endpoint, found.expand(graphs)), second)
    return Update(endpoint, endpoint)

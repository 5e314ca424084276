"""The dataset to a remote store, named graph by named graph, replacing only what changed and counting what arrived.

Graphs are written by the SPARQL 1.1 Graph Store HTTP Protocol, always by name, or by SPARQL Update where a server has
no graph store. What was published is recorded in a graph of its own, `graph/published`: the number of triples and the
SHA-256 of each graph as sent. A graph is left alone when its record is that of the dataset and the store still counts
as many triples; a change by somebody else that keeps the count is not seen. The record is cleared before a graph is
written and renewed after it was counted, so that a publication cut short is taken up again by the next.
"""

from __future__ import annotations

import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.errors import EndpointError
from graph.model.vocabulary import AZ, VOID, XSD
from graph.store.answer import table
from graph.store.graph_store import GraphWriter
from graph.store.remote import Remote

RECORD = "graph/published"
Outcome = typing.Literal["added", "replaced", "unchanged", "removed"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What happened to one named graph of the store."""

    graph: str
    triples: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Graph:
    """One named graph as it is sent: N-Triples, one sorted line for each triple."""

    lines: tuple[str, ...]

    @property
    def digest(self) -> str:
        return sha256("".join(self.lines).encode()).hexdigest()


def publish(
    quads: Iterable[Quad],
    base: str,
    endpoint: str,
    writer: GraphWriter,
    tell: Callable[[Sent], object] = lambda _: None,
) -> list[Sent]:
    """Make the named graphs of a store those of `quads`; `tell` hears of each graph as it is done.

    Other graphs of the store are not touched, but for those that an earlier publication of this dataset put there.
    Raises EndpointError if the store cannot be written, or does not hold what was sent.
    """
    remote, record = Remote(endpoint, base), base + RECORD
    graphs = _split(quads)
    known = _recorded(remote, record)
    same = {name for name in graphs if _same(remote, name, graphs[name], known.get(name))}
    done = [Sent(name, len(graphs[name].lines), "unchanged") for name in sorted(same)]
    for sent in done:
        tell(sent)
    gone = sorted(known.keys() - graphs.keys())
    if same == graphs.keys() and not gone:
        return done
    kept = {name: graphs[name] for name in same}
    _put(remote, writer, record, _lines(kept))
    for name in gone:
        writer.delete(name)
        _verify(remote, name, 0)
        done.append(Sent(name, 0, "removed"))
        tell(done[-1])
    for name in sorted(graphs.keys() - same):
        outcome: Outcome = "replaced" if _count(remote, name) else "added"
        _put(remote, writer, name, graphs[name].lines)
        done.append(Sent(name, len(graphs[name].lines), outcome))
        tell(done[-1])
    _put(remote, writer, record, _lines(graphs))
    return done


def _split(quads: Iterable[Quad]) -> dict[str, _Graph]:
    lines: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            lines[quad.graph_name.value].add(f"{quad.triple} .\n")
    return {name: _Graph(tuple(sorted(found))) for name, found in lines.items()}


def _lines(graphs: Mapping[str, _Graph]) -> tuple[str, ...]:
    """Write the record of some graphs."""
    triples = []
    for name, graph in sorted(graphs.items()):
        count = Literal(str(len(graph.lines)), datatype=XSD.integer)
        node = NamedNode(name)
        triples += [Triple(node, VOID.triples, count), Triple(node, AZ.sha256, Literal(graph.digest))]
    return tuple(f"{triple} .\n" for triple in triples)


def _recorded(remote: Remote, record: str) -> dict[str, str]:
    """Give the digests of the graphs that earlier publications left, by the names of the graphs."""
    found = remote.query(f"SELECT ?graph ?digest WHERE {{ GRAPH <{record}> {{ ?graph az:sha256 ?digest }} }}")
    return {graph.value: digest.value for graph, digest in table(found, graph=NamedNode, digest=Literal)}


def _same(remote: Remote, name: str, graph: _Graph, digest: str | None) -> bool:
    return digest == graph.digest and _count(remote, name) == len(graph.lines)


def _put(remote: Remote, writer: GraphWriter, name: str, lines: tuple[str, ...]) -> None:
    if lines:
        writer.put(name, lines)
    else:
        writer.delete(name)
    _verify(remote, name, len(lines))


def _verify(remote: Remote, name: str, expected: int) -> None:
    """Count the triples of a graph: servers were seen to accept a write and lose it."""
    if (held := _count(remote, name)) != expected:
        raise EndpointError(f"{remote.endpoint} was sent {expected} triples of <{name}> and holds {held}")


def _count(remote: Remote, name: str) -> int:
    found = remote.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {NamedNode(name)} {{ ?s ?p ?o }} }}")
    counts = [count.value for (count,) in table(found, count=Literal)]
    if len(counts) != 1 or not counts[0].isdecimal():
        raise EndpointError(f"{remote.endpoint} does not say how many triples <{name}> has")
    return int(counts[0])

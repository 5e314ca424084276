"""The dataset to a remote store, named graph by named graph, replacing only what changed and counting what arrived.

Graphs are written by the SPARQL 1.1 Graph Store HTTP Protocol, always by name, or by SPARQL Update where a server has
no graph store. What was published is recorded in a graph of its own, `graph/published`: the number of triples and the
SHA-256 of each graph as sent. A graph is left alone when its record is that of the dataset and the store still counts
as many triples; a change by somebody else that keeps the count is not seen, and is mended only by force. All is written
in one step where the store can. Where not, the record of a graph is cleared before it is written and renewed after it
was counted, so that a publication cut short is taken up by the next where it stopped.
"""

from __future__ import annotations

import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

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
    *,
    force: bool = False,
) -> list[Sent]:
    """Make the named graphs of a store those of `quads`; `tell` hears of each graph as it is done.

    With `force`, all are sent, whatever the record says. Other graphs of the store are not touched, but for those that
    an earlier publication of this dataset put there.

    Raises EndpointError if the store cannot be written, or does not hold what was sent.
    """
    remote, record = Remote(endpoint, base), base + RECORD
    graphs = _split(quads)
    known = _recorded(remote, record)
    same = {name for name in graphs if not force and _same(remote, name, graphs[name], known.get(name))}
    done = [Sent(name, len(graphs[name].lines), "unchanged") for name in sorted(same)]
    for sent in done:
        tell(sent)
    gone = sorted(known.keys() - graphs.keys())
    if same == graphs.keys() and not gone:
        return done
    todo: dict[str, Outcome] = dict.fromkeys(gone, "removed")
    todo |= {name: "replaced" if count(remote, name) else "added" for name in sorted(graphs.keys() - same)}
    lines = {name: graphs[name].lines if name in graphs else () for name in todo}
    whole = writer.put_all({**lines, record: _lines(graphs)})
    kept, left = {name: graphs[name] for name in same}, {name: known[name] for name in gone}
    if not whole:
        _put(remote, writer, record, _lines(kept, left))
    for name, outcome in todo.items():
        if whole:
            _verify(remote, name, len(lines[name]))
        else:
            _put(remote, writer, name, lines[name])
            kept |= {name: graphs[name]} if name in graphs else {}
            left.pop(name, None)
            _put(remote, writer, record, _lines(kept, left))
        done.append(Sent(name, len(lines[name]), outcome))
        tell(done[-1])
    return done


def _split(quads: Iterable[Quad]) -> dict[str, _Graph]:
    lines: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            lines[quad.graph_name.value].add(f"{quad.triple} .\n")
    return {name: _Graph(tuple(sorted(found))) for name, found in lines.items()}


def _lines(graphs: Mapping[str, _Graph], left: Mapping[str, str] = MappingProxyType({})) -> tuple[str, ...]:
    """Write the record of some graphs, and of those `left` that are still to be removed, by their digests."""
    triples = [Triple(NamedNode(name), AZ.sha256, Literal(digest)) for name, digest in sorted(left.items())]
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
    return digest == graph.digest and count(remote, name) == len(graph.lines)


def _put(remote: Remote, writer: GraphWriter, name: str, lines: tuple[str, ...]) -> None:
    if lines:
        writer.put(name, lines)
    else:
        writer.delete(name)
    _verify(remote, name, len(lines))


def _verify(remote: Remote, name: str, expected: int) -> None:
    """Count the triples of a graph: servers were seen to accept a write and lose it."""
    if (held := count(remote, name)) != expected:
        raise EndpointError(f"{remote.endpoint} was sent {expected} triples of <{name}> and holds {held}")


def count(remote: Remote, name: str) -> int:
    """Ask how many triples a graph has; EndpointError where that is not said."""
    found = remote.query(f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {NamedNode(name)} {{ ?s ?p ?o }} }}")
    counts = [count.value for (count,) in table(found, count=Literal)]
    if len(counts) != 1 or not counts[0].isdecimal():
        raise EndpointError(f"{remote.endpoint} does not say how many triples <{name}> has")
    return int(counts[0])

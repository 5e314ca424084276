"""A publication in one step or in several, cut short or forced, on two real servers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
import servers

from graph.errors import EndpointError, QueryError
from graph.store.graph_store import GraphWriter, writer_for
from graph.store.publish import Sent, publish
from graph.store.remote import Remote

from .test_publish import count, fact

pytestmark = pytest.mark.servers


class Stopping:
    """A store that takes one graph after another, and none that ends in `last` or comes after it."""

    def __init__(self, writer: GraphWriter, last: str = "never") -> None:
        self._writer, self._last = writer, last

    def put(self, graph: str, lines: Sequence[str]) -> None:
        self._stop(graph)
        self._writer.put(graph, lines)

    def delete(self, graph: str) -> None:
        self._stop(graph)
        self._writer.delete(graph)

    def put_all(self, graphs: Mapping[str, Sequence[str]]) -> bool:
        return False

    def _stop(self, graph: str) -> None:
        if graph.endswith(self._last):
            raise EndpointError("the store has gone")


@pytest.mark.parametrize("last", ["/x", "/y", "/b", "/c"])
def test_publication_cut_short_is_taken_up_where_it_stopped(server: servers.Server, last: str) -> None:
    base = f"https://cut-short.example{last}/"
    publish([fact("mill", each, base) for each in "xy"], base, server.endpoint, writer_for(server.endpoint))
    quads, done = [fact("mill", each, base) for each in "abc"], list[Sent]()
    with pytest.raises(EndpointError, match="has gone"):
        publish(quads, base, server.endpoint, Stopping(writer_for(server.endpoint), last), done.append)
    again = publish(quads, base, server.endpoint, Stopping(writer_for(server.endpoint)))
    order = {"x": "removed", "y": "removed", "a": "added", "b": "added", "c": "added"}
    before = [*order][: [*order].index(last[1:])]
    assert {each.graph.removeprefix(base): each.outcome for each in done} == {each: order[each] for each in before}
    left = {each: outcome for each, outcome in order.items() if each not in before}
    there = {each: "unchanged" for each in before if order[each] == "added"}
    assert {each.graph.removeprefix(base): each.outcome for each in again} == left | there
    assert [count(server.endpoint, base + each) for each in "xyabc"] == [0, 0, 1, 1, 1]


def test_all_graphs_are_written_or_none_where_the_store_can(server: servers.Server) -> None:
    base, writer = "https://whole.example/", writer_for(server.endpoint)
    good = "<https://whole.example/s> <https://whole.example/p> 1 .\n"
    if server.user:  # Virtuoso cannot
        assert not writer.put_all({base + "a": [good]})
        assert count(server.endpoint, base + "a") == 0
        return
    writer.put(base + "there", [good])
    fails = (
        f"}} }} ; CREATE GRAPH <{base}there> ; INSERT DATA {{ GRAPH <{base}there> {{"  # what is there cannot be made
    )
    with pytest.raises((EndpointError, QueryError)):
        writer.put_all({base + "a": [good], base + "b": [good, fails]})
    assert [count(server.endpoint, base + each) for each in "ab"] == [0, 0]
    assert writer.put_all({base + "a": [good], base + "b": [good]})
    assert writer.put_all({base + "a": [], base + "b": [good, good.replace("1 .", "2 .")]})
    assert [count(server.endpoint, base + each) for each in "ab"] == [0, 2]


def test_an_edit_that_keeps_the_count_is_mended_by_force(server: servers.Server) -> None:
    base = "https://forced.example/"
    quads = [fact("mill", "a", base), fact("mill", "b", base)]
    publish(quads, base, server.endpoint, writer_for(server.endpoint))
    writer_for(server.endpoint).put(base + "a", [f"<{base}edited> <{base}in> 1 .\n"])
    unforced = publish(quads, base, server.endpoint, writer_for(server.endpoint))
    assert {each.outcome for each in unforced} == {"unchanged"}
    forced = publish(quads, base, server.endpoint, writer_for(server.endpoint), force=True)
    assert [each.outcome for each in forced] == ["replaced", "replaced"]
    ask = f"ASK {{ GRAPH <{base}a> {{ <{base}mill> ?p ?o }} }}"
    assert bool(Remote(server.endpoint).query(ask))

"""The network formats are written as they are read, element by element, and say what networkx's own writers would."""

from __future__ import annotations

import io
import tracemalloc
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from graph.export import networks
from graph.knowledge.knowledge import Knowledge

HOSTILE = "a \"b\" & <c> ]]> 'd'\ttab\nline تيزنيت 🧵"


def holding(knowledge: Knowledge, network: nx.MultiDiGraph) -> Knowledge:
    """Give a dataset another network."""
    other = Knowledge(knowledge.asserted, knowledge.inferences)
    other.__dict__["network"] = network
    return other


@pytest.fixture
def hostile(emerald: Knowledge) -> Knowledge:
    """Of two nodes, one has what the other lacks; names hold all that means something in XML."""
    network = nx.MultiDiGraph()
    network.add_node("a", label=HOSTILE, alt="", degree=1, lat=30.5)
    network.add_node("b", label="b", extra=HOSTILE, degree=12, lat=-1e-7)
    network.add_edge("a", "b", "p", id="a p b", label=HOSTILE, rule="", claims="1 2")
    network.add_edge("a", "b", "q", id="a q b", label="q", rule="r", claims="3")
    return holding(emerald, network)


def written(knowledge: Knowledge, name: str) -> bytes:
    stream = io.BytesIO()
    getattr(networks, name)(knowledge, stream)
    return stream.getvalue()


@pytest.mark.parametrize("region", ["emerald", "hostile"])
def test_graphml_is_what_networkx_writes(region: str, request: pytest.FixtureRequest) -> None:
    knowledge = request.getfixturevalue(region)
    oracle, stream = GraphMLWriter(knowledge.network, edge_id_from_attribute="id"), io.BytesIO()
    oracle.dump(stream)
    head, desc, rest = written(knowledge, "graphml").partition(b"  <desc>")
    assert head + rest.partition(b"</desc>\n")[2] == stream.getvalue()
    assert desc


@pytest.mark.parametrize("region", ["emerald", "hostile"])
def test_gexf_is_what_networkx_writes(region: str, request: pytest.FixtureRequest) -> None:
    knowledge = request.getfixturevalue(region)
    oracle = GEXFWriter(knowledge.network, version="1.2draft").xml
    declared = {each.get("id"): each.get("title") for each in oracle.iter("attribute")}

    def values(element: ElementTree.Element, names: dict[str | None, str | None]) -> dict[str | None, str | None]:
        return {names[each.get("for")]: each.get("value") for each in element.iterfind(".//{*}attvalue")}

    ours = ElementTree.fromstring(written(knowledge, "gexf"))
    names = {each.get("id"): each.get("title") for each in ours.iterfind(".//{*}attribute")}
    for tag in ("node", "edge"):
        pairs = list(zip(ours.iterfind(f".//{{*}}{tag}"), oracle.iter(tag), strict=True))
        assert pairs
        for one, other in pairs:
            assert one.attrib == other.attrib
            assert values(one, names) == {k: v for k, v in values(other, declared).items() if k != "networkx_key"}


def test_networkx_reads_back_what_names_hold(hostile: Knowledge) -> None:
    graphml = nx.read_graphml(io.BytesIO(written(hostile, "graphml")), force_multigraph=True)
    assert graphml.nodes["b"] == {"label": "b", "extra": HOSTILE, "degree": 12, "lat": -1e-7}
    assert set(graphml.edges(keys=True)) == {("a", "b", "a p b"), ("a", "b", "a q b")}
    gexf = nx.read_gexf(io.BytesIO(written(hostile, "gexf")))
    assert gexf.nodes["b"] == {"label": "b", "extra": HOSTILE, "degree": 12, "lat": -1e-7}
    assert {data["label"] for *_, data in gexf.edges(data=True)} == {HOSTILE, "q"}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_network_without_anything_is_read(name: str, emerald: Knowledge) -> None:
    read = getattr(nx, f"read_{name}")
    assert len(read(io.BytesIO(written(holding(emerald, nx.MultiDiGraph()), name)))) == 0


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_network_is_written_without_being_held_twice(name: str, emerald: Knowledge) -> None:
    network = nx.MultiDiGraph()
    for node in range(4000):
        network.add_edge(f"n{node}", f"n{node // 2}", "p", id=f"{node}", label="p" * 100)
    nx.set_node_attributes(network, "n" * 100, "label")
    knowledge = holding(emerald, network)

    class Counting(io.RawIOBase):
        size = 0

        def write(self, data: Any) -> int:
            self.size += len(data)
            return len(data)

    stream = Counting()
    tracemalloc.start()
    getattr(networks, name)(knowledge, stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stream.size > 1_500_000
    assert peak < 300_000

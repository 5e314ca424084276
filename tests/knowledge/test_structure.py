"""What the shape of a network says of its things: worked out by hand, and the same in whatever order it is given."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import networkx as nx
import pytest

from graph.knowledge.measures import EXACT
from graph.knowledge.structure import LOUVAIN, shape

#: Two triangles, and a bridge between them.
LINKS = ["ab", "bc", "ca", "cd", "de", "ef", "fd"]


def measures(network: nx.Graph) -> dict[str, dict[str, float]]:
    """The value of each measure for every node."""
    found = shape(network, network.edges)
    return {name: dict(zip(found.names, values, strict=True)) for name, values in found.measures.items()}


def network(*links: str) -> nx.Graph:
    return nx.Graph(tuple(link) for link in links)


def test_hubs_bridges_and_communities_of_two_triangles():
    found = measures(network(*LINKS))
    assert found["degree"] == {"a": 2, "b": 2, "c": 3, "d": 3, "e": 2, "f": 2}
    # of the 10 pairs of others, 6 meet only over the bridge
    assert found["betweenness"] == {"a": 0, "b": 0, "c": 0.6, "d": 0.6, "e": 0, "f": 0}
    assert found["community"] == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1}
    assert found["bridges"] == {"a": 0, "b": 0, "c": 1, "d": 1, "e": 0, "f": 0}


def test_largest_community_is_the_first():
    found = measures(network("ab", "uv", "vw", "wu"))["community"]
    assert found == {"u": 0, "v": 0, "w": 0, "a": 1, "b": 1}


def test_nothing_has_no_structure():
    assert measures(nx.Graph()) == {"degree": {}, "betweenness": {}, "community": {}, "bridges": {}}


@pytest.mark.processes
@pytest.mark.parametrize("seed", ["1", "2"])
def test_order_and_hash_seed_change_nothing(seed):
    code = """
import random, networkx as nx
from graph.knowledge.structure import shape
links = list(nx.gnm_random_graph(400, 900, seed=3).edges)
random.shuffle(links)
found = shape({f"thing-{end}" for link in links for end in link}, ((f"thing-{a}", f"thing-{b}") for a, b in links))
print(found.names, found.links.tolist(), found.measures)
"""
    run = [
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": each}, capture_output=True, check=True)
        for each in ("0", seed)
    ]
    assert run[0].stdout == run[1].stdout != b""


@pytest.mark.long
def test_large_network_is_sampled():
    """A broker of 3,000 things is found among them, in a time that does not grow with the square of their number."""
    draw = random.Random(5)
    links = [("broker", f"{side}-0") for side in ("left", "right")]
    links += [(f"{side}-{n}", f"{side}-{draw.randrange(n)}") for side in ("left", "right") for n in range(1, 6 * EXACT)]
    start = time.process_time()
    between = measures(nx.Graph(links))["betweenness"]
    assert time.process_time() - start < 10
    assert between["broker"] == pytest.approx(0.5, abs=0.1)
    assert all(0 <= value <= 1 for value in between.values())


@pytest.mark.long
def test_communities_of_a_large_network_are_those_that_it_was_made_of():
    """A ring of more cliques of five than `LOUVAIN` lets be looked at in Python, and one thing without a link."""
    cliques = range(LOUVAIN // 5 + 1)
    inner = [(f"{clique}-{a}", f"{clique}-{b}") for clique in cliques for a in range(5) for b in range(a)]
    ring = [(f"{clique}-0", f"{(clique + 1) % len(cliques)}-1") for clique in cliques]
    names = {end for link in inner for end in link} | {"alone"}
    found = shape(names, inner + ring)
    assert shape(names, reversed(inner + ring)).measures == found.measures
    # of the communities that maximise modularity, each holds whole cliques, some neighbouring ones together
    assert all(found.of(a)["community"] == found.of(b)["community"] for a, b in inner)
    assert found.measures["community"].count(found.of("alone")["community"]) == 1
    assert found.of("nobody") == {}

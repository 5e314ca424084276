"""What the shape of a network says of each of its things: communities, hubs, and those in between.

The network is taken as undirected. The same network gives the same numbers, whatever the order of its nodes and edges.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from graph.system.memo import remembered

if TYPE_CHECKING:
    import networkx as nx

SEED = 1
EXACT = 256
PIVOTS = 64
DIGITS = 6
MEASURES = ("degree", "betweenness", "community", "bridges")


def measures(network: nx.Graph) -> dict[str, dict[str, Any]]:
    """Give the value of each of `MEASURES` for every node.

    `degree` is how many others it is linked to; `betweenness` the share of the shortest ways between others that lead
    over it (0 to 1; from `PIVOTS` starting points where there are more nodes than `EXACT`: Brandes & Pich 2007);
    `community` the number of its community, 0 the largest (Louvain: Blondel et al. 2008); `bridges` how many of its
    links are the only way between what they join.
    """
    given = sorted(network), sorted(tuple(sorted(edge)) for edge in network.edges())
    return remembered("measures", given, lambda: _measures(network))


def _measures(network: nx.Graph) -> dict[str, dict[str, Any]]:
    import networkx as nx

    names = sorted(network)  # numbers for names: sets of texts are ordered by the hash seed
    number = {name: index for index, name in enumerate(names)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    plain.add_edges_from(sorted(tuple(sorted((number[a], number[b]))) for a, b in network.edges()))
    between = nx.betweenness_centrality(plain, k=PIVOTS if len(names) > EXACT else None, seed=SEED)
    found = nx.community.louvain_communities(plain, seed=SEED) if names else []
    joining = Counter(node for link in nx.bridges(plain) for node in link)
    communities = sorted(map(sorted, found), key=lambda members: (-len(members), members))
    return {
        "degree": {name: plain.degree(number[name]) for name in names},
        "betweenness": {name: round(between[number[name]], DIGITS) for name in names},
        "community": {names[node]: index for index, members in enumerate(communities) for node in members},
        "bridges": {name: joining[number[name]] for name in names},
    }

"""Where each thing of the network stands: seeded, communities each on its own ground, the focus near the middle.

The unit is about one CSS pixel at the zoom that fits the whole picture into its place on a desk. Forces come from
ForceAtlas2 (Jacomy et al. 2014, as in networkx), with links within a community stronger than those between; then each
community gets ground in proportion to its size, and `graph.page.untangle` takes out crossings and makes room for names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from graph.system.memo import remembered

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.knowledge import Knowledge

FRAME = (400.0, 385.0)
FRAMED = 110
SEEDS = 7, 69  # of the forces, of the untangling
CORE = 300
WITHIN, BETWEEN = 3.0, 0.5
HUB = 1.6  # the names of hubs stand for their communities: each must find room
ROUNDS = 2600  # steps of single things, at least; large networks have some rounds more
CELL = 44
NEAR = 40
TOUCHING = 0.5  # discs that overlap by less only touch
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

Box = tuple[float, float]
Position = tuple[int, int]


def focus(knowledge: Knowledge, network: nx.MultiDiGraph) -> str | None:
    """Say what stands in the middle: what `dataset.toml` names as its focus, else what most ways lead over."""
    if knowledge.info.focus in knowledge.facts.entities:
        return knowledge.info.focus
    return max(sorted(network), key=lambda node: itemgetter("betweenness", "degree")(network.nodes[node]), default=None)


def positions(
    network: nx.Graph, boxes: Mapping[str, Box], communities: Mapping[str, int], focus: str | None
) -> dict[str, Position]:
    """Give every node its place, in whole pixels; `boxes` are the width and height each node and its name need.

    Forces place the `CORE` most connected nodes; each of the others stands as near as there is room to the most
    connected of its neighbours, so that a large network costs time in proportion to its size. What has no link stands
    in rows below.
    """
    given = list(network), list(network.edges()), sorted(boxes.items()), sorted(communities.items()), focus
    found = remembered("layout", given, lambda: _positions(network, boxes, communities, focus))
    return {name: (x, y) for name, (x, y) in found.items()}


def _positions(
    network: nx.Graph, boxes: Mapping[str, Box], communities: Mapping[str, int], focus: str | None
) -> dict[str, Position]:
    ranked = sorted(network, key=lambda node: (node != focus, -network.degree(node), node))
    linked = [node for node in ranked if network.degree(node)]
    core = sorted(linked[:CORE])
    placed = _core(network.subgraph(core), core, boxes, communities, focus) if core else {}
    placed |= _around(network, linked, placed)
    return placed | _below([node for node in ranked if not network.degree(node)], placed)


def _core(
    network: nx.Graph,
    nodes: list[str],
    boxes: Mapping[str, Box],
    communities: Mapping[str, int],
    focus: str | None,
) -> dict[str, Position]:
    import numpy as np

    from graph.page.untangle import Untangling

    number = {node: index for index, node in enumerate(nodes)}
    known = sorted({communities[node] for node in nodes})
    community = np.array([known.index(communities[node]) for node in nodes])
    links = np.array(sorted(sorted((number[a], number[b])) for a, b in network.edges()))
    frame = complex(*FRAME) * max(1, (len(nodes) / FRAMED) ** 0.5)
    at = _forces(links, community, frame, number.get(focus or ""))
    sites, reach = _grounds(at, community, frame)
    room = np.array([_room(*boxes[node]) for node in nodes])
    hubs = {each: max(nodes, key=lambda node: (communities[node] == each, network.degree(node))) for each in known}
    room[[number[hub] for hub in hubs.values()]] *= HUB
    rounds = max(8, ROUNDS // len(nodes))
    at = Untangling(at, room, links, community, sites, reach, frame).improve(rounds, SEEDS[1])
    at = _apart(at, np.array([0.65 * boxes[node][1] - 6 for node in nodes]), frame)
    return {node: (round(each.real), round(each.imag)) for node, each in zip(nodes, at.tolist(), strict=True)}


def _room(width: float, height: float) -> complex:
    """Give the room that a mark asks for: not all that its name needs, which has several places to choose from."""
    return complex(0.5 * min(width, 130), 0.7 * height)


def _forces(links: Any, community: Any, frame: complex, focus: int | None) -> Any:
    """Give places where the forces are in balance, drawn out to the frame, the focus in the middle."""
    import networkx as nx
    import numpy as np

    plain = nx.Graph()
    plain.add_nodes_from(range(len(community)))
    for a, b in links.tolist():
        plain.add_edge(a, b, weight=WITHIN if community[a] == community[b] else BETWEEN)
    placed = nx.forceatlas2_layout(plain, max_iter=200, seed=SEEDS[0], gravity=1.0, scaling_ratio=2.0, weight="weight")
    at = np.array([complex(*placed[node]) for node in plain])
    at -= at.mean() if focus is None else at[focus]
    return at.real / max(1e-9, np.abs(at.real).max()) * frame.real + 1j * (
        at.imag / max(1e-9, np.abs(at.imag).max()) * frame.imag
    )


def _grounds(at: Any, community: Any, frame: complex) -> tuple[Any, Any]:
    """Give each community a disc of ground in proportion to its size, discs apart, and move its things there."""
    import numpy as np

    sizes = np.bincount(community)
    reach = np.sqrt(sizes / sizes.sum() * 4 * frame.real * frame.imag / math.pi)
    begun = np.bincount(community, at.real) / sizes + 1j * (np.bincount(community, at.imag) / sizes)
    sites = _apart(begun, reach, frame)
    off = at - begun[community]
    widest = np.maximum(1e-9, [np.abs(off[community == each]).max() for each in range(len(sizes))])
    at[:] = sites[community] + off * np.minimum(1, 0.9 * reach / widest)[community]
    return sites, reach


def _apart(sites: Any, reach: Any, frame: complex) -> Any:
    """Push discs apart that overlap, half each, and back into the frame."""
    import numpy as np

    order = np.arange(len(sites))
    for _ in range(200):
        gap = sites[:, None] - sites
        far = np.abs(gap)
        lack = np.maximum(0, 0.95 * (reach[:, None] + reach) - far)
        np.fill_diagonal(lack, 0)
        if lack.max() < TOUCHING:
            break
        side = np.where(far > 0, gap / np.maximum(far, 1e-9), np.exp(1j * (order[:, None] - order)))
        sites = sites + (side * lack).sum(axis=1) * 0.2
        x, y = (np.maximum(0, edge - 0.8 * reach) for edge in (frame.real, frame.imag))
        sites = np.clip(sites.real, -x, x) + 1j * np.clip(sites.imag, -y, y)
    return sites


def _around(network: nx.Graph, ranked: Sequence[str], core: Mapping[str, Position]) -> dict[str, Position]:
    """Place what the forces left: in a sunflower around its best neighbour, each on a free cell of a grid."""
    rank = {node: index for index, node in enumerate(ranked)}
    at, turns = dict(core), dict.fromkeys(ranked, 0)
    taken = {_cell(place) for place in core.values()}
    for node in ranked[len(core) :]:
        known = [near for near in network[node] if near in at]
        hub = min(known, key=rank.__getitem__) if known else ranked[0]
        last = turns[hub] + NEAR
        while _cell(place := _petal(at[hub], turns[hub])) in taken:
            turns[hub] += 1
            if turns[hub] == last:  # too crowded here: go on around the middle
                hub, last = ranked[0], -1
        taken.add(_cell(place))
        at[node] = place
    return at


def _below(alone: Sequence[str], placed: Mapping[str, Position]) -> dict[str, Position]:
    """Place what has no link in rows under the rest."""
    bottom = max((y for _, y in placed.values()), default=0)
    columns = max(8, math.isqrt(len(alone)))
    half = min(len(alone), columns) - 1
    return {
        node: ((index % columns * 2 - half) * CELL, bottom + (1 + index // columns) * CELL)
        for index, node in enumerate(alone)
    }


def _petal(centre: Position, turn: int) -> Position:
    reach, angle = CELL * math.sqrt(turn + 1), turn * GOLDEN_ANGLE
    return round(centre[0] + reach * math.cos(angle)), round(centre[1] + reach * math.sin(angle))


def _cell(place: Position) -> Position:
    return place[0] // CELL, place[1] // CELL

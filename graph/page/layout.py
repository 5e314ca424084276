"""Where each thing of the network stands: seeded, the focus in the middle, no two names on top of each other.

The unit is one CSS pixel at the zoom that fits the whole picture into `FRAME`. Forces come from ForceAtlas2
(Jacomy et al. 2014, as in networkx); what still overlaps is pushed apart by whole label boxes, as in
Dwyer, Marriott & Stuckey, "Fast node overlap removal" (2005), but by plain relaxation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

FRAME = (960.0, 860.0)
CORNERS = 0.93
SEED = 7
CORE = 300
CELL = 44
NEAR = 40
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

Box = tuple[float, float]
Position = tuple[int, int]


def positions(network: nx.Graph, boxes: Mapping[str, Box], focus: str | None) -> dict[str, Position]:
    """Give every node its place, in whole pixels; `boxes` are the width and height each node and its name need.

    Forces place the `CORE` most connected nodes; each of the others stands as near as there is room to the most
    connected of its neighbours, so that a large network costs time in proportion to its size.
    """
    ranked = sorted(network, key=lambda node: (node != focus, -network.degree(node), node))
    if len(ranked) < 2:
        return dict.fromkeys(ranked, (0, 0))
    core = sorted(ranked[:CORE])
    placed = _forces(network.subgraph(core), core, [boxes[node] for node in core], focus)
    return placed | _around(network, ranked, placed)


def _forces(network: nx.Graph, nodes: list[str], boxes: Sequence[Box], focus: str | None) -> dict[str, Position]:
    import networkx as nx
    import numpy as np

    plain = nx.Graph()  # in the order of the names: that of a subgraph hangs on the hash seed
    plain.add_nodes_from(nodes)
    plain.add_edges_from(sorted(tuple(sorted(edge)) for edge in network.edges()))
    rounds = 150 if len(nodes) <= 150 else 60
    placed = nx.forceatlas2_layout(
        plain, max_iter=rounds, seed=SEED, strong_gravity=True, gravity=0.6, scaling_ratio=3.0
    )
    at = np.array([placed[node] for node in nodes], dtype=float)
    at -= at[nodes.index(focus)] if focus is not None and focus in placed else at.mean(axis=0)
    frame = np.array(FRAME) * max(1, (len(nodes) / 110) ** 0.5)
    at = _apart(_fill(at) * frame, np.array(boxes, dtype=float), 200 if len(nodes) <= 150 else 70)
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, at.tolist(), strict=True)}


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


def _petal(centre: Position, turn: int) -> Position:
    reach, angle = CELL * math.sqrt(turn + 1), turn * GOLDEN_ANGLE
    return round(centre[0] + reach * math.cos(angle)), round(centre[1] + reach * math.sin(angle))


def _cell(place: Position) -> Position:
    return place[0] // CELL, place[1] // CELL


def _fill(at: Any) -> Any:
    """Spread the picture over a square of side 1: evenly over a disc, whose rim is then drawn out into the corners.

    The second step is the elliptical grid mapping of Fong, "Analytical methods for squaring the disc" (2015).
    """
    import numpy as np

    reach = np.hypot(at[:, 0], at[:, 1])
    rank = np.sqrt(np.argsort(np.argsort(reach, kind="stable"), kind="stable") / max(1, len(reach) - 1))
    disc = at * np.where(reach > 0, rank / np.where(reach > 0, reach, 1), 0)[:, None]
    u, v = disc[:, 0] * CORNERS, disc[:, 1] * CORNERS
    root = math.sqrt(8)
    square = np.stack(
        [
            np.sqrt(np.maximum(2 + u * u - v * v + root * u, 0)) - np.sqrt(np.maximum(2 + u * u - v * v - root * u, 0)),
            np.sqrt(np.maximum(2 - u * u + v * v + root * v, 0)) - np.sqrt(np.maximum(2 - u * u + v * v - root * v, 0)),
        ],
        axis=1,
    )
    return square / CORNERS / 4


def _apart(at: Any, boxes: Any, rounds: int) -> Any:
    """Push overlapping boxes apart along the shorter way, half each, until none overlap or the rounds are spent."""
    import numpy as np

    need = (boxes[:, None, :] + boxes[None, :, :]) / 2
    order = np.arange(len(at))
    turn = np.sign(order[:, None] - order[None, :])[:, :, None]
    for _ in range(rounds):
        gap = at[:, None, :] - at[None, :, :]
        lack = need - np.abs(gap)
        both = (lack[:, :, 0] > 0) & (
            lack[:, :, 1] > 0
        )  # to ask for all along so short an axis takes ten times as long
        np.fill_diagonal(both, val=False)
        if not both.any():
            break
        side = np.where(gap == 0, turn, np.sign(gap))
        sideways = lack[:, :, 0] < lack[:, :, 1]
        push = np.stack(
            [np.where(both & sideways, lack[:, :, 0], 0), np.where(both & ~sideways, lack[:, :, 1], 0)], axis=2
        )
        at = at + (side * push).sum(axis=1) * 0.3
    return at

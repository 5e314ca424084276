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
FORCES_UP_TO = 1500
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

Box = tuple[float, float]


def positions(network: nx.Graph, boxes: Mapping[str, Box], focus: str | None) -> dict[str, tuple[int, int]]:
    """Give every node its place, in whole pixels; `boxes` are the width and height each node and its name need."""
    nodes = sorted(network)
    if not nodes:
        return {}
    if len(nodes) == 1:
        return {nodes[0]: (0, 0)}
    if len(nodes) > FORCES_UP_TO:
        return _spiral(network, nodes, focus)
    return _forces(network, nodes, [boxes[node] for node in nodes], focus)


def _forces(network: nx.Graph, nodes: list[str], boxes: Sequence[Box], focus: str | None) -> dict[str, tuple[int, int]]:
    import networkx as nx
    import numpy as np

    placed = nx.forceatlas2_layout(
        network,
        max_iter=_rounds(len(nodes)),
        seed=SEED,
        linlog=False,
        strong_gravity=True,
        gravity=0.6,
        scaling_ratio=3.0,
    )
    at = np.array([placed[node] for node in nodes], dtype=float)
    at -= at[nodes.index(focus)] if focus is not None and focus in placed else at.mean(axis=0)
    at = _fill(at)
    at = _apart(at, np.array(boxes, dtype=float))
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, at.tolist(), strict=True)}


def _rounds(count: int) -> int:
    return 150 if count <= 300 else 40


def _fill(at: Any) -> Any:
    """Spread the picture over the frame: evenly over a disc, whose rim is then drawn out into the corners.

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
    return square / CORNERS * (np.array(FRAME) / 4)


def _apart(at: Any, boxes: Any, rounds: int = 200) -> Any:
    """Push overlapping boxes apart along the shorter way, half each, until none overlap or the rounds are spent."""
    import numpy as np

    need = (boxes[:, None, :] + boxes[None, :, :]) / 2
    order = np.arange(len(at))
    for _ in range(rounds):
        gap = at[:, None, :] - at[None, :, :]
        lack = need - np.abs(gap)
        both = (lack > 0).all(axis=2)
        np.fill_diagonal(both, val=False)
        if not both.any():
            break
        side = np.where(gap == 0, np.sign(order[:, None] - order[None, :])[:, :, None], np.sign(gap))
        sideways = lack[:, :, 0] < lack[:, :, 1]
        push = np.stack(
            [np.where(both & sideways, lack[:, :, 0], 0), np.where(both & ~sideways, lack[:, :, 1], 0)], axis=2
        )
        at = at + (side * push).sum(axis=1) * 0.3
    return at


def _spiral(network: nx.Graph, nodes: list[str], focus: str | None) -> dict[str, tuple[int, int]]:
    """Lay a large network out as a sunflower, the most connected in the middle: linear in its size."""
    ranked = sorted(nodes, key=lambda node: (node != focus, -network.degree(node), node))
    step = 46.0
    return {
        node: (
            round(step * math.sqrt(index) * math.cos(index * GOLDEN_ANGLE)),
            round(step * math.sqrt(index) * math.sin(index * GOLDEN_ANGLE)),
        )
        for index, node in enumerate(ranked)
    }

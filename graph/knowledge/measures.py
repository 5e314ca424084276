"""The measures of a network (`graph.knowledge.structure`), in arrays, whose size and time grow with its links."""

from __future__ import annotations

import random
from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEED = 1
EXACT = 256
PIVOTS = 64
DIGITS = 6

Numbers = NDArray[np.int32]


def links(linked: array[int]) -> Numbers:
    """Give pairs of numbers as links: each once, sorted, none of a thing to itself."""
    given = np.array(linked, dtype=np.int32).reshape(-1, 2)
    ends: Numbers = np.unique(np.sort(given[given[:, 0] != given[:, 1]]), axis=0)
    return ends


def of(size: int, links: Numbers, *, many: bool) -> tuple[list[Any], ...]:
    """Give the degree, the betweenness, the community and the bridges of each of `size` things, by Leiden if `many`."""
    net = _Neighbours(size, links)
    communities = sorted(
        map(sorted, (_leiden if many else _louvain)(size, links)), key=lambda members: (-len(members), members)
    )
    community = {node: index for index, members in enumerate(communities) for node in members}
    return net.degrees.tolist(), net.betweenness(), [community[node] for node in range(size)], net.bridges()


def _louvain(size: int, links: Numbers) -> list[set[int]]:
    import networkx as nx

    plain = nx.Graph()  # of numbers: sets of texts are ordered by the hash seed
    plain.add_nodes_from(range(size))
    plain.add_edges_from(links.tolist())
    return list(nx.community.louvain_communities(plain, seed=SEED)) if size else []


def _leiden(size: int, links: Numbers) -> list[set[int]]:
    from graspologic_native import leiden

    texts = list(map(str, range(size)))
    _, homes = leiden([(texts[a], texts[b], 1.0) for a, b in zip(*links.T.tolist(), strict=True)], seed=SEED)
    found: dict[int, set[int]] = {}
    for node, text in enumerate(texts):  # one without a link is in none
        found.setdefault(homes.get(text, -1 - node), set()).add(node)
    return list(found.values())


class _Neighbours:
    """The neighbours of each of `size` nodes, one node's after another's; those of a node are from its `starts` on."""

    def __init__(self, size: int, links: Numbers) -> None:
        both = np.concatenate([links, links[:, ::-1]])
        self._others = both[np.lexsort((both[:, 1], both[:, 0])), 1]
        self.degrees = np.bincount(both[:, 0], minlength=size)
        self._starts = np.concatenate([[0], np.cumsum(self.degrees)])
        self._size = size

    def betweenness(self) -> list[float]:
        """Give the betweenness of each (Brandes 2001), level by level from each starting point."""
        size, total = self._size, np.zeros(self._size)
        if size < 3:
            return total.tolist()
        pivots = list(range(size)) if size <= EXACT else random.Random(SEED).sample(range(size), PIVOTS)  # noqa: S311
        for pivot in pivots:
            total += self._dependencies(pivot)
        scale = np.full(size, 1 / (len(pivots) * (size - 2)))
        scale[pivots] = 1 / ((len(pivots) - 1) * (size - 2))  # no way from a thing leads over itself
        return [round(each, DIGITS) for each in (total * scale).tolist()]

    def _dependencies(self, pivot: int) -> NDArray[np.float64]:
        """Give how much of the shortest ways from a node leads over each other."""
        level, ways, found = np.full(self._size, -1), np.zeros(self._size), np.zeros(self._size)
        level[pivot], ways[pivot] = 0, 1
        front, steps = np.array([pivot]), []
        while len(front):
            froms, onto = self._leaving(front)
            fresh = onto[level[onto] == -1]
            depth = level[front[0]] + 1
            level[fresh] = depth
            step = level[onto] == depth
            froms, onto = froms[step], onto[step]
            np.add.at(ways, onto, ways[froms])
            steps.append((froms, onto))
            front = np.unique(fresh)
        for froms, onto in reversed(steps):
            np.add.at(found, froms, ways[froms] * ((1 + found[onto]) / ways[onto]))
        found[pivot] = 0
        return found

    def _leaving(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], Numbers]:
        """Give both ends of each link of some nodes."""
        degrees = self.degrees[nodes]
        within = np.arange(degrees.sum()) - np.repeat(np.cumsum(degrees) - degrees, degrees)
        return np.repeat(nodes, degrees), self._others[np.repeat(self._starts[nodes], degrees) + within]

    def bridges(self) -> list[int]:
        """Give how many bridges each has: links under which no other leads back above them (Tarjan 1974)."""
        others, starts = self._others.tolist(), self._starts.tolist()
        order, lowest, found = [-1] * self._size, [0] * self._size, [0] * self._size
        after = starts[:-1]
        for root in range(self._size):
            if order[root] != -1:
                continue
            path, above = [root], [-1]
            order[root] = lowest[root] = 0
            while path:
                node = path[-1]
                if after[node] < starts[node + 1]:
                    other = others[after[node]]
                    after[node] += 1
                    if order[other] == -1:
                        order[other] = lowest[other] = len(path)
                        path.append(other)
                        above.append(node)
                    elif other != above[-1]:
                        lowest[node] = min(lowest[node], order[other])
                    continue
                path.pop()
                parent = above.pop()
                if parent == -1:
                    continue
                lowest[parent] = min(lowest[parent], lowest[node])
                if lowest[node] == order[node]:
                    found[parent] += 1
                    found[node] += 1
        return found

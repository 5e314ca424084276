"""A layout made better thing by thing: each tries places around it and takes the one that is best for the picture.

What counts against a place are links that cross or that run over a stranger's mark, marks so near that their names find
no room, long links, leaving the ground of the own community, and leaving the frame. As Davidson & Harel, "Drawing
graphs nicely using simulated annealing" (1996), but with steps that shrink and that never make things worse.
Points are complex numbers: x + iy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

CROSSING, OVER, CROWD, LENGTH, ABROAD, OUTSIDE = 3.0, 2.0, 5.0, 0.6, 6.0, 20.0
NEAR = 14.0  # a link nearer than this to a mark seems to end there
UNIT = 100.0
BORDER = 75.0
TRIES = 10
FARTHEST = 260.0


class Untangling:
    """Things at `at` (n points), of so much `room` each (n), linked by `links` (m × 2), of a `community` each.

    The ground of a community is what is nearer to its site than to any other, by the distance squared less `reach`
    squared (a power diagram: Aurenhammer 1987), so that larger communities have more of it. `frame` is the half width
    and half height of the picture around its middle.
    """

    def __init__(self, at: Any, room: Any, links: Any, community: Any, sites: Any, reach: Any, frame: complex) -> None:
        self.at, self._links, self._community = at, links, community
        self._sites, self._reach, self._frame = sites, reach, frame
        self._room = (room.real[:, None] + room.real) / 2, (room.imag[:, None] + room.imag) / 2
        touching = (links[:, :, None] == np.arange(len(at))).any(axis=1)  # m × n: which things a link has at its ends
        self._strangers = ~touching
        self._apart = ~(touching[:, links[:, 0]] | touching[:, links[:, 1]])  # m × m: links without a common end
        self._own = [np.flatnonzero(touching[:, node]) for node in range(len(at))]
        self._ends = [links[own].sum(axis=1) - node for node, own in enumerate(self._own)]

    def improve(self, rounds: int, seed: int) -> Any:
        """Let every thing look around `rounds` times, in ever smaller steps; give where they all are then."""
        draw = np.random.default_rng(seed)
        for turn in range(rounds):
            step = FARTHEST * (1 - turn / rounds) ** 1.5 + 6
            for node in draw.permutation(len(self.at)):
                tries = self.at[node] + draw.normal(0, step / 2, (TRIES, 2)) @ (1, 1j)
                tries[0] = self.at[node]
                if len(self._own[node]):
                    tries[1] = self.at[self._ends[node]].mean() + draw.normal(0, 30, 2) @ (1, 1j)
                self.at[node] = tries[int(np.argmin(self._cost(node, tries)))]
        return self.at

    def _cost(self, node: int, tries: Any) -> Any:
        gap = tries[:, None] - self.at
        lack = 1 - np.maximum(np.abs(gap.real) / self._room[0][node], np.abs(gap.imag) / self._room[1][node])
        lack = np.maximum(0, lack)
        lack[:, node] = 0
        power = np.abs(tries[:, None] - self._sites) ** 2 - self._reach**2
        home = power[:, self._community[node]].copy()
        power[:, self._community[node]] = np.inf
        abroad = np.sqrt(np.maximum(0, home - power.min(axis=1) + BORDER**2))
        outside = np.maximum(0, np.abs(tries.real) - self._frame.real)
        outside += np.maximum(0, np.abs(tries.imag) - self._frame.imag)
        cost = CROWD * (lack + lack**2).sum(axis=1) + (ABROAD * abroad + OUTSIDE * outside) / UNIT
        return cost + self._of_links(node, tries)

    def _of_links(self, node: int, tries: Any) -> Any:
        own, ends = self._own[node], self.at[self._ends[node]]
        a, b = self.at[self._links[:, 0]], self.at[self._links[:, 1]]
        over = (_far(a, b, tries[:, None]) < NEAR) & self._strangers[:, node]
        cost = OVER * over.sum(axis=1)
        if not len(own):
            return cost
        p, q = tries[:, None, None], ends[:, None]
        crossed = (_side(a, b, p) * _side(a, b, q) < 0) & (_side(p, q, a) * _side(p, q, b) < 0)
        over = (_far(p, q, self.at) < NEAR) & self._strangers[own]
        long = np.abs(tries[:, None] - ends).sum(axis=1)
        cost += CROSSING * (crossed & self._apart[own]).sum(axis=(1, 2)) + OVER * over.sum(axis=(1, 2))
        return cost + LENGTH * long / UNIT


def _side(a: Any, b: Any, point: Any) -> Any:
    return ((b - a).conj() * (point - a)).imag


def _far(a: Any, b: Any, point: Any) -> Any:
    """Give how far points are from the straight lines between others."""
    along, to = b - a, point - a
    part = np.clip((along.conj() * to).real / np.maximum(along.real**2 + along.imag**2, 1), 0, 1)
    return np.abs(to - part * along)

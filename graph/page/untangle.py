"""A layout made better thing by thing: each tries places around it and takes the one that is best for the picture.

What counts against a place are links that cross or that run over a stranger's mark, marks so near that their names find
no room, long links, leaving the ground of the own community, and leaving the frame. As Davidson & Harel, "Drawing
graphs nicely using simulated annealing" (1996), but with steps that shrink and that never make things worse, and with
a few things at once, for arithmetic on small arrays costs more to call than to do. Points are complex numbers: x + iy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

CROSSING, OVER, CROWD, LENGTH, ABROAD, OUTSIDE = 3.0, 2.0, 5.0, 0.6, 6.0, 20.0
NEAR = 14.0  # a link nearer than this to a mark seems to end there
UNIT = 100.0
BORDER = 75.0
AT_ONCE = 8
TRIES = 8
FARTHEST = 260.0


class Untangling:
    """Things at `at` (n points), of so much `room` each (n), linked by `links` (m × 2), of a `community` each.

    The ground of a community is what is nearer to its site than to any other, by the distance squared less `reach`
    squared (a power diagram: Aurenhammer 1987), so that larger communities have more of it. `frame` is the half width
    and half height of the picture around its middle.
    """

    def __init__(self, at: Any, room: Any, links: Any, community: Any, sites: Any, reach: Any, frame: complex) -> None:
        self.at, self._links, self._community = at, links.T, community
        self._sites, self._less, self._frame = sites, reach**2, frame
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
            for some in np.array_split(draw.permutation(len(self.at)), -(-len(self.at) // AT_ONCE)):
                tries = self.at[some, None] + draw.normal(0, step / 2, (len(some), TRIES, 2)) @ (1, 1j)
                tries[:, 0] = self.at[some]
                tries[:, 1] = self._middles(some) + draw.normal(0, 30, (len(some), 2)) @ (1, 1j)
                self.at[some] = tries[np.arange(len(some)), self._cost(some, tries).argmin(axis=1)]
        return self.at

    def _middles(self, some: Any) -> Any:
        """Give the middle of what each of some things is linked to."""
        return np.array([self.at[ends if len(ends := self._ends[node]) else node].mean() for node in some])

    def _cost(self, some: Any, tries: Any) -> Any:
        """Give what counts against each place that some things try (s × t), while all others stay."""
        each, gap = np.arange(len(some)), self.at - tries[..., None]
        wide, high = (room[some, None] for room in self._room)
        lack = np.maximum(0, 1 - np.maximum(np.abs(gap.real) / wide, np.abs(gap.imag) / high))
        lack[each, :, some] = 0
        power = np.abs(tries[..., None] - self._sites) ** 2 - self._less
        own = each, slice(None), self._community[some]
        home, power[own] = power[own], np.inf
        abroad = np.sqrt(np.maximum(0, home - power.min(axis=2) + BORDER**2))
        outside = np.maximum(0, np.abs(tries.real) - self._frame.real)
        outside += np.maximum(0, np.abs(tries.imag) - self._frame.imag)
        cost = CROWD * (lack + lack**2).sum(axis=2) + (ABROAD * abroad + OUTSIDE * outside) / UNIT
        return cost + self._of_links(some, tries, gap)

    def _of_links(self, some: Any, tries: Any, gap: Any) -> Any:
        first, last = self._links
        a, line = self.at[first], self.at[last] - self.at[first]
        to = line.conj() * (tries[..., None] - a)
        cost = OVER * (_over(to, line) & self._strangers.T[some, None]).sum(axis=2)
        own, ends = (np.concatenate([of[node] for node in some]) for of in (self._own, self._ends))
        whose, ends = np.repeat(np.arange(len(some)), [len(self._own[node]) for node in some]), self.at[ends, None]
        along = ends - tries[whose]
        marks = along.conj()[..., None] * gap[whose]  # of each own link, for each try: where each thing is beside it
        left = marks.imag > 0
        astride = (to.imag > 0)[whose] != ((line.conj() * (ends - a)).imag > 0)[:, None]
        crossed = (left[..., first] != left[..., last]) & astride & self._apart[own, None]
        over = _over(marks, along[..., None]) & self._strangers[own, None]
        of_each = CROSSING * crossed.sum(axis=2) + OVER * over.sum(axis=2) + LENGTH * np.abs(along) / UNIT
        np.add.at(cost, whose, of_each)
        return cost


def _over(to: Any, line: Any) -> Any:
    """Say which points are beside a line and near it; `to` leads to them from its beginning, turned and drawn by it."""
    half = (line.real**2 + line.imag**2) / 2
    return (np.abs(to.real - half) < half) & (to.imag**2 < NEAR**2 * 2 * half)

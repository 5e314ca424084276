"""What the shape of a network says of each of its things: communities, hubs, and those in between.

The network is taken as undirected. The same network gives the same numbers, whatever the order of its nodes and edges.
What does the sums (`graph.knowledge.measures`) is only loaded where these are not remembered.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.system.memo import remembered

if TYPE_CHECKING:
    from graph.knowledge.measures import Numbers

LOUVAIN = 20_000  # things, of which its Python takes some seconds
MEASURES = ("degree", "betweenness", "community", "bridges")


class Shape(NamedTuple):
    """A network: its things, sorted, the numbers of what is linked, pair by pair, and `MEASURES` of each thing.

    `degree` is how many others it is linked to; `betweenness` the share of the shortest ways between others that lead
    over it (0 to 1; from `PIVOTS` starting points where there are more things than `EXACT`: Brandes & Pich 2007);
    `community` the number of its community, 0 the largest (Louvain: Blondel et al. 2008; of more things than `LOUVAIN`
    Leiden: Traag et al. 2019); `bridges` how many of its links are the only way between what they join.
    """

    names: Sequence[str]
    linked: array[int]
    measures: Mapping[str, Sequence[Any]]

    @property
    def links(self) -> Numbers:
        """The links between the things, by their numbers: each once, sorted."""
        from graph.knowledge.measures import links

        return links(self.linked)

    def of(self, name: str) -> dict[str, Any]:
        """Give the measures of a thing, none of what is no part of the network."""
        place = bisect_left(self.names, name)
        if self.names[place : place + 1] != [name]:
            return {}
        return {measure: values[place] for measure, values in self.measures.items()}


def shape(names: Iterable[str], links: Iterable[tuple[str, str]]) -> Shape:
    """Give the shape of the network that has these things and links; what links a thing to itself is none."""
    things = sorted(names)
    number = {name: place for place, name in enumerate(things)}
    linked = array("i", (number[end] for link in links for end in link))
    digest = sha256(linked.tobytes() + "\n".join(things).encode("utf-8", "surrogatepass")).hexdigest()
    return Shape(things, linked, remembered("measures", (digest,), lambda: _measures(things, linked)))


def _measures(things: Sequence[str], linked: array[int]) -> dict[str, list[Any]]:
    from graph.knowledge import measures

    found = measures.of(len(things), measures.links(linked), many=len(things) > LOUVAIN)
    return dict(zip(MEASURES, found, strict=True))

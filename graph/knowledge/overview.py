"""A dataset that is too large to be drawn, as it is drawn: its most linked things, and its communities."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from graph.knowledge import part
from graph.knowledge.network import asserted_links
from graph.knowledge.structure import MEASURES

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

THINGS = 1_000
LEAST = 3  # fewer make no community worth a line
NEAREST = 3


def of(knowledge: Knowledge) -> Knowledge:
    """Give the `THINGS` most linked things, the hubs of communities first, and what is claimed of and between them.

    Their measures are those of the whole network.
    """
    network = knowledge.network
    hubs = [hub for hub, _ in _communities(knowledge)]
    ranked = sorted(network, key=lambda node: (node != knowledge.info.focus, -network.degree(node), node))
    kept = list(dict.fromkeys((*ranked[:1], *hubs[: THINGS // 2], *ranked)))[:THINGS]
    found = part.among(knowledge, kept)
    for name, data in found.network.nodes(data=True):
        data.update((each, network.nodes[name][each]) for each in MEASURES if name in network)
    return found


def communities(knowledge: Knowledge, number: dict[str, int]) -> list[dict[str, Any]]:
    """Describe each community whose hub has a `number`, the largest first.

    It has its `hub`, how many things `n`, and the `links` to those that it is most linked with: `[hub, how many]`.
    """
    found = {hub: members for hub, members in _communities(knowledge) if hub in number}
    home = {node: hub for hub, members in found.items() for node in members}
    between: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for a, b in asserted_links(knowledge.network).edges():
        if a in home and b in home and home[a] != home[b]:
            between[home[a]][home[b]] += 1
            between[home[b]][home[a]] += 1
    return [
        {
            "hub": number[hub],
            "n": len(members),
            "links": [
                [number[other], links]
                for other, links in sorted(between[hub].items(), key=lambda each: (-each[1], each[0]))[:NEAREST]
            ],
        }
        for hub, members in found.items()
    ]


def _communities(knowledge: Knowledge) -> list[tuple[str, list[str]]]:
    """Give the hub and the members of each community, the largest first."""
    network, members = knowledge.network, defaultdict[int, list[str]](list)
    for node, community in sorted(network.nodes(data="community")):
        members[community].append(node)
    large = [members[each] for each in sorted(members) if len(members[each]) >= LEAST]
    return [(max(each, key=lambda node: (network.nodes[node]["degree"], node)), each) for each in large]

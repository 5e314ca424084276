"""A dataset that is too large to be drawn, as it is drawn: its most linked things, and its communities."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from graph.knowledge import part

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

THINGS = 1_000
LEAST = 3  # fewer make no community worth a line
NEAREST = 3


def of(knowledge: Knowledge) -> Knowledge:
    """Give the `THINGS` most linked things, the hubs of communities first, and what is claimed of and between them.

    Their measures are those of the whole network.
    """
    names, degrees = knowledge.shape.names, knowledge.shape.measures["degree"]
    hubs = [hub for hub, _ in _communities(knowledge)]
    ranked = sorted(range(len(names)), key=lambda node: (names[node] != knowledge.info.focus, -degrees[node], node))
    kept = list(dict.fromkeys((*ranked[:1], *hubs[: THINGS // 2], *ranked)))[:THINGS]
    found = part.among(knowledge, [names[node] for node in kept])
    for name, data in found.network.nodes(data=True):
        data.update(knowledge.shape.of(name))
    return found


def communities(knowledge: Knowledge, number: dict[str, int]) -> list[dict[str, Any]]:
    """Describe each community whose hub has a `number`, the largest first.

    It has its `hub`, how many things `n`, and the `links` to those that it is most linked with: `[hub, how many]`.
    """
    names = knowledge.shape.names
    found = {hub: members for hub, members in _communities(knowledge) if names[hub] in number}
    home = {node: hub for hub, members in found.items() for node in members}
    between: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for a, b in knowledge.shape.links.tolist():
        if a in home and b in home and home[a] != home[b]:
            between[home[a]][home[b]] += 1
            between[home[b]][home[a]] += 1
    return [
        {
            "hub": number[names[hub]],
            "n": len(members),
            "links": [
                [number[names[other]], links]
                for other, links in sorted(between[hub].items(), key=lambda each: (-each[1], each[0]))[:NEAREST]
            ],
        }
        for hub, members in found.items()
    ]


def _communities(knowledge: Knowledge) -> list[tuple[int, list[int]]]:
    """Give the hub and the members of each community, the largest first; things by their numbers."""
    measures, members = knowledge.shape.measures, defaultdict[int, list[int]](list)
    for node, community in enumerate(measures["community"]):
        members[community].append(node)
    large = [members[each] for each in sorted(members) if len(members[each]) >= LEAST]
    return [(max(each, key=lambda node: (measures["degree"][node], node)), each) for each in large]

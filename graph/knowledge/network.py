"""The one network that every picture, every network format and Python read: entities, and the links between them.

It holds what texts name or link, not all that a list of places has: that is searched, mapped and counted elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from graph.knowledge import structure
from graph.model.iris import Iris
from graph.model.records import Claim, Entity, Inference

if TYPE_CHECKING:
    import networkx as nx

#: From the strongest to the weakest; an edge shows the strongest standing of its claims.
STANDINGS = ("stated", "ongoing", "planned", "discussed", "over", "upcoming")
_CONTAINED = "containedIn"
_COORDINATES = {"wgs:lat": "lat", "wgs:long": "long"}


def view(
    iris: Iris,
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    inferences: Iterable[Inference],
    links: Mapping[str, Mapping[str, str]],
    language: str,
) -> nx.MultiDiGraph:
    """Give the network of a dataset; `links` are the labels of the properties that are edges, by name.

    All values are plain, which is all that files hold. A node is an entity's id, with `label` (the one in `language`),
    `label_LANGUAGE`, `alt_LANGUAGE` (joined by " | "), `iri`, `classes` (as given: the finest, sorted; joined by
    spaces), `kind` (the first of them), where claimed `lat` and `long` in degrees (WGS 84), and what
    `structure.Shape` says of it. An edge's key is its property's name; it has `id`, `label`, `label_LANGUAGE`,
    `property`, `status` (the strongest of its claims, "over" or "upcoming" where none holds now, or that of its
    inference), `claims` (their sorted ids, joined by spaces) and `rule`: empty, or the name of the rule that gives it.
    The claims of an inferred edge are those that it rests on. What curators withdrew or outweighed gives no edge.

    No value depends on the order of what is given, so that a store, which keeps none, gives the same network.
    """
    import networkx as nx

    network = nx.MultiDiGraph()
    for entity in entities:
        network.add_node(
            entity.id,
            label=entity.labels.get(language, entity.id),
            **_by_language("label", entity.labels),
            **_by_language("alt", {tag: " | ".join(sorted(names)) for tag, names in entity.alts.items()}),
            iri=iris.entity(entity.id).value,
            kind=entity.classes[0],
            classes=" ".join(entity.classes),
        )
    shown = {name: {"label": texts.get(language, name)} | _by_language("label", texts) for name, texts in links.items()}
    _add_asserted(network, claims, shown)
    _add_inferred(network, inferences, shown)
    shape = structure.shape(network, ((a, b) for a, b, data in network.edges(data=True) if not data["rule"]))
    for name, values in shape.measures.items():
        nx.set_node_attributes(network, dict(zip(shape.names, values, strict=True)), name)
    return network


def linked(claims: Iterable[Claim], drawn: Collection[str], links: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give the ends of each claim that is an edge: of what is `drawn`, by properties that are `links`."""
    for claim in claims:
        drawing = claim.property in links and claim.standing in STANDINGS
        if drawing and claim.subject in drawn and claim.object in drawn:
            yield claim.subject, claim.object


def background(claims: Iterable[Claim], named: Iterable[str], references: Collection[str]) -> frozenset[str]:
    """Give the ids of what `references` alone, sources for reference, speak of, and link to nothing but its container.

    `named` are the entities that a text names. The containers of what they and other sources speak of are not given:
    what is drawn hangs together.
    """
    known: set[str] = set()
    drawn, holders = set(named), defaultdict[str, set[str]](set)
    for claim in claims:
        if claim.standing not in STANDINGS:
            continue
        linked = not (claim.datatype or claim.foreign)
        ends = {claim.subject, claim.object} if linked else {claim.subject}
        known |= ends
        if claim.source not in references or (linked and claim.property != _CONTAINED):
            drawn |= ends
        elif linked:
            holders[claim.subject].add(claim.object)
    reached = list(drawn)
    while reached:
        fresh = holders[reached.pop()] - drawn
        drawn |= fresh
        reached.extend(fresh)
    return frozenset(known - drawn)


def asserted_links(network: nx.MultiDiGraph) -> nx.Graph:
    """Give who is linked to whom by some claim, whatever its status; an inference says nothing new about that."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted((a, b) for a, b, data in network.edges(data=True) if a != b and not data["rule"]))
    return plain


def _by_language(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in sorted(texts.items()) if text}


def _add_asserted(network: nx.MultiDiGraph, claims: Iterable[Claim], shown: Mapping[str, Mapping[str, str]]) -> None:
    said: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    located: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.subject not in network or claim.standing not in STANDINGS:
            continue
        if claim.property in _COORDINATES:
            located[claim.subject, _COORDINATES[claim.property]].append(claim)
        elif claim.property in shown and claim.object in network:
            said[claim.subject, claim.object, claim.property].append(claim)
    for (subject, name), found in located.items():
        network.nodes[subject][name] = float(min(found, key=_strength).object)
    for link, found in said.items():
        _add_edge(network, link, shown, status=min(found, key=_strength).standing, claims=[each.id for each in found])


def _strength(claim: Claim) -> tuple[int, str]:
    return STANDINGS.index(claim.standing), claim.id


def _add_inferred(
    network: nx.MultiDiGraph, inferences: Iterable[Inference], shown: Mapping[str, Mapping[str, str]]
) -> None:
    by_name = {f"inference/{each.id}": each for each in inferences}

    @cache
    def grounds(name: str) -> frozenset[str]:
        """Give the ids of the claims under an inference, through the inferences between."""
        premises = by_name[name].premises
        claims = {premise.removeprefix("claim/") for premise in premises if premise not in by_name}
        return frozenset(claims).union(*(grounds(premise) for premise in premises if premise in by_name))

    for name, each in by_name.items():
        link = each.subject, each.object, each.property
        linking = each.property in shown and each.subject in network and each.object in network
        if linking and not network.has_edge(*link):
            _add_edge(network, link, shown, status=each.status, claims=grounds(name), rule=each.rule)


def _add_edge(
    network: nx.MultiDiGraph,
    link: tuple[str, str, str],
    shown: Mapping[str, Mapping[str, str]],
    *,
    claims: Iterable[str],
    status: str,
    rule: str = "",
) -> None:
    source, target, name = link
    network.add_edge(
        *link,
        id=f"{source} {name} {target}",
        **shown[name],
        property=name,
        status=status,
        claims=" ".join(sorted(claims)),
        rule=rule,
    )

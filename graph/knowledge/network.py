"""The one network that every picture, every network format and Python read: entities, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.knowledge import structure
from graph.model.iris import Iris
from graph.model.records import Claim, Entity, Inference

if TYPE_CHECKING:
    import networkx as nx

#: From the strongest to the weakest; an edge shows the strongest status of its claims.
STATUSES = ("stated", "ongoing", "planned", "discussed")
COORDINATES = {"wgs:lat": "lat", "wgs:long": "long"}

Texts = Mapping[str, str]


def view(
    iris: Iris,
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    inferences: Iterable[Inference],
    links: Mapping[str, Texts],
) -> nx.MultiDiGraph:
    """Give the network of a dataset; `links` are the labels of the properties that are edges, by name.

    A node is an entity's id, with `iri`, `classes` (as given: the finest, sorted), `kind` (the first of them), `labels`
    (by language), `alts` (sorted lists by language), where claimed `lat` and `long` in degrees (WGS 84), and what
    `structure.measures` finds. An edge's key is its property's name; it has `property`, its `labels`, `status` (the
    strongest of its claims), `claims` (their ids, sorted) and `inferred`: None, or the name of the rule that gives it.
    An inferred edge has no status, and its claims are those that it rests on.

    Nothing depends on the order of what is given, so that a store, which keeps none, gives the same network.
    """
    import networkx as nx

    network = nx.MultiDiGraph()
    for entity in entities:
        network.add_node(
            entity.id,
            iri=iris.entity(entity.id).value,
            classes=list(entity.classes),
            kind=entity.classes[0],
            labels=dict(entity.labels),
            alts={language: sorted(names) for language, names in entity.alts.items()},
        )
    _add_asserted(network, claims, links)
    _add_inferred(network, inferences, links)
    for name, values in structure.measures(asserted_links(network)).items():
        nx.set_node_attributes(network, values, name)
    return network


def asserted_links(network: nx.MultiDiGraph) -> nx.Graph:
    """Give who is linked to whom by some claim, whatever its status; an inference says nothing new about that."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted((a, b) for a, b, data in network.edges(data=True) if a != b and not data["inferred"]))
    return plain


def flat(network: nx.MultiDiGraph, language: str) -> nx.MultiDiGraph:
    """Give the network with plain values only, which is all that files hold; `label` is the one in `language`.

    A node has `label`, `label_LANGUAGE`, `alt_LANGUAGE` (joined by " | "), `iri`, `kind`, `classes` (joined by spaces),
    `lat`, `long` and its measures; an edge has `id`, `label`, `label_LANGUAGE`, `property`, `status`, `claims` (ids
    joined by spaces) and `rule`. What is not known is left out, but for `status` and `rule`, which are then empty.
    """
    import networkx as nx

    flat = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        flat.add_node(
            node,
            label=data["labels"].get(language, node),
            **_by_language("label", data["labels"]),
            **_by_language("alt", {tag: " | ".join(names) for tag, names in data["alts"].items()}),
            iri=data["iri"],
            kind=data["kind"],
            classes=" ".join(data["classes"]),
            **{name: data[name] for name in (*COORDINATES.values(), *structure.MEASURES) if name in data},
        )
    for source, target, name, data in network.edges(keys=True, data=True):
        flat.add_edge(
            source,
            target,
            name,
            id=f"{source} {name} {target}",
            label=data["labels"].get(language, name),
            **_by_language("label", data["labels"]),
            property=name,
            status=data["status"],
            claims=" ".join(data["claims"]),
            rule=data["inferred"] or "",
        )
    return flat


def _by_language(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in sorted(texts.items()) if text}


def _add_asserted(network: nx.MultiDiGraph, claims: Iterable[Claim], links: Mapping[str, Texts]) -> None:
    for claim in sorted(claims, key=lambda claim: (STATUSES.index(claim.status), claim.id)):
        if claim.subject not in network:
            continue
        if claim.property in COORDINATES:
            network.nodes[claim.subject].setdefault(COORDINATES[claim.property], float(claim.object))
        if claim.property in links and claim.object in network:
            edge = _edge(network, claim, links)
            edge["status"] = edge["status"] or claim.status
            edge["claims"].append(claim.id)
    for *_, data in network.edges(data=True):
        data["claims"].sort()


def _add_inferred(network: nx.MultiDiGraph, inferences: Iterable[Inference], links: Mapping[str, Texts]) -> None:
    by_name = {f"inference/{each.id}": each for each in inferences}

    @cache
    def grounds(name: str) -> frozenset[str]:
        """Give the ids of the claims under an inference, through the inferences between."""
        premises = by_name[name].premises
        claims = {premise.removeprefix("claim/") for premise in premises if premise not in by_name}
        return frozenset(claims).union(*(grounds(premise) for premise in premises if premise in by_name))

    for name, each in by_name.items():
        linking = each.property in links and each.subject in network and each.object in network
        if linking and not network.has_edge(each.subject, each.object, each.property):
            edge = _edge(network, each, links)
            edge["inferred"], edge["claims"] = each.rule, sorted(grounds(name))


def _edge(network: nx.MultiDiGraph, link: Claim | Inference, links: Mapping[str, Texts]) -> dict[str, Any]:
    source, target, name = link.subject, link.object, link.property
    if not network.has_edge(source, target, name):
        network.add_edge(source, target, name, property=name, labels=links[name], status="", claims=[], inferred=None)
    edge: dict[str, Any] = network.edges[source, target, name]
    return edge

"""The one network that every picture and every network format reads: entities, and the links that claims make."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.knowledge import Knowledge
    from graph.knowledge.reason import Inference

#: From the strongest to the weakest; an edge shows the strongest status of its claims.
STATUSES = ("stated", "ongoing", "planned", "discussed")
_COORDINATES = {"wgs:lat": "lat", "wgs:long": "long"}


def view(knowledge: Knowledge) -> nx.MultiDiGraph:
    """Give the network of a dataset; the ontology decides which properties are edges.

    A node is an entity's id, with `iri`, `classes` (a list), `kind` (the first of them), `labels` (by language), `alts`
    (lists by language) and, where claimed, `lat` and `long` in degrees (WGS 84). An edge's key is its property's name;
    it has `property`, `status` (the strongest of its claims), `claims` (their ids) and `inferred`: None, or the name of
    the rule that gives it. An inferred edge has no status, and its claims are those that it rests on.
    """
    import networkx as nx

    network = nx.MultiDiGraph()
    for entity in knowledge.facts.entities.values():
        network.add_node(
            entity.id,
            iri=knowledge.iris.entity(entity.id).value,
            classes=list(entity.classes),
            kind=entity.classes[0],
            labels=dict(entity.labels),
            alts={language: list(names) for language, names in entity.alts.items()},
        )
    _add_told(network, knowledge)
    _add_inferred(network, knowledge)
    return network


def _add_told(network: nx.MultiDiGraph, knowledge: Knowledge) -> None:
    properties = knowledge.ontology.properties
    for claim in knowledge.facts.claims:
        name = claim.property
        if claim.subject not in network:
            continue
        if name in _COORDINATES:
            network.nodes[claim.subject].setdefault(_COORDINATES[name], float(claim.object))
        if not properties[name].edge or claim.datatype or claim.foreign:
            continue
        if not network.has_edge(claim.subject, claim.object, name):
            network.add_edge(
                claim.subject, claim.object, name, property=name, status=claim.status, claims=[], inferred=None
            )
        edge = network.edges[claim.subject, claim.object, name]
        edge["status"] = min(edge["status"], claim.status, key=STATUSES.index)
        edge["claims"].append(claim.id)


def _add_inferred(network: nx.MultiDiGraph, knowledge: Knowledge) -> None:
    ids = {knowledge.iris.entity(entity).value: entity for entity in network}
    edges = {each.iri: name for name, each in knowledge.ontology.properties.items() if each.edge}
    grounds = _Grounds(knowledge)
    for inference in knowledge.inferences:
        name = edges.get(inference.predicate)
        subject, target = ids.get(inference.subject.value), ids.get(getattr(inference.object, "value", ""))
        if name and subject and target and not network.has_edge(subject, target, name):
            claims = sorted(grounds.of(inference))
            network.add_edge(subject, target, name, property=name, status="", claims=claims, inferred=inference.rule)


class _Grounds:
    """The claims that each inference rests on, through the inferences between."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._inferences = {knowledge.iris.inference(each.id): each for each in knowledge.inferences}
        self._known: dict[str, frozenset[str]] = {}

    def of(self, inference: Inference) -> frozenset[str]:
        """Give the ids of the claims under `inference`."""
        if inference.id not in self._known:
            found = frozenset[str]()
            for premise in inference.premises:
                through = self._inferences.get(premise)
                found |= self.of(through) if through else {premise.value.rpartition("/")[2]}
            self._known[inference.id] = found
        return self._known[inference.id]

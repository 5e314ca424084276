"""The layers of the legend: which classes and which properties belong to each, the dataset's own among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from graph.model.vocabulary import RDFS, contract

if TYPE_CHECKING:
    from graph.model.ontology import Ontology


def layered(ontology: Ontology, plan: dict[str, Any]) -> dict[str, Any]:
    """Give what `kinds.toml` says of classes and properties, with all that stand below those that it names in lists."""
    return {
        "planned": classes_of(ontology, plan["planned"]),
        "card": properties_of(ontology, plan["card"]),
        "layers": layers(ontology, plan["layer"]),
    }


def layers(ontology: Ontology, declared: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each layer with the names of its classes and properties: those that are declared, and all below them."""
    return [
        {
            "name": layer["name"],
            "classes": classes_of(ontology, layer.get("classes", ())),
            "properties": properties_of(ontology, layer.get("properties", ())),
        }
        for layer in declared
    ]


def classes_of(ontology: Ontology, names: Iterable[str]) -> list[str]:
    """Give these classes and all below them, sorted."""
    wanted = set(names)
    return sorted(name for name in ontology.classes if ontology.ancestors(name) & wanted)


def properties_of(ontology: Ontology, names: Iterable[str]) -> list[str]:
    """Give each of these properties and those below it, in their order."""
    above = _above(ontology)
    return list(dict.fromkeys(p for name in names for p in sorted(ontology.properties) if name in above[p]))


def _above(ontology: Ontology) -> dict[str, set[str]]:
    """Give each property with all that stand above it; a circle of them is one and the same property."""
    parents = defaultdict(set)
    for triple in ontology.triples:
        ends = triple.subject, triple.object
        if triple.predicate == RDFS.subPropertyOf and isinstance(ends[0], NamedNode) and isinstance(ends[1], NamedNode):
            parents[contract(ends[0])].add(contract(ends[1]))
    found = {}
    for name in ontology.properties:
        reached, waiting = {name}, [name]
        while waiting:
            new = parents[waiting.pop()] - reached
            reached |= new
            waiting += new
        found[name] = reached
    return found

"""The terms of the data as the page has them: what each is called, and how what is of a class is drawn and counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.model.vocabulary import AZ
from graph.page.layers import layered

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_Json = dict[str, Any]


def terms(knowledge: Knowledge, plan: _Json) -> _Json:
    """Give what the terms of the data are called, and how what is of a class is drawn and counted."""
    ontology = knowledge.ontology
    counted = {
        each: sorted(name for name in ontology.classes if plan[each] in {name, *ontology.ancestors(name)})
        for each in ("area", "town")
    }
    return (
        counted
        | layered(ontology, plan)
        | {
            "kinds": _kinds(knowledge, plan["kind"]),
            "classes": {name: labels(each.labels) for name, each in sorted(ontology.classes.items())},
            "properties": _properties(knowledge),
            "statuses": _statuses(knowledge),
            "concepts": {name: labels(each.labels) for name, each in sorted(ontology.concepts.items())},
            "rules": {rule.name: labels(rule.labels) for rule in ontology.rules},
        }
    )


def labels(texts: Mapping[str, str]) -> dict[str, str]:
    """Give what something is called, by language, in the order of the tags."""
    return dict(sorted(texts.items()))


def _kinds(knowledge: Knowledge, kinds: list[_Json]) -> list[_Json]:
    named = [
        kind
        | {
            "label": labels(knowledge.ontology.classes[kind["class"]].labels)
            if kind["class"] in knowledge.ontology.classes
            else {}
        }
        for kind in kinds
    ]
    return [*named, {"class": "other", "shape": "circle", "colour": ["#5b5b5b", "#bdbdbd"], "label": {}}]


def _properties(knowledge: Knowledge) -> _Json:
    used = {claim.property for claim in knowledge.facts.claims} | {
        name for name, each in knowledge.ontology.properties.items() if each.edge
    }
    return {
        name: {"iri": each.iri.value, "label": labels(each.labels), "edge": each.edge, "single": each.single}
        for name, each in sorted(knowledge.ontology.properties.items())
        if name in used
    }


def _statuses(knowledge: Knowledge) -> _Json:
    """Give the labels of all that a claim may count as: the statuses, and why one does not stand."""
    ontology = knowledge.ontology
    lapses = {each.iri.value.removeprefix(AZ): each.labels for each in ontology.concepts_of(["Standing"]).values()}
    return {name.lower(): labels(each) for name, each in {**ontology.statuses, **lapses}.items()}

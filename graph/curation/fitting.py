"""Which properties can relate two things: what a curator is shown who names one that is not there."""

from __future__ import annotations

from graph.errors import QueryError, said
from graph.model.ontology import Ontology, Property
from graph.model.own import written
from graph.model.records import Entity, Facts

_MOST = 12


def unfit(message: str, subject: str, thing: str, facts: Facts, ontology: Ontology) -> QueryError:
    """Give what to raise where `message` says that a property is unknown, with those that are for such things."""
    ends = [facts.entities.get(end) for end in (subject, thing)]
    found = _between(ends[0], ends[1], ontology) if ends[0] and ends[1] else []
    if not found or any(f'"{written(each.name)}"' in message for each in found):
        return QueryError(message)  # what it asks about may well be meant
    language = facts.info.languages[0]
    listed = ", ".join(f"{written(each.name)} ({each.labels.get(language, each.name)})" for each in found[:_MOST])
    return QueryError(
        said("{message} (these can lead from one to the other: {listed})", message=message, listed=listed)
    )


def _between(subject: Entity, thing: Entity, ontology: Ontology) -> list[Property]:
    """Give the links of the network whose ends these may be, those that are for fewer kinds of things first."""
    kinds, others = (frozenset().union(*map(ontology.ancestors, each.classes)) for each in (subject, thing))
    fit = [
        each
        for each in ontology.properties.values()
        if each.edge and kinds.issuperset(each.domain) and others.intersection(each.range)
    ]
    return sorted(fit, key=lambda each: ("Entity" in each.domain, "Entity" in each.range, each.name))

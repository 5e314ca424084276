"""Which properties can relate two things: what a curator is shown who names one that is not there."""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import DataError, Problem, QueryError, said
from graph.model.ontology import Ontology, Property
from graph.model.own import written
from graph.model.records import Entity, Facts

_MOST = 12


def unfit(message: str, subject: str, thing: str, facts: Facts, ontology: Ontology) -> QueryError:
    """Give what to raise where `message` says that a property is unknown, with those that are for such things."""
    found = _between(subject, thing, facts, ontology)
    if not found or any(f'"{written(each.name)}"' in message for each in found):
        return QueryError(message)  # what it asks about may well be meant
    return QueryError(
        said(
            "{message} (these can lead from one to the other: {listed})", message=message, listed=_listed(found, facts)
        )
    )


def misfit(refused: DataError, row: Mapping[str, str], facts: Facts, ontology: Ontology) -> DataError:
    """Give the refusal of a claim's row, with the properties that are for such things if its own is not."""
    found = _between(row["subject"], row["object"], facts, ontology)
    if not found or row["property"] in {written(each.name) for each in found}:
        return refused
    told = said("these can lead from one to the other: {listed}", listed=_listed(found, facts))
    return DataError([*refused.problems, Problem(refused.problems[-1].file, 0, told)], refused.warnings)


def _listed(found: list[Property], facts: Facts) -> str:
    language = facts.info.languages[0]
    return ", ".join(f"{written(each.name)} ({each.labels.get(language, each.name)})" for each in found[:_MOST])


def _between(subject: str, thing: str, facts: Facts, ontology: Ontology) -> list[Property]:
    """Give the links of the network whose ends these may be, those that are for fewer kinds of things first."""
    ends: list[Entity] = [facts.entities[end] for end in (subject, thing) if end in facts.entities]
    if len(ends) < 2:
        return []
    kinds, others = (frozenset().union(*map(ontology.ancestors, each.classes)) for each in ends)
    fit = [
        each
        for each in ontology.properties.values()
        if each.edge and kinds.issuperset(each.domain) and others.intersection(each.range)
    ]
    return sorted(fit, key=lambda each: ("Entity" in each.domain, "Entity" in each.range, each.name))

"""What the claims of a dataset say already of what a text seems to say."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model.ontology import Ontology
from graph.model.records import ASSERTED, Facts


class Standing:
    """The claims of a dataset, by what they say."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self._ontology = ontology
        self._told = {(claim.subject, claim.property, claim.object): claim.id for claim in reversed(facts.claims)}
        self._from = {
            (each.source, each.subject, each.property, each.object, each.status, each.since, each.until)
            for each in facts.claims
        }

    def has(self, source: str, cells: Mapping[str, str]) -> bool:
        """Tell whether a source says a claim already, for the same time: no text gives that twice."""
        what = (cells[column] for column in ("subject", "property", "object", "status"))
        return (source, *what, cells.get("from", ""), cells.get("until", "")) in self._from

    def against(self, subject: str, property_: str, object_: str, status: str) -> str:
        """Name the known claim that a claim repeats, or that gives another value of what has but one."""
        if same := self._told.get((subject, property_, object_)):
            return same
        if not self._ontology.properties[property_].single or status not in ASSERTED:
            return ""
        other = (id_ for ends, id_ in self._told.items() if ends[:2] == (subject, property_))
        return next(other, "")

"""Where claims give one thing two values of a property that has but one at a time, as the ontology declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from graph.facts.rows import CuratedFile
from graph.model.datatypes import before
from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.records import ASSERTED, Claim

_NUMBERS = {"xsd:integer", "xsd:nonNegativeInteger", "xsd:decimal"}
_DECIDED = {"withdrawn", "outweighed"}


def check(file: CuratedFile, claims: Iterable[Claim], ontology: Ontology) -> None:
    """Note the conflicts in `file`: a problem within one source, between sources a warning, for both stand.

    Values of periods that do not meet are no conflict, nor is what is only planned, or what curators decided already.
    """
    told: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if ontology.properties[claim.property].single and claim.status in ASSERTED and claim.lapse not in _DECIDED:
            earlier = told[claim.subject, claim.property]
            against = [one for one in earlier if _value(one) != _value(claim) and _meet(one, claim)]
            earlier.append(claim)
            for other in against[:1]:
                _note(file, claim, next((one for one in against if one.source == claim.source), other))


def _note(file: CuratedFile, claim: Claim, other: Claim) -> None:
    said = f"{claim.subject} {written(claim.property)} {claim.object} ({claim.source})"
    if claim.source == other.source:
        file.add(
            claim.line,
            f"{said}: the same source says {other.object} on line {other.line}; keep one, or say in columns from and "
            "until when each holds",
        )
    else:
        file.warn(
            claim.line,
            f"{said}: {other.source} says {other.object} on line {other.line}; both stand, unless decisions.csv "
            "prefers one",
        )


def _value(claim: Claim) -> object:
    return Decimal(claim.object) if claim.datatype in _NUMBERS else claim.object


def _meet(one: Claim, other: Claim) -> bool:
    """Tell whether there is a time at which both may hold."""
    return not before(one.until, other.since) and not before(other.until, one.since)

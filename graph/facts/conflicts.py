"""Where claims give one thing two values of a property that has but one at a time, or two things one such value.

The ontology declares which properties those are: a cost is one, and so is who presides over a council.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from graph.errors import said
from graph.facts import offices
from graph.facts.rows import CuratedFile
from graph.model.datatypes import before
from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.records import ASSERTED, Claim, Source

_NUMBERS = {"xsd:integer", "xsd:nonNegativeInteger", "xsd:decimal"}
_DECIDED = {"withdrawn", "outweighed"}


def check(
    file: CuratedFile, claims: Iterable[Claim], sources: Mapping[str, Source], ontology: Ontology
) -> tuple[tuple[str, str], ...]:
    """Note the conflicts in `file`: a problem within one source, between sources a warning, for both stand.

    Values of periods that do not meet are no conflict, nor is who holds an office after another, nor what is only
    planned, or what curators decided already. Gives those between sources, as the
    ids of two claims.
    """
    claimed: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    found: dict[tuple[str, str], None] = {}
    for claim in claims:
        if claim.status in ASSERTED and claim.lapse not in _DECIDED:
            for key in _keys(claim, ontology):
                earlier = claimed[key]
                against = [one for one in earlier if _differ(one, claim) and _meet(one, claim, sources)]
                earlier.append(claim)
                for other in against[:1]:
                    _note(file, claim, next((one for one in against if one.source == claim.source), other))
                found |= dict.fromkeys((one.id, claim.id) for one in against if one.source != claim.source)
    return tuple(found)


def _keys(claim: Claim, ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """Give what a claim is the only one to say: a value of its subject, or the subject of a value."""
    prop = ontology.properties[claim.property]
    if prop.single:
        yield claim.subject, claim.property, ""
    if prop.sole:
        yield "", claim.property, claim.object


def _note(file: CuratedFile, claim: Claim, other: Claim) -> None:
    worded = f"{claim.subject} {written(claim.property)} {claim.object} ({claim.source})"
    against = other.object if other.subject == claim.subject else other.subject
    if claim.source == other.source:
        message = said(
            "{claim}: the same source says {other} on line {line}; keep one, or say in columns from and until when "
            "each holds",
            claim=worded,
            other=against,
            line=str(other.line),
        )
        file.add(claim.line, message)
    else:
        message = said(
            "{claim}: {source} says {other} on line {line}; both stand, unless decisions.csv prefers one "
            "({this} or {that})",
            claim=worded,
            source=other.source,
            other=against,
            line=str(other.line),
            this=claim.id,
            that=other.id,
        )
        file.warn(claim.line, message)


def _meet(one: Claim, other: Claim, sources: Mapping[str, Source]) -> bool:
    return one.meets(other) and not (one.subject != other.subject and offices.apart(one, other, sources))


def _differ(one: Claim, other: Claim) -> bool:
    """Tell whether two claims say different things; a month does not differ from a day in it."""
    if one.subject != other.subject:
        return True
    if one.datatype in _NUMBERS:
        return Decimal(one.object) != Decimal(other.object)
    if one.datatype.startswith(("xsd:date", "xsd:gYear")):
        return before(one.object, other.object) or before(other.object, one.object)
    return one.object != other.object

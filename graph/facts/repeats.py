"""Lines of `claims.csv` that say the same: joined where they cite several passages, refused where they repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from graph.errors import said
from graph.facts.rows import CuratedFile
from graph.model.records import Claim, Quotation


def joined(file: CuratedFile, found: dict[str, Claim], again: Mapping[str, list[Claim]]) -> tuple[Claim, ...]:
    """Make one claim of the lines that say the same, `again`; note in `file` those whose passages overlap."""
    found |= {name: _joined(file, same) for name, same in again.items()}
    claims = tuple(found.values())
    for _, told in groupby(sorted(claims, key=attrgetter("source")), attrgetter("source")):
        _check_statuses(file, told)
    return claims


def _joined(file: CuratedFile, same: list[Claim]) -> Claim:
    quotations = tuple(each for claim in same for each in claim.quotations)
    for one, other in _overlaps(quotations):
        if (one.start, one.end) == (other.start, other.end):
            file.add(other.line, said("the same claim stands already on line {line}; delete one", line=str(one.line)))
        else:
            message = said(
                "line {line} says the same in the passage {passage}, with which this one overlaps: keep one",
                line=str(one.line),
                passage=f"{one.start}-{one.end}",
            )
            file.add(other.line, message)
    for claim in same[1:] if not quotations else ():
        line = str(same[0].line)
        file.add(claim.line, said("the same claim stands already on line {line}; delete one", line=line))
    return replace(same[0], quotations=quotations)


def _check_statuses(file: CuratedFile, claims: Iterable[Claim]) -> None:
    """Note what one passage or one record of a source is said to say with two statuses."""
    alike: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        content = (claim.subject, claim.property, claim.object, claim.record, claim.since, claim.until)
        alike.setdefault(content, []).append(claim)
    for same in (each for each in alike.values() if len(each) > 1):
        status = {each.line: claim.status for claim in same for each in claim.quotations}
        pairs = [(one.line, other.line) for one, other in _overlaps(q for claim in same for q in claim.quotations)]
        if same[0].record:
            status = {claim.line: claim.status for claim in same}
            pairs = [(same[0].line, claim.line) for claim in same[1:]]
        for one, other in pairs:
            if status[one] != status[other]:
                message = said(
                    "line {line} says the same in the same place as {one}, this one as {other}: keep the line with "
                    "the right status",
                    line=str(one),
                    one=status[one],
                    other=status[other],
                )
                file.add(other, message)


def _overlaps(quotations: Iterable[Quotation]) -> Iterator[tuple[Quotation, Quotation]]:
    """Give pairs that overlap, each with the upper line first: of every passage, with the one that reaches furthest."""
    reach: Quotation | None = None
    for each in sorted(quotations, key=lambda each: (each.start, each.end, each.line)):
        if reach and each.start < reach.end:
            yield (reach, each) if reach.line < each.line else (each, reach)
        if reach is None or each.end > reach.end:
            reach = each

"""Decisions on the lines of a review: which lines are meant, what a review comes to, and its file written again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from graph.errors import OutputError, one_line, said, shown
from graph.model.records import Claim, Facts
from graph.reading.proposals import DECISIONS, KINDS, Proposal, written
from graph.reading.refusals import REFUSE
from graph.reading.review import Line, Review
from graph.reading.sources import write

_CUE = "cue:"
_NEW = ("source", "entity")  # what other lines name
_RANGE = re.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?")


def meant(choice: str, review: Review) -> set[int]:
    """Give the lines that a choice names: `12`, `3-9`, several with commas, and `cue:NAME` for all that a cue proposed.

    A cue is named as a review shows it, `ar.partOf`, or without its language, which is that of each language.

    Raises ValueError, with what is wrong, for what names no line.
    """
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in choice.split(","))):
        cue = part.removeprefix(_CUE) if part.startswith(_CUE) else None
        span = _RANGE.fullmatch(part)
        if cue is None and not span:
            raise ValueError(
                said('"{part}" is no line such as 12, no range such as 3-9 and no cue such as cue:NAME', part=part)
            )
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        lines = {
            each.number
            for each in review.lines
            if (_is_cue(each.proposal, cue) if cue else first <= each.number <= last)
        }
        if not lines:
            raise ValueError(said('no proposal stands at "{part}"', part=part))
        found |= lines
    return found


def _is_cue(proposal: Proposal, name: str) -> bool:
    return name in (proposal.cue, proposal.cue.partition(".")[2])


def decided(review: Review, decision: str, numbers: Iterable[int]) -> Review:
    """Give a review some of whose lines are decided so; with a new thing that is refused goes all that names it."""
    these = set(numbers)
    while decision == REFUSE and (more := _dependents(review, these) - these):
        these |= more
    lines = (
        replace(each, proposal=replace(each.proposal, decision=decision)) if each.number in these else each
        for each in review.lines
    )
    return replace(review, lines=tuple(lines))


def _dependents(review: Review, numbers: Collection[int]) -> set[int]:
    """Give the lines that name a source or an entity which lines of some numbers propose."""
    gone = {each.proposal.id for each in review.lines if each.number in numbers and each.proposal.kind in _NEW}
    ends = ("source", "subject", "object")
    return {
        each.number
        for each in review.lines
        if each.proposal.kind != "source" and gone & {each.proposal.id, *map(each.proposal.cells.get, ends)}
    }


def save(review: Review, languages: Iterable[str]) -> None:
    """Write a review into its file as a whole, in the form of a review file; OutputError where it cannot be."""
    path = review.path
    if path.suffix != ".csv":
        raise OutputError(said("{file} is a workbook: decide in it, or save it as CSV first", file=shown(path)))
    write(path, written((each.proposal for each in review.lines), list(languages)))


def counted(review: Review) -> Iterator[str]:
    """Count the proposals by kind and decision, one kind a line; kinds and decisions are called as in the file."""
    counts = Counter((each.proposal.kind, each.proposal.decision) for each in review.lines)
    for kind in KINDS:
        accepted, refused, open_ = (counts[kind, decision] for decision in (*DECISIONS, ""))
        if accepted or refused or open_:
            numbers = {"accepted": accepted, "refused": refused, "undecided": open_}
            yield said("{kind}: accepted {accepted}, refused {refused}, undecided {undecided}", kind=kind, **numbers)


def listed(review: Review, facts: Facts) -> Iterator[str]:
    """Show each proposal: its line, its decision, what it says, how sure, how it stands to what is known; its words."""
    known = {claim.id: claim for claim in facts.claims}
    for line in review.lines:
        each = line.proposal
        decision = each.decision or "?"
        sure = f"[{each.confidence:g} {each.cue}]"
        proposal = f"{line.number}: {decision:7} {each.kind:8}{_content(each)}  {sure}"
        beside = _beside(line, known)
        yield said("{proposal}  {beside}", proposal=proposal, beside=beside) if beside else proposal
        if each.words:
            yield f"    {one_line(each.words)}"


def _content(proposal: Proposal) -> str:
    """Say what a proposal is of, in the ids of the tables."""
    if proposal.kind != "claim":
        return proposal.id
    return " ".join(proposal.cells[column] for column in ("subject", "property", "object", "status"))


def _beside(line: Line, known: dict[str, Claim]) -> str:
    """Say how a proposal stands to what the tables hold."""
    each = line.proposal
    if each.kind in ("source", "entity"):
        return said("new")
    claim = known.get(each.against.removeprefix("claim/"))
    if claim is None:
        return said("new") if each.kind == "claim" else ""
    same = (claim.subject, claim.object) == (each.cells["subject"], each.cells["object"])
    where = {"source": claim.source, "line": str(claim.line)}
    if same:
        return said("corroborates {source}, line {line} of claims.csv", **where)
    return said("conflicts with {object} ({source}, line {line} of claims.csv)", object=claim.object, **where)

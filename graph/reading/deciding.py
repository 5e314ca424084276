"""Decisions on the lines of a review: which lines are meant, what a review comes to, and its file written again."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.errors import OutputError, shown
from graph.model.records import Claim, Facts
from graph.reading.proposals import DECISIONS, KINDS, Proposal, written
from graph.reading.review import Line, Review

_CUE = "cue:"
_RANGE = re.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?")
_UNDECIDED = "undecided"


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
            raise ValueError(f'"{part}" is no line such as 12, no range such as 3-9 and no cue such as cue:NAME')
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        lines = {
            each.number
            for each in review.lines
            if (_is_cue(each.proposal, cue) if cue else first <= each.number <= last)
        }
        if not lines:
            raise ValueError(f'no proposal stands at "{part}"')
        found |= lines
    return found


def _is_cue(proposal: Proposal, name: str) -> bool:
    return name in (proposal.cue, proposal.cue.partition(".")[2])


def decided(review: Review, decision: str, numbers: Iterable[int]) -> Review:
    """Give a review some of whose lines are decided so."""
    these = set(numbers)
    lines = (
        replace(each, proposal=replace(each.proposal, decision=decision)) if each.number in these else each
        for each in review.lines
    )
    return replace(review, lines=tuple(lines))


def save(review: Review, languages: Iterable[str]) -> None:
    """Write a review into its file as a whole, in the form of a review file; OutputError where it cannot be."""
    path = review.path
    if path.suffix != ".csv":
        raise OutputError(f"{shown(path)} is a workbook: decide in it, or save it as CSV first")
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(written((each.proposal for each in review.lines), list(languages)).encode())
        os.replace(fresh, path)
    except OSError as error:
        raise OutputError(f"cannot write {shown(path)}: {error.strerror or error}") from error


def table(review: Review) -> Iterator[str]:
    """Count the proposals by kind and decision, one kind a line."""
    heads = (*DECISIONS, _UNDECIDED)
    counts = Counter((each.proposal.kind, each.proposal.decision or _UNDECIDED) for each in review.lines)
    yield f"{'':8}" + "".join(f"{head:>11}" for head in heads)
    for kind in KINDS:
        if any(counts[kind, head] for head in heads):
            yield f"{kind:8}" + "".join(f"{counts[kind, head]:>11,}" for head in heads)


def listed(review: Review, facts: Facts) -> Iterator[str]:
    """Show each proposal: its line, its decision, what it says, how sure, and how it stands to what is known."""
    known = {claim.id: claim for claim in facts.claims}
    for line in review.lines:
        each = line.proposal
        decision = each.decision or "?"
        sure = f"[{each.confidence:g} {each.cue}]"
        yield f"{line.number}: {decision:7} {each.kind:8}{said(each)}  {sure}{_beside(line, known)}"


def said(proposal: Proposal) -> str:
    """Say what a proposal is of, in the ids of the tables."""
    if proposal.kind != "claim":
        return proposal.id
    return " ".join(proposal.cells[column] for column in ("subject", "property", "object", "status"))


def _beside(line: Line, known: dict[str, Claim]) -> str:
    """Say how a proposal stands to what the tables hold."""
    each = line.proposal
    if each.kind in ("source", "entity"):
        return "  new"
    claim = known.get(each.against.removeprefix("claim/"))
    if claim is None:
        return "  new" if each.kind == "claim" else ""
    same = (claim.subject, claim.object) == (each.cells["subject"], each.cells["object"])
    where = f"{claim.source}, line {claim.line} of claims.csv"
    return f"  corroborates {where}" if same else f"  conflicts with {claim.object} ({where})"

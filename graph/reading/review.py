"""A review file read back, as a spreadsheet may have saved it: each line a proposal, each fault with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Problem, said
from graph.facts.characters import visible
from graph.facts.known import Known
from graph.facts.rows import CuratedFile, Row, rows
from graph.model.datatypes import TAG, period_fault
from graph.reading.proposals import DECISIONS, KINDS, Proposal, columns
from graph.reading.refusals import digest

_NAME = re.compile(f"(label|title)_{TAG.pattern}")
_OFFSET = re.compile("0|[1-9][0-9]{0,11}")
_FIELDS = ("decision", "kind", "id", "confidence", "proposer", "cue", "against", "candidates", "words")
_PLACE = ("source", "start", "end")
_SAID = ("subject", "property", "object", "status")
#: What each kind must say; what it may say besides.
_NEEDED = {
    "source": ("id", "type", "language", "length", "sha256"),
    "entity": ("id", "class", *_PLACE, "words"),
    "mention": ("id", *_PLACE, "words"),
    "claim": (*_SAID, *_PLACE, "words"),
}
_ALLOWED = {
    "source": ("publisher", "issued", "url", "licence", "nature", "extractor"),
    "entity": (),
    "mention": (),
    "claim": ("subject_at", "object_at", "period_at", "from", "until"),
}
_NAMED = {"source": "title_", "entity": "label_"}


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal, and the line of the review file that holds it."""

    number: int
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Review:
    """What a review file holds: the lines that have no fault, in its order, and what is wrong or changed in it.

    `languages` are those that its columns name things in; `whole` tells that no line which others may name is at fault.
    """

    path: Path
    lines: tuple[Line, ...]
    languages: tuple[str, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    whole: bool

    def decided(self, decision: str, *kinds: str) -> Iterator[Line]:
        """Give the lines of a decision, of those kinds or of all."""
        for each in self.lines:
            if each.proposal.decision == decision and (not kinds or each.proposal.kind in kinds):
                yield each


class _File(CuratedFile):
    """The very file that is named: another of that name beside it is no rival."""

    def __post_init__(self) -> None:
        """Look for no other."""
        self.files = self.alone()


def read(path: Path) -> Review:
    """Read a review file: CSV with commas, semicolons or tabs, `.xlsx` or `.ods`; rows may be gone or reordered."""
    file = _File(path)
    kinds, decisions = Known(said("kind of proposal"), KINDS, few=True), Known(said("decision"), DECISIONS, few=True)
    lines, languages, naming = [], [], set()
    for row in rows(file, columns(()), _NAME, verbatim=("words",)):
        before = len(file.problems)
        languages = [name.partition("_")[2] for name in row.cells if name.startswith("label_")]
        _check(row, kinds, decisions)
        naming |= {row.line} if row["kind"] in ("mention", "claim") else set()
        if len(file.problems) == before and not row.rejected:
            lines.append(Line(row.line, _proposal(row)))
    _check_agreement(file, lines)
    problems, warnings = tuple(sorted(set(file.problems))), tuple(sorted(file.warnings))
    return Review(
        path, tuple(lines), tuple(languages), problems, warnings, all(each.line in naming for each in problems)
    )


def _check(row: Row, kinds: Known, decisions: Known) -> None:
    for known, column in ((kinds, "kind"), (decisions, "decision")):
        if row[column] and (fault := known.fault(row[column], said("column {column}", column=column))):
            row.fault(fault)
    kind = row["kind"]
    if kind not in KINDS:
        if not kind:
            row.fault(said("kind is missing: it is one of {names}", names=", ".join(KINDS)))
        return
    for column in _NEEDED[kind]:
        if not row[column]:
            row.fault(said("{column} of a {kind} is missing", column=column, kind=kind))
    usual = {*_FIELDS, *_NEEDED[kind], *_ALLOWED[kind]} - ({"id"} if kind == "claim" else set())
    for column, cell in row.cells.items():
        if cell and column not in usual and not column.startswith(_NAMED.get(kind, " ")):
            misplaced = {"kind": kind, "column": column, "text": visible(cell)}
            row.fault(said('a {kind} has no {column}: empty the cell "{text}"', **misplaced))
    if kind != "claim" and row["id"]:
        row.id("id")
    _check_numbers(row)


def _check_numbers(row: Row) -> None:
    for column in ("start", "end"):
        if row[column] and not _OFFSET.fullmatch(row[column]):
            text = visible(row[column])
            row.fault(
                said(
                    '{column} "{text}" is not a position in the text: a whole number such as 120',
                    column=column,
                    text=text,
                )
            )
            return
    if row["start"] and row["end"] and int(row["start"]) >= int(row["end"]):
        bounds = {"start": row["start"], "end": row["end"]}
        row.fault(said("the passage {start} to {end} is empty: end must be greater than start", **bounds))
    for column in ("from", "until"):
        if row[column] and (fault := period_fault(row[column])):
            row.fault(said("{fault} in column {column}", fault=fault, column=column))
    if _confidence(row["confidence"]) is None:
        row.fault(said('confidence "{text}" is not a number from 0 to 1', text=visible(row["confidence"])))


def _confidence(cell: str) -> float | None:
    """Read how sure a proposal is; a spreadsheet of many countries writes a comma. None for what is no such number."""
    try:
        number = float(cell.replace(",", ".") or "1")
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def _proposal(row: Row) -> Proposal:
    cells = {column: cell for column, cell in row.cells.items() if cell and column not in _FIELDS}
    fields = {name: row[name] for name in _FIELDS if name != "confidence"}
    return Proposal(cells=cells, confidence=_confidence(row["confidence"]) or 0.0, **fields)


def _check_agreement(file: CuratedFile, lines: Iterable[Line]) -> None:
    """Note in `file` what is accepted on one line and refused on another."""
    first: dict[str, Line] = {}
    for line in lines:
        earlier = first.setdefault(digest(line.proposal), line)
        if earlier.proposal.decision != line.proposal.decision:
            other = said(
                "line {line} proposes the same and decides otherwise: decide both alike", line=str(earlier.number)
            )
            file.add(line.number, other)

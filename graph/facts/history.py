"""Reading `decisions.csv` and `moved.csv`: what curators decided and why, and what became of published IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.errors import said
from graph.facts.known import Known
from graph.facts.rows import CuratedFile, Row, optional
from graph.model.datatypes import fits
from graph.model.records import Claim, Decision, Moved

#: What a decision says of its two columns: a name is an entity; one of two claims stands; a proposal is refused; two
#: names are two things; a claim is withdrawn; a claim was accepted.
KINDS = ("same", "prefer", "refuse", "distinct", "withdraw", "accept")
_OF_TWO = {"same", "prefer", "distinct"}
DECISION = ("kind", "a", "b", "source", "reason", "by", "on")
MOVED = ("old", "new", "reason", "date")


def decisions(file: CuratedFile, sources: Known, entities: Known, claims: Known) -> tuple[Decision, ...]:
    """Read what curators decided, each thing once."""
    kinds = Known(said("kind"), KINDS, few=True)
    named = {("same", "b"): entities, ("withdraw", "a"): claims, ("prefer", "a"): claims, ("prefer", "b"): claims}
    found: dict[tuple[str, ...], Decision] = {}
    for row in optional(file, DECISION):
        row.cells.update({column: row[column].removeprefix("claim/") for column in ("a", "b")})
        checks = [(kinds, "kind"), (sources, "source"), *((named.get((row["kind"], end)), end) for end in ("a", "b"))]
        for known, column in checks:
            if known and row[column]:
                row.knows(known, column)
        pair = ("b",) if row["kind"] in _OF_TWO else ()
        _filled(row, ("kind", "a", *pair, "reason", "by"))
        _day(row, "on")
        decision = Decision(**{column: row[column] for column in DECISION}, line=row.line)
        key = (decision.kind, *sorted((decision.a, decision.b)), decision.source)
        if (first := found.setdefault(key, decision)) is not decision:
            row.fault(said("line {line} decides on the same already: keep one", line=str(first.line)))
        if row["kind"] == "prefer" and row["a"] == row["b"]:
            row.fault(said("a claim is preferred to another, not to itself: mend column a or b"))
    return tuple(found.values())


def settled(claims: Iterable[Claim], decisions: Iterable[Decision]) -> tuple[Claim, ...]:
    """Give the claims as the decisions leave them: some withdrawn, some outweighed by those that are preferred."""
    found = list(decisions)
    lapses = {each.b: "outweighed" for each in found if each.kind == "prefer"}
    lapses |= {each.a: "withdrawn" for each in found if each.kind == "withdraw"}
    return tuple(replace(each, lapse=lapses[each.id]) if each.id in lapses else each for each in claims)


def moved(file: CuratedFile) -> tuple[Moved, ...]:
    """Read which published names are no longer used, in the order of the file, and none in a circle."""
    found: dict[str, Moved] = {}
    for row in optional(file, MOVED):
        _filled(row, ("old", "reason"))
        _day(row, "date")
        first = found.setdefault(row["old"], Moved(**{column: row[column] for column in MOVED}, line=row.line))
        if first.line != row.line:
            line = str(first.line)
            row.fault(said('"{name}" was moved already on line {line}; keep one', name=row["old"], line=line))
    for each in found.values():
        if _returns(each, found):
            file.add(each.line, said('"{name}" is moved in a circle: say what it is called now', name=each.old))
    return tuple(found.values())


def check_moved(file: CuratedFile, found: Iterable[Moved], names: Iterable[str]) -> None:
    """Note in `file` what is said to have moved and is still there, and what is moved to nothing that is."""
    moved = list(found)
    there = {name for each in moved for name in (each.old, each.new)}.intersection(names)
    known = {*there, *(each.old for each in moved)}
    for each in moved:
        if each.old in there:
            message = said('"{name}" is still in the data: only what is no longer used has moved', name=each.old)
            file.add(each.line, message)
        if each.new and each.new not in known:
            message = said('"{old}" is moved to "{new}", which is not in the data', old=each.old, new=each.new)
            file.add(each.line, message)


def _returns(start: Moved, found: dict[str, Moved]) -> bool:
    seen: set[str] = set()
    name = start.new
    while name in found and name not in seen:
        seen.add(name)
        name = found[name].new
    return start.old in seen or start.old == start.new


def _filled(row: Row, columns: tuple[str, ...]) -> None:
    for column in columns:
        if not row[column]:
            row.fault(said("{column} is missing", column=column))


def _day(row: Row, column: str) -> None:
    if not fits(row[column], "xsd:date"):
        row.fault(said('{column} "{text}" is not a day such as 2024-04-22', column=column, text=row[column]))

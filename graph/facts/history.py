"""Reading `decisions.csv` and `moved.csv`: what curators decided and why, and what became of published IRIs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.facts.rows import CuratedFile, Known, Row, optional
from graph.model.datatypes import fits
from graph.model.records import Decision, Moved

#: What a decision says of its two columns: a name is an entity; one of two claims stands; a proposal is refused; two
#: names are two things; a claim is withdrawn; a claim was accepted.
KINDS = ("same", "prefer", "refuse", "distinct", "withdraw", "accept")
DECISION = ("kind", "a", "b", "source", "reason", "by", "on")
MOVED = ("old", "new", "reason", "date")


def decisions(file: CuratedFile, sources: Known) -> tuple[Decision, ...]:
    """Read what curators decided."""
    kinds = Known("kind", KINDS, few=True)
    found = []
    for row in optional(file, DECISION):
        for fault in (
            kinds.fault(row["kind"], "column kind"),
            sources.fault(row["source"], "column source") if row["source"] else "",
        ):
            if fault:
                row.fault(fault)
        _filled(row, ("a", "reason", "by"))
        _day(row, "on")
        found.append(Decision(**{column: row[column] for column in DECISION}, line=row.line))
    return tuple(found)


def moved(file: CuratedFile) -> tuple[Moved, ...]:
    """Read which published names are no longer used, in the order of the file, and none in a circle."""
    found: dict[str, Moved] = {}
    for row in optional(file, MOVED):
        _filled(row, ("old", "reason"))
        _day(row, "date")
        first = found.setdefault(row["old"], Moved(**{column: row[column] for column in MOVED}, line=row.line))
        if first.line != row.line:
            row.fault(f'"{row["old"]}" was moved already on line {first.line}; keep one')
    for each in found.values():
        if _returns(each, found):
            file.add(each.line, f'"{each.old}" is moved in a circle: say what it is called now')
    return tuple(found.values())


def check_moved(file: CuratedFile, found: Iterable[Moved], names: Collection[str]) -> None:
    """Note in `file` what is said to have moved and is still there, and what is moved to nothing that is."""
    moved = list(found)
    known = {*names, *(each.old for each in moved)}
    for each in moved:
        if each.old in names:
            file.add(each.line, f'"{each.old}" is still in the data: only what is no longer used has moved')
        if each.new and each.new not in known:
            file.add(each.line, f'"{each.old}" is moved to "{each.new}", which is not in the data')


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
            row.fault(f"{column} is missing")


def _day(row: Row, column: str) -> None:
    if not fits(row[column], "xsd:date"):
        row.fault(f'{column} "{row[column]}" is not a day such as 2024-04-22')

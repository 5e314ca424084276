"""What becomes of the tables where two entities are one, where one is called otherwise, and where one is taken out.

Claims, mentions and decisions follow; `moved.csv` tells what became of each published name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from graph.curation.rewriting import Rewriting
from graph.errors import DataError, Problem, QueryError, said
from graph.facts.characters import visible
from graph.facts.known import Known
from graph.facts.rows import ID
from graph.facts.spelling import searched
from graph.model.inputs import DECISIONS, MENTIONS, MOVED, PASSAGES, TOURS
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.own import written
from graph.model.records import Claim, Entity, Facts

_CLAIMS, _ENTITIES = "claims.csv", "entities.csv"
# What names ids in a tour: the address and the claims of a step, and an id in them.
_SHOWN = re.compile(r"^\s*at\s*=.*|^\s*claims\s*=\s*\[[^\]]*\]", re.MULTILINE)
_NAMED = re.compile(r'(?<=[=,~"])[a-z0-9][a-z0-9-]*')
_Files = dict[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Move:
    """Why published names are no longer used, and since which day."""

    reason: str
    date: str

    def row(self, old: str, new: str = "") -> dict[str, str]:
        """Give the line of `moved.csv`."""
        return {"old": old, "new": new, "reason": self.reason, "date": self.date}


def merged(data: Path, facts: Facts, ontology: Ontology, old: str, new: str, move: Move) -> _Files:
    """Give what the tables hold where the entity `old` is the entity `new`, which takes its names and classes.

    Raises DataError with the rows that would then relate a thing to itself, or that say that they are two.
    """
    if old == new:
        raise QueryError(said('"{id}" is one already', id=old))
    one, other = facts.entities[old], facts.entities[new]
    if not _akin(one, other, ontology):
        kind, another = ("|".join(map(written, each.classes)) for each in (one, other))
        raise QueryError(
            said(
                '"{old}" is {kind} and "{new}" is {other}: one thing cannot be both',
                old=old,
                kind=kind,
                new=new,
                other=another,
            )
        )
    tables = Rewriting(data)
    if problems := list(_against(tables, old, new)):
        raise DataError(problems)
    tables.drop(_ENTITIES, [one.line])
    _name(tables.rows[_ENTITIES][other.line], one, other, ontology)
    moves = _follow(tables, facts, old, new, move)
    return tables.files() | _guided(data, moves)


def renamed(data: Path, facts: Facts, old: str, new: str, move: Move) -> _Files:
    """Give what the tables hold where the entity `old` has the id `new`; QueryError if that is none, or another's."""
    if not ID.fullmatch(new):
        raise QueryError(said('{column} "{text}" may hold only a-z, 0-9 and "-"', column="id", text=visible(new)))
    if new in facts.entities:
        raise QueryError(said('"{new}" is there already: to make the two one, `merge {old} {new}`', old=old, new=new))
    tables = Rewriting(data)
    tables.rows[_ENTITIES][facts.entities[old].line]["id"] = new
    moves = _follow(tables, facts, old, new, move)
    return tables.files() | _guided(data, moves)


def withdrawn(data: Path, facts: Facts, name: str, move: Move) -> _Files:
    """Give what the tables hold without an entity or a claim (`claim/ID`), and without all that speaks of it.

    Raises QueryError where no claim has that id.
    """
    known = Known(said("claim"), {f"claim/{each.id}" for each in facts.claims})
    if name.startswith("claim/") and (fault := known.fault(name, "ID")):
        raise QueryError(fault)
    gone = {name}
    tables = Rewriting(data)
    claims = [
        each for each in facts.claims if f"claim/{each.id}" in gone or each.subject in gone or _object(each) in gone
    ]
    gone |= {f"claim/{each.id}" for each in claims}
    tables.drop(_CLAIMS, _lines(tables, _CLAIMS, claims))
    for name, columns in ((_ENTITIES, ("id",)), (MENTIONS, ("entity",)), (DECISIONS, ("a", "b"))):
        tables.drop(name, [line for line, row in tables.rows[name].items() if gone & _named(row, columns)])
    _forget(tables, facts)
    tables.append(MOVED, (move.row(name) for name in sorted(gone)))
    return tables.files()


def traces(data: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Find what the tables still hold of some names, in any spelling, though what they named was taken out."""
    wanted = {f" {searched(name)} " for name in names if searched(name)}
    tables = Rewriting(data)
    for name, rows in tables.rows.items():
        for line, row in rows.items():
            for column, cell in row.items():
                if any(each in f" {searched(cell)} " for each in wanted):
                    yield tables.fault(
                        name, line, said('column {column} still names it: "{cell}"', column=column, cell=cell)
                    )


def _akin(one: Entity, other: Entity, ontology: Ontology) -> bool:
    """Tell whether two entities share a class, if only one above theirs that is not above all."""
    above = (set[str]().union(*map(ontology.ancestors, each.classes)) for each in (one, other))
    shared = set.intersection(*above)
    return one.classes == other.classes or any(ontology.classes[name].parents for name in shared)


def _against(tables: Rewriting, old: str, new: str) -> Iterator[Problem]:
    """Find what forbids that two things are one."""
    pair = {old, new}
    for line, row in tables.rows[_CLAIMS].items():
        if {row["subject"], row["object"]} == pair:
            claim = f"{row['subject']} {row['property']} {row['object']}"
            message = said("{claim}: it would relate a thing to itself; take it out first", claim=claim)
            yield tables.fault(_CLAIMS, line, message)
    for line, row in tables.rows[DECISIONS].items():
        if row["kind"] == "distinct" and {row["a"], row["b"]} == pair:
            message = said(
                'it says that "{old}" and "{new}" are two things: {reason}', old=old, new=new, reason=row["reason"]
            )
            yield tables.fault(DECISIONS, line, message)


def _name(row: dict[str, str], one: Entity, other: Entity, ontology: Ontology) -> None:
    """Give an entity the names of another, which is the same; a label that is ours is no name in use."""
    known = set(other.names())
    given = {"alt": one.alts, "hidden": one.hidden}
    fresh = [(kind, tag, name) for kind, texts in given.items() for tag, names in texts.items() for name in names]
    for tag, label in one.labels.items():
        if tag in other.labels:
            fresh.append(("hidden" if tag in one.translated else "alt", tag, label))
        else:
            row[f"label_{tag}"] = label
            row["translated"] = _with(row["translated"], tag) if tag in one.translated else row["translated"]
    for kind, tag, name in fresh:
        if name not in known:
            known.add(name)
            row[f"{kind}_{tag}"] = _with(row.get(f"{kind}_{tag}", ""), name)
    fine = set(ontology.finest((*other.classes, *one.classes)))
    row["class"] = "|".join(written(each) for each in dict.fromkeys((*other.classes, *one.classes)) if each in fine)


def _with(cell: str, part: str) -> str:
    return f"{cell}|{part}" if cell else part


def _guided(data: Path, moves: Mapping[str, str]) -> _Files:
    """Let the steps of tours name what has another id now, in what they show and in the claims that they rest on."""
    text = (data / TOURS).read_bytes().decode("utf-8") if (data / TOURS).is_file() else ""
    plain = {old.removeprefix("claim/"): new.removeprefix("claim/") for old, new in moves.items()}
    followed = _SHOWN.sub(lambda part: _NAMED.sub(lambda id_: plain.get(id_[0], id_[0]), part[0]), text)
    return {TOURS: followed.encode()} if followed != text else {}


def _follow(tables: Rewriting, facts: Facts, old: str, new: str, move: Move) -> dict[str, str]:
    """Let claims, mentions and decisions speak of `new`, and tell what became of `old` and of its claims: give it."""
    ids = _claims(tables, facts, old, new)
    for row in tables.rows[MENTIONS].values():
        row["entity"] = new if row["entity"] == old else row["entity"]
    _once(tables, MENTIONS)
    for row in tables.rows[DECISIONS].values():
        for end in ("a", "b"):
            plain = row[end].removeprefix("claim/")
            row[end] = new if row[end] == old else ids.get(plain, row[end])
    moves = {old: new, **{f"claim/{was}": f"claim/{now}" for was, now in sorted(ids.items())}}
    again = set(moves.values())  # a name that was given up and is in use again leads nowhere else
    tables.drop(MOVED, [line for line, row in tables.rows[MOVED].items() if row["old"] in again])
    tables.append(MOVED, (move.row(*each) for each in moves.items()))
    return moves


def _claims(tables: Rewriting, facts: Facts, old: str, new: str) -> Mapping[str, str]:
    """Let claims speak of `new`; give what the ids of those have become that spoke of `old`."""
    iris, ids = Iris(facts.info.base), {}
    for claim in facts.claims:
        subject, object_ = (new if end == old else end for end in (claim.subject, _object(claim)))
        if (subject, object_) == (claim.subject, _object(claim)):
            continue
        now = replace(claim, subject=subject, object=object_ or claim.object, id="")
        ids[claim.id] = iris.claim_id(now)
        for line in _lines(tables, _CLAIMS, [claim]):
            tables.rows[_CLAIMS][line] |= {"subject": now.subject, "object": now.object}
    _once(tables, _CLAIMS)
    return ids


def _object(claim: Claim) -> str:
    """Give the entity that a claim leads to; empty where it leads to a value or elsewhere."""
    return "" if claim.datatype or claim.foreign else claim.object


def _lines(tables: Rewriting, name: str, claims: Iterable[Claim]) -> list[int]:
    found = {line for claim in claims for line in (claim.line, *(each.line for each in claim.quotations))}
    return sorted(found & tables.rows[name].keys())


def _once(tables: Rewriting, name: str) -> None:
    """Leave the rows out that say the same as another."""
    seen, again = set[tuple[str, ...]](), []
    for line, row in tables.rows[name].items():
        cells = tuple(row.values())
        if cells in seen:
            again.append(line)
        seen.add(cells)
    tables.drop(name, again)


def _named(row: Mapping[str, str], columns: Iterable[str]) -> set[str]:
    cells = {row[column] for column in columns}
    return cells | {f"claim/{cell}" for cell in cells}


def _forget(tables: Rewriting, facts: Facts) -> None:
    """Take the digests of passages out that nothing cites any more."""
    left = tables.rows[_CLAIMS].keys()
    cited = {
        (claim.source, str(start), str(end))
        for claim in facts.claims
        if left & {each.line for each in claim.quotations}
        for start, end in claim.spans
    }
    cited |= {(row["source"], row["start"], row["end"]) for row in tables.rows[MENTIONS].values()}
    rows = tables.rows[PASSAGES].items()
    tables.drop(PASSAGES, [line for line, row in rows if (row["source"], row["start"], row["end"]) not in cited])

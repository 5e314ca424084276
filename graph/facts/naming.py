"""Which names are refused: those that hide something, that are written in another form, or that are another thing's.

>>> fault("Cafe\u0301"), fault("=Agadir"), fault("Agadir")
('has signs apart from their letters: write "Café"', 'begins with "=", as a formula of a spreadsheet does', '')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from graph.errors import said
from graph.facts.characters import visible
from graph.facts.rows import CuratedFile, Row
from graph.facts.spelling import searched
from graph.model.records import Claim, Decision, Entity
from graph.model.repeated import repeated

#: What says where a thing is.
PLACED = ("containedIn", "locatedIn", "partOf")
_FORMULA = tuple("=+-@\t")
# Persian and other scripts need U+200C inside a word, Indic scripts and emoji U+200D: they join or part two signs.
_JOINERS = "\u200c\u200d"
# Blank to the eye though Unicode counts them as letters or marks, and the signs of its class Cf that are seen.
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")


def fault(name: str) -> str:
    """Say what is wrong with a name, as the end of a sentence; empty when nothing is."""
    if hidden := next(_hidden(name), ""):
        return said(
            'holds the invisible character {character}: delete it, and write "{name}"',
            character=f"U+{ord(hidden):04X}",
            name=_shown(name),
        )
    if not unicodedata.is_normalized("NFC", name):
        return said('has signs apart from their letters: write "{name}"', name=unicodedata.normalize("NFC", name))
    if name.startswith(_FORMULA):
        return said('begins with "{sign}", as a formula of a spreadsheet does', sign=visible(name[0]))
    return ""


def check_names(row: Row, column: str) -> None:
    """Note the faults of the names that stand in `column`, which "|" separates."""
    for name in row[column].split("|"):
        if found := fault(name):
            shown = visible(name)
            row.fault(said('the name "{name}" in column {column} {fault}', name=shown, column=column, fault=found))


def check_namesakes(
    file: CuratedFile, entities: Mapping[str, Entity], claims: Iterable[Claim], decisions: Iterable[Decision]
) -> None:
    """Refuse two things of one class, name and place; warn of two of one class and name.

    Those that a decision of the kind "distinct" keeps apart are two things.
    """
    distinct = {frozenset((each.a, each.b)) for each in decisions if each.kind == "distinct"}
    several = repeated(chain.from_iterable(map(forms, entities.values())))
    alike = [each for each in entities.values() if not several.isdisjoint(map(hash, forms(each)))]
    places: dict[str, set[str]] = {each.id: set() for each in alike}
    for claim in claims:
        if claim.property in PLACED and claim.subject in places:
            places[claim.subject].add(claim.object)
    first: dict[tuple[str, str, str], Entity] = {}
    for entity in sorted(alike, key=lambda each: each.line):
        told: dict[str, tuple[str, str]] = {}
        for kind, name in _called(entity):
            for place in ("", *sorted(places[entity.id])):
                other = first.setdefault((kind, searched(name), place), entity)
                if other is not entity and frozenset((other.id, entity.id)) not in distinct:
                    told[other.id] = max(told.get(other.id, ("", "")), (place, name))
        for id_, (place, name) in told.items():
            _tell(file, entity, entities[id_], name, place)


def forms(entity: Entity) -> set[tuple[str, str]]:
    """Give its classes, each with each form of a name: what two of one class both have is a reason to ask."""
    return {(kind, searched(name)) for kind, name in _called(entity)}


def _tell(file: CuratedFile, entity: Entity, other: Entity, name: str, place: str) -> None:
    same = said(
        '"{entity}" and "{other}" on line {line} are of one class and both called "{name}"',
        entity=entity.id,
        other=other.id,
        line=str(other.line),
        name=name,
    )
    if place:
        message = said(
            '{same}, in "{place}": make them one, or write in decisions.csv why they are two: "{decision}"',
            same=same,
            place=place,
            decision=f"distinct,{other.id},{entity.id}",
        )
        file.add(entity.line, message)
    else:
        file.warn(entity.line, said("{same}: are they two things?", same=same))


def _called(entity: Entity) -> Iterator[tuple[str, str]]:
    names = {*entity.labels.values(), *(name for names in entity.alts.values() for name in names)}
    yield from sorted((kind, name) for kind in entity.classes for name in names)


def _hidden(name: str) -> Iterator[str]:
    if name.isprintable() and _BLANK.isdisjoint(name):  # nine names in ten
        return
    for at, sign in enumerate(name):
        inside = 0 < at < len(name) - 1 and not name[at - 1].isspace() and not name[at + 1].isspace()
        if sign in _JOINERS and inside:
            continue
        if sign in _BLANK or (unicodedata.category(sign) in {"Cf", "Zl", "Zp"} and sign not in _SEEN):
            yield sign


def _shown(name: str) -> str:
    hidden = set(_hidden(name)) - set(_JOINERS)
    return "".join(sign for sign in name if sign not in hidden).strip(_JOINERS)

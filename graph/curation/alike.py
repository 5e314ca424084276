"""Entities of one class that are called nearly the same, and may be one: proposed to the curator, who decides.

Names are nearly the same that differ, folded, in one letter or in the order of their words; those that are equal are
told where the tables are read. Two that one dataset keeps in two records are two, and so are names with other digits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from graph.errors import Problem, said, shown
from graph.facts.spelling import searched
from graph.model.inputs import place
from graph.model.records import Entity, Facts

#: Shorter names that differ in one letter are other words.
_SHORTEST = 6
#: What more names begin or end with alike than this says nothing of them.
_MOST = 100


class _Called(NamedTuple):
    folded: str
    name: str
    id: str


def notes(facts: Facts, data: Path) -> Iterator[Problem]:
    """Tell of each two entities of one class that are called nearly the same, but for those that are told apart."""
    apart = {frozenset((each.a, each.b)) for each in facts.decisions if each.kind == "distinct"}
    records = _records(facts)
    told = set[frozenset[str]]()
    file = shown(Path(place(data, "entities.csv")))
    for one, other in _pairs(facts.entities.values()):
        pair = frozenset((one.id, other.id))
        if (
            pair in told
            or {pair, frozenset((one.name, other.name))} & apart
            or _two(records[one.id], records[other.id])
        ):
            continue
        told.add(pair)
        (above, first), (line, second) = sorted((facts.entities[each.id].line, each) for each in (one, other))
        message = said(
            '"{second}" is called "{name}", and "{first}" on line {above} "{other}": if they are one, `merge` them; if '
            'they are two, write in decisions.csv why: "distinct,{first},{second}"',
            second=second.id,
            name=second.name,
            first=first.id,
            above=str(above),
            other=first.name,
        )
        yield Problem(file, line, message, "note")


def _records(facts: Facts) -> dict[str, dict[str, set[str]]]:
    """Give the records of each dataset that speak of an entity."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in facts.claims:
        if claim.record:
            found[claim.subject][claim.source].add(claim.record)
    return found


def _two(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> bool:
    """Tell whether a dataset has another record for each of two entities."""
    return any(one[source].isdisjoint(other[source]) for source in one.keys() & other.keys())


def _pairs(entities: Iterable[Entity]) -> Iterator[tuple[_Called, _Called]]:
    """Give each two names of two entities of one class that are nearly the same."""
    near: dict[tuple[str, ...], set[_Called]] = defaultdict(set)
    for entity in entities:
        others = (name for names in entity.alts.values() for name in names)
        for name in dict.fromkeys((*entity.labels.values(), *others)):  # in an order that no hash decides
            called = _Called(searched(name), name, entity.id)
            if len(called.folded) >= _SHORTEST:
                for key in _keys(called.folded):
                    for kind in entity.classes:
                        near[kind, *key].add(called)
    for group in near.values():
        if len(group) <= _MOST:
            for one, other in combinations(sorted(group), 2):
                if one.id != other.id and one.folded != other.folded and _alike(one.folded, other.folded):
                    yield one, other


def _keys(name: str) -> Iterator[tuple[str, ...]]:
    """Give what two names share that differ in one letter, one half of the shorter, or in the order of their words."""
    digits = "".join(filter(str.isdigit, name))
    yield "words", *sorted(name.split())
    for length in (len(name), len(name) - 1):
        half = length // 2
        yield str(length), digits, "first", name[:half]
        yield str(length), digits, "last", name[len(name) - (length - half) :]


def _alike(one: str, other: str) -> bool:
    """Tell whether two names differ in one letter alone, or in the order of their words."""
    if sorted(one.split()) == sorted(other.split()):
        return True
    short, long = sorted((one, other), key=len)
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same:] == long[same + 1 :] or short[same + 1 :] == long[same + 1 :]

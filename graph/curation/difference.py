"""What became of a dataset from one version to another: each source, entity and claim that came, went or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph.curation.version import Fields, Saying, Version, joined

KINDS = ("source", "entity", "claim")
CHANGES = ("added", "removed", "renamed", "merged", "changed")
_CLAIM = "claim/"


class Differing(NamedTuple):
    """A column, what stood there, and what stands there now."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing: its id, which for a claim is that of its newest form; for a claim, what it says.

    `differing` is what changed, `reason` what `moved.csv` says of a thing that is gone or called otherwise.
    """

    kind: str
    change: str
    id: str
    claim: Saying | None = None
    differing: tuple[Differing, ...] = ()
    reason: str = ""

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among others."""
        said = self.claim.content if self.claim else ()
        return KINDS.index(self.kind), CHANGES.index(self.change), *said, self.id


def changes(old: Version, new: Version, single: Callable[[str], bool]) -> list[Change]:
    """Give all that differs, in one order; `single` tells of a property whether a thing has but one value of it.

    What `moved.csv` of the newer version says is called otherwise has not gone, nor have the claims about it.
    """
    names = {name: called for name in new.moved if (called := _now(name, new.moved))}
    found = [
        *_things("source", old.sources, new.sources, names, new.moved, "source/"),
        *_things("entity", old.entities, new.entities, names, new.moved),
        *_claims(old.claims, new, names, single),
    ]
    return sorted(found, key=lambda each: each.place)


def _now(name: str, moved: Mapping[str, tuple[str, str]]) -> str:
    """Give what is at the end of a chain of names; empty if that is nothing."""
    seen = set[str]()
    while name in moved and name not in seen:
        seen.add(name)
        name = moved[name][0]
    return name


def _things(
    kind: str,
    old: Mapping[str, Fields],
    new: Mapping[str, Fields],
    names: Mapping[str, str],
    moved: Mapping[str, tuple[str, str]],
    prefix: str = "",
) -> Iterator[Change]:
    came = new.keys() - old.keys()
    for id_ in sorted(old.keys() - new.keys()):
        called = names.get(prefix + id_, "").removeprefix(prefix)
        reason = moved.get(prefix + id_, ("", ""))[1]
        if called not in new:
            yield Change(kind, "removed", id_, reason=reason)
            continue
        move = Differing("id", id_, called)
        if called in came:
            came.discard(called)
            yield Change(kind, "renamed", called, differing=(move, *_differing(old[id_], new[called])), reason=reason)
        else:
            yield Change(kind, "merged", called, differing=(move,), reason=reason)
    yield from (Change(kind, "added", id_) for id_ in came)
    for id_ in old.keys() & new.keys():
        if differing := _differing(old[id_], new[id_]):
            yield Change(kind, "changed", id_, differing=differing)


def _claims(
    claims: Iterable[Saying], new: Version, names: Mapping[str, str], single: Callable[[str], bool]
) -> Iterator[Change]:
    gone = list(joined(_renamed(each, names) for each in claims))
    came = list(new.claims)
    ways: tuple[Callable[[Saying], Hashable], ...] = (
        lambda each: each.content,
        lambda each: (each.subject, each.property, each.object, each.source, each.record),
        lambda each: (each.subject, each.property, each.source, each.record if single(each.property) else each.content),
        lambda each: (each.subject, each.property, each.source if single(each.property) else each.content),
    )
    for way in ways:
        gone, came, pairs = _paired(gone, came, way)
        for before, after in pairs:
            if differing := _differing(_cells(before), _cells(after)):
                yield Change("claim", "changed", after.id, after, differing)
    for each in gone:
        reason = new.moved.get(_CLAIM + each.id, ("", ""))[1]
        yield Change("claim", "removed", each.id, each, reason=reason)
    yield from (Change("claim", "added", each.id, each) for each in came)


def _renamed(claim: Saying, names: Mapping[str, str]) -> Saying:
    source = names.get(f"source/{claim.source}", "").removeprefix("source/")
    subject, value = (names.get(each) or each for each in (claim.subject, claim.object))
    return replace(claim, subject=subject, object=value, source=source or claim.source)


def _cells(claim: Saying) -> Fields:
    """Give what may differ between two forms of a claim; what does not stand has that as its standing."""
    own = {"object": claim.object, "record": claim.record}
    standing = claim.fields.get("standing") or claim.fields.get("status", "")
    return own | {**claim.fields, "standing": standing}


def _paired(
    gone: list[Saying], came: list[Saying], way: Callable[[Saying], Hashable]
) -> tuple[list[Saying], list[Saying], list[tuple[Saying, Saying]]]:
    """Pair the claims of two versions that are alike in a way, in their order; give the others, and the pairs."""
    waiting: dict[Hashable, list[Saying]] = defaultdict(list)
    for each in sorted(came, key=lambda each: each.content):
        waiting[way(each)].append(each)
    left, pairs = [], []
    for each in sorted(gone, key=lambda each: each.content):
        same = waiting[way(each)]
        if same:
            pairs.append((each, same.pop(0)))
        else:
            left.append(each)
    return left, [each for rest in waiting.values() for each in rest], pairs


def _differing(old: Fields, new: Fields) -> tuple[Differing, ...]:
    names = sorted(old.keys() | new.keys())
    found = [Differing(name, old.get(name, ""), new.get(name, "")) for name in names]
    differing = [each for each in found if each.old != each.new]
    if any(each.field == "status" for each in differing):  # that says it already
        return tuple(each for each in differing if each.field != "standing")
    return tuple(differing)

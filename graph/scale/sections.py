"""A dataset source by source: what a source asserts is written once, and read back by every format.

A section depends on nothing but the records of its source and on what others say of its claims, so that one whose
records are as they were need not be written again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, serialize

from graph.knowledge.triples import Asserted, Blocks, within

if TYPE_CHECKING:
    from graph.scale.engines import Engine
    from graph.system.memo import Memo


@dataclass(frozen=True)
class Section:
    """What is asserted on the word of one source, and all that its triples are made from."""

    source: str
    asserted: Asserted

    def __str__(self) -> str:
        return self.source

    def given(self) -> tuple[object, ...]:
        """Give all that its triples depend on; lines are no part of it, and a claim's id stands for what it says."""
        one = self.asserted
        claims = [
            (each.id, each.lapse, [(q.start, q.end, sorted(q.antecedents.items())) for q in each.quotations])
            for each in one.by_source[self.source]
        ]
        mentions = [(each.entity, each.start, each.end) for each in one.mentions[self.source]]
        attested = [tuple(one.attested[each[0]]) for each in claims]
        return one.iris.base, self.source, claims, mentions, sorted(one.facts.passages.items()), attested, one.against


class Written(NamedTuple):
    """How many sections there are, and how many of them had to be written anew."""

    sections: int
    anew: int


def write(asserted: Asserted, memo: Memo, engine: Engine[Section, bytes]) -> Written:
    """Have each section of a dataset written that `memo` does not hold, and let the dataset read all from there."""
    names, missing = {}, []
    for section in _sections(asserted):
        names[section.source] = name = memo.name("section", *section.given())
        if memo.read(name) is None:
            missing.append(section)
    for section, result in zip(missing, engine(written, missing), strict=True):
        memo.keep(names[section.source], result)
    asserted.written = {source: partial(_blocks, memo, name) for source, name in names.items()}
    return Written(len(names), len(missing))


def written(section: Section) -> bytes:
    """Write a section as N-Quads: a line with the lengths of its blocks, then the blocks."""
    graph = section.asserted.iris.source(section.source)
    made = section.asserted.blocks(section.source)
    blocks = [serialize(within(graph, block), format=RdfFormat.N_QUADS) or b"" for block in made]
    return b"%d %d %d\n" % tuple(map(len, blocks)) + b"".join(blocks)


def _blocks(memo: Memo, name: str) -> Blocks[bytes]:
    head, _, content = (memo.read(name) or b"").partition(b"\n")
    facts, claims, _ = map(int, head.split())
    return Blocks(content[:facts], content[facts : facts + claims], content[facts + claims :])


def _sections(asserted: Asserted) -> Iterator[Section]:
    passages: dict[str, dict[tuple[str, int, int], tuple[int, str]]] = {source: {} for source in asserted.by_source}
    for place, measure in asserted.facts.passages.items():
        passages[place[0]][place] = measure
    for source in asserted.by_source:
        yield Section(source, asserted.alone(source, passages[source]))

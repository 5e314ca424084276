"""A dataset source by source: what a source asserts is written once, in each syntax, and formats take it from there.

A section depends on nothing but the records of its source and on what others say of its claims, so that one whose
records are as they were need not be written again. It has parts, each in pieces of some triples: the blocks as
N-Triples (`facts`, `claims`, `text`), the same in other syntaxes (`ttl.facts`), and their tallies (`tally.facts`).
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, serialize

from graph.export.pieces import JSON_LD, TURTLE, WRITTEN, piece
from graph.knowledge import tally
from graph.knowledge.triples import Asserted, Blocks, Graph

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from graph.knowledge.knowledge import Knowledge
    from graph.scale.engines import Engine
    from graph.system.memo import Memo

_TRIPLES = 20_000  # of a piece, and the rest of its last subject
_FAST = 1  # of zlib's levels: what repeats itself so much becomes ten times smaller at any


@dataclass(frozen=True)
class Section:
    """What is asserted on the word of one source, and all that its triples are made from."""

    source: str
    asserted: Asserted
    prefixes: Mapping[str, str]

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
        return (
            one.iris.base,
            sorted(self.prefixes.items()),
            self.source,
            claims,
            mentions,
            sorted(one.facts.passages.items()),
            attested,
            one.against,
        )


class Written(NamedTuple):
    """How many sections there are, and how many of them had to be written anew."""

    sections: int
    anew: int


def write(knowledge: Knowledge, memo: Memo, engine: Engine[Section, bytes]) -> Written:
    """Have each section of a dataset written that `memo` does not hold, and let the dataset read all from there.

    So are the graphs of no source, but for the description.
    """
    names, missing, asserted = {}, [], knowledge.asserted
    for section in _sections(asserted):
        names[section.source] = name = memo.name("section", *section.given())
        if memo.read(name) is None:
            missing.append(section)
    for section, result in zip(missing, engine(written, missing), strict=True):
        memo.keep(names[section.source], result)
    found = Written(len(names), len(missing))
    for graph, given in _given(knowledge):
        names[graph.name.value] = name = memo.name("graph", graph.name.value, asserted.ontology.digest, *given)
        if memo.read(name) is None:
            memo.keep(name, _joined(_of_graph(graph, asserted.ontology.prefixes)))
    asserted.written = {source: partial(_read, memo, name) for source, name in names.items()}
    return found


def _given(knowledge: Knowledge) -> Iterator[tuple[Graph, tuple[object, ...]]]:
    """Give the graphs of no source, and all that each depends on, beside the ontology."""
    entities = [
        (each.id, each.classes, each.labels, sorted(each.translated), each.alts, each.hidden)
        for each in knowledge.facts.entities.values()
    ]
    yield knowledge.graph("entities"), (entities,)
    yield knowledge.graph("inferred"), (knowledge.inferences,)
    yield knowledge.graph("ontology"), ()


def _of_graph(graph: Graph, prefixes: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Give a graph in the syntaxes that have graphs, as one block."""
    block, *_ = Blocks._fields
    for some in _some(graph.triples):
        yield block, serialize(some, format=RdfFormat.N_TRIPLES) or b""
        yield from ((each.part.format(block), piece(each, some, prefixes)) for each in (TURTLE, JSON_LD))


def written(section: Section) -> bytes:
    """Write a section: a line with the names of its parts and the lengths of their pieces, then these, compressed."""
    return _joined(_pieces(section))


def _joined(pieces: Iterable[tuple[str, bytes]]) -> bytes:
    found: dict[str, list[bytes]] = defaultdict(list)
    for name, content in pieces:
        found[name].append(zlib.compress(content, _FAST))
    lengths = {name: list(map(len, pieces)) for name, pieces in found.items()}
    return json.dumps(lengths).encode() + b"\n" + b"".join(each for pieces in found.values() for each in pieces)


def _pieces(section: Section) -> Iterator[tuple[str, bytes]]:
    for block, triples in zip(Blocks._fields, section.asserted.blocks(section.source), strict=True):
        counted = tally.empty()
        for some in _some(triples):
            yield block, serialize(some, format=RdfFormat.N_TRIPLES) or b""
            yield from ((each.part.format(block), piece(each, some, section.prefixes)) for each in WRITTEN)
            counted.add(some)
        yield tally.PART.format(block), counted.written()


def _some(triples: Iterable[Triple]) -> Iterator[list[Triple]]:
    """Part triples where a subject ends."""
    rest = iter(triples)
    while some := list(islice(rest, _TRIPLES)):
        last = some[-1].subject
        for each in rest:
            if each.subject != last:
                rest = chain((each,), rest)
                break
            some.append(each)
        yield some


def _read(memo: Memo, name: str, part: str) -> Iterator[bytes]:
    """Give the pieces of one part of what was written."""
    found = memo.read(name) or b""
    head = found.index(b"\n")
    start = head + 1
    for each, lengths in json.loads(found[:head]).items():
        for length in lengths:
            if each == part:
                yield zlib.decompress(found[start : start + length])
            start += length


def _sections(asserted: Asserted) -> Iterator[Section]:
    for source in asserted.by_source:
        yield Section(source, asserted.alone(source), asserted.ontology.prefixes)

"""How many triples there are of each property, and how many things are said to be of each class."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from graph.knowledge.triples import Asserted
from graph.model.vocabulary import RDF

#: What the tally of a part is called, of what was written of a source.
PART = "tally.{}"


class Tally(NamedTuple):
    """The numbers by property, and by class."""

    predicates: Counter[NamedNode]
    classes: Counter[NamedNode]

    def add(self, triples: Iterable[Triple]) -> None:
        """Count some triples."""
        self.predicates.update(map(self._predicate, triples))

    def _predicate(self, triple: Triple) -> NamedNode:
        predicate = triple.predicate
        if predicate == RDF.type and isinstance(triple.object, NamedNode):
            self.classes[triple.object] += 1
        return predicate

    def written(self) -> bytes:
        """Give it as `read` reads it."""
        return json.dumps([{term.value: number for term, number in each.items()} for each in self]).encode()

    def read(self, written: bytes) -> None:
        """Add another."""
        for own, numbers in zip(self, json.loads(written), strict=True):
            own.update({NamedNode(name): number for name, number in numbers.items()})


def empty() -> Tally:
    """Give the tally of nothing."""
    return Tally(Counter(), Counter())


def of(asserted: Asserted, beside: Iterable[Triple]) -> Tally:
    """Count what is asserted, and what is said beside it."""
    found = empty()
    found.add(chain(beside, asserted.things()))
    for part in asserted.parts():
        if part.written:
            found.read(b"".join(part.written(PART.format(part.name))))
        else:
            found.add(part.triples)
    return found

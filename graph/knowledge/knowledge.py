"""A dataset made ready to be written, drawn and asked: what every output is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from pyoxigraph import Quad, Triple

from graph.knowledge import reason, void
from graph.knowledge.triples import Writer, within
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.records import Facts, Info


@dataclass(frozen=True)
class Knowledge:
    """What is told, by whom and where, and what follows.

    `texts` holds the whole text of sources, by id, where their reader gave a copy; they enter no file but the page.
    `whole` is false for a part of a dataset, whose counts would be wrong for the dataset.
    """

    info: Info
    ontology: Ontology
    facts: Facts
    iris: Iris
    inferences: tuple[reason.Inference, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True

    def triples(self) -> Iterator[Triple]:
        """Give what is told as one graph, without what is inferred and without the ontology; subject by subject."""
        return chain(self.description, self._writer.triples())

    def quads(self) -> Iterator[Quad]:
        """Give the whole dataset in its named graphs, always in the same order."""
        return chain(
            within(self.iris.graph("description"), self.description),
            self._writer.quads(),
            within(self.iris.graph("inferred"), reason.triples(self.inferences, self.iris)),
            self.ontology.quads(self.iris.graph("ontology")),
        )

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many sources, entities, claims and inferences there are."""
        facts = self.facts
        return {
            "sources": len(facts.sources),
            "entities": len(facts.entities),
            "claims": len(facts.claims),
            "inferences": len(self.inferences),
        }

    @cached_property
    def description(self) -> tuple[Triple, ...]:
        """What the dataset itself is, with its counts."""
        told = self._writer.triples() if self.whole else None
        return tuple(void.describe(self.facts, self.iris, told))

    @property
    def outline(self) -> Mapping[str, Any]:
        """The land that the map draws; empty when the data has none."""
        return self.facts.outline

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.facts, self.ontology, self.iris)

"""The whole build, from the curated files to the published ones: the first file to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad, Triple

from graph import facts as curated
from graph import ontology as model
from graph import reason
from graph.names import Names
from graph.ontology import Ontology
from graph.records import Facts, Info
from graph.triples import Writer, within


@dataclass(frozen=True)
class Knowledge:
    """A dataset made ready: what is told, by whom and where, and what follows."""

    info: Info
    ontology: Ontology
    facts: Facts
    names: Names
    inferences: tuple[reason.Inference, ...]

    def triples(self) -> Iterator[Triple]:
        """Give what is told as one graph, without what is inferred and without the ontology; subject by subject."""
        return Writer(self.facts, self.ontology, self.names).triples()

    def quads(self) -> Iterator[Quad]:
        """Give the whole dataset in its named graphs, always in the same order."""
        return chain(
            Writer(self.facts, self.ontology, self.names).quads(),
            within(self.names.graph("inferred"), reason.triples(self.inferences, self.names)),
            self.ontology.quads(self.names.graph("ontology")),
        )


def load(data: Path, ontology: Path) -> Knowledge:
    """Read the curated files of the folder `data` and the model of `ontology`, and infer; DataError with every problem."""
    read = model.load(ontology)
    facts = curated.load(data, read)
    names = Names(facts.info.base)
    return Knowledge(facts.info, read, facts, names, reason.infer(facts, read, names))

"""The whole build, from the curated files to the published ones: the first file to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Triple

from graph import description, export, manifest, outline, output, reason
from graph import facts as curated
from graph import ontology as model
from graph.names import Names
from graph.ontology import Ontology
from graph.paths import shown
from graph.records import Facts, Info
from graph.triples import Writer, within
from graph.validate import validate


@dataclass(frozen=True)
class Knowledge:
    """A dataset made ready: what is told, by whom and where, and what follows.

    `texts` holds the whole text of sources, by id, where their reader gave a copy; they enter no file but the page.
    `whole` is false for a part of a dataset, whose counts would be wrong for the dataset.
    `outline` is the land that the map of the page draws.
    """

    info: Info
    ontology: Ontology
    facts: Facts
    names: Names
    inferences: tuple[reason.Inference, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    outline: Mapping[str, Any] = field(default_factory=dict)

    def triples(self) -> Iterator[Triple]:
        """Give what is told as one graph, without what is inferred and without the ontology; subject by subject."""
        return chain(self.description, self._writer.triples())

    def quads(self) -> Iterator[Quad]:
        """Give the whole dataset in its named graphs, always in the same order."""
        return chain(
            within(self.names.graph("description"), self.description),
            self._writer.quads(),
            within(self.names.graph("inferred"), reason.triples(self.inferences, self.names)),
            self.ontology.quads(self.names.graph("ontology")),
        )

    @cached_property
    def description(self) -> tuple[Triple, ...]:
        """What the dataset itself is, with its counts."""
        told = self._writer.triples() if self.whole else None
        return tuple(description.describe(self.facts, self.names, told))

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.facts, self.ontology, self.names)


def load(data: Path, ontology: Path) -> Knowledge:
    """Read the curated files of `data` and the model of `ontology`, and infer; DataError with every problem."""
    read = model.load(ontology)
    facts = curated.load(data, read)
    names = Names(facts.info.base)
    return Knowledge(facts.info, read, facts, names, reason.infer(facts, read, names), outline=outline.load(data))


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: how many of what, and where it stands."""

    counts: Mapping[str, int]
    folder: Path
    files: tuple[str, ...]

    def __str__(self) -> str:
        counts = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        return f"{counts}\n{len(self.files)} files in {shown(self.folder)}/: {', '.join(self.files)}"


def build(data: Path, ontology: Path, out: Path, *, progress: Callable[[str], object] = lambda step: None) -> Summary:
    """Build everything into the folder `out`, which changes only once all is written; `progress` is told each step.

    Raises DataError with every problem of the data, OutputError when `out` cannot be written.
    """
    progress("reading")
    read_files = manifest.inputs(data, ontology)
    knowledge = load(data, ontology)
    progress("validating")
    validate(knowledge, data, ontology)
    counts = count(knowledge)
    with output.folder(out, lambda: progress("waiting for another build")) as fresh:
        export.write_all(knowledge, fresh, progress)
        manifest.write(fresh, knowledge.info, counts, read_files)
        files = tuple(sorted(path.name for path in fresh.iterdir()))
    return Summary(counts, out, files)


def count(knowledge: Knowledge) -> dict[str, int]:
    """Count what the dataset holds."""
    facts = knowledge.facts
    return {
        "sources": len(facts.sources),
        "entities": len(facts.entities),
        "claims": len(facts.claims),
        "inferences": len(knowledge.inferences),
    }

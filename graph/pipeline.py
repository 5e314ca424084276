"""The whole build, from the curated files to the published ones: the first file to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph import export, facts, manifest, origin, output, reason, texts
from graph import ontology as model
from graph.inputs import digests
from graph.knowledge import Knowledge
from graph.names import Names
from graph.paths import shown
from graph.validate import validate

_NO_COPIES: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: how many of what, and where it stands."""

    counts: Mapping[str, int]
    folder: Path
    files: tuple[str, ...]

    def __str__(self) -> str:
        counts = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        return f"{counts}\n{len(self.files)} files in {shown(self.folder)}/: {', '.join(self.files)}"


def load(data: Path, ontology: Path, copies: Mapping[str, Path] = _NO_COPIES) -> Knowledge:
    """Read the curated files of the folder `data` and the model of `ontology`, and infer what follows.

    `copies` names, by source, files that hold its whole text. Raises DataError with every problem.
    """
    known = model.load(ontology)
    told = facts.load(data, known)
    names = Names(told.info.base)
    inferences = reason.infer(told, known, names)
    return Knowledge(told.info, known, told, names, inferences, texts.load(copies, told.sources))


def build(
    data: Path,
    ontology: Path,
    out: Path,
    copies: Mapping[str, Path] = _NO_COPIES,
    progress: Callable[[str], object] = lambda step: None,
    say: Callable[[str], object] = lambda message: None,
) -> Summary:
    """Build everything into the folder `out`, which changes only once all is written; `progress` is told each step.

    `say` is told if another build holds `out` and must end first.
    Raises DataError with every problem of the data, OutputError when `out` cannot be written.
    """
    progress("reading")
    inputs = digests(data, ontology)
    knowledge = load(data, ontology, copies)
    with output.folder(out, lambda: say(f"waiting for another build of {shown(out)}/")) as fresh:
        progress("validating")
        validate(knowledge, data, ontology, fresh)
        export.write_all(knowledge, fresh, progress)
        manifest.write(fresh, knowledge.info, knowledge.counts, inputs)
        made = origin.Origin(str(data), str(ontology), {source: str(path) for source, path in copies.items()})
        origin.record(made, out, fresh)
        files = tuple(sorted(path.name for path in fresh.iterdir()))
    return Summary(knowledge.counts, out, files)

"""The whole build, from the curated files to the published ones: the first file to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph import origin
from graph.errors import Problem, shown
from graph.export import manifest, output, writers
from graph.facts import curated, texts
from graph.knowledge import reason
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.knowledge.validate import validate
from graph.model import ontology as models
from graph.model.inputs import digests
from graph.store import own_questions

_NO_COPIES: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: how many of what, and where it stands; `warnings` say what in the data may be wrong."""

    counts: Mapping[str, int]
    folder: Path
    files: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        counts = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        return f"{counts}\n{len(self.files)} files in {shown(self.folder)}/: {', '.join(self.files)}"


def load(data: Path, ontology: Path, copies: Mapping[str, Path] = _NO_COPIES, at: str = "") -> Knowledge:
    """Read the curated files of the folder `data` and the model of `ontology`, and infer what follows.

    `copies` names, by source, files that hold its whole text; `at` is the day, month or year as of which is asserted,
    that of the newest source where none is given. Raises DataError with every problem.
    """
    model = models.load(ontology, data)
    facts = curated.load(data, model, at)
    asserted = Asserted(facts, model)
    inferences = reason.infer(asserted)
    own = own_questions.read(data)
    return Knowledge(asserted, inferences, texts.load(copies, facts.sources), questions=own)


def build(
    data: Path,
    ontology: Path,
    out: Path,
    copies: Mapping[str, Path] = _NO_COPIES,
    progress: Callable[[str], object] = lambda step: None,
    say: Callable[[str], object] = lambda message: None,
    check: Callable[[], object] = lambda: None,
) -> Summary:
    """Build everything into the folder `out`, which changes only once all is written; `progress` is told each step.

    `say` is told if another build holds `out` and must end first; `check` may then raise what forbids to replace it.
    Raises DataError with every problem of the data, OutputError when `out` cannot be written.
    """
    progress("reading")
    inputs = digests(data, ontology)
    knowledge = load(data, ontology, copies)
    with output.folder(out, lambda: say(f"waiting for another build of {shown(out)}/")) as fresh:
        check()
        progress("validating")
        validate(knowledge, data, ontology, fresh)
        writers.write_all(knowledge, fresh, progress)
        manifest.write(fresh, knowledge.info, knowledge.counts, inputs)
        made = origin.Origin(str(data), str(ontology), {source: str(path) for source, path in copies.items()})
        origin.record(made, out, fresh)
        files = tuple(sorted(path.name for path in fresh.iterdir()))
    return Summary(knowledge.counts, out, files, knowledge.facts.warnings)

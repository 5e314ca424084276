"""The whole build, from the curated files to the published ones: the first file to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph import origin
from graph.errors import DataError, Problem, said, shown
from graph.export import manifest, output, writers
from graph.facts import curated, texts, tours
from graph.knowledge import reason, validate
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.model import ontology as models
from graph.model.formats import BUILT, FORMATS, PAGE
from graph.model.inputs import TOURS, digests, settled
from graph.model.ontology import Ontology
from graph.model.own import OwnQuestion
from graph.model.records import Facts
from graph.scale import cache, room, sections
from graph.scale.engines import Engine, local
from graph.store import own_questions, question
from graph.web import site as sites

_NO_COPIES: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: how many of what, and where it stands; `warnings` say what in the data may be wrong.

    `pages` is how many the site in the folder `site` has, where one was made; `written` how much was made anew; `apart`
    are the rules that SPARQL was needed for.
    """

    counts: Mapping[str, int]
    folder: Path
    files: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    site: Path | None = None
    pages: int = 0
    written: sections.Written | None = None
    apart: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is told to who asked for it."""
        files, folder = ", ".join(self.files), f"{shown(self.folder)}/"
        found: tuple[str, ...] = (
            said("{sources} sources, {entities} entities, {claims} claims, {inferences} inferences", **self.counts),
            said("{number} files in {folder}: {files}", number=len(self.files), folder=folder, files=files),
        )
        if self.apart:
            found += (said("rules run by SPARQL, since they are no joins: {rules}", rules=", ".join(self.apart)),)
        if self.written and self.written.anew < self.written.sections:
            found += (
                said(
                    "{anew} of {sections} sources were written anew, the others are as they were",
                    **self.written._asdict(),
                ),
            )
        if self.site is None:
            return found
        return (*found, said("{number} pages in {folder}", number=self.pages, folder=f"{shown(self.site)}/"))

    def __str__(self) -> str:
        return "\n".join(self.lines)


def load(data: Path, ontology: Path, copies: Mapping[str, Path] = _NO_COPIES, at: str = "") -> Knowledge:
    """Read the curated files of the folder `data` and the model of `ontology`, and infer what follows.

    `copies` names, by source, files that hold its whole text; `at` is the day, month or year as of which is asserted,
    that of the newest source where none is given. Raises DataError with every problem of lines, and of what stands
    without those lines.
    """
    model = models.load(ontology, data)
    reading = curated.read(data, model, at)
    questions, faults = _questions(data)
    faults = [*faults, *_unasked(reading.facts, questions, data)]
    if reading.problems or faults or reading.facts is None:
        beyond = _beyond(reading, model, data, ontology)
        raise DataError([*reading.problems, *faults, *beyond], reading.warnings)
    known = _known(reading.facts, model, texts.load(copies, reading.facts.sources))
    return replace(known, questions=questions)


def _questions(data: Path) -> tuple[tuple[OwnQuestion, ...], Sequence[Problem]]:
    try:
        return own_questions.read(data), ()
    except DataError as exc:
        return (), exc.problems


def _unasked(facts: Facts | None, own: Sequence[OwnQuestion], data: Path) -> list[Problem]:
    """Give the steps of tours that show a question which there is none of."""
    known = [*question.names(), *(each.name for each in own)]
    found = tours.unasked(facts.tours, known) if facts else ()
    return [Problem(shown(data / TOURS), line, fault) for line, fault in found]


def check(
    data: Path, ontology: Path, progress: Callable[[str], object] = lambda step: None
) -> tuple[Knowledge | None, list[Problem]]:
    """Give what the curated files hold, None where something is wrong, and all that is and may be; write nothing."""
    try:
        progress("reading")
        knowledge = load(data, ontology)
        progress("validating")
        found = validate.problems(knowledge, data, ontology)
    except DataError as exc:
        return None, [*exc.problems, *exc.warnings]
    wrong = any(each.level == "error" for each in found)
    return None if wrong else knowledge, [*found, *knowledge.facts.warnings]


def _known(facts: Facts, model: Ontology, copies: Mapping[str, str]) -> Knowledge:
    asserted = Asserted(facts, model)
    inferred = reason.infer(asserted)
    return Knowledge(asserted, inferred.inferences, copies, apart=inferred.apart)


def _beyond(reading: curated.Curated, model: Ontology, data: Path, ontology: Path) -> Sequence[Problem]:
    """Give what is wrong beyond the lines that have faults: all is told in one run."""
    if reading.facts is None:
        return ()
    try:
        return validate.problems(_known(reading.facts, model, {}), data, ontology, doubt=reading.doubt)
    except DataError as exc:
        return exc.problems


def build(
    data: Path,
    ontology: Path,
    out: Path,
    copies: Mapping[str, Path] = _NO_COPIES,
    progress: Callable[[str], object] = lambda step: None,
    say: Callable[[str], object] = lambda message: None,
    check: Callable[[], object] = lambda: None,
    *,
    kept: bool = True,
    site: Path | None = None,
    address: str = "",
    page: str = PAGE,
    engine: Engine[Any, Any] = local,
    anew: bool = False,
) -> Summary:
    """Build everything into the folder `out`, which changes only once all is written; `progress` is told each step.

    `say` is told if another build holds `out` and must end first; `check` may then raise what forbids to replace it.
    `kept` says that the folders stay, so that it can be recorded what the build was made from. Into the folder `site`
    goes a static site, whose place on the web is `address`, if not the one that the dataset names. `page` is the format
    of the page. `engine` is who writes what the sources assert, and judges it (`graph.scale.engines`); what the last
    build wrote is used again where it would be the same, unless all is to be made `anew`.
    Raises DataError with every problem of the data, OutputError when `out` cannot be written.
    """
    with output.folder(out, lambda: say(_waiting(out))) as fresh:
        check()
        with cache.of(out, fresh=anew) as memo:
            progress("reading")
            stamps, inputs = settled(data, ontology), digests(data, ontology)
            knowledge = load(data, ontology, copies)
            if address:
                knowledge = knowledge.at(address)
            if site:
                sites.check(knowledge)
            room.demand(out, knowledge.counts["claims"])
            progress("writing the sources")
            written = sections.write(knowledge, memo, engine)
            progress("validating")
            doubts = validate.validate(knowledge, data, ontology, fresh, engine)
            writers.write_all(knowledge, fresh, progress, page)
            left = dict(_left(knowledge))
            manifest.write(fresh, knowledge.info, knowledge.counts, inputs, page, list(left))
            told = left | ({FORMATS[PAGE].file: _partial(knowledge)} if knowledge.large else {})
            doubts = [*doubts, *(Problem(shown(out / name), 0, why, "warning") for name, why in told.items())]
            if kept:
                texts = {source: str(path) for source, path in copies.items()}
                made = origin.Origin(str(data), str(ontology), texts, stamps)
                origin.record(made, out, fresh)
            files = tuple(sorted(path.name for path in fresh.iterdir()))
            pages = _site(knowledge, data, fresh, site, inputs, page, progress, say) if site else 0
    warnings = (*knowledge.facts.warnings, *doubts)
    return Summary(knowledge.counts, out, files, warnings, site, pages, written, knowledge.apart)


def _left(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Give the files that are left out, by name, and say why and what to do."""
    for each in (known for known in BUILT if known not in knowledge.files):
        name = each.file.format(knowledge.info.name)
        fault = said(
            "left out, as few programs draw {number} entities and links: azetta export {part} --entity NAME writes a "
            "part, azetta export {whole} all of it",
            number=knowledge.drawn,
            part=f"part.{each.name}",
            whole=name,
        )
        yield name, fault


def _partial(knowledge: Knowledge) -> str:
    return said(
        "an overview, as few browsers open {number} claims in one page: azetta export {part} --entity NAME writes a "
        "part, azetta serve answers of all",
        number=len(knowledge.facts.claims),
        part=f"part.{PAGE}",
    )


def _site(
    knowledge: Knowledge,
    data: Path,
    built: Path,
    site: Path,
    inputs: Mapping[str, str],
    page: str,
    progress: Callable[[str], object],
    say: Callable[[str], object],
) -> int:
    """Make the site of a build that has yet to take its place, so that both do or neither; give its number of pages."""
    with output.folder(site, lambda: say(_waiting(site))) as fresh:
        sites.write(knowledge, data, built, fresh, progress)
        manifest.write(fresh, knowledge.info, knowledge.counts, inputs, page)
        return sum(1 for _ in fresh.rglob("*.html"))


def _waiting(folder: Path) -> str:
    return said("waiting for another build of {folder}", folder=f"{shown(folder)}/")

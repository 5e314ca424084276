"""What the tables would be with some rows more: checked as a whole elsewhere, and only then written, in one step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph import pipeline
from graph.curation import step
from graph.curation.insertion import Cells, inserted
from graph.errors import DataError, OutputError, Problem, said, shown
from graph.facts import evidence, passages
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.validate import unshown, validate
from graph.model.inputs import PASSAGES, digests, standing
from graph.system.scratch import scratch


@dataclass(frozen=True, slots=True)
class Added:
    """The rows that were written, each with its file; what may be wrong with them; what they still want."""

    lines: tuple[str, ...]
    warnings: tuple[Problem, ...]
    wanted: tuple[Problem, ...]


def add(
    data: Path,
    ontology: Path,
    rows: Mapping[str, Iterable[Cells]],
    texts: Mapping[str, str],
    what: str,
    waiting: Callable[[], object] = lambda: None,
) -> Added:
    """Put rows into tables of `data`, by name, if the whole dataset is right then; `what` names the step for `undo`.

    `texts` are the very texts of sources: their claims and mentions are held against the words that they cite, and
    `passages.csv` follows. That nothing is said yet of an entity, or that nothing shows it, forbids no row: one row
    after the other is how an entity comes in. Raises DataError with every other problem; nothing is written then.
    """
    before = digests(data, ontology)
    files: dict[str, bytes | None] = {}
    lines: dict[str, list[str]] = {}
    for name, these in rows.items():
        files[name], lines[name] = inserted(data, name, these)
    fresh = {(shown(data / name), number) for name in lines for number in _numbers(files[name], lines[name])}
    with scratch() as folder:
        tables = folder / "data"
        shutil.copytree(data, tables)
        _put(tables, files)
        try:
            knowledge, wanted, warnings = _check(tables, ontology, texts)
        except DataError as exc:
            raise DataError(_refused(_moved(exc.problems, tables, data), fresh)) from None
    warned = tuple(each for each in _moved(warnings, tables, data) if (each.file, each.line) in fresh)
    for source, text in texts.items():
        content, stand = passages.table(source, text, knowledge.facts).encode(), standing(data, PASSAGES)
        if stand != [PASSAGES] or (data / PASSAGES).read_bytes() != content:
            files |= {**dict.fromkeys(stand), PASSAGES: content}  # in the place of a spreadsheet
    if digests(data, ontology) != before:
        message = said("{folder} was changed meanwhile: nothing is written; try again", folder=f"{shown(data)}/")
        raise OutputError(message)
    step.write(data, files, what, waiting)
    told = (f"{shown(data / name)}: {line}" for name, written in lines.items() for line in written)
    return Added(tuple(told), warned, tuple(_moved(wanted, tables, data)))


def _put(tables: Path, files: Mapping[str, bytes | None]) -> None:
    for name, content in files.items():
        if content is not None:
            (tables / name).write_bytes(content)


def _check(tables: Path, ontology: Path, texts: Mapping[str, str]) -> tuple[Knowledge, list[Problem], list[Problem]]:
    """Give what the tables hold, what their entities still want, and warnings; DataError with every other problem."""
    knowledge = pipeline.load(tables, ontology)
    wanted, warnings = [each for _, each in unshown(knowledge, tables)], list(knowledge.facts.warnings)
    problems: list[Problem] = []
    try:
        validate(knowledge, tables, ontology)
    except DataError as exc:
        problems += [problem for problem in exc.problems if problem not in wanted]
    for source, text in texts.items():
        facts, concepts = knowledge.facts, knowledge.ontology.concepts
        report = evidence.check_text(facts.sources[source], text, facts, concepts, shown(tables))
        problems += report.problems
        warnings += report.warnings
    if problems:
        raise DataError(problems)
    return knowledge, wanted, warnings


def _moved(problems: Iterable[Problem], tables: Path, data: Path) -> list[Problem]:
    """Tell problems of the copy at the files that it is a copy of."""
    copy = f"{shown(tables)}/"
    return [
        each._replace(file=shown(data / each.file.removeprefix(copy))) if each.file.startswith(copy) else each
        for each in problems
    ]


def _refused(problems: Iterable[Problem], fresh: Collection[tuple[str, int]]) -> Iterator[Problem]:
    """Tell problems of rows that will not be written, and of the lines that stand, by the numbers that they have."""
    for each in problems:
        if (each.file, each.line) in fresh:
            yield each._replace(line=0, message=said("the new row: {message}", message=each.message))
        else:
            above = sum(file == each.file and line < each.line for file, line in fresh)
            yield each._replace(line=each.line - above)


def _numbers(content: bytes | None, lines: Iterable[str]) -> list[int]:
    """Find the numbers of the lines that were added."""
    added = {line.encode() for line in lines}
    return [number for number, line in enumerate((content or b"").splitlines(), 1) if line in added]

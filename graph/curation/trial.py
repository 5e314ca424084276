"""What the tables would be with some rows more: checked as a whole elsewhere, and only then written, in one step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph import pipeline
from graph.curation import step
from graph.curation.insertion import Cells, inserted
from graph.errors import DataError, OutputError, Problem, said, shown
from graph.facts import evidence, passages
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.validate import Unshown, unshown, validate
from graph.model.inputs import PASSAGES, digests
from graph.model.inputs import files as stored
from graph.system.scratch import scratch

#: A file as messages name it, and a line of it; line 0 where a row comes from no file.
Place = tuple[str, int]
_NEW: Place = ("", 0)


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
    origin: Mapping[str, Sequence[Place]] | None = None,
) -> Added:
    """Put rows into tables of `data`, by name, if the whole dataset is right then; `what` names the step for `undo`.

    `texts` are the very texts of sources: their claims and mentions are held against the words that they cite, and
    `passages.csv` follows. That nothing is said yet of an entity, or that nothing shows it, forbids no row: one row
    after the other is how an entity comes in. Rows that have an `origin`, each its place in another file, come all at
    once: what is wrong with them is told there, and what they still want is wrong. Raises DataError with every other
    problem; nothing is written then.
    """
    before = digests(data, ontology)
    files: dict[str, bytes | None] = {}
    lines: dict[str, list[str]] = {}
    for name, these in rows.items():
        files[name], lines[name] = inserted(data, name, these)
    fresh: dict[Place, Place] = {}
    for name, written in lines.items():
        places = dict(zip(written, origin[name], strict=True)) if origin else dict.fromkeys(written, _NEW)
        fresh |= {(shown(data / name), number): place for number, place in _numbered(files[name], places)}
    with _copy(data, files) as tables:
        try:
            knowledge, wanted, warnings = _check(tables, ontology, texts)
        except DataError as exc:
            found = _moved(exc.problems, tables, data)
            own = fresh if origin else ()
            blamed = [each for each in found if not isinstance(each, Unshown) or (each.file, each.line) in own]
            raise DataError(_refused(blamed, fresh)) from None
    wanted = [each for each in _moved(wanted, tables, data) if (each.file, each.line) in fresh]
    if origin and wanted:
        raise DataError(_refused((each._replace(level="error") for each in wanted), fresh))
    warned = tuple(each for each in _moved(warnings, tables, data) if (each.file, each.line) in fresh)
    if texts:
        content, stand = passages.table(texts, knowledge.facts).encode(), stored(data, PASSAGES)
        if stand != [PASSAGES] or (data / PASSAGES).read_bytes() != content:
            files |= {**dict.fromkeys(stand), PASSAGES: content}  # in the place of a spreadsheet or a folder
    _unchanged(data, ontology, before)
    step.write(data, files, what, waiting)
    told = (f"{shown(data / name)}: {line}" for name, written in lines.items() for line in written)
    return Added(tuple(told), warned, tuple(wanted))


def change(
    data: Path, ontology: Path, files: step.Files, what: str, waiting: Callable[[], object] = lambda: None
) -> Added:
    """Let files of `data` hold something else if the whole dataset is right then; `lines` tell how much changed where.

    Raises DataError with every other problem, each told with the row as it would be; nothing is written then.
    """
    before = digests(data, ontology)
    with _copy(data, files) as tables:
        try:
            _, wanted, _ = _check(tables, ontology, {})
        except DataError as exc:
            lines = {shown(data / name): (content or b"").decode().splitlines() for name, content in files.items()}
            found = _moved(exc.problems, tables, data)
            raise DataError(_quoted(each, lines) for each in found if not isinstance(each, Unshown)) from None
    _unchanged(data, ontology, before)
    told = [
        said("{file}: {change}", file=shown(data / name), change=_much(data / name, fresh))
        for name, fresh in files.items()
    ]
    step.write(data, files, what, waiting)
    return Added(tuple(told), (), tuple(_moved(wanted, tables, data)))


def _much(path: Path, fresh: bytes | None) -> str:
    if fresh is None:
        return said("removed")
    more, gone = step.difference(path.read_bytes() if path.is_file() else b"", fresh)
    return said("{more} lines written, {gone} taken out", more=more, gone=gone)


def _unchanged(data: Path, ontology: Path, before: Mapping[str, str]) -> None:
    if digests(data, ontology) != before:
        message = said("{folder} was changed meanwhile: nothing is written; try again", folder=f"{shown(data)}/")
        raise OutputError(message)


def _quoted(problem: Problem, lines: Mapping[str, list[str]]) -> Problem:
    """Tell a problem of a row that will not be written by what it would hold: its line means nothing to a reader."""
    if not problem.line or problem.file not in lines:
        return problem
    return problem._replace(
        line=0, message=said("{row}: {message}", row=lines[problem.file][problem.line - 1], message=problem.message)
    )


@contextmanager
def _copy(data: Path, files: step.Files) -> Iterator[Path]:
    """Give a copy of the tables, for as long as it is needed, in which some files hold something else."""
    with scratch() as folder:
        tables = shutil.copytree(data, folder / "data")
        for name, content in files.items():
            if content is None:
                (tables / name).unlink()
            else:
                (tables / name).write_bytes(content)
        yield tables


def _check(tables: Path, ontology: Path, texts: Mapping[str, str]) -> tuple[Knowledge, list[Problem], list[Problem]]:
    """Give what the tables hold, what their entities still want, and warnings; DataError with every other problem."""
    knowledge = pipeline.load(tables, ontology)
    wanted: list[Problem] = [each for _, each in unshown(knowledge, tables)]
    warnings = list(knowledge.facts.warnings)
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


def _refused(problems: Iterable[Problem], fresh: Mapping[Place, Place]) -> Iterator[Problem]:
    """Tell problems of rows that will not be written, and of the lines that stand, by the numbers that they have."""
    for each in problems:
        if place := fresh.get((each.file, each.line)):
            file, line = place
            told = each.message if file else said("the new row: {message}", message=each.message)
            yield each._replace(file=file or each.file, line=line, message=told)
        else:
            above = sum(file == each.file and line < each.line for file, line in fresh)
            yield each._replace(line=each.line - above)


def _numbered(content: bytes | None, places: Mapping[str, Place]) -> Iterator[tuple[int, Place]]:
    """Find the numbers of the lines that were added, each with its place."""
    added = {line.encode(): place for line, place in places.items()}
    for number, line in enumerate((content or b"").splitlines(), 1):
        if line in added:
            yield number, added[line]

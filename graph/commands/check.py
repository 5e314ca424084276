"""`azetta check`: every problem of the curated files, at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import DataError, Problem, said, shown
from graph.origin import Origin

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


@click.command(cls=commands.Command)
@commands.several
@commands.of_build
@commands.ontology
@commands.texts
@click.option("--strict", is_flag=True, help="Take warnings for problems.")
@commands.written(
    ("text", "json", "sarif", "github"), "How to tell it: to a reader, or to what checks each change in git.", "text"
)
@commands.language
def command(
    data: tuple[str, ...], out: str | None, ontology: str | None, texts: dict[str, Path], *, strict: bool, form: str
) -> None:
    """Report every problem of the curated files, each with its file and line; write nothing.

    What may be right, and only a reader can tell, is a warning: it is said, and the exit status stays 0.

    With --out, what that build was made from is checked; with several --data, what they are together.

    With --text, each claim is shown beside the words that it cites in your own copy of the source, and must have its
    ends named there or where it says; each mention must be a name of its entity. Then come the stretches of the text
    that no claim cites, and the known names that no mention covers. Of a copy that was changed, it is said which
    passages still stand in it, and where.

    \b
    Examples:
      python build.py check
      python build.py check --data my-region/data
      python build.py check --text albarg-2024-04-22=article.txt
      python build.py check --strict --format github
    """
    from graph.curation import union as unions

    lines = list[str]()
    if len(data) > 1:
        model = commands.sources(data[0], None, ontology, texts)
        with unions.of(data, Path(model.ontology)) as union:
            knowledge, found = _found(Origin(str(union.data), model.ontology, model.texts), lines)
            found = [union.placed(each) for each in found]
    else:
        meant = commands.sources(next(iter(data), None), out, ontology, texts)
        knowledge, found = _found(meant, lines)
        found += _unformed(Path(meant.data)) if knowledge else []
    if strict:
        found = [each._replace(level="error") if each.level == "warning" else each for each in found]
    _tell(sorted(set(found)), lines, form, knowledge.counts if knowledge else {})


def _found(meant: Origin, lines: list[str]) -> tuple[Knowledge | None, list[Problem]]:
    """Give what some tables hold, and all that is and may be wrong; what a reader is shown goes to `lines`."""
    from graph import pipeline

    tables = Path(meant.data)
    with commands.progress() as progress:
        knowledge, found = pipeline.check(tables, Path(meant.ontology), progress)
    if knowledge:
        found += _check_texts(knowledge, tables, {source: Path(text) for source, text in meant.texts.items()}, lines)
        found += [*_repeated(knowledge, tables), *_alike(knowledge, tables)]
    return knowledge, found


def _tell(found: Sequence[Problem], lines: Iterable[str], form: str, counts: Mapping[str, int]) -> None:
    """Print what was found, and fail where some of it is wrong."""
    from graph.curation import findings

    wrong = any(each.level == "error" for each in found)
    if form != "text":
        document = findings.FORMATS[form](found)
        click.echo(document, nl=bool(document))
        click.get_current_context().exit(wrong)
    for line in lines:
        commands.tell(line)
    if wrong:
        raise DataError(each for each in found if each.level != "note")
    commands.warn(sorted(found, key=lambda each: each.level == "note"))
    warnings = sum(each.level == "warning" for each in found)
    commands.tell(_closing(counts, warnings))


def _closing(counts: Mapping[str, int], warnings: int) -> str:
    """Say how much was checked and found good, and how many warnings there are."""
    good = said(
        "{sources} sources, {entities} entities, {claims} claims, {inferences} inferences: no problem", **counts
    )
    if not warnings:
        return good
    if warnings == 1:
        return said("{good}, 1 warning", good=good)
    return said("{good}, {number} warnings", good=good, number=warnings)


def _unformed(data: Path) -> Iterator[Problem]:
    """Find the tables that are not in the form that git is given."""
    from graph.curation import canonical

    for file in canonical.changes(data):
        yield Problem(shown(data / file), 0, said("not in the form that `format` gives it"), "note")


def _repeated(knowledge: Knowledge, data: Path) -> Iterator[Problem]:
    """Tell the sources that have sentences of others."""
    for source, other in knowledge.asserted.repeats.items():
        message = said(
            "{source} has sentences of {other}: the two count as one source of what both say",
            source=source,
            other=other,
        )
        yield Problem(shown(data / "sources.csv"), knowledge.facts.sources[source].line, message, "note")


def _alike(knowledge: Knowledge, data: Path) -> Iterator[Problem]:
    """Find the things that are called nearly the same, and may be one."""
    from graph.curation import alike

    yield from alike.notes(knowledge.facts, data)


def _check_texts(knowledge: Knowledge, data: Path, copies: Mapping[str, Path], lines: list[str]) -> Iterator[Problem]:
    """Hold the claims against the copies of their sources; what a reader is shown goes to `lines`."""
    from graph.facts import evidence, passages, texts

    facts = knowledge.facts
    for name, path in copies.items():
        text = texts.read(path)
        if fault := texts.fault(name, text, facts.sources):
            yield Problem(shown(path), 0, fault)
            if name in facts.sources and facts.sources[name].text:
                lines += passages.lines(passages.found_again(name, text, facts))
            continue
        report = evidence.check_text(facts.sources[name], text, facts, knowledge.ontology.concepts, shown(data))
        lines += evidence.lines(report)
        yield from (*report.problems, *report.warnings)

"""`azetta check`: every problem of the curated files, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import DataError, Problem, shown

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


@click.command(cls=commands.Command)
@commands.data
@commands.of_build
@commands.ontology
@commands.texts
def command(data: str | None, out: str | None, ontology: str | None, texts: dict[str, Path]) -> None:
    """Report every problem of the curated files, each with its file and line; write nothing.

    With --out, what that build was made from is checked.

    With --text, each claim is shown beside the words that it cites in your own copy of the source, and must have its
    ends named there or where it says; each mention must be a name of its entity. Then come the stretches of the text
    that no claim cites, and the known names that no mention covers. Of a copy that was changed, it is said which
    passages still stand in it, and where.

    \b
    Examples:
      python build.py check
      python build.py check --data my-region/data
      python build.py check --text albarg-2024-04-22=article.txt
    """
    from graph import pipeline
    from graph.curation import canonical
    from graph.knowledge.validate import validate

    meant = commands.sources(data, out, ontology, texts)
    tables, model = Path(meant.data), Path(meant.ontology)
    with commands.progress() as progress:
        progress("reading")
        knowledge = pipeline.load(tables, model)
        for note in knowledge.facts.notes:
            commands.say(f"note: {note}")
        progress("validating")
        validate(knowledge, tables, model)
    _check_texts(knowledge, tables, {source: Path(text) for source, text in meant.texts.items()})
    for file in canonical.changes(tables):
        commands.say(f"note: {shown(tables / file)}: not in the form that `format` gives it")
    click.echo(", ".join(f"{number:,} {what}" for what, number in knowledge.counts.items()) + ": no problem")


def _check_texts(knowledge: Knowledge, data: Path, copies: dict[str, Path]) -> None:
    from graph.facts import evidence, passages, texts

    facts, problems = knowledge.facts, list[Problem]()
    for name, path in copies.items():
        text = texts.read(path)
        if fault := texts.fault(name, text, facts.sources):
            problems.append(Problem(shown(path), 0, fault))
            if name in facts.sources and facts.sources[name].text:
                for line in passages.lines(passages.found_again(name, text, facts)):
                    click.echo(line)
            continue
        report = evidence.check_text(facts.sources[name], text, facts, knowledge.ontology.concepts, shown(data))
        problems += report.problems
        for line in evidence.lines(report):
            click.echo(line)
        for warning in report.warnings:
            click.echo(f"warning: {warning}", err=True)
    if problems:
        raise DataError(problems)

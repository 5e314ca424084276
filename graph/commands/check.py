"""`azetta check`: every problem of the curated files, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import DataError, shown

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
    ends named there; then come the stretches of the text that no claim cites.

    \b
    Examples:
      python build.py check
      python build.py check --data my-region/data
      python build.py check --text albarg-2024-04-22=article.txt
    """
    from graph import pipeline
    from graph.knowledge.validate import validate

    meant = commands.sources(data, out, ontology, texts)
    tables, model = Path(meant.data), Path(meant.ontology)
    with commands.progress() as progress:
        progress("reading")
        knowledge = pipeline.load(tables, model, {source: Path(text) for source, text in meant.texts.items()})
        progress("validating")
        validate(knowledge, tables, model)
    _check_texts(knowledge, tables)
    click.echo(", ".join(f"{number:,} {what}" for what, number in knowledge.counts.items()) + ": no problem")


def _check_texts(knowledge: Knowledge, data: Path) -> None:
    from graph.facts import evidence

    facts, file = knowledge.facts, shown(data / "claims.csv")
    reports = [evidence.check_text(facts.sources[name], text, facts, file) for name, text in knowledge.texts.items()]
    for report in reports:
        for line in evidence.lines(report):
            click.echo(line)
        for warning in report.warnings:
            click.echo(f"warning: {warning}", err=True)
    problems = [problem for report in reports for problem in report.problems]
    if problems:
        raise DataError(problems)

"""`azetta check`: every problem of the curated files, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import DataError
from graph.paths import shown

if TYPE_CHECKING:
    from graph.records import Facts


@click.command()
@commands.data
@commands.ontology
@commands.texts
def command(data: Path, ontology: Path, texts: dict[str, Path]) -> None:
    r"""Report every problem of the curated files, each with its file and line; write nothing.

    With --text, each claim is shown beside the words that it cites in your own copy of the source, and must have its
    ends named there; then come the stretches of the text that no claim cites.

    \b
    Examples:
      python build.py check
      python build.py check --data my-region/data
      python build.py check --text albarg-2024-04-22=article.txt
    """
    from graph import pipeline
    from graph.validate import validate

    with commands.progress() as progress:
        progress("reading")
        knowledge = pipeline.load(data, ontology)
        progress("validating")
        validate(knowledge, data, ontology)
    if texts:
        _check_texts(knowledge.facts, texts, data)
    click.echo(", ".join(f"{number:,} {what}" for what, number in pipeline.count(knowledge).items()) + ": no problem")


def _check_texts(facts: Facts, paths: dict[str, Path], data: Path) -> None:
    from graph import evidence, texts

    copies = texts.load(paths, facts.sources)
    file = shown(data / "claims.csv")
    reports = [evidence.check_text(facts.sources[source], text, facts, file) for source, text in copies.items()]
    for report in reports:
        for line in evidence.lines(report):
            click.echo(line)
        for warning in report.warnings:
            click.echo(f"warning: {warning}", err=True)
    problems = [problem for report in reports for problem in report.problems]
    if problems:
        raise DataError(problems)

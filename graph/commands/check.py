"""`azetta check`: every problem of the curated files, at once."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands


@click.command()
@commands.data
@commands.ontology
def command(data: Path, ontology: Path) -> None:
    r"""Report every problem of the curated files, each with its file and line; write nothing.

    \b
    Examples:
      python build.py check
      python build.py check --data my-region/data
    """
    from graph import pipeline
    from graph.validate import validate

    with commands.progress() as progress:
        progress("reading")
        knowledge = pipeline.load(data, ontology)
        progress("validating")
        validate(knowledge, data, ontology)
    click.echo(", ".join(f"{number:,} {what}" for what, number in pipeline.count(knowledge).items()) + ": no problem")

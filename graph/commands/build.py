"""`azetta build`: from the curated files to every file of the output folder."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands


@click.command()
@commands.data
@commands.ontology
@commands.out
@commands.texts
def command(data: Path, ontology: Path, out: Path, texts: dict[str, Path]) -> None:
    """Build the dataset and write every file of it.

    The curated files are read and checked, what follows from them is inferred, all is validated, and only then does the
    output folder change, as one: a build that fails leaves the last one whole.

    With --text, the page quotes the words that each claim cites; such a page is for you, not for publication.

    \b
    Examples:
      python build.py
      python build.py build --data my-region/data --out my-region/dist
    """
    from graph import pipeline

    with commands.progress() as progress:
        summary = pipeline.build(data, ontology, out, texts, progress, commands.say)
    click.echo(summary)

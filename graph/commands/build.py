"""`azetta build`: from the curated files to every file of the output folder."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands


@click.command(cls=commands.Command)
@commands.data
@commands.ontology
@commands.out
@commands.texts
@commands.language
def command(data: str | None, ontology: str | None, out: str | None, texts: dict[str, Path]) -> None:
    """Build the dataset and write every file of it.

    The curated files are read and checked, what follows from them is inferred, all is validated, and only then does the
    output folder change, as one: a build that fails leaves the last one whole.

    With --text, the page quotes the words that each claim cites; such a page is for you, not for publication.
    What a build was made from is remembered: whoever asks it later is answered from a new one, should that change.

    \b
    Examples:
      python build.py
      python build.py build --data my-region/data --out my-region/dist
    """
    from graph import last_build, origin, pipeline

    made, folder = commands.sources(data, None, ontology, texts), origin.place(out)

    def check() -> None:
        if data is None and out is None:
            last_build.spare(folder, made.data)

    check()
    copies = {source: Path(text) for source, text in made.texts.items()}
    with commands.progress() as progress:
        summary = pipeline.build(
            Path(made.data), Path(made.ontology), Path(folder), copies, progress, commands.say, check
        )
    commands.warn(summary.warnings)
    for line in summary.lines:
        click.echo(commands.told(line))

"""The commands, one module each with a `command`; here, the options that several of them share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from graph import last_build
from graph.origin import Origin

_CLEARED = "\r\x1b[K"
_FOLDER = click.Path(file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


def copy(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, Path]:
    """Read SOURCE=FILE, the user's own copy of a source's text."""
    source, sign, file = value.partition("=")
    if not (source and sign and file):
        raise click.BadParameter(f'"{value}" is not SOURCE=FILE')
    return source, _FILE.convert(file, parameter, ctx)


def _texts(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:
    copies = [copy(ctx, parameter, value) for value in values]
    for source, _ in copies:
        if [name for name, _ in copies].count(source) > 1:
            raise click.BadParameter(f"the text of {source} is given twice")
    return dict(copies)


data = click.option("--data", type=_FOLDER, help="Folder of the curated files.  [default: data/ here or above]")
ontology = click.option(
    "--ontology", type=_FOLDER, help="Folder of the ontology, shapes and rules, if not Azetta's own."
)
out = click.option("--out", type=_FOLDER, help="Folder that the files go to.  [default: dist/ beside that data/]")
of_build = click.option(
    "--out", type=_FOLDER, help="Folder of the build that is meant.  [default: dist/ beside that data/]"
)
texts = click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="SOURCE=FILE",
    callback=_texts,
    help="Your own copy of a source's text; may be given for each source.",
)


def sources(data: str | None, out: str | None, ontology: str | None, texts: dict[str, Path]) -> Origin:
    """Give what is to be read: the folders and texts that are named, and else those that are meant."""
    meant = last_build.sources(data, out, say)
    copies = {source: str(path) for source, path in texts.items()}
    return Origin(meant.data, ontology or meant.ontology, copies or meant.texts)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give what shows the step of long work on one line of a terminal, and clears it at the end; silent elsewhere."""
    terminal = sys.stderr.isatty()

    def show(step: str) -> None:
        if terminal:
            click.echo(f"{_CLEARED}{step} …", nl=False, err=True)

    try:
        yield show
    finally:
        if terminal:
            click.echo(_CLEARED, nl=False, err=True)


def say(message: str) -> None:
    """Print a message to standard error; on a terminal, in the place of the step that is shown there."""
    click.echo((_CLEARED if sys.stderr.isatty() else "") + message, err=True)

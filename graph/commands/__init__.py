"""The commands, one module each with a `command`; here, the options that several of them share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from graph.paths import DATA, ONTOLOGY, OUT

_CLEARED = "\r\x1b[K"
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


def copy(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, Path]:
    """Read SOURCE=FILE, the user's own copy of a source's text."""
    source, sign, file = value.partition("=")
    if not (source and sign and file):
        raise click.BadParameter(f'"{value}" is not SOURCE=FILE')
    return source, _FILE.convert(file, parameter, ctx)


def _texts(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:
    return dict(copy(ctx, parameter, value) for value in values)


data = click.option("--data", type=_FOLDER, default=DATA, help="Folder of the curated files, if not Azetta's own.")
ontology = click.option(
    "--ontology", type=_FOLDER, default=ONTOLOGY, help="Folder of the ontology, shapes and rules, if not Azetta's own."
)
out = click.option("--out", type=_FOLDER, default=OUT, show_default=True, help="Folder that the files go to.")
texts = click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="SOURCE=FILE",
    callback=_texts,
    help="Your own copy of a source's text; may be given for each source.",
)


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

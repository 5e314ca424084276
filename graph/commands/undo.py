"""`azetta undo`: the last change of the tables, taken back."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import shown


@click.command(cls=commands.Command)
@commands.data
def command(data: str | None) -> None:
    """Take the last change of the tables back that a command made, and say which; a second `undo` brings it back.

    \b
    Examples:
      python build.py undo
      python build.py undo --data my-region/data
    """
    from graph.curation import step

    tables = Path(commands.sources(data, None, None, {}).data)
    what, lines = step.undo(tables, lambda: commands.say(f"waiting for another change of {shown(tables)}/"))
    click.echo(f"taken back: {what}")
    for line in lines:
        click.echo(f"  {shown(tables)}/{line}")

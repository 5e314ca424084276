"""`azetta undo`: the last change of the tables, taken back."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import said, shown


@click.command(cls=commands.Command)
@commands.data
@commands.language
def command(data: str | None) -> None:
    """Take the last change of the tables back that a command made, and say which; a second `undo` brings it back.

    \b
    Examples:
      python build.py undo
      python build.py undo --data my-region/data
    """
    from graph.curation import step

    tables = Path(commands.sources(data, None, None, {}).data)
    what, lines = step.undo(tables, commands.waiting(tables))
    commands.tell(said("taken back: {step}", step=what))
    for name, change in lines:
        line = said("{file}: {change}", file=shown(tables / name), change=change)
        click.echo(f"  {commands.told(line)}")

"""`azetta format`: the tables in the one form that they have on disk."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import said, shown


@click.command(cls=commands.Command)
@commands.data
@commands.language
def command(data: str | None) -> None:
    """Save the curated tables in one form: UTF-8, commas, LF; sources and entities by id, claims by passage.

    So a change of one line is one line for git, whatever spreadsheet made it. What a spreadsheet saved in another
    encoding, with semicolons or as .xlsx or .ods becomes CSV again. `undo` takes it back.

    \b
    Examples:
      python build.py format
      python build.py format --data my-region/data
    """
    from graph.curation import canonical, step

    tables = Path(commands.sources(data, None, None, {}).data)
    changed = canonical.changes(tables)
    if not changed:
        commands.tell(said("every table has its form already"))
        return
    step.write(tables, changed, "format", commands.waiting(tables))
    for name, content in changed.items():
        change = said("removed") if content is None else said("saved in its form")
        commands.tell(said("{file}: {change}", file=shown(tables / name), change=change))

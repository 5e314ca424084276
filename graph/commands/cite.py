"""`azetta cite`: where words stand in a source."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import DataError, Problem, shown


@click.command(cls=commands.Command)
@click.argument("source", metavar="SOURCE=FILE", callback=commands.copy)
@click.argument("words", nargs=-1, required=True)
@commands.data
def command(source: tuple[str, Path], words: tuple[str, ...], data: str | None) -> None:
    """Find WORDS in your own copy of a source; print source,start,end as claims.csv wants them.

    Every place is listed, in brackets with what stands around it. Spelling need not be exact: accents, case, hamza,
    vowel signs, digits and Arabic prefixes are seen through when the very words are not found.

    \b
    Examples:
      python build.py cite albarg-2024-04-22=article.txt تكنوبارك أكادير
      python build.py cite my-report=report.txt "opened a training centre"
    """
    from graph.facts import citation, curated, texts

    name, path = source
    tables = Path(commands.sources(data, None, None, {}).data)
    text = texts.load({name: path}, curated.sources(tables))[name]
    wanted = " ".join(words)
    spans = citation.cite(text, wanted)
    if not spans:
        near = citation.nearest(text, wanted)
        hint = f"; the nearest is {name},{near[0]},{near[1]}  {citation.context(text, near)}" if near else ""
        raise DataError([Problem(shown(path), 0, f'"{wanted}" is not in the text{hint}')])
    for start, end in spans:
        click.echo(f"{name},{start},{end}  {citation.context(text, (start, end))}")

"""`azetta accept`: what a curator took of a review file, written into the tables."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.commands._tables import Tables, tables
from graph.errors import said


@click.command(cls=commands.Command)
@click.argument("file", metavar="REVIEW", type=commands.FILE)
@commands.texts
@click.option("--by", help="Who decides.  [default: git's user.name]")
@commands.on
@click.option("--reason", default="refused in review", show_default=True, help="Why what is refused is.")
@tables
def command(meant: Tables, file: Path, texts: dict[str, Path], by: str | None, on: str, reason: str) -> None:
    """Write the accepted lines of a review file into the tables, all of them or none, once the whole is right.

    REVIEW is what `read` wrote and a curator decided, as CSV, .xlsx or .ods; a line with no decision waits. Each line
    is held against the very text of its source, so --text is needed for each. Refused lines are kept in decisions.csv
    as hashes, so that they are not proposed again, and so is who accepted a claim, when, and what proposed it. A second
    `accept` changes nothing; `undo` takes the first back.

    \b
    Examples:
      python build.py accept review.csv --text my-article=article.txt
      python build.py accept review.xlsx --text my-article=article.txt --by "Nadia" --on 2026-11-26
    """
    from graph.curation import accepting
    from graph.reading import review

    decided = accepting.Decided(by or _user(meant.folder), on, reason)
    found = review.read(file)
    added = accepting.accept(meant.folder, meant.model, found, texts, decided, commands.waiting(meant.folder))
    for line in added.lines:
        click.echo(line)
    if not added.lines:
        nothing = said("nothing new: the tables hold what is accepted, and decisions.csv what is refused")
        commands.tell(nothing)
    commands.warn((*found.warnings, *added.warnings))


def _user(folder: Path) -> str:
    """Give the name that git puts under what is committed in a folder."""
    import subprocess

    try:
        call = ["git", "config", "user.name"]
        done = subprocess.run(call, cwd=folder, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
        name = done.stdout.strip()
    except OSError:
        name = ""
    if not name:
        raise commands.misuse(said("say who decides: --by NAME"))
    return name

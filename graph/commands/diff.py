"""`azetta diff`: what became of the data from one version to another."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.model.words import spoken


def _filled(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter("it is empty and names no version")
    return value


@click.command(cls=commands.Command)
@click.argument("old", default="HEAD", metavar="[OLD", callback=_filled)
@click.argument("new", required=False, metavar="[NEW]]", callback=_filled)
@commands.answering
@commands.written(("text", "csv", "md", "json"), "How to write it.", "text")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something differs.")
@commands.data
@commands.ontology
def command(
    old: str, new: str | None, data: str | None, ontology: str | None, lang: str | None, form: str, *, exit_code: bool
) -> None:
    """Tell which sources, entities and claims came, went or changed, and how, from OLD to NEW.

    Each is a folder of tables, a build (a folder such as dist/), or a revision in git of the tables that are meant
    (v1, HEAD~3), or of others by their path in the repository (v1:data). Without NEW, the tables as they are now are
    compared; without OLD, with those of the last commit.

    What moved.csv says is called otherwise has not gone, nor have the claims about it.

    \b
    Examples:
      python build.py diff
      python build.py diff v1 v2 --lang fr --format md
      python build.py diff HEAD~3 --format csv > changes.csv
      python build.py diff yesterday/dist dist --exit-code
    """
    from graph.curation import changelog, difference, revision
    from graph.model import ontology as models

    meant = commands.sources(data or _folder(old, new), None, ontology, {})
    tables, model = Path(meant.data), Path(meant.ontology)
    before, after = (revision.read(word, tables, model) for word in (old, new or meant.data))
    known = models.load(model)
    found = difference.changes(before, after, lambda name: name in known.properties and known.properties[name].single)
    wording = changelog.Wording(lang or spoken(after.titles)[0], before, after, known)
    click.echo(changelog.FORMATS[form](found, wording), nl=False)
    if exit_code and found:
        click.get_current_context().exit(1)


def _folder(old: str, new: str | None) -> str | None:
    """Give one of two folders, so that they can be compared where there are no tables."""
    return new if new and Path(old).is_dir() and Path(new).is_dir() else None

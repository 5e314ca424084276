"""`azetta export`: the dataset, or a part of it, in one format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graph import commands, origin
from graph.errors import OutputError, shown
from graph.model.formats import FORMATS


@click.command(cls=commands.Command)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), help="Format, where the name of FILE does not say it."
)
@click.option("--source", metavar="ID", help="Only what this source tells.")
@click.option("--entity", metavar="NAME", help="Only what surrounds this entity: its id, or a name in any language.")
@click.option("--depth", type=click.IntRange(min=0), help="How many links away from the entity.  [default: 1]")
@commands.data
@commands.of_build
@commands.ontology
def command(
    file: Path,
    name: str | None,
    source: str | None,
    entity: str | None,
    depth: int | None,
    data: str | None,
    out: str | None,
    ontology: str | None,
) -> None:
    """Write the dataset, or a part of it, to FILE in the format that its name ends with; - is standard output.

    With --out, it is written anew from what that build was made from. What follows from the part alone is inferred
    again, so that nothing in FILE rests on what is not there.

    \b
    Examples:
      python build.py export region.ttl
      python build.py export agadir.graphml --entity agadir --depth 2
      python build.py export - --format claims.csv --source hcp-2024
    """
    if file == Path("-") and not name:
        raise click.UsageError("standard output has no name: say --format, such as --format ttl")
    if depth is not None and not entity:
        raise click.UsageError("--depth counts links from an entity: say --entity too")
    meant = commands.sources(data, out, ontology, {})
    tables, model = Path(meant.data), Path(meant.ontology)
    if file != Path("-"):
        _refuse_input(file, {tables, model, Path(origin.ROOT, "data"), Path(origin.ROOT, "ontology")})
    from graph import pipeline
    from graph.export import output, writers
    from graph.knowledge import part
    from graph.model import formats

    written = formats.find(name or file.name)
    with commands.progress() as progress:
        progress("reading")
        knowledge = pipeline.load(tables, model)
        if source:
            knowledge = part.of_source(knowledge, source)
        if entity:
            knowledge = part.around(knowledge, entity, 1 if depth is None else depth)
        progress(f"writing {written.name}")
        if file == Path("-"):
            stream = sys.stdout.buffer
            writers.write(knowledge, written, stream)
            stream.flush()
        else:
            with output.file(file, lambda: commands.say(f"waiting for another export to {shown(file)}")) as stream:
                writers.write(knowledge, written, stream)


def _refuse_input(file: Path, folders: set[Path]) -> None:
    """Refuse a target among the curated files: an export has their names, but not their columns."""
    around = [folder for folder in file.resolve().parents if folder.is_dir()]
    if any(folder.is_dir() and inner.samefile(folder) for folder in folders for inner in around):
        raise OutputError(f"{shown(file)} stands in a folder that is an input of the build: name another place")

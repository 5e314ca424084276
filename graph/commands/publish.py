"""`azetta publish`: the dataset to a remote store."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import EndpointError


@click.command(cls=commands.Command)
@click.option("--endpoint", "-e", metavar="URL", help="Where the store answers SPARQL queries.")
@click.option("--graph-store", metavar="URL", help="Where it takes graphs (Graph Store Protocol), if not found.")
@click.option("--force", is_flag=True, help="Send all, also what seems to be there as it was sent.")
@click.option(
    "--parts", type=click.Path(path_type=Path, file_okay=False), help="Folder for a file a graph, for a bulk loader."
)
@commands.data
@commands.of_build
def command(
    endpoint: str | None, graph_store: str | None, force: bool, parts: Path | None, data: str | None, out: str | None
) -> None:
    """Put a build of the dataset into a SPARQL store, graph by graph.

    Only what changed since the last publication is sent, all in one step where the store can, and what arrived is
    counted. Graphs that are not of this dataset are left alone. Where the store asks who you are, AZETTA_USER and
    AZETTA_PASSWORD say so.

    A large dataset is loaded faster by the store itself: --parts writes a compressed file of N-Quads for each graph and
    tells the commands of known stores (docs/scale.md); after that, --parts with --endpoint counts what arrived.

    \b
    Examples:
      python build.py publish --endpoint http://localhost:7878/query
      python build.py publish --endpoint http://localhost:7878/query --out my-region/dist
      AZETTA_USER=dba AZETTA_PASSWORD=… python build.py publish --endpoint http://localhost:8890/sparql
      python build.py publish --parts parts
      python build.py publish --parts parts --endpoint http://localhost:8890/sparql
    """
    if parts and endpoint:
        _verify(parts, endpoint)
    elif parts:
        _write(parts, data, out)
    elif endpoint:
        _send(endpoint, graph_store, data, out, force=force)
    else:
        raise click.UsageError("say with --endpoint where to, or with --parts into which folder")


def _send(endpoint: str, graph_store: str | None, data: str | None, out: str | None, *, force: bool) -> None:
    from pyoxigraph import RdfFormat, parse

    from graph.last_build import final
    from graph.store.graph_store import writer_for
    from graph.store.publish import Sent, publish
    from graph.store.store import HOME

    def tell(sent: Sent) -> None:
        click.echo(f"{sent.outcome:<9}  {sent.triples:>9,}  {sent.graph}")

    quads = list(parse(path=final(data, out, commands.say), format=RdfFormat.N_QUADS))
    base = next(quad.graph_name.value.removesuffix(HOME) for quad in quads if quad.graph_name.value.endswith(HOME))
    done = publish(quads, base, endpoint, writer_for(endpoint, graph_store), tell, force=force)
    changed = sum(sent.outcome != "unchanged" for sent in done)
    total = sum(sent.triples for sent in done)
    click.echo(f"{len(done)} graphs, {changed} changed, {total:,} triples counted at {endpoint}")


def _write(folder: Path, data: str | None, out: str | None) -> None:
    """Write the parts, and tell how stores load them."""
    from graph.last_build import final
    from graph.store.parts import loaders, write

    number = total = 0
    for part in write(final(data, out, commands.say), folder, commands.waiting(folder)):
        click.echo(f"{part.triples:>9,}  {part.graph}")
        number, total = number + 1, total + part.triples
    click.echo(f"{number} graphs, {total:,} triples in {folder}/")
    for store, command in loaders(folder):
        click.echo(f"{store}: {command}")


def _verify(folder: Path, endpoint: str) -> None:
    """Tell of each graph of the parts whether the store has it whole."""
    from graph.store.parts import missing

    total = lacking = 0
    for part, lacks in missing(folder, endpoint):
        click.echo(f"{'differs' if lacks else 'loaded':<9}  {part.triples:>9,}  {part.graph}")
        total += part.triples
        lacking += bool(lacks)
    if lacking:
        raise EndpointError(
            f"{endpoint} holds more or fewer triples of {lacking} graphs than {folder}/: load them again"
        )
    click.echo(f"{total:,} triples counted at {endpoint}")

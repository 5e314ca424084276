"""`azetta publish`: the dataset to a remote store."""

from __future__ import annotations

import click

from graph import commands


@click.command(cls=commands.Command)
@click.option("--endpoint", "-e", required=True, metavar="URL", help="Where the store answers SPARQL queries.")
@click.option("--graph-store", metavar="URL", help="Where it takes graphs (Graph Store Protocol), if not found.")
@click.option("--force", is_flag=True, help="Send all, also what seems to be there as it was sent.")
@commands.data
@commands.of_build
def command(endpoint: str, graph_store: str | None, force: bool, data: str | None, out: str | None) -> None:
    """Put a build of the dataset into a SPARQL store, graph by graph.

    Only what changed since the last publication is sent, all in one step where the store can, and what arrived is
    counted. Graphs that are not of this dataset are left alone. Where the store asks who you are, AZETTA_USER and
    AZETTA_PASSWORD say so.

    \b
    Examples:
      python build.py publish --endpoint http://localhost:7878/query
      python build.py publish --endpoint http://localhost:7878/query --out my-region/dist
      AZETTA_USER=dba AZETTA_PASSWORD=… python build.py publish --endpoint http://localhost:8890/sparql
    """
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

"""`serve`: the dataset over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.guard.limits import Limits


@click.command(cls=commands.Command, context_settings={"show_default": True})
@commands.data
@commands.of_build
@click.option(
    "--host", "hosts", multiple=True, default=["127.0.0.1"], help="Address to listen on; again: a name to answer to."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port to listen on; 0 takes a free one.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=10, help="Seconds that a query may take.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, help="Queries answered at once.")
@click.option("--cors", metavar="ORIGIN", help="Let pages of this origin (or *) read the answers.")
def command(
    data: str | None,
    out: str | None,
    hosts: tuple[str, ...],
    port: int,
    timeout: float,
    workers: int,
    cors: str | None,
) -> None:
    """Serve the dataset: its network, SPARQL, and everything it names at its own address.

    A new build is picked up without a restart. Queries run within bounds of time, memory and rows, and reach neither
    network nor disk.

    \b
    Examples:
      python build.py serve
      python build.py serve --out my-region/dist
      python build.py serve --port 8080 --timeout 30
      python build.py serve --host 0.0.0.0 --host data.example.org --cors '*'
    """
    from graph import last_build
    from graph.server.run import demand, serve

    demand()
    folder = last_build.current(data, out, commands.say)

    def ready(address: str) -> None:
        click.echo(f"Serving {folder}/ at {address} (SPARQL at {address}sparql; Ctrl-C ends)")

    serve(Path(folder), hosts, port, Limits(timeout=timeout, workers=workers), cors, ready)

"""`serve`: the dataset over HTTP."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from graph import commands
from graph.guard.limits import Limits

_ENORMOUS = 1 << 40


def _address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Take the address of a site, with the slash at its end that its parts follow."""
    from graph.facts.info import address_fault

    address = f"{value.rstrip('/')}/" if value else ""
    if address and (fault := address_fault(address)):
        raise click.BadParameter(commands.told(fault))
    return address


def _limits(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Any]:
    """Read the bounds that have no option of their own; whole numbers above 0, but for seconds."""
    usual = {name: value for name, value in asdict(Limits()).items() if name not in ("timeout", "workers")}
    told: dict[str, Any] = {}
    for name, _, number in (value.partition("=") for value in values):
        try:
            told[name] = type(usual[name])(number)
        except (KeyError, ValueError):
            told[name] = 0
        if not 0 < told[name] < _ENORMOUS:
            example = ", ".join(f"{each}={value}" for each, value in usual.items())
            raise click.BadParameter(f"“{name}={number}” is not one of the bounds (usually {example})")
    return told


@click.command(cls=commands.Command, context_settings={"show_default": True})
@commands.data
@commands.of_build
@click.option(
    "--host", "hosts", multiple=True, default=["127.0.0.1"], help="Address to listen on; again: a name to answer to."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port to listen on; 0 takes a free one.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=10, help="Seconds that a query may take.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, help="Queries answered at once.")
@click.option(
    "--cors", "origin", default="", metavar="ORIGIN", help="Let pages of this origin (or *) read the answers."
)
@click.option("--base-url", default="", metavar="URL", callback=_address, help="Where a proxy in front shows it.")
@click.option("--trusted-proxy", "proxies", multiple=True, metavar="IP", help="Whose forwarded headers are believed.")
@click.option("--rate", type=click.FloatRange(0), default=0.0, help="Requests a second from one client; 0: any number.")
@click.option("--log", type=click.Choice(["nothing", "requests", "queries"]), default="nothing", help="Lines of JSON.")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", callback=_limits, help="Another bound of a query.")
def command(
    data: str | None, out: str | None, timeout: float, workers: int, limits: dict[str, Any], **told: Any
) -> None:
    """Serve the dataset: its network, SPARQL, and everything it names at its own address.

    A new build is picked up without a restart. Queries run within bounds of time, memory and rows, and reach neither
    network nor disk. docs/serving.md says what a public service needs, and names every limit.

    \b
    Examples:
      python build.py serve
      python build.py serve --out my-region/dist
      python build.py serve --port 8080 --timeout 30
      python build.py serve --host 0.0.0.0 --host data.example.org --cors '*'
      python build.py serve --base-url https://data.example.org/region/ --trusted-proxy 127.0.0.1 --rate 5
    """
    from graph import last_build
    from graph.server.run import demand, serve
    from graph.server.settings import Settings

    demand()
    folder = last_build.current(data, out, commands.say)

    def ready(address: str) -> None:
        click.echo(f"Serving {folder}/ at {address} (SPARQL at {address}sparql; Ctrl-C ends)")

    bounds = replace(Limits(timeout=timeout, workers=workers), **limits)
    serve(Path(folder), Settings(**told), bounds, ready)

"""`azetta mcp`: the dataset for assistants."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands


@click.command(cls=commands.Command)
@click.option("--http", is_flag=True, help="Listen on 127.0.0.1 (streamable HTTP, at /mcp) instead of standard input.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port of --http; 0 for a free one.",
)
@commands.data
@commands.of_build
def command(http: bool, port: int, data: str | None, out: str | None) -> None:
    """Answer an assistant by the Model Context Protocol: entities, claims with their sources, questions, SPARQL.

    Every answer says which claim and source it rests on, and what is only planned. Nothing can be changed.

    \b
    Examples:
      python build.py mcp
      python build.py mcp --http --port 8001
    """
    from importlib.metadata import version

    from graph import asking, last_build
    from graph.assistant.service import service
    from graph.export import manifest

    folder = Path(last_build.current(data, out, commands.say))
    told = manifest.read(folder)
    name = str(told["name"]) if told else folder.name
    server = service(asking.store_at(None, None, str(folder)), folder / f"{name}.nq", version("azetta"))
    if not http:
        server.run("stdio")
        return
    from graph.server.run import bound

    with bound("127.0.0.1", port) as listener:
        import uvicorn

        commands.say(f"answering at http://127.0.0.1:{listener.getsockname()[1]}/mcp (Ctrl-C ends)")
        uvicorn.Server(uvicorn.Config(server.streamable_http_app(), log_level="error")).run(sockets=[listener])

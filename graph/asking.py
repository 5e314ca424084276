"""What `query` and `question` share: where they ask, how the answer is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from graph.errors import QueryError
from graph.results import FORMATS, rows, styled, write
from graph.store import Answer, Store

if TYPE_CHECKING:
    from graph.results import Rows

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

form: _Decorator = click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMATS),
    help="How to write the answer.  [default: table, or turtle for triples]",
)
endpoint: _Decorator = click.option(
    "--endpoint", "-e", metavar="URL", help="Ask this SPARQL service, not the last build."
)
timeout: _Decorator = click.option(
    "--timeout",
    "-t",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after so many seconds.",
)


def store_at(address: str | None) -> Store:
    """Open the service at `address`, or else what the last build left, built again first if its inputs changed."""
    if address is not None:
        from graph.remote import Remote

        return Remote(address)
    from graph.built import open_store

    return open_store(say=lambda message: click.echo(message, err=True))


def interruptible() -> None:
    """Let Ctrl-C end the process at once: the engine would only be interrupted between two rows."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)


def text_of(argument: str) -> str:
    """Read a query: from standard input for `-`, from the file of that name, else the argument itself."""
    try:
        if argument == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if os.path.isfile(argument):
            with open(argument, encoding="utf-8-sig") as stream:
                return stream.read()
    except UnicodeDecodeError as error:
        raise QueryError(f"{argument} is not UTF-8 (byte {error.start})") from error
    if argument.endswith((".rq", ".sparql")):
        raise QueryError(f"there is no file {argument}")
    return argument


def show(
    answer: Answer,
    store: Store,
    form: str | None,
    language: str | None = None,
    hidden: Sequence[str] = (),
    titles: Mapping[str, Mapping[str, str]] | None = None,
) -> int:
    """Print an answer, in a table with labels in `language` if one is given; give the number of rows of a table."""
    from pyoxigraph import QueryTriples

    form = form or ("turtle" if isinstance(answer, QueryTriples) else "table")
    if form != "table":
        click.echo(write(answer, form, store.prefixes), nl=False)
        return -1
    found: Rows = rows(answer, styled(store.prefixes), hidden)
    if language:
        from graph.labels import iris, labels

        found.style = styled(store.prefixes, labels(store, iris(found.terms), language))
        found.titles = {name: texts[language] for name, texts in (titles or {}).items()}
    sys.stdout.flush()
    click.echo(str(found))
    return len(found)

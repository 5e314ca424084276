"""The options of the command line that several questions to a store share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from graph.store.results import FORMATS

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

"""The options of the command line that several questions to a store share, and the rule that each is given once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from graph.store.results import FORMATS


class Command(click.Command):
    """A command whose options, but for those that may be repeated, are given once: none is passed over in silence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; one that is given twice is a misuse."""
        given = self.make_parser(ctx).parse_args(list(args))[2]
        for one in given:
            if isinstance(one, click.Option) and not (one.multiple or one.is_flag) and given.count(one) > 1:
                ctx.fail(f"{max(one.opts, key=len)} is given twice")
        return super().parse_args(ctx, args)


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


def apart(endpoint: str | None, data: str | None, out: str | None) -> None:
    """Raise UsageError where a service and a folder are both to be asked."""
    for name, value in (("--data", data), ("--out", out)):
        if endpoint is not None and value is not None:
            raise click.UsageError(f"--endpoint and {name} name two things to ask: give one")

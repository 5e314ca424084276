"""The command line: what its commands are and how it ends; each command stands in its own module of `graph.commands`.

Exit status: 0 good, 1 the data, the query or the output is wrong (a message, no traceback), 2 a command misused, 130
ended by Ctrl-C (`graph.system.interrupt`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from graph import commands
from graph.errors import AzettaError, refusal
from graph.model import messages

_DEFAULT = "build"


class Failure(click.ClickException):
    """An error whose message is all that its reader needs."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Print the message as it is to standard error."""
        click.echo(self.message, err=True)


class Commands(commands.Helped, click.Group):
    """The commands, each loaded when it is named; `build` when none is."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the modules of `graph.commands`."""
        return sorted(name for _, name, _ in iter_modules(commands.__path__) if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"graph.commands.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; options that come with no command are those of the default one."""
        own = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that is named; where there is none, click suggests the nearest of the names it is given."""
        if args[0] not in (known := self.list_commands(ctx)):
            raise click.NoSuchCommand(args[0], possibilities=known, ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it raises on purpose, and what the system refuses, ends it with a message."""
        try:
            return super().invoke(ctx)
        except AzettaError as exc:
            raise Failure(messages.fault(exc, commands.spoken())) from exc
        except BrokenPipeError:  # stdout is closed (EPIPE)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except OSError as exc:
            raise Failure(refusal(exc)) from exc

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run the command line; text in and out is UTF-8 whatever the locale."""
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else None)
        return super().main(args, *rest, **options)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "-V", "--version", package_name="azetta", prog_name="azetta")
def main() -> None:
    """Build, check, ask and publish an evidence-backed knowledge graph: no triple without a source.

    With no command, everything is built: the curated files of data/ become a validated dataset in dist/.

    \b
    Examples:
      python build.py
      python build.py check
      python build.py build --help
    """

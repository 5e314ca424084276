"""The commands, one module each with a `command`; here, what several of them share: options, and how each is given."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from graph import last_build
from graph.errors import Problem, said, shown
from graph.model import messages
from graph.model.datatypes import fits, period_fault
from graph.model.words import languages
from graph.origin import Origin
from graph.store.results import FORMATS
from graph.system import program

LANGUAGE = "graph.language"
_CLEARED = "\r\x1b[K"
#: A file that is there.
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


class Helped(click.Command):
    """A command or group whose help says `azetta …` where that is how it was called, and else what was typed."""

    def get_help(self, ctx: click.Context) -> str:
        """Give the help, with examples that can be typed as they stand."""
        return program.named(super().get_help(ctx))


class Command(Helped):
    """A command whose options, but for those that may be repeated, are given once: none is passed over in silence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; one that is given twice is a misuse."""
        given = self.make_parser(ctx).parse_args(list(args))[2]
        for one in given:
            if isinstance(one, click.Option) and not (one.multiple or one.is_flag) and given.count(one) > 1:
                ctx.fail(f"{max(one.opts, key=len)} is given twice")
        return super().parse_args(ctx, args)


class Folder(click.Path):
    """A folder that is named: an empty text, as a script gives whose variable is not set, is not the folder here."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the name of a folder."""
        if not value:
            self.fail("it is empty and names no folder", param, ctx)
        return super().convert(value, param, ctx)


_FOLDER = Folder(file_okay=False)


def copy(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, Path]:
    """Read SOURCE=FILE, the user's own copy of a source's text."""
    source, sign, name = value.partition("=")
    if not (source and sign and name):
        raise click.BadParameter(f'"{value}" is not SOURCE=FILE')
    return source, FILE.convert(name, parameter, ctx)


def file(ctx: click.Context, parameter: click.Parameter, value: str) -> Path:
    """Read the name of a file that is there."""
    return FILE.convert(value, parameter, ctx)


def _texts(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:
    copies = [copy(ctx, parameter, value) for value in values]
    for source, _ in copies:
        if [name for name, _ in copies].count(source) > 1:
            raise click.BadParameter(f"the text of {source} is given twice")
    return dict(copies)


def by_language(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read LANGUAGE=TEXT, each language once."""
    texts: dict[str, str] = {}
    for value in values:
        language, sign, text = value.partition("=")
        if not (language and sign and text):
            raise click.BadParameter(f'"{value}" is not LANGUAGE=TEXT, such as fr=Agadir')
        if language in texts:
            raise click.BadParameter(f"{language} is given twice")
        texts[language] = text
    return texts


def _different(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for folder in values:
        if [os.path.realpath(each) for each in values].count(os.path.realpath(folder)) > 1:
            raise click.BadParameter(f"the folder {folder} is given twice")
    return values


def _date(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and (fault := period_fault(value)):
        raise click.BadParameter(fault)
    return value


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value is None:
        return date.today().isoformat()
    if not fits(value, "xsd:date"):
        raise click.BadParameter(f'"{value}" is not a day such as 2024-04-22')
    return value


data = click.option("--data", type=_FOLDER, help="Folder of the curated files.  [default: data/ here or above]")
several = click.option(
    "--data",
    multiple=True,
    type=_FOLDER,
    callback=_different,
    help="Folder of the curated files; several are one.  [default: as above]",
)
ontology = click.option(
    "--ontology", type=_FOLDER, help="Folder of the ontology, shapes and rules, if not Azetta's own."
)
out = click.option("--out", type=_FOLDER, help="Folder that the files go to.  [default: dist/ beside that data/]")
of_build = click.option(
    "--out", type=_FOLDER, help="Folder of the build that is meant.  [default: dist/ beside that data/]"
)
texts = click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="SOURCE=FILE",
    callback=_texts,
    help="Your own copy of a source's text; may be given for each source.",
)


def _language(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    ctx.meta[LANGUAGE] = messages.spoken(value)


def _answering(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value or LANGUAGE not in ctx.meta:
        _language(ctx, parameter, value)
    return value


#: In which language a question is answered, or changes are told: any of the interface.
answering = click.option(
    "--lang",
    "-l",
    type=click.Choice(languages()),
    callback=_answering,
    help="Language of the words.  [default: the dataset's first]",
)

language = click.option(
    "--lang",
    type=click.Choice(messages.LANGUAGES),
    callback=_language,
    expose_value=False,
    is_eager=True,
    help="Language of the messages.  [default: that of the locale, or en]",
)


def written(forms: Iterable[str], what: str, default: str | None = None) -> Callable[[Any], Any]:
    """Give the option by which one of some forms is chosen for what a command tells."""
    form = click.Choice(list(forms))
    return click.option("--format", "-f", "form", type=form, default=default, show_default=bool(default), help=what)


form = written(FORMATS, "How to write the answer.  [default: table, or turtle for triples]")
endpoint = click.option("--endpoint", "-e", metavar="URL", help="Ask this SPARQL service, not the last build.")
at = click.option(
    "--at",
    metavar="DATE",
    callback=_date,
    help="Ask what is so then: in a year, a month or on a day.  [default: the date of the newest source]",
)
timeout = click.option(
    "--timeout",
    "-t",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after so many seconds.",
)


on = click.option("--on", metavar="DAY", callback=_day, help="Since which day, such as 2024-04-22.  [default: today]")


def sources(data: str | None, out: str | None, ontology: str | None, texts: dict[str, Path]) -> Origin:
    """Give what is to be read: the folders and texts that are named, and else those that are meant."""
    meant = last_build.sources(data, out, say)
    copies = {source: str(path) for source, path in texts.items()}
    return Origin(meant.data, ontology or meant.ontology, copies or meant.texts)


def apart(endpoint: str | None, *, data: str | None, out: str | None, at: str | None) -> None:
    """Raise UsageError where a service and a folder are both to be asked, or a service as of another day."""
    for name, value in (("--data", data), ("--out", out)):
        if endpoint is not None and value is not None:
            raise click.UsageError(f"--endpoint and {name} name two things to ask: give one")
    if endpoint is not None and at is not None:
        raise click.UsageError("--endpoint and --at do not go together: a service holds what is so at one date alone")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give what shows the step of long work on one line of a terminal, and clears it at the end; silent elsewhere."""
    terminal = sys.stderr.isatty()

    def show(step: str) -> None:
        if terminal:
            click.echo(f"{_CLEARED}{step} …", nl=False, err=True)

    try:
        yield show
    finally:
        if terminal:
            click.echo(_CLEARED, nl=False, err=True)


def say(message: str) -> None:
    """Print a message to standard error; on a terminal, in the place of the step that is shown there."""
    click.echo((_CLEARED if sys.stderr.isatty() else "") + told(message), err=True)


def told(message: str) -> str:
    """Give a message in the language of the command that runs."""
    return messages.told(message, spoken())


def tell(message: str) -> None:
    """Print a message in that language to standard output."""
    click.echo(told(message))


def misuse(message: str) -> click.UsageError:
    """Give what to raise where a command is misused, in that language."""
    return click.UsageError(told(message))


def warn(problems: Iterable[Problem]) -> None:
    """Tell what does not forbid what was done, in the language of the command that runs."""
    for each in problems:
        say(messages.problem(each if each.level == "note" else each._replace(level="warning"), spoken()))


def spoken() -> str:
    """Give the language of the command that runs."""
    language: str = click.get_current_context().meta.get(LANGUAGE) or messages.spoken()
    return language


def waiting(folder: Path) -> Callable[[], None]:
    """Give what says that another process writes in a folder."""
    return lambda: say(said("waiting for another change of {folder}", folder=f"{shown(folder)}/"))

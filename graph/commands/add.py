"""`azetta add`: a source, an entity, a mention or a claim, found, checked with all the rest, and written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph import commands
from graph.commands._tables import Tables, tables
from graph.errors import DataError

if TYPE_CHECKING:
    from graph.curation.adding import Copy
    from graph.curation.insertion import Cells
    from graph.model.records import Facts


class _Group(commands.Helped, click.Group):
    """The things that can be added."""


@click.group(cls=_Group)
def command() -> None:
    """Add a source, an entity, a mention or a claim: the row is found, checked with all the rest, shown and written.

    Nothing is written unless the whole dataset is right then. `undo` takes the last addition back.

    \b
    Examples:
      python build.py add source article.txt --id albarg-2024-04-22 --title fr="Un article" --language ar \\
        --url https://example.org/article --date 2024-04-22
      python build.py add entity new-school School --label ar=… --label fr=… --label en=… --translated fr
      python build.py add mention "new school" --text albarg-2024-04-22=article.txt --all
      python build.py add claim "New school" locatedIn Agadir --words "…" --text albarg-2024-04-22=article.txt
    """


def _asked(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Ask for what must be given and is not; where nobody can answer, that is a misuse. Given empty, it is empty."""
    if value or value == "":
        return value
    if not sys.stdin.isatty():
        raise click.MissingParameter(ctx=ctx, param=parameter)
    help_ = getattr(parameter, "help", None) or parameter.human_readable_name
    answer = click.prompt(f"{parameter.opts[0]}: {help_.rstrip('.')}", err=True)
    return (answer,) if parameter.multiple else answer


def _named_or_asked(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    return commands.by_language(ctx, parameter, _asked(ctx, parameter, values))


def _texts(name: str, help_: str, *, asked: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    callback = _named_or_asked if asked else commands.by_language
    return click.option(f"--{name}", multiple=True, metavar="LANGUAGE=TEXT", callback=callback, help=help_)


def _copied(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, Path] | None:
    return None if value is None else commands.copy(ctx, parameter, value)


_text = click.option(
    "--text", metavar="SOURCE=FILE", callback=commands.copy, required=True, help="Your own copy of the source's text."
)


@command.command(cls=commands.Command)
@click.argument("file", type=commands.FILE)
@click.option("--id", "id_", callback=_asked, help="What it is called in the tables: a-z, 0-9 and -.")
@_texts("title", "Your description of it, in each language; not its headline.", asked=True)
@click.option("--url", callback=_asked, help="Its address.")
@click.option("--date", callback=_asked, help='When it was published: a year, a month or a day; "" if unknown.')
@click.option("--language", callback=_asked, help="The language of the text, such as ar or fr.")
@click.option("--type", "type_", default="schema:NewsArticle", show_default=True, help="Its class.")
@click.option(
    "--nature",
    default="",
    help='What it is: original, republication, excerpt, official, press or reference; several with "|".',
)
@click.option("--publisher", default="", help="Who published it.")
@click.option("--licence", default="", help="The address of the licence that it is under.")
@tables
def source(meant: Tables, file: Path, id_: str, title: dict[str, str], date: str, type_: str, **more: str) -> None:
    """Add a source, measured from its text.

    FILE holds the exact text, whose length and SHA-256 are computed; the text itself stays with you.

    \b
    Examples:
      python build.py add source article.txt --id my-article --language ar --date 2024-04-22 \\
        --title ar="…" --title fr="…" --title en="…" --url https://example.org/article --nature press
    """
    from graph.curation import adding

    titles = {f"title_{language}": text for language, text in title.items()}
    cells = {"id": id_, "type": type_, "issued": date, **titles, **more}
    row = adding.source(file, cells, meant.facts.info.languages)
    _add({"sources.csv": [row]}, meant, f"add source {id_}")


@command.command(cls=commands.Command)
@click.argument("id_", metavar="ID")
@click.argument("classes", metavar="CLASS...", nargs=-1, required=True)
@_texts("label", "Its name, in each language.", asked=True)
@_texts("alt", 'Other names of it that texts use, several with "|".')
@_texts("hidden", 'Spellings of it that exist only to match, several with "|".')
@click.option("--translated", multiple=True, metavar="LANGUAGE", help="The label in this language is your own.")
@tables
def entity(
    meant: Tables,
    id_: str,
    classes: tuple[str, ...],
    label: dict[str, str],
    alt: dict[str, str],
    hidden: dict[str, str],
    translated: tuple[str, ...],
) -> None:
    """Add an entity. A mention and a claim must follow: until then it is written all the same, and `check` warns of it.

    \b
    Examples:
      python build.py add entity new-school School --label ar="…" --label fr="…" --label en="…" --translated fr
      python build.py add entity new-hub Incubator FabLab --label ar="…" --label fr="…" --label en="…" --alt ar="…|…"
    """
    from graph.curation import adding

    cells = {f"label_{language}": text for language, text in label.items()}
    cells |= {f"alt_{language}": text for language, text in alt.items()}
    cells |= {f"hidden_{language}": text for language, text in hidden.items()}
    cells["translated"] = "|".join(translated)
    row = adding.entity(id_, classes, cells, meant.ontology, meant.facts.info.languages)
    _add({"entities.csv": [row]}, meant, f"add entity {id_}")


@command.command(cls=commands.Command)
@click.argument("name", metavar="ENTITY")
@click.option("--words", default="", help="The words that name it, or longer ones around them.")
@_text
@click.option("--all", "every", is_flag=True, help="Every place that names it, in these words or in the whole text.")
@tables
def mention(meant: Tables, name: str, words: str, text: tuple[str, Path], every: bool) -> None:
    """Say where a text names an entity.

    ENTITY is its id or one of its names, in any spelling.

    \b
    Examples:
      python build.py add mention "New school" --words "…" --text my-article=article.txt
      python build.py add mention new-school --text my-article=article.txt --all
    """
    from graph.curation import adding

    if not (words or every):
        raise click.UsageError("give --words, or --all for every place that names it")
    copy = _copy(text, meant.facts)
    id_ = meant.entity(name)
    rows = adding.mentions(id_, words, copy, meant.facts, meant.ontology, every=every)
    _add({"mentions.csv": rows}, meant, f"add mention {id_}", copy)


@command.command(cls=commands.Command)
@click.argument("subject")
@click.argument("property_", metavar="PROPERTY")
@click.argument("object_", metavar="OBJECT")
@click.option("--words", help="The words of the text that say it.")
@click.option("--text", metavar="SOURCE=FILE", callback=_copied, help="Your own copy of the source's text.")
@click.option("--status", default="stated", show_default=True, help="stated, ongoing, planned or discussed.")
@click.option("--subject-at", metavar="START-END", help="Where the text names the subject, if the words do not.")
@click.option("--object-at", metavar="START-END", help="Where the text names the object, if the words do not.")
@click.option("--from", metavar="DATE", help="The year, month or day since when it is so.")
@click.option("--until", metavar="DATE", help="The last year, month or day when it is so.")
@click.option("--period-at", metavar="START-END", help="Where the text gives that period, if the words do not.")
@click.option("--record", help="The key of the record of a dataset, in the place of words.")
@click.option("--source", "source_", metavar="ID", help="The dataset that has the record.")
@tables
def claim(
    meant: Tables,
    subject: str,
    property_: str,
    object_: str,
    status: str,
    words: str | None,
    text: tuple[str, Path] | None,
    record: str | None,
    source_: str | None,
    **given: str | None,
) -> None:
    """Add a claim, by the words that say it or the record that holds it.

    SUBJECT, PROPERTY and OBJECT are ids, or names and labels in any language and spelling; OBJECT may be a value. An
    end that the words do not name is looked for where the text names it last before them; that place is shown.

    \b
    Examples:
      python build.py add claim "New school" "located in" Agadir --words "…" --text my-article=article.txt
      python build.py add claim "New president" presidentOf "My council" --words "…" --text my-article=article.txt \\
        --from 2021-09 --until 2026
      python build.py add claim agadir population 504768 --record 001 --source hcp-2024
    """
    from graph.curation import adding, fitting

    if bool(words and text) == bool(record and source_) or any((words or text) and each for each in (record, source_)):
        raise click.UsageError("give --words with --text, or else --record with --source")
    copy = None
    row: Cells = adding.claim((subject, property_, object_), status, meant.facts, meant.ontology)
    if text:
        copy = _copy(text, meant.facts)
        row = adding.quoted(row, words or "", given, copy, meant.facts, meant.ontology)
    else:
        row = {**row, "source": source_ or "", "record": record or ""}
    row = {**row, "from": given["from"] or "", "until": given["until"] or ""}
    try:
        _add({"claims.csv": [row]}, meant, f"add claim {row['subject']} {row['property']} {row['object']}", copy)
    except DataError as exc:
        raise fitting.misfit(exc, row, meant.facts, meant.ontology) from None


def _copy(text: tuple[str, Path], facts: Facts) -> Copy:
    from graph.curation.adding import Copy
    from graph.facts import texts

    name, path = text
    read = texts.load({name: path}, facts.sources)
    return Copy(facts.sources[name], read[name], path)


def _add(rows: Mapping[str, Iterable[Cells]], meant: Tables, what: str, copy: Copy | None = None) -> None:
    """Add rows to tables; show them, the words that they cite, and what is left to do."""
    from graph.curation import adding, trial

    copies = {copy.source.id: copy.text} if copy else {}
    added = trial.add(meant.folder, meant.model, rows, copies, what, commands.waiting(meant.folder))
    for line in added.lines:
        click.echo(line)
    for row in (row for these in rows.values() for row in these if copy):
        for passage in adding.shown_passages(row, copy.text if copy else ""):
            click.echo(passage)
    commands.warn((*added.warnings, *added.wanted))

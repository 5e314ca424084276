"""`azetta question`: the documented questions, listed and asked in the reader's language."""

from __future__ import annotations

import os
from typing import Any

import click

from graph import asking, commands, last_build, origin
from graph.errors import QueryError
from graph.model.inputs import questions as brought
from graph.model.labels import LabelResolver
from graph.model.vocabulary import shorten
from graph.model.words import columns, order, said
from graph.store import question as questions
from graph.store.labels import labels, language_of
from graph.store.needs import needs
from graph.store.question import Parameter, Question
from graph.store.store import Store
from graph.system import program

_ARGUMENTS = f"{__name__}.arguments"


class Questions(commands.Command, click.Group):
    """The questions as commands, each with its parameters as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the questions."""
        return questions.names()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a question; where it is asked tells which ones there are."""
        ctx.meta[_ARGUMENTS] = args[1:]
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Make the command of a question; a misuse, told with the nearest names, if there is none called so."""
        try:
            general = cmd_name in questions.names()
            question = questions.load(cmd_name) if general else _own(cmd_name, ctx.meta.get(_ARGUMENTS, []))
        except QueryError as error:
            raise click.UsageError(commands.told(error.args[0]), ctx) from error
        given = [
            click.Option([f"--{p.name}"], required=p.required, help=_help(p)) for p in question.parameters.values()
        ]
        made = commands.Command(cmd_name, callback=_asks(question), params=list(given), help=_about(question))
        shared = (
            commands.timeout,
            commands.endpoint,
            commands.at,
            commands.form,
            commands.answering,
            commands.data,
            commands.of_build,
        )
        for decorate in shared:
            decorate(made)
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the questions in English, as the rest of the help is."""
        with formatter.section("Questions"):
            formatter.write_dl([(name, questions.load(name).titles["en"]) for name in questions.names()])


@click.group(cls=Questions, invoke_without_command=True, subcommand_metavar="[NAME [--PARAMETER VALUE]...]")
@commands.answering
@click.pass_context
def command(ctx: click.Context, lang: str | None) -> None:
    """Ask a ready question; without a name, list them.

    A value is the id of something, or its name in any language. Every question has its own help.
    csv, xlsx and md have names and headings in the language, and ids in columns of their own; tsv, json and xml are
    what SPARQL defines.

    \b
    Examples:
      python build.py question --lang fr
      python build.py question in-city --city agadir
      python build.py question offer --centre cmc-souss-massa --lang en
      python build.py question events --at 2024-05
      python build.py question plans --lang fr --format xlsx > plans.xlsx
      python build.py question in-city --help
    """
    ctx.obj = lang
    if ctx.invoked_subcommand is None:
        from graph.store.aligned_table import table

        resolver = LabelResolver(order(lang or origin.language_here()))
        listed = [[name, resolver.chosen(each.titles)[0]] for name, each in sorted(_listed().items())]
        click.echo(table(["", ""], listed).split("\n", 2)[2], nl=False)


def _own(name: str, arguments: list[str]) -> Question:
    """Find a question that is none of the general ones, in the dataset that the arguments mean."""
    where = click.Command("", params=[], add_help_option=False)
    for decorate in (commands.endpoint, commands.data, commands.of_build):
        decorate(where)
    where.context_settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    given = where.make_context("", list(arguments), resilient_parsing=True).params
    store = asking.store_at(given.get("endpoint"), given.get("data"), given.get("out"))
    return questions.find(name, store)


def _listed() -> dict[str, Question]:
    """Give the questions that can be asked here, by name; a dataset that brings none need not be opened."""
    home = origin.home()
    if brought(os.path.join(home, origin.DATA)) if home is not None else origin.build_in(origin.place()):
        return questions.asked_of(asking.store_at(None))
    return {name: questions.load(name) for name in questions.names()}


def _asks(question: Question) -> Any:
    @click.pass_context
    def ask(
        ctx: click.Context,
        /,
        lang: str | None,
        form: str | None,
        endpoint: str | None,
        at: str | None,
        timeout: float | None,
        data: str | None,
        out: str | None,
        **given: str | None,
    ) -> None:
        commands.apart(endpoint, data=data, out=out, at=at)
        if lang and ctx.obj not in {None, lang}:
            ctx.fail("--lang is given twice")
        values = {name: value for name, value in given.items() if value is not None}
        store = asking.store_at(endpoint, data, out, at)
        answer = question.ask(store, values, timeout)
        language = lang or ctx.obj or language_of(store)
        single = [name for name, value in values.items() if value != questions.ANY]
        if not asking.show(answer, store, form, language, single, columns(language)):
            _explain(question, store, language)
        if endpoint is None and at is None and (warning := last_build.older(data, out)):
            commands.say(warning)

    return ask


def _explain(question: Question, store: Store, language: str) -> None:
    """Say that there is no answer, and what would give one."""
    click.echo(said(language)["noAnswer"], err=True)
    if wanted := needs(question.text, store):
        named = labels(store, wanted, language)
        terms = said(language, "page")["comma"].join(named.get(iri, shorten(iri)) for iri in wanted)
        click.echo(said(language)["needs"].replace("{terms}", terms), err=True)


def _about(question: Question) -> str:
    told = "\n\n".join(f"{title}\n\n{question.descriptions[tag]}" for tag, title in question.titles.items())
    given = "".join(f" --{p.name} …" for p in question.parameters.values() if p.required)
    return f"{told}\n\nExample: {program.name()} question {question.name}{given} --lang fr"


def _help(parameter: Parameter) -> str:
    kind = (
        "One of " + ", ".join(parameter.values)
        if parameter.values
        else f"Id, or name in any language ({parameter.type})"
    )
    return f"{kind}.  [{'required' if parameter.required else f'default: {parameter.default}'}]"

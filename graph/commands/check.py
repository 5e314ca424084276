"""`azetta check`: every problem of the curated files, at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.errors import DataError, Problem, shown

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


@click.command(cls=commands.Command)
@commands.data
@commands.of_build
@commands.ontology
@commands.texts
def command(data: str | None, out: str | None, ontology: str | None, texts: dict[str, Path]) -> None:
    """Report every problem of the curated files, each with its file and line; write nothing.

    What may be right, and only a reader can tell, is a warning: it is said, and the exit status stays 0.

    With --out, what that build was made from is checked.

    With --text, each claim is shown beside the words that it cites in your own copy of the source, and must have its
    ends named there or where it says; each mention must be a name of its entity. Then come the stretches of the text
    that no claim cites, and the known names that no mention covers. Of a copy that was changed, it is said which
    passages still stand in it, and where.

    \b
    Examples:
      python build.py check
      python build.py check --data my-region/data
      python build.py check --text albarg-2024-04-22=article.txt
    """
    from graph import pipeline
    from graph.curation import canonical
    from graph.knowledge.validate import validate

    meant = commands.sources(data, out, ontology, texts)
    tables, model = Path(meant.data), Path(meant.ontology)
    with commands.progress() as progress:
        progress("reading")
        knowledge = pipeline.load(tables, model)
        warnings = _say(knowledge.facts.warnings)
        progress("validating")
        validate(knowledge, tables, model)
    warnings += _check_texts(knowledge, tables, {source: Path(text) for source, text in meant.texts.items()})
    for file in canonical.changes(tables):
        commands.say(f"note: {shown(tables / file)}: not in the form that `format` gives it")
    for source, other in sorted(knowledge.asserted.repeats.items()):
        commands.say(f"note: {source} has sentences of {other}: the two count as one source of what both say")
    counts = ", ".join(f"{number:,} {what}" for what, number in knowledge.counts.items())
    click.echo(f"{counts}: no problem" + (f", {warnings:,} warning{'s' if warnings > 1 else ''}" if warnings else ""))


def _say(warnings: Collection[Problem]) -> int:
    """Print warnings; give how many there are."""
    for warning in warnings:
        commands.say(str(warning))
    return len(warnings)


def _check_texts(knowledge: Knowledge, data: Path, copies: dict[str, Path]) -> int:
    """Hold the claims against the copies of their sources; give how many warnings were said, or raise DataError."""
    from graph.facts import evidence, passages, texts

    facts, problems, warnings = knowledge.facts, list[Problem](), 0
    for name, path in copies.items():
        text = texts.read(path)
        if fault := texts.fault(name, text, facts.sources):
            problems.append(Problem(shown(path), 0, fault))
            if name in facts.sources and facts.sources[name].text:
                for line in passages.lines(passages.found_again(name, text, facts)):
                    click.echo(line)
            continue
        report = evidence.check_text(facts.sources[name], text, facts, knowledge.ontology.concepts, shown(data))
        problems += report.problems
        for line in evidence.lines(report):
            click.echo(line)
        warnings += _say(report.warnings)
    if problems:
        raise DataError(problems)
    return warnings

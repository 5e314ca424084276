"""`azetta review`: what a review file proposes, what is wrong in it, and decisions on many lines at once."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import DataError, Problem, said, shown


@click.command(cls=commands.Command)
@click.argument("file", metavar="REVIEW", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@commands.texts
@click.option("--accept", metavar="LINES", default="", help="Lines to accept: 12, 3-9, cue:NAME; several with commas.")
@click.option("--refuse", metavar="LINES", default="", help="Lines to refuse, named in the same way.")
@commands.data
@commands.language
@commands.ontology
def command(
    file: Path, texts: dict[str, Path], accept: str, refuse: str, data: str | None, ontology: str | None
) -> None:
    """Show what a review file proposes and what is decided; with --accept or --refuse, decide on lines of it.

    Counts by kind and decision come first, then each proposal: whether it is new, repeats a claim that is known or
    contradicts one. With --text, the words are held against the text. What is wrong is told by line; then nothing is
    decided.

    \b
    Examples:
      python build.py review review.csv --text my-article=article.txt
      python build.py review review.csv --accept 3-9,12 --refuse cue:hosts
    """
    from graph.facts import curated
    from graph.facts import texts as copies
    from graph.model import ontology as models
    from graph.reading import deciding, grounding
    from graph.reading import review as reviews

    meant = commands.sources(data, None, ontology, {})
    tables = Path(meant.data)
    model = models.load(Path(meant.ontology), tables)
    facts = curated.load(tables, model)
    found = reviews.read(file)
    chosen = {}
    for decision, choice in (("accept", accept), ("refuse", refuse)):
        try:
            chosen[decision] = deciding.meant(choice, found) if choice and not found.problems else set()
        except ValueError as exc:
            raise click.BadParameter(commands.told(exc.args[0]), param_hint=f"--{decision}") from exc
    if both := chosen["accept"] & chosen["refuse"]:
        twice = said("line {line} is both accepted and refused", line=str(min(both)))
        raise click.UsageError(commands.told(twice))
    for decision, numbers in chosen.items():
        found = deciding.decided(found, decision, numbers)
    held = {source: copies.read(path) for source, path in texts.items()}
    problems = [*found.problems, *grounding.faults(found, facts, model, held)]
    problems += (Problem(shown(texts[name]), 0, message) for name, message in grounding.changed(found, facts, held))
    if not problems and (accept or refuse):
        deciding.save(found, found.languages or facts.info.languages)
    for line in (*deciding.counted(found), *deciding.listed(found, facts)):
        click.echo(commands.told(line))
    commands.warn(found.warnings)
    if problems:
        raise DataError(problems)

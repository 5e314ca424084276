"""`azetta review`: what a review file proposes, what is wrong in it, and decisions on many lines at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.commands import misuse
from graph.commands._tables import Tables, tables
from graph.errors import DataError, Problem, said, shown

if TYPE_CHECKING:
    from graph.reading.review import Review


@click.command(cls=commands.Command)
@click.argument("file", metavar="REVIEW", type=commands.FILE)
@commands.texts
@click.option("--accept", metavar="LINES", default="", help="Lines to accept: 12, 3-9, cue:NAME; several with commas.")
@click.option("--refuse", metavar="LINES", default="", help="Lines to refuse, named in the same way.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the page on which to decide there: it holds the text, so keep it to yourself.",
)
@tables
def command(meant: Tables, file: Path, texts: dict[str, Path], accept: str, refuse: str, page: Path | None) -> None:
    """Show what a review file proposes and what is decided; with --accept or --refuse, decide on lines of it.

    Counts by kind and decision come first, then each proposal: whether it is new, repeats a claim that is known or
    contradicts one. With --text, the words are held against the text. What is wrong is told by line; then nothing is
    decided.

    Lines are named by their numbers, as they are listed: 12, 3-9, and several with commas; cue:NAME is all that a cue
    proposed: ar.partOf, as it stands between brackets, or partOf, of each language. Accept what is new together with
    what names it, in one call.

    --html writes a page that works without a network: the text with what was read in it, beside the proposals, each
    accepted, refused or corrected by one key. It gives the decided file back, for `accept`. The page holds the text of
    the article: it is for your eyes. Git ignores *.review.html, as it does review files.

    \b
    Examples:
      python build.py review review.csv --text my-article=article.txt
      python build.py review review.csv --accept 2-9,12 --refuse cue:partOf,14
      python build.py review review.csv --text my-article=article.txt --html my-article.review.html
    """
    from graph.facts import texts as copies
    from graph.reading import deciding, grounding
    from graph.reading import review as reviews

    model, facts = meant.ontology, meant.facts
    found = _decided(reviews.read(file), accept, refuse)
    held = {source: copies.read(path) for source, path in texts.items()}
    problems = [*found.problems, *grounding.faults(found, facts, model, held)]
    problems += (Problem(shown(texts[name]), 0, message) for name, message in grounding.changed(found, facts, held))
    if not problems and (accept or refuse):
        deciding.save(found, found.languages or facts.info.languages)
    for line in (*deciding.counted(found), *(() if page else deciding.listed(found, facts))):
        commands.tell(line)
    commands.warn(found.warnings)
    if problems:
        raise DataError(problems)
    if page:
        _write(page, found, meant, held)


def _decided(found: Review, accept: str, refuse: str) -> Review:
    """Decide on the lines that are named; UsageError where a name is none, or a line is named for both."""
    from graph.reading import deciding

    chosen = {}
    for decision, choice in (("accept", accept), ("refuse", refuse)):
        try:
            chosen[decision] = deciding.meant(choice, found) if choice and not found.problems else set()
        except ValueError as exc:
            raise click.BadParameter(commands.told(exc.args[0]), param_hint=f"--{decision}") from exc
    if both := chosen["accept"] & chosen["refuse"]:
        raise misuse(said("line {line} is both accepted and refused", line=str(min(both))))
    for decision, numbers in chosen.items():
        found = deciding.decided(found, decision, numbers)
    return found


def _write(page: Path, review: Review, meant: Tables, texts: Mapping[str, str]) -> None:
    """Write the page of a review, each of whose texts must be given."""
    from graph.page import reviewing
    from graph.reading import sources

    read = {line.proposal.cells.get("source", line.proposal.id) for line in review.lines}
    for source in sorted(read - {*texts}):
        raise misuse(said("the page shows the text that was read: give it with --text {source}=FILE", source=source))
    if not read:
        raise misuse(said("{file} proposes nothing: there is no page to make of it", file=shown(review.path)))
    sources.write(page, reviewing.render(review, meant.facts, meant.ontology, texts))
    click.echo(shown(page))
    if not page.name.endswith(".review.html"):
        note = said("it holds the text of the source, and git ignores *.review.html alone: keep it out of git")
        commands.warn([Problem(shown(page), 0, note, "note")])

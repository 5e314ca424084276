"""`azetta read`: a text becomes proposals that a curator decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from graph import commands
from graph.errors import Problem, said, shown

if TYPE_CHECKING:
    from graph.model.ontology import Ontology
    from graph.model.records import Facts
    from graph.reading.proposals import Proposal

_REVIEW, _TEXT = ".review.csv", ".review.txt"


def _copies(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:
    copies = [commands.copy(ctx, parameter, value) for value in values]
    if len(dict(copies)) < len(copies):
        raise click.BadParameter("a source is given twice")
    return dict(copies)


def _titles(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    parts = [value.partition("=") for value in values]
    for value, (language, sign, title) in zip(values, parts, strict=True):
        if not (language and sign and title):
            raise click.BadParameter(f'"{value}" is not LANGUAGE=TEXT, such as fr="Un article"')
    return {language: title for language, _, title in parts}


@click.command(cls=commands.Command)
@click.argument("copies", metavar="SOURCE=FILE...", nargs=-1, required=True, callback=_copies)
@click.option("--language", default="", help="The language of a new source: ar, fr …")
@click.option("--url", default="", help="The address of a new source.")
@click.option("--issued", default="", help="When a new source was published: a year, a month or a day.")
@click.option(
    "--title", "titles", multiple=True, metavar="LANGUAGE=TEXT", callback=_titles, help="Your words for a new source."
)
@click.option("--publisher", default="", help="Who published a new source.")
@click.option("--nature", default="press", show_default=True, help="What a new source is: official, press, excerpt …")
@click.option(
    "--out",
    "review",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The review file, for all sources together.  [default: SOURCE.review.csv for each, here]",
)
@commands.data
@commands.language
@commands.ontology
def command(
    copies: dict[str, Path],
    language: str,
    url: str,
    issued: str,
    titles: dict[str, str],
    publisher: str,
    nature: str,
    review: Path | None,
    data: str | None,
    ontology: str | None,
) -> None:
    """Read texts, and write what they seem to say to a review file: the data stays as it is.

    Each FILE is your own copy of a source: plain text in UTF-8, what `pdftotext` made of a PDF, or a page of HTML, of
    which the text is kept beside the review file. A source that the data has must be the very text; a new one is
    proposed too, with its length and SHA-256.

    Proposed are mentions of known things, new things, and claims by the cues of ontology/reading, each with the
    characters that say so, how sure it is, and what known claim it repeats or contradicts. Nothing is believed until a
    curator accepts it.

    \b
    Examples:
      python build.py read albarg-2024-04-22=article.txt
      python build.py read my-article=page.html --language fr --url https://example.org/article \\
        --issued 2024-05-02 --title ar="…" --title fr="…" --title en="…"
    """
    from graph.facts import curated
    from graph.model import ontology as models

    meant = commands.sources(data, None, ontology, {})
    model = models.load(Path(meant.ontology), Path(meant.data))
    facts = curated.load(Path(meant.data), model)
    about = {"type": "schema:NewsArticle", "language": language, "url": url, "issued": issued, "publisher": publisher}
    about |= {"nature": nature} | {f"title_{tag}": title for tag, title in titles.items()}
    _apt(copies, facts, about, titles)
    with commands.progress() as progress:
        found = _proposed(copies, facts, about, (Path(meant.ontology), model), (review or Path()).parent, progress)
    _write(found, review, facts.info.languages)


def _proposed(
    copies: dict[str, Path],
    facts: Facts,
    about: dict[str, str],
    model: tuple[Path, Ontology],
    folder: Path,
    progress: Callable[[str], object],
) -> dict[str, list[Proposal]]:
    """Read each text; what a tool takes out of a page is kept in `folder`."""
    from graph.reading import sources
    from graph.reading.reader import TextReader

    reader = TextReader(facts, model[1])
    found: dict[str, list[Proposal]] = {}
    for at, (source, path) in enumerate(copies.items(), 1):
        progress(f"reading {source} ({at} of {len(copies)})")
        text = sources.Reading(source, path, facts, about, *model)
        commands.warn(Problem(shown(path), 0, doubt, "note") for doubt in text.doubts())
        found[source] = [*text.proposed(), *reader.read(source, text.article.text, text.language)]
        if text.article.extractor:
            beside = folder / f"{source}{_TEXT}"
            sources.write(beside, text.article.text)
            by, file = text.article.extractor, shown(beside)
            kept = said(
                "{source}: the text that {extractor} took out is in {file}", source=source, extractor=by, file=file
            )
            click.echo(commands.told(kept))
    return found


def _write(found: dict[str, list[Proposal]], review: Path | None, languages: Sequence[str]) -> None:
    """Write the review file of all sources, or one for each; say what is in it."""
    from graph.reading import proposals
    from graph.reading.sources import write

    if review:
        write(review, proposals.written(proposals.together(found.values()), languages))
    for source, own in found.items():
        file = review or Path(f"{source}{_REVIEW}")
        if not review:
            write(file, proposals.written(own, languages))
        counts = {kind: sum(each.kind == kind for each in own) for kind in proposals.KINDS}
        told = said(
            "{origin}: {source} source, {entity} entity, {mention} mention, {claim} claim ({against} against known "
            "claims) in {file}",
            origin=source,
            against=sum(bool(each.against) for each in own),
            file=shown(file),
            **counts,
        )
        click.echo(commands.told(told))


def _apt(copies: dict[str, Path], facts: Facts, about: dict[str, str], titles: dict[str, str]) -> None:
    """Raise UsageError where what is said of a new source fits none, or more than one."""
    fresh = [source for source in copies if source not in facts.sources]
    given = about["url"] or about["issued"] or titles
    if len(fresh) > 1 and given:
        _misuse(said("--url, --issued and --title are of one new source; {listed} are new", listed=", ".join(fresh)))
    if fresh and not about["language"]:
        _misuse(said('source "{source}" is new: say with --language in which language it is', source=fresh[0]))
    if not fresh and (given or about["language"]):
        _misuse(said("these sources are known: --language, --url, --issued and --title are of a new one"))
    unknown = [tag for tag in titles if tag not in facts.info.languages]
    if unknown:
        listed = ", ".join(facts.info.languages)
        _misuse(said("--title {tag}=: the dataset is in {listed}", tag=unknown[0], listed=listed))


def _misuse(message: str) -> NoReturn:
    raise click.UsageError(commands.told(message))

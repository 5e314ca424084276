"""`azetta read`: a text becomes proposals that a curator decides."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import commands
from graph.commands import misuse
from graph.commands._tables import Tables, tables
from graph.errors import Problem, said, shown

if TYPE_CHECKING:
    from graph.model.records import Facts
    from graph.reading.model import ModelReader
    from graph.reading.proposals import Proposal
    from graph.reading.sources import Reading

_REVIEW, _TEXT = ".review.", ".review.txt"
_ANNOTATIONS = (".jsonld", ".ttl", ".trig", ".nt", ".nq")


def _copies(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path] | Path:
    """Read the texts that are named, or the one file of annotations."""
    if len(values) == 1 and "=" not in values[0] and values[0].endswith(_ANNOTATIONS):
        return commands.file(ctx, parameter, values[0])
    copies = [commands.copy(ctx, parameter, value) for value in values]
    if len(dict(copies)) < len(copies):
        raise click.BadParameter("a source is given twice")
    return dict(copies)


@click.command(cls=commands.Command)
@click.argument("copies", metavar="SOURCE=FILE... | ANNOTATIONS", nargs=-1, required=True, callback=_copies)
@commands.texts
@click.option("--language", default="", help="The language of a new source: ar, fr …")
@click.option("--url", default="", help="The address of a new source.")
@click.option("--issued", default="", help="When a new source was published: a year, a month or a day.")
@click.option(
    "--title",
    "titles",
    multiple=True,
    metavar="LANGUAGE=TEXT",
    callback=commands.by_language,
    help="Your words for a new source.",
)
@click.option("--publisher", default="", help="Who published a new source.")
@click.option("--nature", default="press", show_default=True, help="What a new source is: official, press, excerpt …")
@click.option(
    "--out",
    "review",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The review file, for all sources together.  [default: SOURCE.review.csv for each, here]",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["csv", "jsonld"]),
    default="csv",
    show_default=True,
    help="A review file, or Web Annotations for other tools.",
)
@click.option("--model", metavar="URL", help="Ask a model too, by this address of an OpenAI-compatible service.")
@click.option("--model-name", metavar="NAME", help="Which model is asked there; its key is read from AZETTA_MODEL_KEY.")
@tables
def command(
    meant: Tables,
    copies: dict[str, Path] | Path,
    texts: dict[str, Path],
    language: str,
    url: str,
    issued: str,
    titles: dict[str, str],
    publisher: str,
    nature: str,
    review: Path | None,
    form: str,
    model: str | None,
    model_name: str | None,
) -> None:
    """Read texts, and write what they seem to say to a review file: the data stays as it is.

    Each FILE is your own copy of a source: plain text in UTF-8, what `pdftotext` made of a PDF, or a page of HTML, of
    which the text is kept beside the review file. A source that the data has must be the very text; a new one is
    proposed too, with its length and SHA-256.

    Proposed are mentions of known things, new things, and claims by the cues of ontology/reading, each with the
    characters that say so, how sure it is, and what known claim it repeats or contradicts. Nothing is believed until a
    curator accepts it.

    With --model, each part of the text is sent to that service, and what the model proposes is added where the text has
    the very words that it quotes.

    ANNOTATIONS is a file of other tools, .jsonld, .ttl, .trig, .nt or .nq: Web Annotations, or claims as a build has
    them, about sources whose texts are given with --text. They become proposals; what stands at no passage is refused.

    \b
    Examples:
      python build.py read albarg-2024-04-22=article.txt
      python build.py read my-article=page.html --language fr --url https://example.org/article \\
        --issued 2024-05-02 --title ar="…" --title fr="…" --title en="…"
      python build.py read albarg-2024-04-22=article.txt --model http://localhost:11434/v1 --model-name qwen3:8b
      python build.py read notes.jsonld --text albarg-2024-04-22=article.txt
    """
    from graph.reading.sources import misdescribed

    about = {"type": "schema:NewsArticle", "language": language, "url": url, "issued": issued, "publisher": publisher}
    about |= {"nature": nature} | {f"title_{tag}": title for tag, title in titles.items()}
    if isinstance(copies, Path):
        if model or model_name or language or url or issued or titles:
            raise misuse(said("of annotations, only --text, --format and --out are said"))
        _write(_fed(copies, texts, meant), review, form, meant)
        return
    if texts:
        raise misuse(said("--text gives the texts that a file of annotations is about: name the file"))
    _apt(copies, meant.facts, about, titles)
    for fault in misdescribed(about, meant.ontology):
        raise misuse(fault)
    asked = _model(model, model_name, meant)
    with commands.progress() as progress:
        folder = (review or Path()).parent
        found = _proposed(copies, meant, about, asked, folder, progress)
    _write(found, review, form, meant)


def _proposed(
    copies: dict[str, Path],
    meant: Tables,
    about: dict[str, str],
    asked: ModelReader | None,
    folder: Path,
    progress: Callable[[str], object],
) -> dict[str, list[Proposal]]:
    """Read each text; what a tool takes out of a page is kept in `folder`."""
    from graph.reading import sources
    from graph.reading.reader import TextReader

    reader = TextReader(meant.facts, meant.ontology)
    found: dict[str, list[Proposal]] = {}
    for at, (source, path) in enumerate(copies.items(), 1):
        progress(f"reading {source} ({at} of {len(copies)})")
        text = sources.Reading(source, path, meant.facts, about, meant.model, meant.ontology)
        commands.warn(Problem(shown(path), 0, doubt, "note") for doubt in text.doubts())
        own = reader.read(source, text.article.text, text.language)
        if asked:
            own = _with_model(asked, source, path, text, own, progress)
        found[source] = [*text.proposed(), *own]
        if text.article.extractor:
            beside = folder / f"{source}{_TEXT}"
            sources.write(beside, text.article.text)
            by, file = text.article.extractor, shown(beside)
            kept = said(
                "{source}: the text that {extractor} took out is in {file}", source=source, extractor=by, file=file
            )
            commands.tell(kept)
    return found


def _fed(file: Path, texts: dict[str, Path], meant: Tables) -> dict[str, list[Proposal]]:
    """Give the proposals of a file of annotations, under its name; say what is refused."""
    from graph.reading import sources
    from graph.reading.annotations import Described
    from graph.reading.fed import Fed

    for source in texts:
        if source not in meant.facts.sources:
            raise misuse(said('"{source}" is no source of the data: read its text first, or add it', source=source))
    facts, model = meant.facts, meant.ontology
    read = {
        name: sources.Reading(name, path, facts, {}, meant.model, model).article.text for name, path in texts.items()
    }
    found = Fed(Described(file), facts, model, read, file.name)
    commands.warn(
        Problem(shown(file), 0, said("refused: {number} {reason}", number=number, reason=reason))
        for reason, number in sorted(found.refused.items())
    )
    return {file.stem: found.proposals}


def _model(url: str | None, name: str | None, meant: Tables) -> ModelReader | None:
    """Give the reader that asks a model, if one is to be asked."""
    if not (url and name):
        if url or name:
            raise misuse(said("--model and --model-name go together: where to ask, and for which model"))
        return None
    from graph.reading.chat import KEY, Chat
    from graph.reading.model import ModelReader

    return ModelReader(Chat(url, name, os.environ.get(KEY, "")), meant.facts, meant.ontology)


def _with_model(
    asked: ModelReader, source: str, path: Path, text: Reading, own: list[Proposal], progress: Callable[[str], object]
) -> list[Proposal]:
    """Add what a model proposes; say what it did not read, and what of it is refused."""
    from graph.reading.agreement import agreed

    def show(at: int, parts: int) -> None:
        progress(f"asking {asked.name} about {source}, part {at} of {parts}")

    theirs = asked.read(source, text.article.text, text.language, own, show)
    commands.warn(Problem(shown(path), 0, note, "warning") for note in asked.notes)
    return agreed(own, theirs)


def _write(found: dict[str, list[Proposal]], review: Path | None, form: str, meant: Tables) -> None:
    """Write the review file of all sources, or one for each; say what is in it."""
    from graph.model.iris import Iris
    from graph.reading import annotating, proposals
    from graph.reading.sources import write

    def written(own: list[Proposal]) -> str:
        if form == "csv":
            return proposals.written(own, meant.facts.info.languages)
        return annotating.annotated(own, Iris(meant.facts.info.base), meant.ontology)

    if review:
        write(review, written(proposals.together(found.values())))
    for source, own in found.items():
        file = review or Path(f"{source}{_REVIEW}{form}")
        if not review:
            write(file, written(own))
        counts = {kind: sum(each.kind == kind for each in own) for kind in proposals.KINDS}
        told = said(
            "{origin}: {source} source, {entity} entity, {mention} mention, {claim} claim ({against} against known "
            "claims) in {file}",
            origin=source,
            against=sum(bool(each.against) for each in own),
            file=shown(file),
            **counts,
        )
        commands.tell(told)


def _apt(copies: dict[str, Path], facts: Facts, about: dict[str, str], titles: dict[str, str]) -> None:
    """Raise UsageError where what is said of a new source fits none, or more than one."""
    fresh = [source for source in copies if source not in facts.sources]
    given = about["url"] or about["issued"] or titles
    if len(fresh) > 1 and given:
        raise misuse(
            said("--url, --issued and --title are of one new source; {listed} are new", listed=", ".join(fresh))
        )
    if fresh and not about["language"]:
        raise misuse(said('source "{source}" is new: say with --language in which language it is', source=fresh[0]))
    if not fresh and (given or about["language"]):
        raise misuse(said("these sources are known: --language, --url, --issued and --title are of a new one"))
    unknown = [tag for tag in titles if tag not in facts.info.languages]
    if unknown:
        listed = ", ".join(facts.info.languages)
        raise misuse(said("--title {tag}=: the dataset is in {listed}", tag=unknown[0], listed=listed))

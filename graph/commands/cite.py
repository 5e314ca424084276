"""`azetta cite`: where words stand in a source."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.errors import DataError, said, shown


@click.command(cls=commands.Command)
@click.argument("source", metavar="SOURCE=FILE", callback=commands.copy)
@click.argument("words", nargs=-1)
@commands.data
@commands.language
@click.option("--write", is_flag=True, help="Write to passages.csv by what each cited passage is known again.")
def command(source: tuple[str, Path], words: tuple[str, ...], data: str | None, write: bool) -> None:
    """Find WORDS in your own copy of a source; print source,start,end as claims.csv wants them.

    Every place is listed, in brackets with what stands around it. Spelling need not be exact: accents, case, hamza,
    vowel signs, digits and Arabic prefixes are seen through when the very words are not found.

    With --write and no WORDS, the length and the SHA-256 of every passage that the tables cite in that source are
    written to passages.csv: do so after you add or widen a passage.

    \b
    Examples:
      python build.py cite albarg-2024-04-22=article.txt تكنوبارك أكادير
      python build.py cite my-report=report.txt "opened a training centre"
      python build.py cite my-report=report.txt --write
    """
    from graph.facts import citation, curated, texts

    name, path = source
    meant = commands.sources(data, None, None, {})
    tables = Path(meant.data)
    if write == bool(words):
        raise click.UsageError("give WORDS to look for, or else --write")
    if write:
        _write(name, path, tables, Path(meant.ontology))
        return
    text = texts.load({name: path}, curated.sources(tables))[name]
    wanted = " ".join(words)
    spans = citation.cite(text, wanted)
    if not spans:
        near = citation.nearest(text, wanted)
        place = f" {name},{near[0]},{near[1]}  {citation.context(text, near)}" if near else ""
        hint = said("; the nearest is{places}", places=place) if near else ""
        raise DataError.at(path, said('"{words}" is not in the text{hint}', words=wanted, hint=hint))
    for start, end in spans:
        click.echo(f"{name},{start},{end}  {citation.context(text, (start, end))}")


def _write(name: str, path: Path, tables: Path, model: Path) -> None:
    from graph.curation import step
    from graph.facts import curated, passages, texts
    from graph.model import ontology
    from graph.model.inputs import PASSAGES, files

    facts = curated.load(tables, ontology.load(model, tables))
    text = texts.load({name: path}, facts.sources)[name]
    others = dict.fromkeys(files(tables, PASSAGES))  # a spreadsheet, or a folder, which the table takes the place of
    step.write(
        tables,
        {**others, PASSAGES: passages.table({name: text}, facts).encode()},
        "cite --write",
        commands.waiting(tables),
    )
    number, file = len(passages.cited(name, facts)), shown(tables / PASSAGES)
    commands.tell(said("{number} passages of {source} in {file}", number=number, source=name, file=file))

"""`azetta init`: a new dataset in a folder of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from graph import commands
from graph.errors import said, shown

#: Option → what it asks for on a terminal, and an example of it.
_ASKED = {
    "--name": ("Name of the dataset", "my-region"),
    "--base": ("Web address that the addresses of its things begin with", "https://data.example.org/my-region/"),
    "--language": ("Languages of its names, the first one first", "ar fr"),
}


@click.command(cls=commands.Command)
@click.argument("folder", type=commands.Folder(file_okay=False, path_type=Path))
@click.option("--name", help="What files are named after: a-z, digits, hyphens.  [default: as the folder is called]")
@click.option("--base", metavar="URL", help='What the addresses of things begin with; it ends with "/".')
@click.option("--language", "languages", metavar="TAG", multiple=True, help="A language of names; may be repeated.")
@click.option("--region", "word", metavar="NAME", help="Begin with the places of a region: its name or code.")
@commands.language
def command(folder: Path, name: str | None, base: str | None, languages: tuple[str, ...], word: str | None) -> None:
    """Begin a dataset of your own in FOLDER: tables with their headers, a README for its curators, a check for GitHub.

    What is not given is asked for, if there is a terminal. The dataset holds nothing yet and is built at once: its
    page, dist/index.html, says what to do next. Nothing that stands in FOLDER is overwritten.

    With --region it holds the places of a region as reference datasets have them: its provinces and their communes,
    with names, codes, coordinates and population, each with its source. Nothing is fetched.

    \b
    Examples:
      python build.py init my-region
      python build.py init my-region --base https://data.example.org/my-region/ --language ar --language fr
      python build.py init draa --region "Drâa-Tafilalet"
    """
    from graph.curation import beginning, reference
    from graph.errors import QueryError
    from graph.facts.info import name_fault

    beginning.refuse(folder)
    try:
        region = reference.region(word) if word is not None else None
    except QueryError as error:
        raise click.BadParameter(str(error), param_hint="'--region'") from None
    own = folder.resolve().name
    usual = {} if name_fault(own) else {"--name": own}
    given = {"--name": name, "--base": base, "--language": " ".join(languages) if languages else None}
    read = {option: _read(option, text) for option, text in given.items() if text is not None}
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        read = usual | read
        if missing := [
            f"{option} (such as {example})" for option, (_, example) in _ASKED.items() if option not in read
        ]:
            raise click.UsageError(f"Missing, with nobody here to ask: {', '.join(missing)}")
    for option, (question, example) in _ASKED.items():
        if option not in read:
            asked = f"{question}, such as {example}"
            read[option] = click.prompt(asked, usual.get(option), value_proc=_reader(option), err=True)
    with commands.progress() as progress:
        paths = beginning.begin(folder, read["--name"], read["--base"], read["--language"], region, progress)
    own_files = [path for path in paths if not path.startswith(("dist/", ".dist"))]
    written: dict[str, Any] = {"number": len(own_files), "folder": f"{shown(folder)}/", "files": ", ".join(own_files)}
    commands.tell(said("{number} files in {folder}: {files}", **written))
    then = {"readme": shown(folder / "README.md"), "page": shown(folder / "dist" / "index.html")}
    commands.tell(said("What to do next: {readme}, or open {page}", **then))


def _reader(option: str) -> Any:
    return lambda text: _read(option, text)


def _read(option: str, text: str) -> Any:
    """Read what was given or answered: a text, or the list of languages; BadParameter with an example otherwise."""
    from graph.facts.info import base_faults, language_fault, name_fault

    if option == "--language":
        tags = text.replace(",", " ").replace("،", " ").split()
        faults = [*map(language_fault, tags), *(f"{tag} stands twice" for tag in set(tags) if tags.count(tag) > 1)]
        value: Any = tags
    else:
        faults = [name_fault(text)] if option == "--name" else base_faults(text)
        value = text
    if found := [fault for fault in faults if fault] or ["it is empty"] * (not value):
        raise click.BadParameter(f"{'; '.join(found)}; write it as in {_ASKED[option][1]}", param_hint=f"'{option}'")
    return value

"""`azetta sheet`: the tables as a workbook for a spreadsheet, and back."""

from __future__ import annotations

from pathlib import Path

import click

from graph import commands
from graph.commands._tables import Tables, tables
from graph.errors import OutputError, said, shown


def _names(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> list[str]:
    from graph.model.inputs import ROWS

    known = [Path(name).stem for name in ROWS]
    for value in values:
        if value not in known:
            raise click.BadParameter(f'"{value}" is not one of {", ".join(known)}')
    return [f"{name}.csv" for name in known if name in values or not values]


@click.command(cls=commands.Command)
@click.argument("names", metavar="[TABLE]...", nargs=-1, callback=_names)
@click.option("--in", "back", type=commands.FILE, help="Read this workbook back.")
@tables
def command(meant: Tables, names: list[str], back: Path | None) -> None:
    """Write the tables, or those that are named, into one workbook here, NAME.xlsx; with --in, read one back.

    Every cell is a text, so that the spreadsheet changes no code and no date; classes, properties, statuses, entities
    and sources are chosen from lists, and a sheet explains each column. With --in, the sheets that are called as tables
    are take the place of those tables, in the form of `format`; `undo` takes that back.

    \b
    Examples:
      python build.py sheet
      python build.py sheet entities claims
      python build.py sheet --in souss-massa.xlsx
    """
    if back is None:
        _write(names, meant)
    else:
        _read(names, back, meant.folder)


def _write(names: list[str], meant: Tables) -> None:
    from graph.curation import workbook
    from graph.facts import curated
    from graph.model import words

    data, terms = meant.folder, meant.ontology
    about = curated.about(data, terms)
    spoken = words.spoken({each: about.title[each] for each in about.languages})[0]
    content = workbook.write(workbook.read_tables(data, names), workbook.lists(terms, data), spoken, terms)
    path = Path(f"{about.name}.xlsx")
    if path.exists() and path.read_bytes() != content:
        message = said("{file} is there already: read it back with --in {file}, or delete it", file=str(path))
        raise OutputError(message)
    path.write_bytes(content)
    click.echo(f"{path}: {', '.join(Path(name).stem for name in names)}")


def _read(names: list[str], back: Path, data: Path) -> None:
    from graph.curation import step, workbook
    from graph.model.inputs import standing

    found = {name: content for name, content in workbook.read(back).items() if name in names}
    workbook.check_files(data, found)
    changed: dict[str, bytes | None] = {}
    for name, content in found.items():
        files = standing(data, name)
        if files != [name] or (data / name).read_bytes() != content:
            changed |= {**dict.fromkeys(files), name: content}
    if not changed:
        commands.tell(said("the tables hold the same already"))
        return
    told = {}
    for name, fresh in changed.items():
        was = (data / name).read_bytes() if (data / name).is_file() else b""
        more, gone = step.difference(was, fresh or b"")
        read = said("read from {file}: {more} lines written, {gone} taken out", file=back.name, more=more, gone=gone)
        told[name] = read if fresh else said("removed")
    what = f"sheet --in {back.name}"
    step.write(data, changed, what, commands.waiting(data))
    for name, change in told.items():
        commands.tell(said("{file}: {change}", file=shown(data / name), change=change))

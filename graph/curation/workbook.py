"""The tables as one workbook for a spreadsheet, and back: cells are texts, lists to choose from, columns explained."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.curation.canonical import whole, written
from graph.errors import DataError, OutputError, Problem, said, shown
from graph.facts import table
from graph.facts.curated import COLUMNS, DECIDED
from graph.facts.sheet import Unreadable
from graph.model import words
from graph.model.inputs import ROWS, parts, standing

if TYPE_CHECKING:
    from openpyxl import Workbook

    from graph.model.ontology import Class, Ontology, Property

#: Column → the list that it offers; a cell of those in `_FREE` may hold something else, or several.
_OFFERED = {
    "class": "class",
    "property": "property",
    "status": "status",
    "nature": "nature",
    "kind": "kind",
    "subject": "entity",
    "object": "entity",
    "entity": "entity",
    "source": "source",
}
#: The class of all that a dataset speaks of.
_THING = ("Entity",)
_FREE = {"class", "nature", "object"}
_LISTS = "lists"
_TEXT = "@"
_NEW_ROWS = 1000
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_tables(data: Path, names: Sequence[str]) -> dict[str, list[list[str]]]:
    """Give the rows of the tables of `data` that have those names and are there; DataError for what is unreadable."""
    check_files(data, names)
    found: dict[str, list[list[str]]] = {}
    problems: list[Problem] = []
    for name in names:
        for file in standing(data, name)[:1]:
            try:
                found[name] = whole(table.read(data / file, COLUMNS[name]).lines, COLUMNS[name])
            except Unreadable as exc:
                problems.append(Problem(shown(data / file), exc.line, exc.args[0]))
    if problems:
        raise DataError(problems)
    return found


def check_files(data: Path, names: Iterable[str]) -> None:
    """Raise DataError for each of the tables called so that has a folder of files: a sheet would hold but some rows."""
    several = said("a sheet holds a table of one file, and this one has several: edit them as they are")
    if problems := [Problem(shown(data / found[0]), 0, several) for name in names if (found := parts(data, name))]:
        raise DataError(problems)


def write(
    tables: Mapping[str, list[list[str]]], lists: Mapping[str, Sequence[str]], language: str, ontology: Ontology
) -> bytes:
    """Give the workbook that holds some tables, in the direction of a language of the interface, which explains it.

    `lists` are what cells may hold, by what `_OFFERED` calls them; their classes and properties are explained as
    `ontology` does. The same tables give the same bytes. Raises OutputError without openpyxl, DataError for a
    character that no workbook can hold.
    """
    try:
        from openpyxl import Workbook
    except ImportError as exc:
        raise OutputError(said("to write a workbook, install what it needs: pip install 'azetta[sheet]'")) from exc
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    explained = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))
    right = words.head(language)["direction"] == "rtl"
    language = next(each for each in (language, *words.then(language)) if each in explained["head"])
    for name, rows in tables.items():
        _fill(book, Path(name).stem, rows, right)
    guide = [*_guide(tables, explained, language), *_terms(tables, lists, ontology, language)]
    _fill(book, explained["head"][language][0], guide, right, wide=True)
    columns = [[what, *values] for what, values in lists.items()]
    height = max(map(len, columns))
    _fill(book, _LISTS, zip(*([*each, *[""] * (height - len(each))] for each in columns), strict=True), right)
    for name, rows in tables.items():
        _offer(book, Path(name).stem, rows, lists)
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def lists(ontology: Ontology, data: Path) -> dict[str, list[str]]:
    """Give what cells may hold: the terms of the ontology, and the ids of the tables of `data`."""
    ids = read_tables(data, ("sources.csv", "entities.csv"))
    return {
        "class": sorted(name for name, each in ontology.class_names.items() if _of_things([each], ontology)),
        "property": sorted(
            name
            for name, each in ontology.property_names.items()
            if _of_things(ontology.properties[each].domain or _THING, ontology)
        ),
        "status": [status.lower() for status in ontology.statuses],
        "nature": sorted(name.removeprefix("az:").lower() for name in ontology.concepts_of(["Nature"])),
        "kind": list(DECIDED),
        "entity": sorted(_ids(ids.get("entities.csv", []))),
        "source": sorted(_ids(ids.get("sources.csv", []))),
    }


def read(path: Path) -> dict[str, bytes]:
    """Give the tables that a workbook holds, in their form on disk, by name; DataError with all that is wrong in it."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        for sheet in table.workbook(path):
            name = f"{sheet.name}.csv"
            if name not in ROWS:
                continue
            problems += [Problem(shown(path), row, _of_sheet(sheet.name, told)) for row, told in sheet.faults]
            try:
                found[name] = written(name, whole(table.rows_of(sheet), COLUMNS[name]))
            except Unreadable as exc:
                problems.append(Problem(shown(path), exc.line, _of_sheet(sheet.name, exc.args[0])))
    except Unreadable as exc:
        problems.append(Problem(shown(path), exc.line, exc.args[0]))
    if not (found or problems):
        known = ", ".join(Path(name).stem for name in ROWS)
        problems.append(Problem(shown(path), 0, said("no sheet is called as a table is: {tables}", tables=known)))
    if problems:
        raise DataError(problems)
    return found


def _of_sheet(name: str, message: str) -> str:
    return said('sheet "{sheet}": {message}', sheet=name, message=message)


def _ids(rows: list[list[str]]) -> set[str]:
    return {row[rows[0].index("id")] for row in rows[1:]} if rows and "id" in rows[0] else set()


def _fill(book: Workbook, title: str, rows: Iterable[Sequence[str]], right: bool, *, wide: bool = False) -> None:
    """Add a sheet of texts, its first row the head; the last column of a `wide` one holds sentences."""
    from openpyxl.styles import Font
    from openpyxl.utils.exceptions import IllegalCharacterError

    sheet: Any = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = right
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            try:
                cell = sheet.cell(number, column, text or None)
            except IllegalCharacterError as exc:
                told = said("a character of this row cannot stand in the data: `check` names it")
                raise DataError([Problem(title, number, told)]) from exc
            cell.number_format = _TEXT
            if text:
                cell.data_type = "s"  # whatever it begins with: never a formula
            if number == 1:
                cell.font = Font(bold=True)
                about = sheet.column_dimensions[cell.column_letter]
                about.width, about.number_format = 90 if wide and column == len(row) else 22, _TEXT


def _guide(tables: Mapping[str, list[list[str]]], explained: Mapping[str, Any], language: str) -> list[list[str]]:
    guide = [explained["head"][language][1:]]
    for name, rows in tables.items():
        for column in rows[0]:
            told = explained.get(column) or explained.get(re.sub("_.*", "_*", column)) or {}
            guide.append([Path(name).stem, column, told.get(language, "")])
    return guide


def _of_things(classes: Iterable[str], ontology: Ontology) -> bool:
    """Tell whether one of some classes is of what a dataset speaks of, and not of how it says so."""
    return any(_THING[0] in ontology.ancestors(each) for each in classes if each in ontology.classes)


def _terms(
    tables: Mapping[str, object], lists: Mapping[str, Sequence[str]], ontology: Ontology, language: str
) -> Iterator[list[str]]:
    """Explain each class and property that is offered: its name, between what a property leads, and its comment."""

    def called(term: Class | Property) -> str:
        return term.labels.get(language) or next(iter(term.labels.values()), "")

    def ends(classes: Iterable[str]) -> str:
        return ", ".join(called(ontology.classes[each]) if each in ontology.classes else each for each in classes)

    for name in lists["class"] if "entities.csv" in tables else ():
        kind = ontology.classes[ontology.class_names[name]]
        yield ["entities", f"class = {name}", _sentence(called(kind), kind.comments.get(language))]
    for name in lists["property"] if "claims.csv" in tables else ():
        prop = ontology.properties[ontology.property_names[name]]
        between = f"{called(prop)}: {ends(prop.domain) or '…'} → {ends(prop.range) or '…'}"
        yield ["claims", f"property = {name}", _sentence(between, prop.comments.get(language))]


def _sentence(name: str, comment: str | None) -> str:
    return f"{name}. {comment}" if comment else name


def _offer(book: Workbook, title: str, rows: list[list[str]], lists: Mapping[str, Sequence[str]]) -> None:
    """Let cells of a sheet be chosen from lists; another text is asked about, or is free."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(rows[0], 1):
        if column not in _OFFERED:
            continue
        place = get_column_letter(1 + list(lists).index(_OFFERED[column]))
        last = 1 + max(1, len(lists[_OFFERED[column]]))
        rule = DataValidation("list", formula1=f"{_LISTS}!${place}$2:${place}${last}", allow_blank=True)
        rule.errorStyle, rule.showErrorMessage = "warning", column not in _FREE
        letter = get_column_letter(number)
        rule.add(f"{letter}2:{letter}{len(rows) + _NEW_ROWS}")
        book[title].add_data_validation(rule)


def _timeless(content: bytes) -> bytes:
    """Write an archive again without the clock: neither its entries nor the properties of the document tell a time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            held = old.read(name)
            if name == "docProps/core.xml":
                held = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", held)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), held, zipfile.ZIP_DEFLATED)
    return stream.getvalue()

"""Several datasets as one: their tables put together in a folder that is gone afterwards, each line known by its place.

The first one gives `dataset.toml`. What two of them have by one id is one thing, and must be told alike.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.curation import canonical
from graph.errors import DataError, PartLine, Problem, Said, said, shown
from graph.facts import curated, table
from graph.model import ontology as models
from graph.model.inputs import (
    COASTLINE,
    DECISIONS,
    MOVED,
    OWN_ONTOLOGY,
    PASSAGES,
    PICTURES,
    ROWS,
    SHAPES,
    TABLES,
    place,
    questions,
    rules,
)
from graph.model.iris import Iris
from graph.system.scratch import scratch

#: What makes two lines one: these columns, or all of them.
_KEYS = {"sources.csv": ("id",), "entities.csv": ("id",), PASSAGES: ("source", "start", "end"), MOVED: ("old",)}
_KEYS[DECISIONS] = ("kind", "a", "b", "source")
#: Columns of which a line has what either says.
_JOINED = ("alt_", "hidden_", "translated")
_Place = tuple[Path, int]


@dataclass
class Union:
    """The folder that holds all of it, and where each line of its files comes from."""

    data: Path
    places: dict[str, list[_Place]] = field(default_factory=dict)

    def placed(self, problem: Problem) -> Problem:
        """Give a problem of the union where the curators find it: in the file and on the line of theirs."""
        known = {shown(self.data / name): name for name in self.places}
        name = known.get(problem.file, "")
        if not name:
            return problem
        path, line = self._place(name, problem.line)
        return problem._replace(file=shown(path), line=line, message=self._said(problem.message, name))

    def _place(self, name: str, line: int) -> _Place:
        return self.places[name][line - 1] if line else (self.places[name][0][0], 0)

    def _said(self, message: str, name: str) -> str:
        """Have a message that names another line name its file too."""
        if not isinstance(message, Said):
            return message
        values = {
            key: self._said(value, name) if isinstance(value, str) else value for key, value in message.values.items()
        }
        if str(values.get("line", "")).isdecimal():
            path, line = self._place(name, int(values["line"]))
            values["line"] = f"{line} ({shown(path)})"
        return said(message.template, **values)


@contextmanager
def of(named: Sequence[str], ontology: Path) -> Iterator[Union]:
    """Put datasets together for as long as it is asked for; DataError names what is wrong in each, or told in two ways.

    Problems that are raised meanwhile come out with the places of the datasets themselves.
    """
    folders = [Path(os.path.normpath(folder)) for folder in named]
    ids = _ids(folders, ontology)
    with scratch() as data:
        union = Union(data)
        clashes = [clash for name in ROWS for clash in _join(union, name, folders, ids)]
        clashes += _copy(union, folders)
        if clashes:
            raise DataError(clashes)
        try:
            yield union
        except DataError as error:
            raise DataError(map(union.placed, error.problems), map(union.placed, error.warnings)) from None


def _ids(folders: Sequence[Path], ontology: Path) -> dict[Path, dict[str, str]]:
    """Read each dataset by itself; give the ids that its claims have under the base of the first."""
    problems: list[Problem] = []
    ids: dict[Path, dict[str, str]] = {}
    base = ""
    for folder in folders:
        found = curated.read(folder, models.load(ontology, folder))
        problems += found.problems
        if found.facts:
            base = base or found.facts.info.base
            iris = Iris(base)
            ids[folder] = {claim.id: iris.claim_id(claim) for claim in found.facts.claims}
    if problems:
        raise DataError(problems)
    return ids


def _join(union: Union, name: str, folders: Sequence[Path], ids: Mapping[Path, Mapping[str, str]]) -> list[Problem]:
    """Write one table of the union; give where two datasets say different things of one id."""
    clashes: list[Problem] = []
    found: dict[tuple[str, ...], tuple[dict[str, str], _Place]] = {}
    columns: dict[str, None] = {}
    for folder in folders:
        for (path, line), row in _rows(folder, name):
            if name in {DECISIONS, MOVED}:
                row = {column: _renamed(cell, ids[folder]) for column, cell in row.items()}
            columns |= dict.fromkeys(row)
            key = tuple(row[column] for column in _KEYS.get(name, tuple(row)))
            here = path, line
            first, there = found.setdefault(key, (row, here))
            if there[0] != here[0] and name in _KEYS:
                clashes += _merge(first, there, row, here) if name not in {DECISIONS, MOVED} else ()
    lines = [list(columns), *([row.get(column, "") for column in columns] for row, _ in found.values())]
    (union.data / name).write_text(table.written(lines), encoding="utf-8", newline="")
    header = Path(place(folders[0], name)), 1
    union.places[name] = [header, *(at for _, at in found.values())]
    return clashes


def _rows(folder: Path, name: str) -> Iterator[tuple[_Place, dict[str, str]]]:
    for path, _, rows in canonical.stored(folder, name):
        for line, row in rows.items():
            yield (path, line.own if isinstance(line, PartLine) else line), row


def _renamed(cell: str, ids: Mapping[str, str]) -> str:
    """Give what a claim is called in the union."""
    kind = "claim/" if cell.startswith("claim/") else ""
    name = cell.removeprefix(kind)
    return kind + ids.get(name, name)


def _merge(first: dict[str, str], there: _Place, row: Mapping[str, str], here: _Place) -> Iterator[Problem]:
    """Have a line say what another says too; find what the two say differently."""
    for column, cell in row.items():
        known = first.get(column, "")
        if column.startswith(_JOINED):
            first[column] = "|".join(dict.fromkeys(filter(None, [*known.split("|"), *cell.split("|")])))
        elif known and cell and sorted(known.split("|")) != sorted(cell.split("|")):
            message = said(
                '"{id}" has "{value}" in column {column}, and "{other}" in {file}, line {line}: make the two alike',
                id=row.get("id", ""),
                value=cell,
                column=column,
                other=known,
                file=shown(there[0]),
                line=str(there[1]),
            )
            yield Problem(shown(here[0]), here[1], message)
        else:
            first[column] = known or cell


def _copy(union: Union, folders: Sequence[Path]) -> list[Problem]:
    """Put the files that are no tables of rows together; give what two of them say differently."""
    clashes: list[Problem] = []
    shutil.copyfile(folders[0] / TABLES[0], union.data / TABLES[0])
    for name in (TABLES[0], COASTLINE):
        found = [folder / name for folder in folders if (folder / name).is_file()][:1]
        for path in found:
            shutil.copyfile(path, union.data / name)
            union.places[name] = [(path, line) for line in range(1, path.read_bytes().count(b"\n") + 2)]
    for path in folders[0].iterdir():
        if path.suffix in PICTURES:  # dataset.toml may name one
            shutil.copyfile(path, union.data / path.name)
    for name in (OWN_ONTOLOGY, SHAPES):
        paths = list({path.read_bytes(): path for folder in folders if (path := folder / name).is_file()}.values())
        clashes += _differing(paths) if name == OWN_ONTOLOGY else []
        if paths:
            texts = {path: path.read_text(encoding="utf-8-sig").rstrip("\n") + "\n" for path in paths}
            (union.data / name).write_text("".join(texts.values()), encoding="utf-8", newline="")
            union.places[name] = [(path, n) for path, text in texts.items() for n in range(1, text.count("\n") + 1)]
    for folder in folders:
        for path in map(Path, (*rules(folder), *questions(folder))):
            target = union.data / path.relative_to(folder)
            if target.is_file() and target.read_bytes() != path.read_bytes():
                clashes.append(Problem(shown(path), 0, said("another dataset has another file of this name")))
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)
    return clashes


def _differing(paths: Sequence[Path]) -> list[Problem]:
    """Find the terms that two datasets describe differently."""
    described: dict[str, tuple[Path, set[str]]] = {}
    clashes = []
    for path in paths:
        for subject, texts in _described(path).items():
            first, known = described.setdefault(subject, (path, texts))
            if known != texts:
                message = said(
                    "{term} is described otherwise in {file}: make the two alike", term=subject, file=shown(first)
                )
                clashes.append(Problem(shown(path), 0, message))
    return clashes


def _described(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in parse(path.read_bytes(), RdfFormat.TURTLE):
        found.setdefault(str(quad.subject), set()).add(str(quad.triple))
    return found

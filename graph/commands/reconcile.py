"""`azetta reconcile`: which things of the dataset the names in a table mean."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import NamedNode

from graph import commands
from graph.errors import DataError, QueryError, one_line, said, shown
from graph.model.suggestion import suggestion
from graph.model.vocabulary import contract

if TYPE_CHECKING:
    from graph.store.store import Store

_COLUMNS = ("id", "score", "candidates")
_QUOTED = re.compile('"[^"]*"')


@click.command(cls=commands.Command)
@click.argument("file", metavar="TABLE", type=commands.FILE)
@click.option("--column", required=True, metavar="NAME", help="The column that holds the names.")
@click.option("--type", "kind", metavar="CLASS", help="Only things of this class, such as City.")
@commands.endpoint
@commands.data
@commands.of_build
def command(file: Path, column: str, kind: str | None, endpoint: str | None, data: str | None, out: str | None) -> None:
    """Find what the names in a column of a CSV table mean, and write the table with that to standard output.

    Three columns are added: the id, where one thing alone is called so in any language and spelling; the score of the
    likeliest, from 0 to 100; and what else may be meant, with its score. Cells end with commas, semicolons or tabs.

    \b
    Examples:
      python build.py reconcile places.csv --column city > places-with-ids.csv
      python build.py reconcile partners.csv --column nom --type Organization
    """
    commands.apart(endpoint, data=data, out=out, at=None)
    from graph import asking
    from graph.model import spreadsheet

    store = asking.store_at(endpoint, data, out)
    with file.open(encoding="utf-8-sig", newline="") as stream, _read(file):
        separator = max(",;\t", key=_QUOTED.sub("", stream.readline()).count)
        stream.seek(0)
        rows = csv.reader(stream, delimiter=separator, strict=True)
        header = next(rows, [])
        if column not in header:
            there = one_line(" | ".join(header))[:200]
            near = suggestion(column, header, curly=True) or said("; there are: {names}", names=there)
            raise QueryError(said("{file} has no column “{column}”{hint}", file=shown(file), column=column, hint=near))
        answer = _answers(store, kind, header.index(column))
        even = (_even(file, number, row, len(header)) for number, row in enumerate(rows, 2))
        spreadsheet.write(sys.stdout.buffer, [*header, *_COLUMNS], map(answer, even), separator)


def _answers(store: Store, kind: str | None, place: int) -> Callable[[list[str]], list[object]]:
    """Give what adds the three columns to a row whose name stands in the column at `place`."""
    from graph.store import matching

    matcher = matching.of_store(store)
    kinds = {contract(NamedNode(iri)): iri for iri in matcher.kinds}
    if kind and kind not in kinds:
        near = suggestion(kind, kinds, curly=True)
        raise QueryError(said("nothing here is of the class “{kind}”{hint}", kind=kind, hint=near))

    @lru_cache(maxsize=65536)
    def found(name: str) -> tuple[object, ...]:
        matches = matcher.find(name, [kinds[kind]] if kind else [])
        same = [match for match in matches if match.same]
        ids = {match.named.iri: match.named.iri.removeprefix(store.base) for match in matches}
        others = "|".join(f"{ids[match.named.iri]} ({match.score})" for match in matches if len(same) != 1)
        return ids[same[0].named.iri] if len(same) == 1 else "", matches[0].score if matches else "", others

    return lambda row: [*row, *found(row[place])]


def _even(file: Path, number: int, row: list[str], width: int) -> list[str]:
    """Give a row as many cells as the header has: what is added stands under its own name."""
    if any(row[width:]):
        raise DataError.at(file, f"row {number} has more cells than the {width} of the first")
    return [*row, *[""] * (width - len(row))][:width]


@contextmanager
def _read(file: Path) -> Iterator[None]:
    """Tell what is wrong with a table as it is read."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise DataError.at(file, "is not UTF-8: save it as CSV UTF-8") from error
    except csv.Error as error:
        raise DataError.at(file, f"is no CSV: {error}") from error

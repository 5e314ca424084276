"""An answer to be read, sorted and pasted: a table whose cells are names, and beside it the ids of what is named.

A column that holds things has their names under its own heading; their ids follow after all names, in a column of
their own. Where nothing in a column has a name, it holds the ids. An id is what the tables of `data/` write: the slug
of a thing of the dataset, `az:presidentOf`, else the IRI.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.errors import QueryError, said
from graph.store.answer import Binding
from graph.store.plain import plain
from graph.store.results import Rows, styled


@dataclass(frozen=True, slots=True)
class ReadableTable:
    """A table of plain values under their headings; `right_to_left` where its language is written so."""

    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    right_to_left: bool = False


def sheet(
    found: Rows,
    prefixes: Mapping[str, str],
    labels: Mapping[str, str],
    heading: str = "{x} (id)",
    right_to_left: bool = False,
) -> ReadableTable:
    """Lay out the rows of an answer; `labels` names things by IRI, `heading` says how a column of ids is headed."""
    short = styled({name: iri for name, iri in prefixes.items() if name})
    base = prefixes.get("", "")

    def identifier(cell: Binding) -> str:
        if not isinstance(cell, NamedNode):
            return ""
        iri = cell.value
        own = bool(base) and iri.startswith(base) and iri != base
        return iri[len(base) :] if own else short(cell).strip("<>")

    def named(cell: Binding) -> object:
        if isinstance(cell, NamedNode):
            return labels.get(cell.value, identifier(cell))
        return "" if cell is None else plain(cell)

    heads, ids, columns, apart = [], [], [], []
    for index, name in enumerate(found.columns):
        cells = [row[index] for row in found.terms]
        heads.append(found.titles.get(name, name))
        columns.append([named(cell) for cell in cells])
        if any(isinstance(cell, NamedNode) and cell.value in labels for cell in cells):
            ids.append(heading.format(x=heads[-1]))
            apart.append([identifier(cell) for cell in cells])
    rows = zip(*columns, *apart, strict=True) if columns else ()
    return ReadableTable((*heads, *ids), tuple(rows), right_to_left)


def _text(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _csv(table: ReadableTable) -> bytes:
    from graph.model import spreadsheet

    stream = io.BytesIO()
    spreadsheet.write(stream, table.heads, [[_text(cell) for cell in row] for row in table.rows])
    return stream.getvalue()


def _markdown(table: ReadableTable) -> bytes:
    """Write a table of GitHub Flavored Markdown (https://github.github.com/gfm/#tables-extension-)."""
    lines = [table.heads, ["---"] * len(table.heads), *([_text(cell) for cell in row] for row in table.rows)]
    return "".join(f"| {' | '.join(map(_in_markdown, line))} |\n" for line in lines).encode()


def _in_markdown(cell: str) -> str:
    text = " ".join(cell.replace("\\", "\\\\").split())
    return "".join(f"\\{sign}" if sign in "|*_`[]<>&~" else sign for sign in text)


def _xlsx(table: ReadableTable) -> bytes:
    """Write a workbook of one sheet: the head is frozen, numbers are numbers, and no text is run as a formula."""
    try:
        from graph.store import workbook
    except ModuleNotFoundError as error:
        needs = said("to write a workbook, install what it needs: pip install 'azetta[sheet]'")
        raise QueryError(needs) from error
    return workbook.written(table.heads, table.rows, table.right_to_left)


WRITERS: dict[str, Callable[[ReadableTable], bytes]] = {"csv": _csv, "xlsx": _xlsx, "md": _markdown}

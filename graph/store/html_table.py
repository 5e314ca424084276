"""The rows of an answer as HTML, which is how a notebook shows them: the first, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from pyoxigraph import Literal, NamedNode

from graph.model.words import head, said
from graph.store.answer import Binding

_SHOWN = 20


def html(
    heads: Sequence[str], rows: Sequence[Sequence[Binding]], style: Callable[[Binding], str], language: str
) -> str:
    """Give a table that is written as `language` is; the IRI of what is shown by a name is its title."""
    words, direction = said(language, "page"), head(language)["direction"]
    aligned = f"text-align:{'right' if direction == 'rtl' else 'left'}"
    side = f' style="{aligned};max-width:20em;overflow-wrap:break-word"'
    top = "".join(f"<th{side}><bdi>{escape(each)}</bdi></th>" for each in heads)
    lines = "".join(f"<tr>{''.join(_cell(cell, style, side) for cell in row)}</tr>" for row in rows[:_SHOWN])
    several = len(rows) > _SHOWN
    count = words["rows"].format(n=words["nOfM"].format(n=_SHOWN, m=len(rows)) if several else len(rows))
    return (
        f'<table lang="{language}" dir="{direction}"><caption style="{aligned}">{escape(count)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(cell: Binding, style: Callable[[Binding], str], side: str) -> str:
    about = ""
    if isinstance(cell, Literal) and cell.language:
        about = f' lang="{escape(cell.language)}"'
    elif isinstance(cell, NamedNode):
        about = f' title="{escape(cell.value)}"'
    return f"<td{side}><bdi{about}>{escape(style(cell))}</bdi></td>"

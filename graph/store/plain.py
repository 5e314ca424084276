"""A term as a plain value of Python."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Literal, NamedNode

from graph.store.answer import Binding


def plain(cell: Binding) -> object:
    """Turn a term into a plain value; a number that Python cannot read, like any other literal, stays text."""
    if cell is None:
        return None
    if not isinstance(cell, Literal):
        return cell.value if isinstance(cell, NamedNode) else str(cell)
    kind = cell.datatype.value.rpartition("#")[2]
    try:
        return _READERS[kind](cell.value) if kind in _READERS else cell.value
    except (ValueError, ArithmeticError):
        return cell.value


def _decimal(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)


_READERS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "int": int,
    "long": int,
    "nonNegativeInteger": int,
    "decimal": _decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in {"true", "1"},
}

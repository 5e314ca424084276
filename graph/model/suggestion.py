"""What may have been meant by a word that nothing is called: the one "did you mean" of messages about data and queries.

>>> suggestion("agadirr", ["agadir", "tiznit"])
'; did you mean "agadir"?'
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import Said, either, said


def nearest(word: str, known: Iterable[str], most: int = 1, likeness: float = 0.6) -> list[str]:
    """Give at most so many of the `known` names that resemble `word` (`likeness` from 0 to 1), the nearest first."""
    from difflib import get_close_matches  # only a mistake needs it

    return get_close_matches(word, list(known), most, likeness)


def suggestion(word: str, known: Iterable[str], most: int = 1, likeness: float = 0.6, *, curly: bool = False) -> str:
    """Ask whether one of the nearest names was meant, as the end of a message; empty when none is near.

    The names stand in the quotation marks of the language in which the message is told, in English `curly` or not.
    """
    return question(nearest(word, known, most, likeness), curly=curly)


def question(names: Iterable[str], *, curly: bool = False) -> str:
    """Ask whether one of these names was meant, as the end of a message; empty when there is none."""
    near = [_quoted(name, curly=curly) for name in names]
    return said("; did you mean {near}?", near=either(near)) if near else ""


def named(id_: str, label: str) -> Said:
    """Show an id with what it is called, as one that may be meant."""
    return said('"{id}" ({label})', id=id_, label=label)


def _quoted(name: str, *, curly: bool) -> str:
    if isinstance(name, Said):
        return name
    return said("“{name}”", name=name) if curly else said('"{name}"', name=name)

"""The words of the interface, each once: one file per language, and the files are the list of languages.

The page, the server's pages and the command line take theirs from here. In a file, `[shared]` is said in several of
those places, `[page]`, `[server]` and `[commands]` in one; `[columns]` names the columns of answers, by variable.

>>> said("fr", "server")["sparql"]
'Requête SPARQL'
"""

from __future__ import annotations

import os
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FOLDER = os.path.dirname(__file__)

_WITHOUT_INTERFACE = {"zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ"}


@cache
def languages() -> tuple[str, ...]:
    """Give the tags of the interface's languages, by their rank: the first is spoken to who asks for none of them."""
    tags = [name.removesuffix(".toml") for name in os.listdir(FOLDER) if name.endswith(".toml")]
    return tuple(sorted(tags, key=lambda tag: (head(tag)["rank"], tag)))


@cache
def head(language: str) -> dict[str, str]:
    """Say how a language is written: its own `name`, a `short` one, its `direction` and the `locale` of its dates."""
    found: dict[str, str] = _parsed(_text(language).partition("\n[")[0])
    return found


def said(language: str, place: str = "shared") -> dict[str, str]:
    """Give the words of `page`, `server` or `commands`, with those that are shared; without a place, these."""
    tables = _tables(language)
    return {**tables["shared"], **tables[place]}


def columns(language: str) -> dict[str, str]:
    """Give what the columns of answers are called, by variable."""
    return _tables(language)["columns"]


def names() -> dict[str, str]:
    """Give what languages call themselves, those of the interface and others that names are known in, by tag."""
    return _WITHOUT_INTERFACE | {tag: head(tag)["name"] for tag in languages()}


@cache
def _tables(language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = _parsed(_text(language))
    return {name: table for name, table in found.items() if name not in head(language)}


def _text(language: str) -> str:
    with open(os.path.join(FOLDER, f"{language}.toml"), encoding="utf-8") as stream:
        return stream.read()


def _parsed(text: str) -> Any:
    import tomllib  # here, since a query without labels says none of these words

    return tomllib.loads(text)

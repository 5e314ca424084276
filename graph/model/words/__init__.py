"""The words of the interface, each once: one file per language, and the files are the list of languages.

The page, the server's pages and the command line take theirs from here. In a file, `[shared]` is said in several of
those places, `[page]`, `[server]` and `[commands]` in one; `[columns]` names the columns of answers, by variable.

>>> said("fr", "server")["sparql"]
'Requête SPARQL'
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FOLDER = os.path.dirname(__file__)


@cache
def languages() -> tuple[str, ...]:
    """Give the tags of the interface's languages, by their rank: the first is spoken to who asks for none of them."""
    tags = [name.removesuffix(".toml") for name in os.listdir(FOLDER) if name.endswith(".toml")]
    return tuple(sorted(tags, key=lambda tag: (head(tag)["rank"], tag)))


@cache
def head(language: str) -> dict[str, Any]:
    """Say how a language is written: its `name`, a `short` one, `direction`, `script`, and the `locale` of its dates.

    The script is called as Unicode calls its letters. One that lacks words names others to say them, by `then`.
    """
    found: dict[str, Any] = _parsed(_text(language).partition("\n[")[0])
    return found


def written_in(text: str) -> str | None:
    """Give the language that a curator wrote a sentence in, by two of its common words; None where they tell none.

    >>> written_in("The term was over."), written_in("Le mandat est échu."), written_in("Agadir")
    ('en', 'fr', None)
    """
    there = text.casefold().split()
    counts = {tag: sum(map(there.count, head(tag)["common"].split())) for tag in languages()}
    most = max(counts.values())
    found = [tag for tag, count in counts.items() if count == most]
    return found[0] if most > 1 and len(found) == 1 else None


def spoken(titles: Mapping[str, str]) -> list[str]:
    """Give the interface's languages for a dataset with these titles, by language and its first one first.

    Of those that it is in, the ones spoken here; where none is, one of ours. What takes the place of a first language
    that is not spoken is written in the same script, if any is.

    >>> spoken({"ar": "واد", "fr": "Vallée"}), spoken({"de": "Tal", "ar": "واد", "fr": "Vallée"}), spoken({"de": "Tal"})
    (['ar', 'fr'], ['fr', 'ar'], ['fr'])
    """
    own = [language for language in titles if language in languages()]
    if own[:1] != [*titles][:1]:
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in next(iter(titles.values()))}
        own.sort(key=lambda language: head(language)["script"] not in scripts)
        return own or sorted(languages(), key=lambda language: head(language)["script"] not in scripts)[:1]
    return own or [languages()[0]]


def order(language: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the languages in which a name is looked for: a reader's, those of the dataset (`own`), the interface's.

    Before another script is shown, all that are written in the reader's are tried.

    >>> order("es", ["ar", "fr"])[:3]
    ('es', 'fr', 'en')
    """
    scripts = {tag: head(tag)["script"] for tag in languages()}
    known = dict.fromkeys((language, *own, *languages()))
    return tuple(sorted(known, key=lambda tag: tag != language and scripts.get(tag) != scripts.get(language)))


def said(language: str, place: str = "shared", own: Iterable[str] = ()) -> dict[str, str]:
    """Give the words of `page`, `server` or `commands`, with those that are shared; without a place, these.

    What the language lacks is lent by another, those of the dataset (`own`) first: `lent` says by which.
    """
    lenders = lent(language, place, own)
    return _own(language, place) | {key: _own(tag, place)[key] for key, tag in lenders.items()}


def lent(language: str, place: str, own: Iterable[str] = ()) -> dict[str, str]:
    """Say which words of a place, by key, a language lacks, and the language whose word stands there.

    >>> lent("zgh", "server")["original"], lent("zgh", "server", ["fr", "zgh"])["original"], lent("fr", "server")
    ('ar', 'fr', {})
    """
    lenders: dict[str, str] = {}
    for tag in then(language, own):
        lenders = dict.fromkeys(_own(tag, place), tag) | lenders
    return {key: tag for key, tag in lenders.items() if key not in _own(language, place)}


def then(language: str, own: Iterable[str] = ()) -> list[str]:
    """Name the languages that lend words to one that lacks some: those of the dataset (`own`) before the others."""
    declared: Iterable[str] = head(language).get("then", ())
    first = [*own]
    return sorted(declared, key=lambda tag: tag not in first)


def columns(language: str) -> dict[str, str]:
    """Give what the columns of answers are called, by variable; what the language lacks, as another says it."""
    return said(language, "columns")


def own_columns(language: str) -> dict[str, str]:
    """Give what the columns of answers are called in a language, but for those that it has no word for."""
    return _own(language, "columns")


def names() -> dict[str, str]:
    """Give what the languages of the interface call themselves, by tag."""
    return {tag: head(tag)["name"] for tag in languages()}


def _own(language: str, place: str) -> dict[str, str]:
    tables = _tables(language)
    return tables[place] if place == "columns" else {**tables["shared"], **tables[place]}


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

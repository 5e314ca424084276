"""Messages in the curator's language: catalogues in `words/messages`, by the English template of `errors.said`.

>>> told(said("{column} is missing", column="source"), "fr")
'la colonne source est vide : remplissez-la'
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from graph.errors import AzettaError, DataError, Problem, Said, said
from graph.model import words

LANGUAGES = ("ar", "en", "es", "fr")
_FOLDER = os.path.join(os.path.dirname(__file__), "words", "messages")
_LEVELS = {"warning": said("warning: "), "note": said("note: ")}
_ISOLATED = "\u2068{}\u2069"  # a name in Latin letters does not turn the order of an Arabic line


def of_locale(environment: Mapping[str, str]) -> str:
    """Give the language that the locale asks for; English where it asks for none that is spoken here."""
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    language = locale.replace(".", "_").partition("_")[0]
    return language if language in LANGUAGES else "en"


def spoken(asked: str | None = None) -> str:
    """Give the language to speak: the one that is asked for, if it is spoken here, else that of the locale."""
    return asked if asked in LANGUAGES else of_locale(os.environ)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Give what is said in `language` for each English template; nothing for English."""
    import tomllib

    if language == "en":
        return {}
    with open(os.path.join(_FOLDER, f"{language}.toml"), "rb") as file:
        return tomllib.load(file)


def told(message: str, language: str) -> str:
    """Give a message in `language`; as it stands where it has no translation."""
    if not isinstance(message, Said):
        return message
    if language in message.others:
        return message.others[language]
    if not (template := catalogue(language).get(message.template)):
        return message
    values = {
        name: number(value, language) if isinstance(value, int) else told(value, language)
        for name, value in message.values.items()
    }
    if language == "ar":
        values = {name: _ISOLATED.format(value) for name, value in values.items()}
    return template.format(**values)


def fault(error: AzettaError, language: str) -> str:
    """Give what is wrong in `language`: each problem of the data on a line."""
    if isinstance(error, DataError):
        return "\n".join(problem(each, language) for each in error.problems)
    return told(error.args[0], language)


def number(count: int, language: str) -> str:
    """Give a count as `language` writes it.

    >>> number(10400, "en"), number(10400, "fr")
    ('10,400', '10\u202f400')
    """
    return f"{count:,}".replace(",", words.head(language)["thousands"])


def problem(found: Problem, language: str) -> str:
    """Give a problem in `language`: its place first, then what is wrong."""
    level = told(_LEVELS.get(found.level, ""), language)
    message = level + told(found.message, language)
    place = str(found._replace(message="", level="error"))
    return place + (_ISOLATED.format(message) if language == "ar" and isinstance(found.message, Said) else message)

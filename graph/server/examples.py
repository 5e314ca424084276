"""The documented questions, as examples on the query page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from graph.model.labels import LabelResolver
from graph.store import question


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its title and description, the language they are in, and the link that puts its query on the page."""

    title: str
    description: str
    language: str
    href: str


def examples(languages: Sequence[str], own: Iterable[question.Question] = ()) -> list[Example]:
    """Give the documented questions, the dataset's `own` first, in the first of `languages` that each has.

    Parameters are left open.
    """
    return [*(_example(each, languages) for each in own), *_general(tuple(languages))]


@cache
def _general(languages: tuple[str, ...]) -> list[Example]:
    return [_example(question.load(name), languages) for name in question.names()]


def _example(asked: question.Question, languages: Sequence[str]) -> Example:
    title, language = LabelResolver(languages).chosen(asked.titles)
    href = "/query?" + urlencode({"lang": languages[0], "query": asked.text})
    return Example(title, asked.descriptions.get(language, ""), language, href)

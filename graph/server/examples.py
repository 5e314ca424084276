"""The documented questions, as examples on the query page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its title and description in one language, and the link that puts its query on the page."""

    title: str
    description: str
    href: str


def examples(language: str) -> list[Example]:
    """Give the documented questions in `language`."""
    return []

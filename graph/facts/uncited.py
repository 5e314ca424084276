"""What of a text no claim cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from graph.facts.spelling import fold
from graph.model.records import Span


def uncited(text: str, cited: Iterable[Span], language: str) -> Iterator[Span]:
    """Give the stretches outside `cited` that hold more than punctuation and connecting words of `language`."""
    connecting = _connecting(language)
    position = 0
    for start, end in [*sorted(cited), (len(text), len(text))]:
        if start > position:
            stretch = _trimmed(text, position, start)
            if stretch and not connecting.fullmatch(fold(text[slice(*stretch)]).text):
                yield stretch
        position = max(position, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    inside = [index for index in range(start, end) if text[index].isalnum()]
    return (inside[0], inside[-1] + 1) if inside else None


@lru_cache
def _connecting(language: str) -> re.Pattern[str]:
    """Match a folded stretch that holds nothing but connecting words and punctuation."""
    import tomllib

    phrases = tomllib.loads(resources.files("graph.facts").joinpath("connectives.toml").read_text(encoding="utf-8"))
    known = (fold(phrase).text for phrase in phrases.get(language.partition("-")[0], ()))
    words = [r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(known, key=len, reverse=True)]
    return re.compile(rf"(?:(?<!\w)(?:{'|'.join(words)})(?!\w)|[\W_])*" if words else r"[\W_]*")

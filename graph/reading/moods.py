"""How a sentence says what it says: as done, as going on, as a plan, as a mere idea, as hearsay, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.facts.spelling import Folded
from graph.model.records import Span
from graph.reading.ends import Phrase, Setting
from graph.reading.language import Language
from graph.reading.phrases import Marker

_BEFORE, _NEGATED, _AFTER = 120, 18, 5  # how far from a phrase a word may stand that changes what it says
_DOUBT = 0.8
_BREAK = re.compile("[;:؛]")
_COMMA = re.compile("[,،]")


def moods(sentence: Folded, offset: int, language: Language) -> list[Marker]:
    """Give the words that change what a sentence says, and verbs of the future; it begins at `offset` of the text."""
    found = language.mood.within(sentence, offset)
    for match in language.future.finditer(sentence.text):
        start, end = sentence.span(match.start(), match.end())
        found.append(Marker("planned", start + offset, end + offset))
    return found


def status_of(phrase: Phrase, span: Span, found: Sequence[Marker], setting: Setting) -> tuple[str, float]:
    """Give the status of what a phrase says with its ends, none where it is denied, and how far to trust it.

    Of the words in its clause, and of those between it and its ends, the nearest counts; else it is as the cue tells.
    """
    at = phrase.start, phrase.end
    begin = max(span[0], _clause(at[0], setting)) if phrase.cue.within else _clause(at[0], setting)
    near = [each for each in found if begin <= each.start < span[1] or _behind(each, at[1], setting)]
    near = [each for each in near if not _closed(each, at[0], setting)]
    if any(each.key == "negated" and each.start < at[0] <= each.end + _NEGATED for each in near):
        return "", 0
    doubt = _DOUBT if any(each.key == "reported" for each in near) else 1
    told = [each for each in near if each.key not in ("negated", "reported")]
    nearest = min(told, key=lambda each: (_distance(each, at), each.key != "planned"), default=None)
    return (phrase.cue.status if nearest is None or nearest.key == "stated" else nearest.key), doubt


def _behind(mood: Marker, end: int, setting: Setting) -> bool:
    """Tell whether a word stands right behind a phrase, with no comma between."""
    return end <= mood.start <= end + _AFTER and not _COMMA.search(setting.text, end, mood.start)


def _clause(start: int, setting: Setting) -> int:
    """Give where the clause of a phrase begins: after a relative word that opens it, or a strong sign."""
    text, first = setting.text, max(setting.sentence[0], start - _BEFORE)
    signs = (match.end() for match in _BREAK.finditer(text, first, start))
    opened = (
        each.start
        for each in setting.bonds
        if each.key == "relative" and first <= each.start < start and not _COMMA.search(text, each.end, start)
    )
    return max(first, *signs, *opened, 0)


def _closed(mood: Marker, start: int, setting: Setting) -> bool:
    """Tell whether a word belongs to a relative clause that a comma ends before a phrase."""
    text = setting.text
    return any(
        each.key == "relative" and each.start < mood.start and not _COMMA.search(text, each.end, mood.start)
        for each in setting.bonds
    ) and bool(_COMMA.search(text, mood.end, start))


def _distance(mood: Marker, phrase: Span) -> int:
    return max(phrase[0] - mood.end, mood.start - phrase[1], 0)

"""Where words stand in a text, for the columns `source,start,end` of `claims.csv`.

>>> text = "زار الوفد مدينة الواحة، ثم عاد إلى المدينة."
>>> cite(text, "مدينه الواحه")
[(10, 22)]
>>> nearest(text, "مدينة الوحة")
(10, 22)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from graph.facts.characters import visible
from graph.facts.spelling import cut, find, fold
from graph.model.records import Span

_AROUND = 30


def cite(text: str, words: str) -> list[Span]:
    """Give every span where `words` stand as whole words: letter by letter, or else in another spelling."""
    exact = [span for span in _occurrences(text, words.strip()) if not any(cut(text, offset) for offset in span)]
    return exact or find(fold(text), words)


def _occurrences(text: str, words: str) -> Iterator[Span]:
    start = text.find(words)
    while start >= 0 and words:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def nearest(text: str, words: str) -> Span | None:
    """Give the span of as many words that resembles `words` most, for a hint; None when nothing does.

    Of several words, one at least must stand there as it is: comparing each stretch of a long text would take minutes.
    """
    folded, wanted = fold(text), re.findall(r"\w+", fold(words).text)
    tokens = list(re.finditer(r"\w+", folded.text))
    same = [index for index, token in enumerate(tokens) if token[0] in wanted or len(wanted) == 1]
    windows: dict[str, Span] = {}
    for first in sorted({index - shift for index in same for shift in range(len(wanted))}):
        if 0 <= first <= len(tokens) - len(wanted):
            start, end = tokens[first].start(), tokens[first + len(wanted) - 1].end()
            windows.setdefault(folded.text[start:end], (start, end))
    close = get_close_matches(" ".join(wanted), windows, 1)
    return folded.span(*windows[close[0]]) if close else None


def context(text: str, span: Span) -> str:
    """Show a span in brackets with a little of what stands around it, on one line."""
    start, end = span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    head, tail = "…" if start > _AROUND else "", "…" if end + _AROUND < len(text) else ""
    return f"{head}{one_line(before)}[{one_line(text[start:end])}]{one_line(after)}{tail}"


def one_line(text: str) -> str:
    """Show a text on one line, its line ends as spaces and what is invisible as U+XXXX."""
    return visible(re.sub(r"\s", " ", text))

"""Where the sentences of a text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.records import Span

# A full stop after one capital letter, as in "M. Amal", ends nothing; nor does one within a number or an address.
_STOP = r"(?<!\b[A-Z])(?<!\bMme)(?<!\bDr)[.!?؟…]+[»\"”’)]*(?=\s|$)|[؛;](?=\s)"
# A line ends a sentence unless the next goes on with a small letter, or all lines are broken at one width.
_LINES, _BLOCKS = r"|\n+(?![a-zà-ÿ])", r"|\n\s*\n"
_WIDTH, _WRAPPED = (45, 130), 5


def _wrapped(text: str) -> bool:
    """Tell whether a text is broken into lines of one width, as `pdftotext` gives it."""
    lengths = [len(line) for line in text.split("\n")]
    return max(lengths) <= _WIDTH[1] and sum(length >= _WIDTH[0] for length in lengths) >= _WRAPPED


def sentences(text: str) -> Iterator[Span]:
    """Give the characters of each sentence, from the first up to the last, in order.

    >>> list(sentences("M. Amal est là. Il parle !"))
    [(0, 15), (16, 26)]
    """
    start = 0
    ends = re.finditer(_STOP + (_BLOCKS if _wrapped(text) else _LINES), text)
    for end in [*(match.end() for match in ends), len(text)]:
        stretch = text[start:end]
        if stretch.strip():
            yield start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        start = end

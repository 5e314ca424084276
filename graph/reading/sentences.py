"""Where the sentences of a text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.records import Span

# A full stop after one capital letter, as in "M. Amal", ends nothing; nor does one within a number or an address. A
# line ends a sentence unless the next goes on with a small letter.
_END = re.compile(r"(?<!\b[A-Z])(?<!\bMme)(?<!\bDr)[.!?؟…]+[»\"”’)]*(?=\s|$)|[؛;](?=\s)|\n+(?![a-zà-ÿ])")


def sentences(text: str) -> Iterator[Span]:
    """Give the characters of each sentence, from the first up to the last, in order.

    >>> list(sentences("M. Amal est là. Il parle !"))
    [(0, 15), (16, 26)]
    """
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        stretch = text[start:end]
        if stretch.strip():
            yield start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        start = end

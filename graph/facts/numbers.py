"""Where a text writes a number, in digits or in letters, whole or by thousands and millions.

>>> from graph.facts.spelling import fold
>>> spans(fold("42 millions de DH, 3.000 places, بـ5,5 ملايين درهم"), "42000000")
[(0, 11)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import resources

from graph.facts.spelling import Folded, fold

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
# A dot, comma or space before three digits parts thousands; before others it begins the fraction.
_DIGITS = r"(?<![0-9.,a-z])(?:[0-9]{1,3}(?:[ .,][0-9]{3})+|[0-9]+)(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"


def spans(text: Folded, number: str) -> list[tuple[int, int]]:
    """Give the original's spans where a text writes `number`, such as 42000000; none when it is no plain number."""
    if not _NUMBER.fullmatch(number):
        return []
    wanted = Decimal(number)
    return [span for span, value in _written(text) if value == wanted]


def _written(text: Folded) -> Iterator[tuple[tuple[int, int], Decimal]]:
    """Give each number of a text with its span, and again with the thousands or millions that it counts."""
    pattern, letters, multipliers = _declared()
    for match in pattern.finditer(text.text):
        word = match["number"]
        value = letters.get(word) or _value(word)
        yield text.span(match.start("number"), match.end("number")), value
        if many := match["many"]:
            yield text.span(match.start("number"), match.end("many")), value * multipliers[many]


def _value(digits: str) -> Decimal:
    whole, mark, fraction = digits, "", ""
    if cut := re.search(r"[.,]([0-9]{1,2})$", digits):
        whole, mark, fraction = digits[: cut.start()], ".", cut[1]
    return Decimal(re.sub(r"[ .,]", "", whole) + mark + fraction)


@cache
def _declared() -> tuple[re.Pattern[str], dict[str, Decimal], dict[str, Decimal]]:
    import tomllib

    told = tomllib.loads(resources.files("graph.facts").joinpath("numbers.toml").read_text(encoding="utf-8"))
    letters, multipliers = (
        {fold(word).text: Decimal(value) for words in told[kind].values() for word, value in words.items()}
        for kind in ("letters", "multiplier")
    )
    either = "|".join(sorted(map(re.escape, letters)))
    many = "|".join(sorted(map(re.escape, multipliers)))
    pattern = rf"(?P<number>{_DIGITS}|(?<!\w)(?:{either})(?!\w))(?:\s*(?P<many>{many})(?!\w))?"
    return re.compile(pattern), letters, multipliers

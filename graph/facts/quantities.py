"""Numbers and dates as texts write them, with what they are worth: `3,5 millions`, `٢٠٠ ألف`, `5 فبراير 2021`.

>>> text = fold("3,5 millions, 1.500 m, 18 %, le 1er août 2024, في ٥ شتنبر 2021")
>>> [(each.value, text.original[each.start : each.end]) for each in numbers(text)][:3]
[('3500000', '3,5 millions'), ('1500', '1.500'), ('18', '18 %')]
>>> [(each.value, each.unit) for each in numbers(fold("42 MDH, 5 millions de dirhams, 2 هكتار"))]
[('42000000', 'az:MAD'), ('5000000', 'az:MAD'), ('20000', 'm2')]
>>> [(each.value, text.original[each.start : each.end]) for each in dates(text)]
[('2024-08-01', '1er août 2024'), ('2021-09-05', '٥ شتنبر 2021')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from graph.facts.spelling import Folded, begin, fold
from graph.model.datatypes import date_type

_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
# Three digits after each sign are thousands: 1 500, 1.500, 1,500; else the last sign is that of decimals.
_THOUSANDS = r"[0-9]{1,3}(?:[ .,][0-9]{3})+(?![0-9])"
_DIGITS = rf"(?<![0-9.,])(?:{_THOUSANDS}|[0-9]{{1,15}}(?:[.,][0-9]{{1,6}})?)(?![.,][0-9])"


@dataclass(frozen=True, slots=True)
class Quantity:
    """The characters of a text that write a number or a date, and its value: in plain digits, or as ISO 8601 does.

    `unit` is what a number counts, where the text says so: a currency of the ontology, "m2", or "%".
    """

    start: int
    end: int
    value: str
    unit: str = ""


def numbers(text: Folded) -> Iterator[Quantity]:
    """Give the numbers of a text in its order, each with the words that multiply it; in letters, only where some do."""
    for match, value, by in _written(text):
        if by or not match["letters"]:
            product = value * (by or 1)
            unit = _words("units").get(match["unit"] or match["by"], "")
            value_ = f"{product.normalize():f}" if product else "0"
            yield Quantity(*text.span(match.start(), match.end()), value_, unit)


def is_number(name: str) -> bool:
    """Tell whether a name is nothing but a number and what it counts, as that of a sum: it tells nothing apart.

    >>> is_number("17 MDH"), is_number("École 42")
    (True, False)
    """
    return any((each.start, each.end) == (0, len(name)) for each in numbers(fold(name)))


def spans(text: Folded, number: str) -> Iterator[tuple[int, int]]:
    """Give the original's spans where a text writes `number`, such as 42000000; none when it is no plain number."""
    wanted = Decimal(number) if _PLAIN.fullmatch(number) else None
    for match, value, by in _written(text) if wanted is not None else ():
        if value * (by or 1) == wanted:
            yield text.span(match.start(), match.end("by" if by else "number"))


def wholes(text: Folded) -> Iterator[tuple[tuple[int, int], str]]:
    """Give where the numbers of a text stand, each with the word that multiplies it, and the unit that it counts.

    Nothing within such a number is one.

    >>> text = fold("42 millions de dirhams pour 3 000 places en 2020")
    >>> [(text.original[slice(*span)], unit) for span, unit in wholes(text)]
    [('42 millions', 'az:MAD'), ('3 000', ''), ('2020', '')]
    """
    for match, _, by in _written(text):
        span = text.span(match.start("number"), match.end("by" if by else "number"))
        yield span, _words("units").get(match["unit"] or match["by"], "")


def _written(text: Folded) -> Iterator[tuple[re.Match[str], Decimal, int]]:
    """Give each number of a text with its value, and what the word after it multiplies that by, 0 where none does.

    "3.200.000 millions" is a slip: it is written out already.
    """
    letters, multipliers = _words("letters"), _words("multipliers")
    for match in _number().finditer(text.text):
        if begin(text, match.start(), article=False) is not None:  # else a part of a word, as in A8
            word = match["letters"]
            value, by = Decimal(letters[word]) if word else _decimal(match["number"]), multipliers.get(match["by"], 0)
            yield match, value, 0 if value >= by else by


def dates(text: Folded) -> Iterator[Quantity]:
    """Give the dates of a text in its order: a day or a month with its year; none of the Hijri calendar."""
    months = _words("months")
    for match in _date().finditer(text.text):
        month = months[match["month"]] if match["month"] else int(match["in_digits"])
        day = match["day"] or match["first"]
        value = f"{match['year'] or match['last']}-{month:02}" + (f"-{int(day):02}" if day else "")
        if date_type(value):
            yield Quantity(*text.span(match.start(), match.end()), value)


def years(text: Folded) -> Iterator[Quantity]:
    """Give the years of a text that stand by themselves, known by the words before them: `fin 2025`, `سنة 2025`."""
    for match in _years().finditer(text.text):
        yield Quantity(*text.span(match.start("year"), match.end("year")), match["year"])


def units() -> frozenset[str]:
    """Give what numbers are known to count."""
    return frozenset(_words("units").values())


def _decimal(written: str) -> Decimal:
    if re.fullmatch(_THOUSANDS, written):
        return Decimal(re.sub("[ .,]", "", written))
    return Decimal(written.replace(",", "."))


@cache
def _words(kind: str) -> Mapping[str, Any]:
    import tomllib

    table = tomllib.loads(resources.files("graph.facts").joinpath("quantities.toml").read_text(encoding="utf-8"))
    return {fold(word).text: value for word, value in table[kind].items()}


def _any(kind: str) -> str:
    return "|".join(map(re.escape, sorted(_words(kind), key=len, reverse=True)))


@cache
def _number() -> re.Pattern[str]:
    number = rf"(?P<number>{_DIGITS}|(?<!\w)(?P<letters>{_any('letters')})(?!\w))"
    by, unit = (rf"(?P<{name}>{_any(kind)})(?!\w)" for name, kind in (("by", "multipliers"), ("unit", "units")))
    return re.compile(rf"{number}(?:\s*{by})?(?:\s*(?:de\s+|d')?{unit})?(?!\w)")


@cache
def _years() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:[وف]?[بل]?)(?:{_any('years')})\s+(?P<year>[12][0-9]{{3}})(?![\w/]|[.,][0-9])")


@cache
def _date() -> re.Pattern[str]:
    named = rf"(?:(?P<day>[0-9]{{1,2}})(?:er)? )?(?P<month>{_any('months')}) (?P<year>[12][0-9]{{3}})"
    digits = r"(?P<first>[0-9]{1,2})/(?P<in_digits>[0-9]{1,2})/(?P<last>[12][0-9]{3})"
    return re.compile(rf"(?<![\w.,/])(?:{named}|{digits})(?![\w/])")

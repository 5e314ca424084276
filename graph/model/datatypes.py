"""Which texts are numbers, dates and times: the lexical rules of XML Schema 1.1, for the datatypes that claims use."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from math import isfinite

from graph.errors import said

#: A well-formed language tag, as far as names of people and places need one (RFC 5646).
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DATE = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_ZONE}")
_DATETIME = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}})(\.[0-9]+)?{_ZONE}")
_YEAR = re.compile(rf"[0-9]{{4}}{_ZONE}")
_MONTH = re.compile(rf"[0-9]{{4}}-(0[1-9]|1[0-2]){_ZONE}")


def _date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    return bool(match and _exists(date.fromisoformat, match[1]))


def _datetime(text: str) -> bool:
    match = _DATETIME.fullmatch(text)
    return bool(match and _exists(date.fromisoformat, match[1]) and _exists(time.fromisoformat, match[2]))


def _exists(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


_WHOLE = said("a whole number such as 18, in the digits 0 to 9")

#: Datatype → whether a text is one of its values, and what a value is, in a curator's words.
RULES: dict[str, tuple[Callable[[str], bool], str]] = {
    "xsd:string": (lambda text: bool(text), said("a text")),
    "xsd:boolean": (lambda text: text in {"true", "false"}, said("true or false")),
    "xsd:integer": (lambda text: bool(_INTEGER.fullmatch(text)), _WHOLE),
    "xsd:nonNegativeInteger": (lambda text: bool(re.fullmatch(r"\+?[0-9]+", text)), _WHOLE),
    "xsd:decimal": (lambda text: bool(_DECIMAL.fullmatch(text)), said("a number such as 30.42, with a point")),
    "xsd:double": (
        lambda text: bool(_DOUBLE.fullmatch(text)) and isfinite(float(text)),
        said("a number such as 6.0e3"),
    ),
    "xsd:date": (_date, said("a day such as 2024-04-22")),
    "xsd:dateTime": (_datetime, said("a day and a time such as 2024-04-22T23:32:00+01:00")),
    "xsd:gYear": (lambda text: bool(_YEAR.fullmatch(text)), said("a year such as 2024")),
    "xsd:gYearMonth": (lambda text: bool(_MONTH.fullmatch(text)), said("a month such as 2024-04")),
}

_DATES = ("xsd:date", "xsd:dateTime", "xsd:gYearMonth", "xsd:gYear")


def fits(text: str, datatype: str) -> bool:
    """Tell whether `text` is a value of `datatype` (a CURIE); finite and well formed, in ASCII digits.

    >>> fits("12", "xsd:integer"), fits("NaN", "xsd:double"), fits("2024-02-30", "xsd:date")
    (True, False, False)
    """
    return datatype in RULES and RULES[datatype][0](text)


def period_fault(text: str) -> str:
    """Say why `text` is no bound of a period: a year, a month or a day, without a time zone; empty when it is one.

    >>> period_fault("2024-04"), period_fault("2024-04-22Z")
    ('', '"2024-04-22Z" is not a year, a month or a day such as 2024, 2024-04 or 2024-04-22')
    """
    if text.replace("-", "").isdigit() and date_type(text) in {"xsd:date", "xsd:gYearMonth", "xsd:gYear"}:
        return ""
    return said('"{text}" is not a year, a month or a day such as 2024, 2024-04 or 2024-04-22', text=text)


def before(end: str, date: str) -> bool:
    """Tell whether a year, a month or a day is over on `date`.

    >>> before("2024-04", "2024-04-22"), before("2024-04-21", "2024-04-22T23:32:00+01:00"), before("2024", "2023")
    (False, True, False)
    """
    return end < date[: len(end)]


def described(datatype: str) -> str:
    """Say what a value of `datatype` is, with an example, for messages."""
    return RULES[datatype][1]


def date_type(text: str) -> str:
    """Tell which datatype a date of any precision has; empty for none.

    >>> date_type("2024-04"), date_type("spring")
    ('xsd:gYearMonth', '')
    """
    return next((datatype for datatype in _DATES if fits(text, datatype)), "")

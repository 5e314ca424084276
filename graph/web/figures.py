"""Numbers and moments as a page tells them: by the thousand, with what they count; of a moment its day."""

from __future__ import annotations

from graph.model.vocabulary import AZ, XSD
from graph.model.words import head, lent, said
from graph.web.terms import JsonTerm, ShownLabels, ShownTerm

_NUMBERS = {XSD.integer.value, XSD.decimal.value}
#: The word that says what a number counts, by the property that it is a value of, or by the currency of a sum.
_UNITS = {AZ.area.value: "squareMetres"} | {AZ.term(code).value: code for code in ("MAD", "EUR", "USD")}
_DAY = len("2031-01-01")


def shown(term: JsonTerm, labels: ShownLabels, unit: str = "") -> ShownTerm:
    """Show a term in the reader's language; `unit` is the IRI of the property of an area, or the currency of a sum."""
    kind = term.get("datatype", "")
    if kind == XSD.dateTime.value:
        return ShownTerm(term["value"][:_DAY])
    if kind not in _NUMBERS:
        return labels.cell(term)
    language, *own = labels.languages
    number = _grouped(term["value"], language)
    if unit not in _UNITS:
        return ShownTerm(number)
    word = _UNITS[unit]
    text = said(language, "server", own)[word].replace("{n}", number)
    return ShownTerm(text, lent(language, "server", own).get(word, ""))


def _grouped(digits: str, language: str) -> str:
    """Write a number as a language does.

    >>> _grouped("-1234567.50", "en"), _grouped("1234.5", "es")
    ('-1,234,567.50', '1\\u202f234,5')
    """
    written = head(language)
    whole, _, fraction = digits.partition(".")
    sign, figures = ("-", whole[1:]) if whole.startswith("-") else ("", whole.removeprefix("+"))
    grouped = f"{int(figures or 0):,}".replace(",", written["thousands"])
    return f"{sign}{grouped}{written['decimal'] if fraction else ''}{fraction}"

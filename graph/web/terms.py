"""Terms as a page shows them: a text in the reader's language, and a link where there is something to lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model.labels import LabelResolver
from graph.model.vocabulary import shorten

JsonTerm = Mapping[str, str]
"""A term as SPARQL results in JSON have it: type, value, xml:lang, datatype."""


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """What stands for a term: its text, the language of that text and where it leads ("" for neither)."""

    text: str
    language: str = ""
    href: str = ""


class ShownLabels(LabelResolver):
    """Shows the terms of a page in the first of `languages` that names them; `base` is left out of what has no name."""

    def __init__(self, languages: Iterable[str], base: str) -> None:
        super().__init__(languages)
        self.base = base

    def unknown(self, terms: Iterable[JsonTerm]) -> list[str]:
        """Give the IRIs among `terms` of which no label is known, sorted."""
        return sorted({term["value"] for term in terms if term["type"] == "uri"} - self.labels.keys())

    def note(self, rows: Iterable[Mapping[str, JsonTerm]]) -> None:
        """Note the labels that the query for them (`graph.store.labels`) found."""
        for row in rows:
            self.add(row["thing"]["value"], row["label"].get("xml:lang", ""), row["label"]["value"])

    def cell(self, term: JsonTerm) -> ShownTerm:
        """Show a term: an IRI by its label where it has one, else shortened."""
        if term["type"] != "uri":
            return ShownTerm(term["value"], term.get("xml:lang", ""))
        iri = term["value"]
        text, language = self.label(iri) or (shorten(iri).removeprefix(self.base), "")
        return ShownTerm(text, language, self.href(iri))

    def href(self, iri: str) -> str:
        """Give where an IRI leads: nowhere, if it is not of the web."""
        return iri if iri.startswith(("https://", "http://")) else ""

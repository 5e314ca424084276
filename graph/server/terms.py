"""Terms as a page shows them: a text in the reader's language, and a link that stays on this server where it can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from graph.guard.jobs import Job
from graph.model.labels import LabelResolver
from graph.model.vocabulary import shorten
from graph.server.addresses import ONTOLOGY, here
from graph.server.protocol import ask
from graph.server.snapshot import rows_of
from graph.store.labels import labels_query

JsonTerm = Mapping[str, str]
"""A term as SPARQL results in JSON have it: type, value, xml:lang, datatype."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """What stands for a term: its text, the language of that text and where it leads ("" for neither)."""

    text: str
    language: str = ""
    href: str = ""


class PageLabels(LabelResolver):
    """Resolves the labels of one page, and shows its terms: `load` fetches the labels that `cell` then uses.

    `kept` is the language that the reader chose by hand, which links carry on; "" if it follows from the browser.
    """

    def __init__(self, request: Request, languages: Iterable[str], kept: str = "") -> None:
        super().__init__(languages)
        self.request, self.kept = request, kept
        self.base: str = request.state.snapshot.base

    async def load(self, terms: Iterable[JsonTerm]) -> None:
        """Fetch the labels of the IRIs among `terms`."""
        iris = sorted({term["value"] for term in terms if term["type"] == "uri"} - self.labels.keys())
        for start in range(0, len(iris), _AT_ONCE):
            query = labels_query(iris[start : start + _AT_ONCE])
            for row in rows_of(await ask(self.request, Job(query))):
                self.add(row["thing"]["value"], row["label"].get("xml:lang", ""), row["label"]["value"])

    def cell(self, term: JsonTerm) -> ShownTerm:
        """Show a term: an IRI by its label where it has one, else shortened."""
        if term["type"] != "uri":
            return ShownTerm(term["value"], term.get("xml:lang", ""))
        iri = term["value"]
        text, language = self.label(iri) or (shorten(iri).removeprefix(self.base), "")
        return ShownTerm(text, language, self.href(iri))

    def href(self, iri: str) -> str:
        """Give where an IRI leads: to its own path here if we answer for it, elsewhere only if it is of the web."""
        if iri.startswith((self.base, ONTOLOGY)) and self.base:
            language = f"?lang={self.kept}" if self.kept else ""
            fragment = urlsplit(iri).fragment
            return here(self.request, iri) + language + (f"#{fragment}" if fragment else "")
        return iri if iri.startswith(("https://", "http://")) else ""

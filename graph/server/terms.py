"""Terms as the server's pages show them: with links that stay on this server where they can."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.requests import Request

from graph.guard.jobs import Job
from graph.model.vocabulary import AZ
from graph.server.addresses import ONTOLOGY, here
from graph.server.files import ONTOLOGY_PAGE
from graph.server.protocol import ask
from graph.server.snapshot import rows_of
from graph.store.labels import labels_query
from graph.web.terms import JsonTerm, ShownLabels

_AT_ONCE = 500


class PageLabels(ShownLabels):
    """Resolves the labels of one page, and shows its terms: `load` fetches the labels that `cell` then uses.

    `kept` is the language that the reader chose by hand, which links carry on; "" if it follows from the browser.
    """

    def __init__(self, request: Request, languages: Iterable[str], kept: str = "") -> None:
        super().__init__(languages, request.state.snapshot.base)
        self.request, self.kept = request, kept

    async def load(self, terms: Iterable[JsonTerm]) -> None:
        """Fetch the labels of the IRIs among `terms`."""
        iris = self.unknown(terms)
        for start in range(0, len(iris), _AT_ONCE):
            query = labels_query(iris[start : start + _AT_ONCE])
            self.note(rows_of(await ask(self.request, Job(query))))

    def href(self, iri: str) -> str:
        """Give where an IRI leads: to its own path here if we answer for it, elsewhere only if it is of the web.

        A term of the ontology is found in the section of its document that is in the reader's language.
        """
        if iri.startswith(AZ) and ONTOLOGY_PAGE in self.request.state.snapshot.files:
            language = self.languages[0]
            root = self.request.scope.get("root_path", "")
            return f"{root}/{ONTOLOGY_PAGE}?lang={language}#{language}-{iri.removeprefix(AZ)}"
        if iri.startswith((self.base, ONTOLOGY)) and self.base:
            language = f"?lang={self.kept}" if self.kept else ""
            fragment = urlsplit(iri).fragment
            return here(self.request, iri) + language + (f"#{fragment}" if fragment else "")
        return super().href(iri)

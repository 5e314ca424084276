"""An entity of a dataset, by what people call it, with what is said of it."""

from __future__ import annotations

from functools import cached_property
from html import escape

from pyoxigraph import NamedNode

from graph.model.words import head
from graph.store.labels import labels, named
from graph.store.query_text import query_text
from graph.store.results import Rows, rows, styled
from graph.store.store import Store

_KINDS = """
SELECT DISTINCT ?entity ?kind WHERE {
  ?entity a ?kind . ?kind rdfs:label ?called .
  FILTER NOT EXISTS { ?finer rdfs:subClassOf ?kind . ?entity a ?finer }
} ORDER BY ?kind
"""
_NAMES = """
SELECT DISTINCT ?entity ?name WHERE {
  VALUES ?property { rdfs:label skos:altLabel }
  ?entity ?property ?name .
} ORDER BY LANG(?name) ?property ?name
"""


class EntityView:
    """An entity, its names, and the claims that have it at either end; a notebook shows them. Got by `Dataset.entity`.

    `iri` is its address, `id` what the tables call it, `label` its name in `language`.
    """

    def __init__(self, store: Store, iri: str, language: str) -> None:
        self._store, self.iri, self.language = store, iri, language
        self.id = iri.removeprefix(store.base)
        self.label = labels(store, [iri], language).get(iri, self.id)

    def __repr__(self) -> str:
        return f"<Entity {self.id}: {self.label}>"

    @cached_property
    def names(self) -> Rows:
        """Its names in every language, those that it goes by too."""
        return self._asked(_NAMES)

    @cached_property
    def kinds(self) -> Rows:
        """Its finest classes."""
        return self._asked(_KINDS)

    @cached_property
    def claims(self) -> Rows:
        """What is said of it: subject, property, object, status, period, source, and passage (code points) or record.

        One that several passages say has a row for each. Only what has the status Stated or Ongoing is a fact.
        """
        return self._asked(query_text("evidence"))

    def _asked(self, query: str) -> Rows:
        answer = self._store.query(query, substitutions={"entity": NamedNode(self.iri)})
        return named(rows(answer, styled(self._store.prefixes), ("entity",)), self._store, self.language)

    def _repr_html_(self) -> str:
        kinds = " · ".join(escape(self.kinds.style(kind)) for (kind,) in self.kinds.terms)
        start = f'<section lang="{self.language}" dir="{head(self.language)["direction"]}">'
        return f"{start}<h3>{escape(self.label)}</h3><p>{kinds}</p>{self.claims._repr_html_()}</section>"

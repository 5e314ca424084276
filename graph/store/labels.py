"""What things are called: the labels of IRIs in a language, or in the next that has one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from graph.store.answer import table
from graph.store.results import LANGUAGES, Cell
from graph.store.store import Store

_LABELS = """
SELECT ?thing ?label WHERE {
  VALUES ?property { rdfs:label dcterms:title }
  VALUES ?thing { %s }
  ?thing ?property ?label .
}
"""


def labels(store: Store, things: Collection[str], language: str) -> dict[str, str]:
    """Give the labels of `things` (IRIs) in `language`, else in the first of the project's languages that has one."""
    if not things:
        return {}
    answer = store.query(_LABELS % " ".join(str(NamedNode(iri)) for iri in sorted(things)))
    order = (language, *LANGUAGES)
    found: dict[str, dict[str, str]] = {}
    for thing, label in table(answer, thing=object, label=object):
        if isinstance(thing, NamedNode) and isinstance(label, Literal):
            found.setdefault(thing.value, {})[label.language or ""] = label.value
    return {iri: _first(texts, order) for iri, texts in found.items()}


def iris(rows: Iterable[Sequence[Cell]]) -> set[str]:
    """Collect the IRIs in the cells of some rows."""
    return {cell.value for row in rows for cell in row if isinstance(cell, NamedNode)}


def _first(texts: dict[str, str], order: Sequence[str]) -> str:
    return next((texts[language] for language in order if language in texts), min(texts.values()))

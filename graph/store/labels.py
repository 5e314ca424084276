"""What things are called: the labels of IRIs in a language, or in the next that has one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError
from graph.model.labels import LabelResolver
from graph.model.words import columns, languages, order, spoken
from graph.store.answer import Binding, table
from graph.store.results import Rows, styled
from graph.store.store import Store

_LABELS = """
SELECT DISTINCT ?thing ?label WHERE {
  VALUES ?thing { %s }
  ?thing rdfs:label|dcterms:title ?label .
}
"""
_TITLES = "SELECT ?title ?main WHERE { ?dataset az:mainLanguage ?main ; dcterms:title ?title }"


def language_of(store: Store) -> str:
    """Give the language in which a dataset is shown to who asks for none: its first, or what is spoken in its place."""
    rows = table(store.query(_TITLES), title=Literal, main=Literal)
    rows.sort(key=lambda row: (row[0].language != row[1].value, row[0].language))
    return spoken({title.language: title.value for title, _ in rows})[0]


def asked_language(language: str | None, store: Store) -> str:
    """Give the language that somebody asks for, or that of a dataset where none is; QueryError for an unknown one."""
    if language and language not in languages():
        raise QueryError(f"language is one of {', '.join(languages())}, not {language!r}")
    return language or language_of(store)


def language_in(store: Store, language: str) -> str:
    """Give the language of a dataset in which its things are shown to a reader of another that it does not have."""
    there = {title.language for title, _ in table(store.query(_TITLES), title=Literal, main=Literal)}
    return next((each for each in order(language) if each in there), language)


def labels_query(things: Iterable[str]) -> str:
    """Give the query for the labels (`?label`) of things (`?thing`), given by IRI."""
    return _LABELS % " ".join(str(NamedNode(iri)) for iri in sorted(things))


def labels(store: Store, things: Collection[str], language: str) -> dict[str, str]:
    """Give the labels of `things` (IRIs) in `language`, else in the next that has one."""
    if not things:
        return {}
    answer = store.query(labels_query(things))
    resolver = LabelResolver(order(language))
    for thing, label in table(answer, thing=object, label=object):
        if isinstance(thing, NamedNode) and isinstance(label, Literal):
            resolver.add(thing.value, label.language or "", label.value)
    return {iri: resolver.chosen(texts)[0] for iri, texts in resolver.labels.items()}


def iris(rows: Iterable[Sequence[Binding]]) -> set[str]:
    """Collect the IRIs in the cells of some rows."""
    return {cell.value for row in rows for cell in row if isinstance(cell, NamedNode)}


def named(found: Rows, store: Store, language: str) -> Rows:
    """Let rows be shown for a reader of `language`: things by their labels in it, columns by its words."""
    found.language, found.titles = language, columns(language)
    found.labels = labels(store, iris(found.terms), language)
    found.style = styled(store.prefixes, found.labels)
    return found

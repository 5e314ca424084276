"""What is said, with what it rests on: claims as an assistant can cite them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.model.records import ASSERTED
from graph.model.vocabulary import AZ, shorten
from graph.store.labels import labels
from graph.store.query_text import query_text
from graph.store.store import Store

_ENDS = ("subject", "property", "object", "status", "source")
_SOURCES = """
SELECT DISTINCT ?source ?address ?issued WHERE {
  VALUES ?source { %s }
  ?source dcterms:title ?title .
  OPTIONAL { ?source schema:url ?address }
  OPTIONAL { ?source dcterms:issued ?issued }
} ORDER BY ?source
"""


@dataclass(frozen=True)
class Thing:
    """Something that is spoken of: its `id` (or a value as it is written), and what it is called."""

    id: str
    name: str


@dataclass(frozen=True)
class CitedSource:
    """A source as it is cited: its id, title, address and date."""

    id: str
    title: str
    address: str
    issued: str


@dataclass(frozen=True)
class Cited:
    """Where a claim is said: the source's title, address and date, and the record, or the characters from 0 there."""

    source: Thing
    address: str
    issued: str
    passages: list[str]
    record: str


@dataclass(frozen=True)
class CitedClaim:
    """A claim: what it says, how (`status`: only Stated and Ongoing are facts), when it holds, and where it is said."""

    claim: str
    subject: Thing
    property: Thing
    object: Thing
    status: str
    fact: bool
    since: str
    until: str
    cited: Cited


def claims(store: Store, entity: str, language: str) -> list[CitedClaim]:
    """Give every claim that has an entity, by its IRI, at either end, with names in `language`."""
    answer = store.query(query_text("evidence"), substitutions={"entity": NamedNode(entity)})
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in answer.rows:
        cells: dict[str, Any] = dict(zip(answer.columns, row, strict=True))
        groups.setdefault(cells["claim"].value, []).append(cells)
    first = [group[0] for group in groups.values()]
    named = TermNames(store, (row[end] for row in first for end in _ENDS), language)
    return [_told(group, named) for group in groups.values()]


def sources(store: Store, cells: Iterable[Any], language: str) -> list[CitedSource]:
    """Give the sources that cells of a table name, themselves or by a passage, with titles in `language`."""
    start = f"{store.base}source/"
    wanted = {cell.value.partition("#")[0] for cell in cells if isinstance(cell, NamedNode)}
    iris = sorted(iri for iri in wanted if iri.startswith(start))
    if not iris:
        return []
    rows = store.query(_SOURCES % " ".join(str(NamedNode(iri)) for iri in iris)).rows
    named = TermNames(store, map(NamedNode, iris), language)
    things = [(named.thing(source), _text(address), _text(issued)) for source, address, issued in rows]
    return [CitedSource(thing.id, thing.name, address, issued) for thing, address, issued in things]


def _told(group: list[dict[str, Any]], named: TermNames) -> CitedClaim:
    row = group[0]
    places = [f"{each['start'].value}-{each['end'].value}" for each in group if each["start"] is not None]
    status = row["status"].value.removeprefix(AZ)
    return CitedClaim(
        named.id(row["claim"]),
        named.thing(row["subject"]),
        named.thing(row["property"]),
        named.thing(row["object"]),
        status,
        status.lower() in ASSERTED,
        _text(row["since"]),
        _text(row["until"]),
        Cited(
            named.thing(row["source"]),
            _text(row["address"]),
            _text(row["issued"]),
            list(dict.fromkeys(places)),
            _text(row["record"]),
        ),
    )


def _text(cell: Any) -> str:
    return cell.value if cell is not None else ""


class TermNames:
    """Names terms in a language: the labels of all that are given are fetched at once."""

    def __init__(self, store: Store, terms: Iterable[Any], language: str) -> None:
        self._base = store.base
        self._labels = labels(store, {term.value for term in terms if isinstance(term, NamedNode)}, language)

    def id(self, term: Any) -> str:
        """Give the id of a term: short under the dataset's base and in known vocabularies; a value as it is written."""
        return shorten(term.value).removeprefix(self._base) if isinstance(term, NamedNode) else str(term.value)

    def thing(self, term: Any) -> Thing:
        """Give a term with its name."""
        if term is None:
            return Thing("", "")
        if isinstance(term, Literal):
            return Thing(term.value, term.value)
        return Thing(self.id(term), self._labels.get(term.value, self.id(term)))

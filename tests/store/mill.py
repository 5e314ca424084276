"""Facts of two sources about a mill and a school, and how the tests of this room read an answer."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from graph.store.answer import TABLE, Answer

BASE = "https://example.org/"
AZ = "https://w3id.org/azetta/ontology#"


def iri(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def fact(name: str, source: str) -> Quad:
    return Quad(iri(name), NamedNode(AZ + "locatedIn"), iri("valley"), iri(f"source/{source}"))


def column(answer: Answer) -> list[str]:
    assert answer.kind == TABLE
    return sorted(row[0].value for row in answer.rows)

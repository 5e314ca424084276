"""What a query asks of: the classes and properties without which it has no answer, and whether graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from graph.store.answer import table
from graph.store.query_errors import names_in, tokens
from graph.store.store import Store

_PREFIX = re.compile(r"^\s*PREFIX\s+(\w+):\s*<([^<>\s]+)>", re.MULTILINE | re.IGNORECASE)
_NEEDED = """
SELECT DISTINCT ?term ?there WHERE {
  VALUES ?term { %s }
  {
    ?term a owl:Class ; rdfs:subClassOf+ az:Entity .
    BIND (EXISTS { ?thing a ?term } AS ?there)
  } UNION {
    ?term rdfs:domain|schema:domainIncludes ?domain .
    ?domain rdfs:subClassOf* az:Entity .
    BIND (EXISTS { ?claim rdf:predicate ?term } AS ?there)
  }
}
"""


def named(text: str, prefixes: Mapping[str, str]) -> list[str]:
    """Give the IRIs of the terms that a query names by a prefix, its own ones too, in the order of prefixes."""
    known = {**prefixes, **dict(_PREFIX.findall(text))}
    known.pop("", None)
    body = _PREFIX.sub("", text)
    return [base + name for prefix, base in known.items() for name in names_in(body, prefix)]


def needed_query(iris: Iterable[str]) -> str:
    """Give the query for those of some terms that entities and claims may be of (`?term`), and if any is (`?there`)."""
    return _NEEDED % " ".join(str(NamedNode(iri)) for iri in iris)


def lacking(found: Iterable[tuple[str, bool]]) -> list[str]:
    """Give the terms that nothing in the dataset is of or, where there are none, all that were asked; sorted."""
    terms = dict(found)
    return sorted(iri for iri, there in terms.items() if not there) or sorted(terms)


def needs(text: str, store: Store) -> list[str]:
    """Give the classes and properties (IRIs) that would give a query its answer; it is asked when there was none."""
    iris = named(text, store.prefixes)
    rows = table(store.query(needed_query(iris)), term=NamedNode, there=Literal) if iris else []
    return lacking((term.value, there.value in {"true", "1"}) for term, there in rows)


def of_graphs(text: str) -> bool:
    """Tell whether a query asks of graphs by themselves, not of their union alone.

    >>> of_graphs("ASK { GRAPH ?graph { } }"), of_graphs("ASK { ?from a ?graph } # each graph from which")
    (True, False)
    """
    return not {"GRAPH", "FROM"}.isdisjoint(map(str.upper, tokens(text)))

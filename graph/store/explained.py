"""Which parts of a query are broad: its triple patterns in the order written, each with how many matches it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from pyoxigraph import Literal, NamedNode
from pyoxigraph import Store as Engine

from graph.errors import QueryError, said
from graph.store import query_errors
from graph.store.answer import TABLE, Answer, Binding, table
from graph.store.results import styled
from graph.store.store import Store

COLUMNS = ("part", "subject", "predicate", "object", "matches")
MOST = 100_000
"""Matches that are counted; of a pattern that has more, only that is said."""
_COUNT = "SELECT (COUNT(*) AS ?n) %s WHERE { SELECT * WHERE { %s } LIMIT %d }"
_PARTS = {
    "OptionalGraphPattern": "OPTIONAL",
    "MinusGraphPattern": "MINUS",
    "SubSelect": "SELECT",
    "Builtin_EXISTS": "EXISTS",
    "Builtin_NOTEXISTS": "NOT EXISTS",
}
_UNREAD = said("this query can be answered, but not explained")
_Pattern = tuple[tuple[str, ...], str, list[Any]]
"""The parts of the query that it stands in, outermost first, its graph ("" for the default one), its three terms."""


def explained(text: str, store: Store, source: str | None = None, timeout: float | None = None) -> Answer:
    """Give the triple patterns of a query as a table of COLUMNS; the query itself is not asked.

    A variable is a text that begins with `?`, a property path one in SPARQL's own signs, a blank node `_:b1`. Of
    `matches`, those of each pattern alone are counted, up to MOST.

    Raises QueryError, and what `Store.query` raises.
    """
    tree = _parsed(text, store)
    data = " ".join(
        f"FROM {each['default'].n3()}" if "default" in each else f"FROM NAMED {each['named'].n3()}"
        for each in _part(tree, "datasetClause")
    )
    blanks: dict[Any, str] = {}
    rows = []
    for parts, graph, terms in _patterns(_part(tree, "where") or _part(tree, "template")):
        pattern = " ".join(_variable(each) or _written(each) for each in terms)
        query = _COUNT % (data, f"GRAPH {graph} {{ {pattern} }}" if graph else pattern, MOST + 1)
        ((found,),) = table(store.query(query, source=source, timeout=timeout), n=Literal)
        count = Literal(int(found.value)) if int(found.value) <= MOST else Literal(f"> {MOST}")
        rows.append((Literal(" ".join(parts)), *(_cell(each, store, blanks) for each in terms), count))
    return Answer(TABLE, COLUMNS, rows)


def _parsed(text: str, store: Store) -> Any:
    """Give the tree of a query as rdflib reads it, its names made whole; the engine says what is wrong with one."""
    query_errors.check(text, store.prefixes)
    try:
        Engine().query(text, base_iri=store.base or None, prefixes=store.prefixes)
    except SyntaxError as error:
        raise query_errors.explain(text, error, store.prefixes) from error
    from rdflib.plugins.sparql import algebra, parser

    try:
        prologue, tree = parser.parseQuery(text)
        names = algebra.translatePrologue(prologue, store.base or None, dict(store.prefixes))
        tree = algebra.traverse(tree, visitPost=partial(algebra.translatePName, prologue=names))
        return algebra.traverse(tree, visitPost=algebra.translatePath)
    except Exception as error:  # of several libraries, which know less of SPARQL than the engine
        raise QueryError(_UNREAD) from error


def _part(tree: Any, name: str) -> Any:
    return tree[name] if name in tree else ()  # noqa: SIM401 - its `get` gives the name of what is not there


def _patterns(part: Any, parts: tuple[str, ...] = (), graph: str = "") -> Iterator[_Pattern]:
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        if part.name == "GroupOrUnionGraphPattern" and len(part["graph"]) > 1:
            parts = (*parts, "UNION")
        elif part.name == "GraphGraphPattern":
            graph = part["term"].n3()
            parts = (*parts, "GRAPH")
        elif part.name in _PARTS:
            parts = (*parts, _PARTS[part.name])
        for key, value in part.items():
            if key == "triples":
                for flat in value:
                    yield from ((parts, graph, list(flat[at : at + 3])) for at in range(0, len(flat), 3))
            else:
                yield from _patterns(value, parts, graph)
    elif isinstance(part, Iterable) and not isinstance(part, str):
        for each in part:
            yield from _patterns(each, parts, graph)


def _variable(term: Any) -> str:
    """Give the name of a variable, which a blank node is too, "" for any other term."""
    from rdflib import BNode, Variable

    return f"?{term}" if isinstance(term, Variable | BNode) else ""


def _written(term: Any) -> str:
    try:
        return str(term.n3())
    except TypeError as error:  # rdflib reads a path of !(^a), and cannot write it
        raise QueryError(_UNREAD) from error


def _cell(term: Any, store: Store, blanks: dict[Any, str]) -> Binding:
    from rdflib import BNode, URIRef
    from rdflib import Literal as Text

    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, Text):
        datatype = NamedNode(str(term.datatype)) if term.datatype else None
        return Literal(str(term), language=term.language, datatype=datatype)
    if isinstance(term, BNode):  # whose own name is another each time
        return Literal(blanks.setdefault(term, f"_:b{len(blanks) + 1}"))
    style = styled(store.prefixes)
    return Literal(_variable(term) or re.sub("<([^>]*)>", lambda iri: style(NamedNode(iri[1])), term.n3()))

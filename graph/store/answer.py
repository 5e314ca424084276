"""What a query gives, in one shape that anyone can make: the rows of a table, a truth value, the triples of a graph.

>>> truth(True)
Answer(kind='a truth value', columns=('answer',), rows=[(<Literal value=true datatype=<NamedNode \
value=http://www.w3.org/2001/XMLSchema#boolean>>,)], engine=None)
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from graph.errors import EndpointError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Binding = NamedNode | Literal | BlankNode | Triple | None
"""What a row has in a column: a term, or nothing."""

TABLE, TRUTH, GRAPH = "a table", "a truth value", "a graph"
_ENDS = ("subject", "predicate", "object")


class Answer(namedtuple("Answer", ("kind", "columns", "rows", "engine"), defaults=(None,))):
    """An answer: its kind (TABLE, TRUTH or GRAPH), the names of its columns, and its rows, to be read once.

    A row has a term or None for each column. A truth value is one row of one column; the rows of a graph are its
    triples, perhaps repeated. `engine` is what the engine gave, as long as nothing is read: it writes that sooner.

    Not a dataclass, nor of `typing`, whose import alone would take a tenth of the time of a whole query.
    """

    __slots__ = ()
    kind: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Binding]]
    engine: QuerySolutions | QueryBoolean | None

    def __bool__(self) -> bool:
        """Whether an ASK was answered with yes; any other answer counts as yes."""
        return self.kind != TRUTH or [*self.rows] == _truths(True)


def truth(value: bool, engine: QueryBoolean | None = None) -> Answer:
    """Make the answer of an ASK."""
    return Answer(TRUTH, ("answer",), _truths(value), engine)


def graph(triples: Iterable[Triple]) -> Answer:
    """Make the answer of a CONSTRUCT or DESCRIBE."""
    return Answer(GRAPH, _ENDS, triples)


def answer_of(found: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    """Take the answer of the engine, whose rows are found as they are read; QueryError if it gives up then."""
    if isinstance(found, QueryBoolean):
        return truth(bool(found), found)
    if isinstance(found, QueryTriples):
        return graph(_read(found))
    return Answer(TABLE, tuple(variable.value for variable in found.variables), _read(found), found)


def triples(answer: Answer) -> Iterator[Triple]:
    """Give the triples of a graph as they come."""
    found: Iterator[Any] = iter(answer.rows)
    return found


def solutions(answer: Answer) -> QuerySolutions | QueryBoolean:
    """Give a table or a truth value to the writers of the engine, which makes its solutions of JSON and not of rows."""
    return answer.engine or parse_query_results(_json(answer), format=QueryResultsFormat.JSON)


def table(answer: Answer, **columns: type) -> list[tuple[Any, ...]]:
    """Give the rows of a table that we asked for, by its columns and the kind of term in each.

    Raises EndpointError if it is another: no service can be trusted to answer what it was asked.
    """
    places = [answer.columns.index(name) if name in answer.columns else None for name in columns]
    rows = [tuple(None if place is None else row[place] for place in places) for row in answer.rows]
    for row in rows:
        for name, kind, cell in zip(columns, columns.values(), row, strict=True):
            if not isinstance(cell, kind):
                raise EndpointError(f"the service answered with {cell or 'nothing'} where ?{name} was asked")
    return rows


def bindings(answer: Answer) -> list[dict[str, dict[str, Any]]]:
    """Give the rows of a table as SPARQL results in JSON have them, each by its columns that hold something."""
    return [
        {name: _binding(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]


def _truths(value: bool) -> list[Sequence[Binding]]:
    return [(Literal(value),)]


def _read(found: Any) -> Iterator[Any]:
    try:
        yield from found
    except (RuntimeError, OSError) as error:
        raise QueryError(str(error)) from error


def _json(answer: Answer) -> str:
    """Write SPARQL Query Results JSON (https://www.w3.org/TR/sparql12-results-json/)."""
    import json

    if answer.kind == TRUTH:
        return json.dumps({"head": {}, "boolean": bool(answer)})
    found = {"head": {"vars": answer.columns}, "results": {"bindings": bindings(answer)}}
    return json.dumps(found, ensure_ascii=False)


def _binding(term: NamedNode | Literal | BlankNode | Triple) -> dict[str, Any]:
    if isinstance(term, Literal):
        tags = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        if term.direction:
            tags["its:dir"] = str(term.direction)
        return {"type": "literal", "value": term.value} | tags
    if isinstance(term, Triple):
        return {"type": "triple", "value": {end: _binding(part) for end, part in zip(_ENDS, term, strict=True)}}
    return {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}

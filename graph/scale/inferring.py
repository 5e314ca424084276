"""What follows from the links of an archive: the rules as joins, run in its tables, which hold the outcome too.

It gives what `graph.knowledge.reason` gives, in the same rounds: statuses from the strongest on, and rules with
`NOT EXISTS` when the others give nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from graph.errors import DataError, Problem, said, shown
from graph.knowledge.joins import Beyond, Join, derived
from graph.knowledge.rule import STATUSES, Prepared
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.records import Inference
from graph.model.vocabulary import contract
from graph.scale import sql, tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class StoredTerms:
    """The numbers of terms, looked up in the tables."""

    def __init__(self, engine: DuckDBPyConnection, valued: Iterable[NamedNode]) -> None:
        self._engine, self.valued = engine, frozenset(valued)

    def number(self, term: Any) -> int:
        """Give the number of a term, -1 if it is none of the dataset's."""
        return sql.number(self._engine, "SELECT coalesce(max(n), -1) FROM term WHERE name = ?", [str(term)])

    def beginning(self, text: str) -> tuple[int, int]:
        """Give the first and the last number of the IRIs that begin with `text`."""
        query = "SELECT coalesce({end}(n), {none}) FROM term WHERE starts_with(name, ?)"
        ends = (("min", 0), ("max", -1))
        first, last = (sql.number(self._engine, query.format(end=end, none=none), [f"<{text}"]) for end, none in ends)
        return first, last


class Inferences:
    """Inferences in their order, each time that they are asked for: of the table of all, or of one for a slice."""

    def __init__(
        self, engine: DuckDBPyConnection, rules: Sequence[str], iris: Iris, among: str = "ordered", **values: object
    ) -> None:
        self._engine, self._rules, self._iris, self._values = engine, rules, iris, values
        self._query = f"SELECT subject, predicate, object, rule, said, status, id FROM {among} ORDER BY place"

    def __iter__(self) -> Iterator[Inference]:
        found = self._engine.cursor().execute(self._query, self._values or None)
        for subject, predicate, object_, rule, premises, status, id_ in tables.rows(found):
            one, told, other = (NamedNode(each.strip("<>")) for each in (subject, predicate, object_))
            ends = self._iris.name(one), contract(told), self._iris.name(other)
            yield Inference(*ends, self._rules[rule], tuple(premises.split()), status, id_)


def infer(engine: DuckDBPyConnection, ontology: Ontology) -> list[str]:
    """Fill the table `ordered` from `link` and `given`, which holds classes; give the rules' names by their numbers."""
    rules = [Prepared(rule) for rule in ontology.rules]
    constants = {str(end) for rule in rules for pattern in rule.head for end in pattern if isinstance(end, NamedNode)}
    engine.executemany("INSERT INTO given VALUES (?, ?, ?)", [tuple(map(str, triple)) for triple in ontology.triples])
    engine.executemany("INSERT INTO constant VALUES (?)", [(each,) for each in ("", *sorted(constants))])
    sql.run(engine, "terms")
    valued = {triple.predicate for triple in ontology.triples if isinstance(triple.object, Literal)}
    joins = _joins(rules, StoredTerms(engine, valued))
    for status in STATUSES:
        before = sql.number(engine, "SELECT count(*) FROM delta")
        sql.run(engine, "told", status=status)
        if sql.number(engine, "SELECT count(*) FROM delta") == before:
            continue
        engine.execute("INSERT INTO facts FROM delta")
        while _round(engine, joins, status, negating=False) or _round(engine, joins, status, negating=True):
            pass
        engine.execute("DELETE FROM delta")
    sql.run(engine, "ordering")
    return [rule.name for rule in rules]


def _joins(rules: Sequence[Prepared], terms: StoredTerms) -> dict[int, Join]:
    found: dict[int, Join] = {}
    for order, rule in enumerate(rules):
        try:
            found[order] = Join(rule, terms)
        except Beyond as exc:
            message = said("this rule says more than a join, so that it cannot be run on an archive in parts")
            raise DataError([Problem(shown(rule.path), 0, message)]) from exc
    return found


def _round(engine: DuckDBPyConnection, joins: Mapping[int, Join], status: str, *, negating: bool) -> int:
    """Add what every rule derives from what is known, and tell how much that is."""
    newest = {number for (number,) in engine.execute("SELECT DISTINCT p FROM delta").fetchall()}
    query = derived({order: join for order, join in joins.items() if join.rule.negates is negating}, newest)
    if not query:
        return 0
    sql.run(engine, "round", derived=query, status=status)
    return sql.number(engine, "SELECT count(*) FROM delta")

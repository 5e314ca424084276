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

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What a link is known by: the columns of the files of links.
LINK = (
    "slice",
    "line",
    "subject",
    "predicate",
    "object",
    "id",
    "standing",
    "literal",
    "property",
    "asserted",
    "described",
)
_KINDS = {"slice": "INTEGER", "line": "BIGINT", "literal": "BOOL", "asserted": "BOOL", "described": "BOOL"}
_ANEW = """
CREATE TABLE constant (name VARCHAR);
CREATE TABLE facts (s INTEGER, p INTEGER, o INTEGER, said VARCHAR);
CREATE TABLE delta (s INTEGER, p INTEGER, o INTEGER, said VARCHAR);
CREATE TABLE inference (s INTEGER, p INTEGER, o INTEGER, rule INTEGER, said VARCHAR, status VARCHAR, id VARCHAR);
"""
_TERMS = """
CREATE TABLE term AS SELECT name, (row_number() OVER (ORDER BY name) - 1)::INTEGER AS n FROM (
  SELECT subject AS name FROM link UNION SELECT predicate FROM link UNION SELECT object FROM link WHERE NOT literal
  UNION SELECT name FROM constant
  UNION SELECT s FROM given UNION SELECT p FROM given UNION SELECT o FROM given);
INSERT INTO delta SELECT DISTINCT s.n, p.n, o.n, NULL FROM given g
  JOIN term s ON s.name = g.s JOIN term p ON p.name = g.p JOIN term o ON o.name = g.o;
"""
_TOLD = """
INSERT INTO delta SELECT * FROM (
  SELECT s.n AS s, p.n AS p, o.n AS o, string_agg('claim/' || id, ' ' ORDER BY line) AS said FROM link
  JOIN term s ON s.name = subject JOIN term p ON p.name = predicate JOIN term o ON o.name = object
  WHERE standing = $status AND NOT literal GROUP BY s.n, p.n, o.n
) ANTI JOIN facts USING (s, p, o) ANTI JOIN delta USING (s, p, o)
"""
_FRESH = """
CREATE OR REPLACE TABLE delta AS SELECT f.s, f.p, f.o, how,
  left(sha256(concat_ws(chr(10), s.name, p.name, o.name)), 16) AS id FROM ({query}) AS f
  JOIN term s ON s.n = f.s JOIN term p ON p.n = f.p JOIN term o ON o.n = f.o;
INSERT INTO inference SELECT s, p, o, left(how, 4)::INTEGER, how[6:], '{status}', id FROM delta;
CREATE OR REPLACE TABLE delta AS SELECT s, p, o, 'inference/' || id AS said FROM delta;
INSERT INTO facts FROM delta;
"""
_IN_ORDER = """
CREATE TABLE ordered AS
  SELECT (row_number() OVER (ORDER BY trim(s.name, '<>'), trim(p.name, '<>'), o.name) - 1)::INTEGER AS place,
    s.name AS subject, p.name AS predicate, o.name AS object, rule, said, status, id
  FROM inference i JOIN term s ON s.n = i.s JOIN term p ON p.n = i.p JOIN term o ON o.n = i.o;
DROP TABLE inference; DROP TABLE facts; DROP TABLE delta; DROP TABLE given; DROP TABLE term;
"""
_COLUMNS = "subject, predicate, object, rule, said, status, id"


class Terms:
    """The numbers of terms, as `graph.knowledge.joins.TermIndex` gives them, looked up in the tables."""

    def __init__(self, engine: DuckDBPyConnection, valued: Iterable[NamedNode]) -> None:
        self._engine, self.valued = engine, frozenset(valued)

    def number(self, term: Any) -> int:
        """Give the number of a term, -1 if it is none of the dataset's."""
        found = self._engine.execute("SELECT n FROM term WHERE name = ?", [str(term)]).fetchone()
        return found[0] if found else -1

    def beginning(self, text: str) -> tuple[int, int]:
        """Give the first and the last number of the IRIs that begin with `text`."""
        sql = "SELECT coalesce(min(n), 0), coalesce(max(n), -1) FROM term WHERE starts_with(name, ?)"
        first, last = self._engine.execute(sql, [f"<{text}"]).fetchone() or (0, -1)
        return first, last


def infer(engine: DuckDBPyConnection, ontology: Ontology) -> list[str]:
    """Fill the table `inference` from `link` and `given`, which holds classes; give the rules' names by their numbers."""
    rules = [Prepared(rule) for rule in ontology.rules]
    constants = {str(end) for rule in rules for pattern in rule.head for end in pattern if isinstance(end, NamedNode)}
    _insert(engine, "given", [tuple(map(str, triple)) for triple in ontology.triples])
    _insert(engine, "constant", [(each,) for each in sorted(constants)])
    run(engine, _TERMS)
    valued = {triple.predicate for triple in ontology.triples if isinstance(triple.object, Literal)}
    joins = _joins(rules, Terms(engine, valued))
    for status in STATUSES:
        if not number(engine.execute(_TOLD, {"status": status})):
            continue
        engine.execute("INSERT INTO facts FROM delta")
        while _round(engine, joins, status, negating=False) or _round(engine, joins, status, negating=True):
            pass
        engine.execute("DELETE FROM delta")
    run(engine, _IN_ORDER)
    return [rule.name for rule in rules]


def begin(engine: DuckDBPyConnection, links: str, classes: str) -> None:
    """Make the tables, from the files of links and of classes that slices wrote."""
    columns = ", ".join(f"'{each}': '{_KINDS.get(each, 'VARCHAR')}'" for each in LINK)
    read = (
        "read_csv(?, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\0', "
    )
    engine.execute(f"CREATE TABLE link AS SELECT * FROM {read} columns = {{{columns}}})", [links])
    engine.execute(
        f"CREATE TABLE given AS SELECT * FROM {read} columns = {{'s': 'VARCHAR', 'p': 'VARCHAR', 'o': 'VARCHAR'}})",
        [classes],
    )
    run(engine, _ANEW)


def _insert(engine: DuckDBPyConnection, table: str, rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        engine.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def run(engine: DuckDBPyConnection, script: str) -> None:
    """Run the statements of a script."""
    for sql in script.split(";\n"):
        if sql.strip():
            engine.execute(sql)


def number(found: DuckDBPyConnection) -> int:
    """Give the one number of an answer."""
    return int((found.fetchone() or (0,))[0])


def _joins(rules: Sequence[Prepared], terms: Terms) -> dict[int, Join]:
    found: dict[int, Join] = {}
    for order, rule in enumerate(rules):
        try:
            found[order] = Join(rule, terms)
        except Beyond as exc:
            message = said("no join says this rule, so that it cannot be run on an archive in parts")
            raise DataError([Problem(shown(rule.path), 0, message)]) from exc
    return found


def _round(engine: DuckDBPyConnection, joins: Mapping[int, Join], status: str, *, negating: bool) -> int:
    newest = {number for (number,) in engine.execute("SELECT DISTINCT p FROM delta").fetchall()}
    some = {order: join for order, join in joins.items() if join.rule.negates is negating}
    query = derived(some, newest)
    if not query:
        return 0
    run(engine, _FRESH.format(query=query, status=status))
    return number(engine.execute("SELECT count(*) FROM delta"))


class Inferences:
    """Inferences of the tables, in their order, each time that they are asked for: all, or those of a table for one slice."""

    def __init__(
        self,
        engine: DuckDBPyConnection,
        rules: Sequence[str],
        iris: Iris,
        table: str = "ordered",
        of: int | None = None,
    ) -> None:
        self._engine, self._rules, self._iris = engine, rules, iris
        self._query = f"SELECT {_COLUMNS} FROM {table} {'' if of is None else f'WHERE slice = {of}'} ORDER BY place"

    def __iter__(self) -> Iterator[Inference]:
        found = self._engine.cursor().execute(self._query)
        while some := found.fetchmany(4096):
            for subject, predicate, object_, rule, premises, status, id_ in some:
                name, end = (self._iris.name(NamedNode(each.strip("<>"))) for each in (subject, object_))
                told = contract(NamedNode(predicate.strip("<>")))
                yield Inference(name, told, end, self._rules[rule], tuple(premises.split()), status, id_)

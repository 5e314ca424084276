"""What is inferred from many claims: rules as joins over columns, run in tables until they give nothing.

It gives what `reason` gives by SPARQL, in the same rounds: statuses from the strongest on, and rules with `NOT EXISTS`
when the others give nothing. A rule that no join says is run by SPARQL beside them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.knowledge.joins import Beyond, Join, derived
from graph.knowledge.rule import STATUSES, Applied, Prepared
from graph.knowledge.triples import Asserted
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.records import Claim, Entity, Inference
from graph.model.vocabulary import contract
from graph.system import duck
from graph.system.scratch import scratch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Twice what the rules take on a million claims.
_MEMORY = "1GB"
_ROOM = "graph.knowledge"
_SAID = """
SELECT s.name, p.name, o.name, coalesce(said, '') FROM delta
JOIN term s ON s.n = delta.s JOIN term p ON p.n = delta.p JOIN term o ON o.n = delta.o
"""
_BESIDE = """
SELECT s, p, o, min(how) AS how FROM ({query} UNION ALL SELECT s.n, p.n, o.n, how FROM beside
  JOIN term s ON s.name = beside.s JOIN term p ON p.name = beside.p JOIN term o ON o.name = beside.o) GROUP BY s, p, o
"""
_NOTHING = "SELECT 0 AS s, 0 AS p, 0 AS o, '' AS how WHERE false"


def infer(asserted: Asserted) -> tuple[tuple[Inference, ...], tuple[str, ...]]:
    """Give all that follows from the claims, sorted by triple, and the rules that SPARQL was needed for, by name."""
    with scratch() as folder, duck.opened(folder / "tables.duckdb", _MEMORY) as engine:
        links, classes = folder / "links", folder / "classes"
        write(links, (link(0, claim, asserted) for claim in asserted.facts.claims))
        write(classes, given(asserted.facts.entities.values(), asserted))
        closure = Closure(engine, asserted.ontology, links, classes)
        closure.infer()
        return tuple(Inferences(engine, closure.names, asserted.iris)), closure.apart


def write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows as tables are filled from."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def link(part: int, claim: Claim, asserted: Asserted) -> Sequence[object]:
    """Give a row of the table `link`; `part` is the number of that part of a dataset which the claim is in."""
    fact = asserted.fact(claim)
    described = claim.asserted and fact in _description(claim.subject, asserted)
    flags = (bool(claim.datatype), claim.property, claim.asserted, described)
    return (part, int(claim.line), *map(str, fact), claim.id, claim.standing, *flags)


def given(entities: Iterable[Entity], asserted: Asserted) -> Iterator[Sequence[str]]:
    """Give the rows of the table `given`, which is known without a claim, of some entities: their classes."""
    triples = chain.from_iterable(map(asserted.classes, entities))
    return (tuple(map(str, triple)) for triple in triples)


def _description(name: str, asserted: Asserted) -> Iterable[Triple]:
    """Give what is said of a thing whatever claims say."""
    facts = asserted.facts
    if name in facts.entities:
        return asserted.entity(facts.entities[name])
    return asserted.source(facts.sources[name.removeprefix("source/")])


class _StoredTerms:
    """The numbers of terms, looked up in the tables."""

    def __init__(self, engine: DuckDBPyConnection, valued: Iterable[NamedNode]) -> None:
        self._engine, self.valued = engine, frozenset(valued)

    def number(self, term: Any) -> int:
        """Give the number of a term, -1 if it is none of the dataset's."""
        return duck.number(self._engine, "SELECT coalesce(max(n), -1) FROM term WHERE name = ?", [str(term)])

    def beginning(self, text: str) -> tuple[int, int]:
        """Give the first and the last number of the IRIs that begin with `text`."""
        query = "SELECT coalesce({end}(n), {none}) FROM term WHERE starts_with(name, ?)"
        ends = (query.format(end=end, none=none) for end, none in (("min", 0), ("max", -1)))
        first, last = (duck.number(self._engine, each, [f"<{text}"]) for each in ends)
        return first, last


class Closure:
    """The rules of an ontology, on files of the rows of `link` and `given`, whose names may be patterns.

    `apart` are the names of those that no join says, `names` those of all, by their numbers in the tables.
    """

    def __init__(self, engine: DuckDBPyConnection, ontology: Ontology, links: Path, classes: Path) -> None:
        self._engine, self._ontology = engine, ontology
        self._rules = [Prepared(rule) for rule in ontology.rules]
        self.names = [rule.name for rule in self._rules]
        duck.run(engine, _ROOM, "links", links=links, classes=classes)
        heads = chain.from_iterable(chain.from_iterable(rule.head) for rule in self._rules)
        constants = sorted({str(end) for end in heads if isinstance(end, NamedNode)})
        duck.insert(engine, "constant", [(each,) for each in constants])
        duck.insert(engine, "given", [tuple(map(str, triple)) for triple in ontology.triples])
        duck.run(engine, _ROOM, "terms")
        valued = {triple.predicate for triple in ontology.triples if isinstance(triple.object, Literal)}
        self._joins, beyond = self._prepared(_StoredTerms(engine, valued))
        self.apart = tuple(rule.name for rule in beyond)
        self._applied = Applied(beyond)

    def _prepared(self, terms: _StoredTerms) -> tuple[dict[int, Join], list[Prepared]]:
        joins: dict[int, Join] = {}
        beyond: list[Prepared] = []
        for order, rule in enumerate(self._rules):
            try:
                joins[order] = Join(rule, terms)
            except Beyond:
                beyond.append(rule)
        return joins, beyond

    def infer(self) -> None:
        """Fill the table `ordered` with what follows, each by its shortest derivation, and drop what led to it."""
        for status in STATUSES:
            before = self._new()
            duck.run(self._engine, _ROOM, "claimed", status=status)
            if self._new() == before:
                continue
            self._engine.execute("INSERT INTO facts FROM delta")
            self._show()
            while self._round(status, negating=False) or self._round(status, negating=True):
                self._show()
            self._engine.execute("DELETE FROM delta")
        duck.run(self._engine, _ROOM, "ordering")

    def _new(self) -> int:
        return duck.number(self._engine, "SELECT count(*) FROM delta")

    def _show(self) -> None:
        """Let the rules that SPARQL runs see what is new."""
        if self.apart:
            found = duck.rows(self._engine.execute(_SAID))
            self._applied.add({_triple(*ends): tuple(said.split()) for *ends, said in found})

    def _round(self, status: str, *, negating: bool) -> int:
        """Add what every rule derives from what is known, and tell how much that is."""
        newest = {number for (number,) in self._engine.execute("SELECT DISTINCT p FROM delta").fetchall()}
        query = derived({order: join for order, join in self._joins.items() if join.rule.negates is negating}, newest)
        if self.apart:
            self._engine.execute("CREATE OR REPLACE TABLE beside (s VARCHAR, p VARCHAR, o VARCHAR, how VARCHAR)")
            duck.insert(self._engine, "beside", [*self._beside(negating=negating)])
            query = _BESIDE.format(query=query or _NOTHING)
        if not query:
            return 0
        duck.run(self._engine, _ROOM, "round", derived=query, status=status)
        return self._new()

    def _beside(self, *, negating: bool) -> Iterator[tuple[str, ...]]:
        for triple, (name, premises) in self._applied.round(negating=negating).items():
            yield (*map(str, triple), f"{self.names.index(name):04} {' '.join(premises)}")


class Inferences:
    """Inferences in their order, each time that they are asked for: of the table of all, or of another such one."""

    def __init__(
        self, engine: DuckDBPyConnection, rules: Sequence[str], iris: Iris, among: str = "ordered", **values: object
    ) -> None:
        self._engine, self._rules, self._iris, self._values = engine, rules, iris, values
        self._query = f"SELECT subject, predicate, object, rule, said, status, id FROM {among} ORDER BY place"

    def __iter__(self) -> Iterator[Inference]:
        found = self._engine.cursor().execute(self._query, self._values or None)
        for subject, predicate, object_, rule, premises, status, id_ in duck.rows(found):
            one, way, other = (NamedNode(each.strip("<>")) for each in (subject, predicate, object_))
            ends = self._iris.name(one), contract(way), self._iris.name(other)
            yield Inference(*ends, self._rules[rule], tuple(premises.split()), status, id_)


def _triple(*ends: str) -> Triple:
    (quad,) = parse(f"{' '.join(ends)} .", format=RdfFormat.N_TRIPLES)
    triple: Triple = quad.triple
    return triple

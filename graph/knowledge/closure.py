"""What follows from many claims: rules as joins over columns, run until they give nothing.

It gives what `reason` gives by SPARQL, in the same rounds: statuses from the strongest on, and rules with `NOT EXISTS`
when the others give nothing. A rule that no join says is run by SPARQL beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from graph.knowledge.joins import Beyond, FactRows, Join, Key, TermIndex, derived
from graph.knowledge.rule import STATUSES, Applied, Derived, Prepared
from graph.knowledge.triples import Asserted
from graph.model.iris import digest
from graph.model.vocabulary import Term, expand

if TYPE_CHECKING:
    from graph.knowledge.duck import DuckTables


class Closure:
    """The rules on one dataset; `apart` are the names of those that no join says."""

    def __init__(self, asserted: Asserted, rules: Sequence[Prepared], tables: DuckTables) -> None:
        self._asserted, self._tables, self._rules = asserted, tables, rules
        self._terms = _terms(asserted, rules)
        self._joins: dict[int, Join] = {}
        beyond: list[Prepared] = []
        for order, rule in enumerate(rules):
            try:
                self._joins[order] = Join(rule, self._terms)
            except Beyond:
                beyond.append(rule)
        self.apart = tuple(rule.name for rule in beyond)
        self._applied = Applied(beyond)
        self._newest = set[int]()

    def infer(self) -> Derived:
        """Give what follows, each by its shortest derivation."""
        found: Derived = {}
        waiting = self._known()
        known = set(waiting)
        for status in STATUSES:
            told = self._told(status, known)
            if not told:
                continue
            known.update(told)
            self._add(waiting | told)
            waiting = told = {}
            while fresh := self._round(negating=False) or self._round(negating=True):
                rows: dict[Key, str | None] = {}
                for key, how in fresh.items():
                    triple, (order, *premises) = self._triple(key), how.split()
                    found[triple] = self._rules[int(order)].name, tuple(premises), status
                    rows[key] = f"inference/{digest(*triple)}"
                known.update(rows)
                self._add(rows)
        return found

    def _known(self) -> dict[Key, str | None]:
        """Give what is known without a claim."""
        classes = chain.from_iterable(map(self._asserted.classes, self._asserted.facts.entities.values()))
        return {self._key(triple): None for triple in chain(self._asserted.ontology.triples, classes)}

    def _told(self, status: str, known: Set[Key]) -> dict[Key, str | None]:
        """Give what the claims of one status say, and which they are, but for what is known."""
        told: dict[Key, str | None] = {}
        number, iris = self._terms.number, self._asserted.iris
        for claim in self._asserted.facts.claims:
            if claim.standing == status and not claim.datatype:
                ends = iris.entity(claim.subject), iris.entity(claim.object)
                key = number(ends[0]), number(expand(claim.property)), number(ends[1])
                if key not in known:
                    told[key] = f"{told[key]} claim/{claim.id}" if key in told else f"claim/{claim.id}"
        return told

    def _add(self, rows: FactRows) -> None:
        self._tables.add(rows)
        self._newest = {predicate for _, predicate, _ in rows}
        if self.apart:
            self._applied.add({self._triple(key): tuple((said or "").split()) for key, said in rows.items()})

    def _round(self, *, negating: bool) -> dict[Key, str]:
        """Give what every rule derives from what is known, and how: the order of the rule, then the premises."""
        fresh: dict[Key, str] = {}
        joins = {order: join for order, join in self._joins.items() if join.rule.negates is negating}
        if query := derived(joins, self._newest):
            fresh = {(s, p, o): how for s, p, o, how in self._tables.rows(query)}
        order = {rule.name: place for place, rule in enumerate(self._rules)}
        for triple, (name, premises) in self._applied.round(negating=negating).items():
            key, how = self._key(triple), f"{order[name]:04} {' '.join(premises)}"
            fresh[key] = min(how, fresh.get(key, how))
        return fresh

    def _key(self, triple: Triple) -> Key:
        number = self._terms.number
        return number(triple.subject), number(triple.predicate), number(triple.object)

    def _triple(self, key: Key) -> Triple:
        subject, predicate, object_ = map(self._terms.term, key)
        return Triple(subject, predicate, object_)


def _terms(asserted: Asserted, rules: Iterable[Prepared]) -> TermIndex:
    iris, ontology = asserted.iris, asserted.ontology
    links = [claim for claim in asserted.facts.claims if not claim.datatype]
    classes = {name for entity in asserted.facts.entities.values() for name in entity.classes}
    found: Iterable[Term] = chain(
        chain.from_iterable(ontology.triples),
        map(iris.entity, {name for claim in links for name in (claim.subject, claim.object)}),
        map(iris.entity, asserted.facts.entities),
        map(expand, {claim.property for claim in links}),
        map(expand, classes.union(*map(ontology.ancestors, classes))),
        (end for rule in rules for pattern in rule.head for end in pattern if isinstance(end, NamedNode)),
    )
    return TermIndex(found, {triple.predicate for triple in ontology.triples if isinstance(triple.object, Literal)})

"""A rule as a join over columns: its SQL, of a table `facts` and one of the newest, `delta`.

Both have the columns `s`, `p`, `o`, which hold the numbers of terms, and `said`, the claims and inferences that say so,
with spaces between, which sort as a list of them does. Only the standard's SQL is used, and `ANTI JOIN … USING`.

A rule may say of its variables that they differ or are one, are one of some terms, begin as a text does, and that
there is no other solution (`FILTER NOT EXISTS`, in one another too). Whatever else one says is `Beyond`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple, Protocol

from pyoxigraph import NamedNode, Variable

from graph.knowledge.rule import Pattern, Prepared

_OPERATORS = {"=": "=", "!=": "<>", "IN": "IN", "NOT IN": "NOT IN"}


class Beyond(Exception):
    """A rule that says more than joins do."""


class Numbered(Protocol):
    """The terms of a dataset, numbered in the order of their N-Triples, so that those that begin alike are a range.

    `valued` are the predicates that lead to literals: what is compared as a value is more than its number.
    """

    valued: frozenset[NamedNode]

    def number(self, term: Any) -> int:
        """Give the number of a term, -1 if it is none of the dataset's."""

    def beginning(self, text: str) -> tuple[int, int]:
        """Give the first and the last number of the IRIs that begin with `text`."""


class _Test(NamedTuple):
    """A condition: its SQL, with a place for each of its variables."""

    sql: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds together: triples, conditions on their variables, and groups of which there is no solution."""

    patterns: Sequence[Pattern]
    tests: Sequence[_Test]
    without: Sequence[_Group]

    def mentioned(self) -> set[str]:
        """Give all variables of it and of the groups in it."""
        own = {term.value for term in _flat(self.patterns) if isinstance(term, Variable)}
        return own.union(*(test.variables for test in self.tests), *(group.mentioned() for group in self.without))


class Join:
    """The SQL of one rule; raises Beyond where it is one that joins do not say."""

    def __init__(self, rule: Prepared, terms: Numbered) -> None:
        from rdflib.plugins.sparql import prepareQuery

        self.rule, self._terms = rule, terms
        try:
            algebra = prepareQuery(rule.text).algebra
        except Exception as exc:  # whatever it makes of a query that another engine has read already
            raise Beyond from exc
        self._group = _group(algebra.p.p, terms, ())
        self._group = _Group(rule.body, self._group.tests, self._group.without)  # in the order of its lines
        self._names = {name: f"v{number}" for number, name in enumerate(sorted(self._group.mentioned()))}
        self._solutions(self._group, [])  # to find out whether it can be said

    def sql(self, order: int, newest: Set[int]) -> Iterator[str]:
        """Give the SELECTs of what it derives, with `order` before the premises as `how`; unions of them are whole.

        A rule without NOT EXISTS has one for each triple of its WHERE that may be among the newest, whose predicates
        are given: what is without any was found before.
        """
        for pattern, delta in product(self.rule.head, self._deltas(newest)):
            steps: list[str] = []
            last = self._solutions(self._group, steps, delta=delta)
            ends = ", ".join(f"{self._end(end)} AS {column}" for end, column in zip(pattern, "spo", strict=True))
            yield f"SELECT s, p, o, how FROM (WITH {', '.join(steps)} SELECT {ends}, " + (
                f"concat('{order:04} ', said) AS how FROM {last}) AS derived"
            )

    def _deltas(self, newest: Set[int]) -> Iterator[int | None]:
        if self.rule.negates or self._group.without:
            yield None
            return
        for number, (_, predicate, _) in enumerate(self.rule.body):
            if isinstance(predicate, Variable) or self._terms.number(predicate) in newest:
                yield number

    def _end(self, term: NamedNode | Variable) -> str:
        return self._names[term.value] if isinstance(term, Variable) else str(self._terms.number(term))

    def _solutions(
        self, group: _Group, steps: list[str], given: str = "", known: Sequence[str] = (), delta: int | None = None
    ) -> str:
        """Add the steps that find the solutions of a group to `steps`, and give the name of the last.

        `known` are the variables that it has from the step `given`.
        """
        tables = [f"{'delta' if number == delta else 'facts'} AS t{number}" for number in range(len(group.patterns))]
        if given:
            tables.append(f"(SELECT DISTINCT {self._columns(known)} FROM {given}) AS given")
        places = {name: f"given.{self._names[name]}" for name in known}
        where = list(self._conditions(group.patterns, places))
        try:
            where += [test.sql.format(*(places[name] for name in test.variables)) for test in group.tests]
        except KeyError as exc:
            raise Beyond from exc
        columns = [f"{place} AS {self._names[name]}" for name, place in places.items()]
        columns += [] if given else [f"{_said(len(group.patterns))} AS said"]
        last = _step(
            steps, f"SELECT {', '.join(columns)} FROM {', '.join(tables)} WHERE {' AND '.join(where) or 'true'}"
        )
        for other in group.without:
            shared = [name for name in places if name in other.mentioned()]
            if not shared:
                raise Beyond
            found = self._solutions(other, steps, last, shared)
            using = self._columns(shared)
            last = _step(
                steps, f"SELECT * FROM {last} ANTI JOIN (SELECT DISTINCT {using} FROM {found}) AS found USING ({using})"
            )
        return last

    def _conditions(self, patterns: Sequence[Pattern], places: dict[str, str]) -> Iterator[str]:
        """Give what makes rows solutions, and where each new variable stands to `places`."""
        for number, pattern in enumerate(patterns):
            for column, term in zip("spo", pattern, strict=True):
                place = f"t{number}.{column}"
                if not isinstance(term, Variable):
                    yield f"{place} = {self._terms.number(term)}"
                elif places.setdefault(term.value, place) != place:
                    yield f"{place} = {places[term.value]}"

    def _columns(self, names: Iterable[str]) -> str:
        return ", ".join(self._names[name] for name in names)


def derived(joins: Mapping[int, Join], newest: Set[int]) -> str:
    """Give the SQL of what some rules derive that is not known: of several ways, the first by order and premises.

    `newest` are the predicates in `delta`; where no rule asks for them, there is nothing to ask.
    """
    ways = " UNION ALL ".join(select for order, join in joins.items() for select in join.sql(order, newest))
    if not ways:
        return ""
    return f"SELECT s, p, o, min(how) AS how FROM ({ways}) AS ways ANTI JOIN facts USING (s, p, o) GROUP BY s, p, o"


def _step(steps: list[str], select: str) -> str:
    name = f"step{len(steps)}"
    steps.append(f"{name} AS ({select})")
    return name


def _said(patterns: int) -> str:
    """Give the SQL of the premises of a solution: what two of its triples are, is said once."""
    each = []
    for number in range(patterns):
        said = f"t{number}.said"
        for other in range(number):
            said = f"nullif({said}, t{other}.said)"
        each.append(said)
    return f"concat_ws(' ', {', '.join(each)})"


def _group(pattern: Any, terms: Numbered, around: Sequence[Pattern]) -> _Group:
    """Read a group of rdflib's algebra that stands within triples of another."""
    if pattern.name == "Filter":
        triples = _triples(pattern.p)
        conditions = _conjuncts(pattern.expr)
    else:
        triples, conditions = _triples(pattern), []
    scope = [*around, *triples]
    without = [_group(each.graph, terms, scope) for each in conditions if each.name == "Builtin_NOTEXISTS"]
    tests = [_test(each, terms, scope) for each in conditions if each.name != "Builtin_NOTEXISTS"]
    return _Group(triples, tests, without)


def _triples(pattern: Any) -> list[Pattern]:
    if pattern.name == "Join":
        return [*_triples(pattern.p1), *_triples(pattern.p2)]
    if pattern.name != "BGP":
        raise Beyond
    return [(_term(subject), _term(predicate), _term(object_)) for subject, predicate, object_ in pattern.triples]


def _conjuncts(expression: Any) -> list[Any]:
    if not hasattr(expression, "name"):  # a variable or a value alone
        raise Beyond
    if expression.name != "ConditionalAndExpression":
        return [expression]
    return [each for part in (expression.expr, *expression.other) for each in _conjuncts(part)]


def _test(expression: Any, terms: Numbered, scope: Sequence[Pattern]) -> _Test:
    if expression.name == "Builtin_STRSTARTS" and getattr(expression.arg1, "name", "") == "Builtin_STR":
        variable, text = _term(expression.arg1.arg), expression.arg2
        if isinstance(variable, Variable) and _is_iri(variable, terms, scope) and _plain(text):
            first, last = terms.beginning(str(text))
            return _Test(f"{{}} BETWEEN {first} AND {last}", (variable.value,))
    elif expression.name == "RelationalExpression" and expression.op in _OPERATORS:
        several = isinstance(expression.other, list)
        one, *others = map(_term, (expression.expr, *(expression.other if several else [expression.other])))
        if isinstance(one, Variable) and all(_comparable(one, other, terms, scope) for other in others):
            places = ", ".join("{}" if isinstance(each, Variable) else str(terms.number(each)) for each in others)
            variables = [each.value for each in (one, *others) if isinstance(each, Variable)]
            sql = f"{{}} {_OPERATORS[expression.op]} {f'({places})' if several else places}"
            return _Test(sql, tuple(variables))
    raise Beyond


def _comparable(one: Variable, other: NamedNode | Variable, terms: Numbered, scope: Sequence[Pattern]) -> bool:
    """Tell whether two are equal just when they are the same term: one of them is no literal."""
    return isinstance(other, NamedNode) or any(_is_iri(each, terms, scope) for each in (one, other))


def _is_iri(variable: Variable, terms: Numbered, scope: Sequence[Pattern]) -> bool:
    return any(
        variable in (subject, predicate)
        or (variable == object_ and isinstance(predicate, NamedNode) and predicate not in terms.valued)
        for subject, predicate, object_ in scope
    )


def _plain(text: Any) -> bool:
    from rdflib import Literal as Text

    return isinstance(text, Text) and text.language is None and text.datatype is None


def _term(term: Any) -> NamedNode | Variable:
    from rdflib import URIRef
    from rdflib import Variable as Named

    if isinstance(term, Named):
        return Variable(str(term))
    if isinstance(term, URIRef):
        return NamedNode(str(term))
    raise Beyond


def _flat(patterns: Iterable[Pattern]) -> Iterator[NamedNode | Variable]:
    return (term for pattern in patterns for term in pattern)

"""A rule made ready: a SPARQL query that any engine can run, written so that its parts are seen line by line.

The PREFIX lines, `CONSTRUCT { triples }`, `WHERE {`, then one triple or one `FILTER` a line, and `}`. To know the
premises of a result, the triples of its WHERE are filled in with each solution and looked up among what is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode, Quad, QuerySolution, QuerySolutions, Store, Triple, Variable

from graph.errors import DataError
from graph.model.ontology import Rule
from graph.model.vocabulary import RDF

#: In the order in which they are gone through: from the strongest to the weakest.
STATUSES = ("stated", "ongoing", "planned", "discussed")
_SHAPE = "a rule is CONSTRUCT { triples }, then WHERE {, one triple or one FILTER a line, and }"

#: What is known, and the names of the claims and inferences that say so: none for classes and for the ontology.
Grounds = dict[Triple, tuple[str, ...]]
#: What follows, by which rule, and from which claims and inferences.
Derivations = dict[Triple, tuple[str, tuple[str, ...]]]
#: The same, and the status whose claims came last.
Derived = dict[Triple, tuple[str, tuple[str, ...], str]]
Pattern = tuple[NamedNode | Variable, NamedNode | Variable, NamedNode | Variable]


class Applied:
    """Rules, and all that they are applied to: by SPARQL, in a store."""

    def __init__(self, rules: Iterable[Prepared]) -> None:
        self.grounds: Grounds = {}
        self._rules, self._store = list(rules), Store()

    def add(self, facts: Grounds) -> None:
        """Let the rules see more facts."""
        self._store.bulk_extend(Quad(*triple) for triple in facts)
        self.grounds |= facts

    def round(self, *, negating: bool) -> Derivations:
        """Apply every rule once; of several derivations, the first by rule, then by premises, is kept."""
        fresh: Derivations = {}
        for one in (rule for rule in self._rules if rule.negates is negating):
            for solution in one.solutions(self._store):
                for pattern in one.head:
                    triple = _fill(pattern, solution)
                    if triple in self.grounds or (triple in fresh and fresh[triple][0] != one.name):
                        continue
                    said = [premise for known in one.body for premise in self.grounds[_fill(known, solution)]]
                    premises = tuple(dict.fromkeys(said))
                    if triple not in fresh or premises < fresh[triple][1]:
                        fresh[triple] = one.name, premises
        return fresh


class Prepared:
    """A rule made ready: the triples of its head and body, and the query that finds its solutions."""

    def __init__(self, rule: Rule) -> None:
        self.name, self.path, self.text = rule.name, rule.path, rule.text
        self._refuse_mistakes(rule.text)
        lines = [line.strip() for line in rule.text.splitlines() if line.strip() and not line.strip().startswith("#")]
        prologue = [line for line in lines if line.startswith("PREFIX ")]
        self._prefixes = {name.removesuffix(":"): iri.strip("<>") for _, name, iri in map(str.split, prologue)}
        match lines[len(prologue) :]:
            case [head, "WHERE {", *body, "}"] if head.startswith("CONSTRUCT {") and head.endswith("}"):
                head = head.removeprefix("CONSTRUCT {").removesuffix("}")
            case _:
                raise self._wrong(_SHAPE)
        self.head = [self._pattern(triple) for triple in head.split(" . ")]
        self.body = [self._pattern(line) for line in body if not line.startswith("FILTER ")]
        if unbound := sorted(_variables(self.head) - _variables(self.body)):
            raise self._wrong(f"?{unbound[0]} stands in CONSTRUCT but in no triple of WHERE")
        self.negates = any("NOT EXISTS" in line for line in body)
        known = f"FILTER NOT EXISTS {{ {head} }}"  # where all that follows is known, nothing new does
        self._query = "\n".join([*prologue, "SELECT * WHERE {", *body, known, "}"])

    def solutions(self, store: Store) -> QuerySolutions:
        """Find the ways in which the body holds and something follows that is not there."""
        found = store.query(self._query)
        assert isinstance(found, QuerySolutions)  # noqa: S101 - a SELECT, as written above
        return found

    def _refuse_mistakes(self, text: str) -> None:
        try:
            Store().query(text)
        except SyntaxError as exc:
            raise self._wrong(str(exc)) from exc

    def _pattern(self, text: str) -> Pattern:
        match text.strip().removesuffix(".").split():
            case [subject, predicate, object_]:
                return self._term(subject), self._term(predicate), self._term(object_)
        raise self._wrong(f"{_SHAPE}; this is not one: {text}")

    def _term(self, word: str) -> NamedNode | Variable:
        prefix, _, local = word.partition(":")
        if word.startswith("?"):
            return Variable(word[1:])
        if word == "a":
            return RDF.type
        if prefix in self._prefixes and local.replace("-", "_").isidentifier():
            return NamedNode(self._prefixes[prefix] + local)
        raise self._wrong(f"{_SHAPE}; {word} is neither ?name nor prefix:name")

    def _wrong(self, message: str) -> DataError:
        return DataError.at(self.path, message)


def _variables(patterns: list[Pattern]) -> set[str]:
    return {term.value for pattern in patterns for term in pattern if isinstance(term, Variable)}


def _fill(pattern: Pattern, solution: QuerySolution) -> Triple:
    ends: list[Any] = [solution[term] if isinstance(term, Variable) else term for term in pattern]
    return Triple(*ends)

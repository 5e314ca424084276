"""What follows from what is told: the rules of the ontology, run until they give nothing new.

A rule is a SPARQL query that any engine can run, `CONSTRUCT { triples } WHERE { triples and FILTER lines }`. To know
the premises of a result, its WHERE is filled in with each solution and looked up among claims and inferences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad, QuerySolution, QuerySolutions, RdfFormat, Store, Triple, parse

from graph.errors import DataError, Problem, shown
from graph.knowledge.triples import Writer
from graph.model.iris import Iris, Term, digest, rule
from graph.model.ontology import Ontology, Rule
from graph.model.records import Facts
from graph.model.vocabulary import AZ, PROV, RDF

_CONSTRUCT = re.compile(
    r"(?P<prologue>.*?)CONSTRUCT\s*\{(?P<head>[^{}]*)\}\s*WHERE\s*\{(?P<body>[^{}]*)\}\s*", re.DOTALL
)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_FILTER = re.compile(r"^\s*FILTER\b.*$", re.MULTILINE)
_VARIABLE = re.compile(r"[?$](\w+)")
_MARK = "variable:"
_SHAPE = "a rule is CONSTRUCT { triples } WHERE { triples, and FILTER (...) each on a line of its own }"

#: What is known, and the claims and inferences that say so: none for the classes of entities and for the ontology.
Evidence = dict[Triple, tuple[NamedNode, ...]]


@dataclass(frozen=True, slots=True)
class Inference:
    """A triple that no source tells, the rule that gives it, and the claims and inferences that it follows from."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    rule: str
    premises: tuple[NamedNode, ...]
    id: str


def infer(facts: Facts, ontology: Ontology, iris: Iris) -> tuple[Inference, ...]:
    """Give all that follows from the asserted claims, each triple once, by its shortest derivation; sorted by triple.

    Rules see links between things, not values. DataError when a rule is not of the shape described above.
    """
    rules = [_Compiled(rule) for rule in ontology.rules]
    evidence = _told(Writer(facts, ontology, iris))
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in evidence)
    found: list[Inference] = []
    while fresh := _round(rules, store, evidence, iris):
        found.extend(fresh)
        for one in fresh:
            evidence[Triple(one.subject, one.predicate, one.object)] = (iris.inference(one.id),)
        store.extend(Quad(one.subject, one.predicate, one.object) for one in fresh)
    return tuple(sorted(found, key=lambda one: (one.subject.value, one.predicate.value, str(one.object))))


def triples(inferences: tuple[Inference, ...], iris: Iris) -> Iterator[Triple]:
    """Give each inferred triple, and how it was inferred."""
    for one in inferences:
        yield Triple(one.subject, one.predicate, one.object)
    for one in inferences:
        subject = iris.inference(one.id)
        yield Triple(subject, RDF.type, AZ.Inference)
        yield Triple(subject, RDF.subject, one.subject)
        yield Triple(subject, RDF.predicate, one.predicate)
        yield Triple(subject, RDF.object, one.object)
        yield Triple(subject, AZ.rule, rule(one.rule))
        for premise in one.premises:
            yield Triple(subject, PROV.wasDerivedFrom, premise)


def _told(writer: Writer) -> Evidence:
    evidence: Evidence = dict.fromkeys(writer.ontology.triples, ())
    for entity in writer.facts.entities.values():
        evidence.update((triple, ()) for triple in writer.entity(entity) if triple.predicate == RDF.type)
    for claim in writer.facts.claims:
        if claim.asserted and not claim.datatype:
            fact = writer.fact(claim)
            evidence[fact] = (*evidence.get(fact, ()), writer.iris.claim(claim))
    return evidence


def _round(rules: list[_Compiled], store: Store, evidence: Evidence, iris: Iris) -> list[Inference]:
    """Apply every rule once to what is known; of several derivations, the first by rule, then by premises, is kept."""
    fresh: dict[Triple, Inference] = {}
    for one in rules:
        for solution in one.solutions(store):
            for pattern in one.head:
                triple = _fill(pattern, solution)
                if triple in evidence or (triple in fresh and fresh[triple].rule != one.name):
                    continue
                said = [premise for known in one.body for premise in evidence[_fill(known, solution)]]
                premises = tuple(dict.fromkeys(said))
                if triple not in fresh or _order(premises) < _order(fresh[triple].premises):
                    ends: tuple[Any, Any, Any] = (triple.subject, triple.predicate, triple.object)
                    fresh[triple] = Inference(*ends, one.name, premises, digest(*ends))
    return list(fresh.values())


def _order(premises: tuple[NamedNode, ...]) -> list[str]:
    return [premise.value for premise in premises]


class _Compiled:
    """A rule made ready: the triples of its head and body, and the query that finds its solutions."""

    def __init__(self, rule: Rule) -> None:
        self.name, self.path = rule.name, rule.path
        match = _CONSTRUCT.fullmatch(_COMMENT.sub("", rule.text))
        if not match:
            raise self._wrong(_SHAPE)
        prologue, head, body = match.group("prologue", "head", "body")
        self.head = self._patterns(prologue, head)
        self.body = self._patterns(prologue, _FILTER.sub("", body))
        unbound = sorted(set(_VARIABLE.findall(head)) - set(_VARIABLE.findall(_FILTER.sub("", body))))
        if unbound:
            raise self._wrong(f"?{unbound[0]} stands in CONSTRUCT but in no triple of WHERE")
        self.query = f"{prologue} SELECT * WHERE {{{body}}}"

    def solutions(self, store: Store) -> QuerySolutions:
        """Find the ways in which the body holds."""
        try:
            found = store.query(self.query)
        except SyntaxError as exc:
            raise self._wrong(str(exc)) from exc
        assert isinstance(found, QuerySolutions)  # noqa: S101 - a SELECT, as written above
        return found

    def _patterns(self, prologue: str, text: str) -> list[Triple]:
        """Read triple patterns as Turtle, which they are but for their variables."""
        turtle = prologue + _VARIABLE.sub(rf"<{_MARK}\1>", text).rstrip().removesuffix(".")
        try:
            return [quad.triple for quad in parse(f"{turtle} .", RdfFormat.TURTLE)]
        except SyntaxError as exc:
            raise self._wrong(f"{_SHAPE}; {exc.msg}") from exc

    def _wrong(self, message: str) -> DataError:
        return DataError([Problem(shown(self.path), 0, message)])


def _fill(pattern: Triple, solution: QuerySolution) -> Triple:
    return Triple(*(_term(term, solution) for term in pattern))


def _term(term: Any, solution: QuerySolution) -> Any:
    variable = isinstance(term, NamedNode) and term.value.startswith(_MARK)
    return solution[term.value.removeprefix(_MARK)] if variable else term

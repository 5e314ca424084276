"""What follows from what is claimed: the rules of the ontology, run until they give nothing new.

A rule is a SPARQL query that any engine can run, written so that its parts are seen line by line: the PREFIX lines,
`CONSTRUCT { triples }`, `WHERE {`, then one triple or one `FILTER` a line, and `}`. To know the premises of a
result, the triples of its WHERE are filled in with each solution and looked up among claims and inferences.

What is stated comes first, then what is ongoing, planned and discussed: a result that was not found before rests on
the status whose claims came last, the weakest of its premises. A rule with `NOT EXISTS` waits for the others.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode, Quad, QuerySolution, QuerySolutions, Store, Triple, Variable

from graph.errors import DataError, Problem, shown
from graph.knowledge.triples import Asserted
from graph.model.iris import Iris, digest
from graph.model.ontology import Rule
from graph.model.records import Inference
from graph.model.vocabulary import RDF, contract

_SHAPE = "a rule is CONSTRUCT { triples }, then WHERE {, one triple or one FILTER a line, and }"
_STATUSES = ("stated", "ongoing", "planned", "discussed")

#: What is known, and the names of the claims and inferences that say so: none for classes and for the ontology.
Grounds = dict[Triple, tuple[str, ...]]
#: What follows, by which rule, and from which claims and inferences.
Derivations = dict[Triple, tuple[str, tuple[str, ...]]]
Pattern = tuple[NamedNode | Variable, NamedNode | Variable, NamedNode | Variable]


def infer(asserted: Asserted) -> tuple[Inference, ...]:
    """Give all that follows from the claims, each triple once, by its shortest derivation; sorted by triple.

    Rules see links between things, not values. DataError when a rule is not of the shape described above.
    """
    rules = [_Prepared(rule) for rule in asserted.ontology.rules]
    first = [rule for rule in rules if not rule.negates], [rule for rule in rules if rule.negates]
    grounds = _known(asserted)
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in grounds)
    found: dict[Triple, tuple[str, tuple[str, ...], str]] = {}
    for status in _STATUSES:
        told = _told(asserted, status, grounds)
        store.bulk_extend(Quad(*triple) for triple in told)
        grounds |= told
        while told and (fresh := _round(first[0], store, grounds) or _round(first[1], store, grounds)):
            found |= {triple: (*derivation, status) for triple, derivation in fresh.items()}
            grounds |= {triple: (f"inference/{digest(*triple)}",) for triple in fresh}
            store.extend(Quad(*triple) for triple in fresh)
    return tuple(_inference(triple, *found[triple], asserted.iris) for triple in sorted(found, key=_in_order))


def _known(asserted: Asserted) -> Grounds:
    grounds: Grounds = dict.fromkeys(asserted.ontology.triples, ())
    for entity in asserted.facts.entities.values():
        grounds |= dict.fromkeys(asserted.classes(entity), ())
    return grounds


def _told(asserted: Asserted, status: str, grounds: Grounds) -> Grounds:
    """Give what the claims of one status say, but for what is known already from a stronger one."""
    told: Grounds = {}
    for claim in asserted.facts.claims:
        if claim.standing == status and not claim.datatype:
            fact = asserted.fact(claim)
            if fact not in grounds:
                told[fact] = (*told.get(fact, ()), f"claim/{claim.id}")
    return told


def _round(rules: list[_Prepared], store: Store, grounds: Grounds) -> Derivations:
    """Apply every rule once to what is known; of several derivations, the first by rule, then by premises, is kept."""
    fresh: Derivations = {}
    for one in rules:
        for solution in one.solutions(store):
            for pattern in one.head:
                triple = _fill(pattern, solution)
                if triple in grounds or (triple in fresh and fresh[triple][0] != one.name):
                    continue
                said = [premise for known in one.body for premise in grounds[_fill(known, solution)]]
                premises = tuple(dict.fromkeys(said))
                if triple not in fresh or premises < fresh[triple][1]:
                    fresh[triple] = one.name, premises
    return fresh


def _in_order(triple: Triple) -> tuple[str, ...]:
    subject, predicate, object_ = map(str, triple)
    return subject.strip("<>"), predicate.strip("<>"), object_


def _inference(triple: Triple, rule: str, premises: tuple[str, ...], status: str, iris: Iris) -> Inference:
    ends: tuple[Any, Any] = (triple.subject, triple.object)
    subject, object_ = map(iris.name, ends)
    return Inference(subject, contract(triple.predicate), object_, rule, premises, status, digest(*triple))


class _Prepared:
    """A rule made ready: the triples of its head and body, and the query that finds its solutions."""

    def __init__(self, rule: Rule) -> None:
        self.name, self.path = rule.name, rule.path
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
        self._query = "\n".join([*prologue, "SELECT * WHERE {", *body, "}"])

    def solutions(self, store: Store) -> QuerySolutions:
        """Find the ways in which the body holds."""
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
        return DataError([Problem(shown(self.path), 0, message)])


def _variables(patterns: list[Pattern]) -> set[str]:
    return {term.value for pattern in patterns for term in pattern if isinstance(term, Variable)}


def _fill(pattern: Pattern, solution: QuerySolution) -> Triple:
    ends: list[Any] = [solution[term] if isinstance(term, Variable) else term for term in pattern]
    return Triple(*ends)

"""What is inferred from what is claimed: the rules of the ontology, run until they give nothing new.

What is stated comes first, then what is ongoing, planned and discussed: a result that was not found before rests on
the status whose claims came last, the weakest of its premises. A rule with `NOT EXISTS` waits for the others.

Many claims are reasoned on in tables, by joins, where DuckDB is installed: `graph.knowledge.closure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from operator import attrgetter
from typing import Any, NamedTuple

from pyoxigraph import Triple

from graph.knowledge.rule import STATUSES, Applied, Derived, Grounds, Prepared
from graph.knowledge.triples import Asserted
from graph.model.iris import Iris, digest
from graph.model.records import Inference
from graph.model.vocabulary import contract
from graph.system.memo import remembered

#: From how many claims on tables and joins take less time than a store and SPARQL.
MANY = 30_000


class Inferred(NamedTuple):
    """What is inferred, sorted by triple; `apart` are the rules that were run by SPARQL beside joins, by name."""

    inferences: tuple[Inference, ...]
    apart: tuple[str, ...] = ()


def infer(asserted: Asserted) -> Inferred:
    """Give all that is inferred from the claims, each triple once, by its shortest derivation; sorted by triple.

    Rules see links between things, not values. DataError when a rule is not of the shape that `graph.knowledge.rule`
    describes.
    """
    rules = [Prepared(rule) for rule in asserted.ontology.rules]
    if len(asserted.facts.claims) >= MANY and find_spec("duckdb"):
        from graph.knowledge import closure

        return Inferred(*closure.infer(asserted))
    classes = [(entity.id, entity.classes) for entity in asserted.facts.entities.values()]
    links = [(claim.id, claim.standing) for claim in asserted.facts.claims if not claim.datatype]
    given = asserted.iris.base, asserted.ontology.digest, classes, links
    make = lambda: [*map(attrgetter(*Inference.__slots__), _sorted(_by_sparql(asserted, rules), asserted.iris))]  # noqa: E731
    found = remembered("inferred", given, make)
    return Inferred(tuple(Inference(s, p, o, rule, tuple(premises), *rest) for s, p, o, rule, premises, *rest in found))


def _by_sparql(asserted: Asserted, rules: list[Prepared]) -> Derived:
    applied, found = Applied(rules), Derived()
    applied.add(_known(asserted))
    for status in STATUSES:
        claimed = _claimed(asserted, status, applied.grounds)
        applied.add(claimed)
        while claimed and (fresh := applied.round(negating=False) or applied.round(negating=True)):
            found |= {triple: (*derivation, status) for triple, derivation in fresh.items()}
            applied.add({triple: (f"inference/{digest(*triple)}",) for triple in fresh})
    return found


def _known(asserted: Asserted) -> Grounds:
    grounds: Grounds = dict.fromkeys(asserted.ontology.triples, ())
    for entity in asserted.facts.entities.values():
        grounds |= dict.fromkeys(asserted.classes(entity), ())
    return grounds


def _claimed(asserted: Asserted, status: str, grounds: Grounds) -> Grounds:
    """Give what the claims of one status say, but for what is known already from a stronger one."""
    claimed: Grounds = {}
    for claim in asserted.facts.claims:
        if claim.standing == status and not claim.datatype:
            fact = asserted.fact(claim)
            if fact not in grounds:
                claimed[fact] = (*claimed.get(fact, ()), f"claim/{claim.id}")
    return claimed


def _in_order(triple: Triple) -> tuple[str, ...]:
    subject, predicate, object_ = map(str, triple)
    return subject.strip("<>"), predicate.strip("<>"), object_


def _sorted(found: Derived, iris: Iris) -> Iterator[Inference]:
    return (_inference(triple, *found[triple], iris) for triple in sorted(found, key=_in_order))


def _inference(triple: Triple, rule: str, premises: tuple[str, ...], status: str, iris: Iris) -> Inference:
    ends: tuple[Any, Any] = (triple.subject, triple.object)
    subject, object_ = map(iris.name, ends)
    return Inference(subject, contract(triple.predicate), object_, rule, premises, status, digest(*triple))

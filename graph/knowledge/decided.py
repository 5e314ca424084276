"""What curators decided, published so that anyone sees why a claim does not stand or what a name means (PROV)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.iris import Iris, digest
from graph.model.records import Decision, Facts
from graph.model.vocabulary import AZ, DCTERMS, FOAF, PROV, RDF, SKOS, XSD

#: The decisions that are published, by their kinds; to take or refuse a proposal changes nothing that is in the data.
_CLASSES = {
    "withdraw": AZ.Withdrawal,
    "prefer": AZ.Preference,
    "same": AZ.Identification,
    "distinct": AZ.Distinction,
}
_INVALIDATED = {"withdraw": "a", "prefer": "b"}


def triples(facts: Facts, iris: Iris) -> Iterator[Triple]:
    """Give each decision: what kind, on what, by whom, when and why, and which claim it makes invalid.

    A decision on a claim that a part of the dataset does not hold is left out.
    """
    claims = {claim.id for claim in facts.claims}
    for each in facts.decisions:
        ended = getattr(each, _INVALIDATED.get(each.kind, ""), "")
        if each.kind in _CLASSES and (not ended or ended in claims):
            yield from _decision(each, facts, iris, ended)


def agent(node: NamedNode, name: str) -> Iterator[Triple]:
    """Give someone who decides or makes, by name."""
    yield Triple(node, RDF.type, PROV.Agent)
    yield Triple(node, FOAF.name, Literal(name))


def _decision(decision: Decision, facts: Facts, iris: Iris, ended: str) -> Iterator[Triple]:
    subject = iris.decision(decision)
    for kind in (PROV.Activity, AZ.Decision, _CLASSES[decision.kind]):
        yield Triple(subject, RDF.type, kind)
    for name in filter(None, (decision.a, decision.b)):
        if ended:
            yield Triple(subject, PROV.used, NamedNode(f"{iris.base}claim/{name}"))
        elif name in facts.entities:
            yield Triple(subject, PROV.used, iris.entity(name))
        else:
            yield Triple(subject, AZ.decidedName, Literal(name))
    if decision.source:
        yield Triple(subject, PROV.used, iris.source(decision.source))
    yield Triple(subject, SKOS.changeNote, Literal(decision.reason))
    yield Triple(subject, DCTERMS.date, Literal(decision.on, datatype=XSD.date))
    ours = decision.by == facts.info.publisher
    by = iris.description("agent", "curators" if ours else digest(Literal(decision.by)))
    yield Triple(subject, PROV.wasAssociatedWith, by)
    yield from agent(by, decision.by)
    if ended:
        yield Triple(NamedNode(f"{iris.base}claim/{ended}"), PROV.wasInvalidatedBy, subject)

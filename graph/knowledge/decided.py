"""What curators decided, published so that anyone sees why a claim does not stand or what a name means (PROV)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.iris import Iris, digest
from graph.model.records import TOGETHER, Decision, Facts
from graph.model.vocabulary import AZ, DCTERMS, FOAF, PROV, RDF, SKOS, XSD
from graph.model.words import written_in

#: The decisions that are published, by their kinds; to refuse a proposal changes nothing that is in the data.
_CLASSES = {
    "withdraw": AZ.Withdrawal,
    "prefer": AZ.Preference,
    "same": AZ.Identification,
    "distinct": AZ.Distinction,
    "accept": AZ.Acceptance,
}
#: The column that names the claim on which is decided, and what the claim owes to the decision.
_INVALIDATED = {"withdraw": "a", "prefer": "b"}
_CLAIM = {**_INVALIDATED, "accept": "a"}


def triples(facts: Facts, iris: Iris) -> Iterator[Triple]:
    """Give each decision: what kind, on what, by whom, when and why, and which claim it makes invalid or lets in.

    What proposed a claim that was let in is an agent too. A decision on a claim that the dataset, or a part of it,
    does not hold is left out.
    """
    claims = {claim.id for claim in facts.claims}
    for each in facts.decisions:
        claim = getattr(each, _CLAIM.get(each.kind, ""), "")
        if each.kind in _CLASSES and (not claim or claim in claims):
            yield from _decision(each, facts, iris, claim)


def agent(node: NamedNode, name: str) -> Iterator[Triple]:
    """Give someone who decides or makes, by name."""
    yield Triple(node, RDF.type, PROV.Agent)
    yield Triple(node, FOAF.name, Literal(name))


def _decision(decision: Decision, facts: Facts, iris: Iris, claim: str) -> Iterator[Triple]:
    subject = iris.decision(decision)
    for kind in (PROV.Activity, AZ.Decision, _CLASSES[decision.kind]):
        yield Triple(subject, RDF.type, kind)
    if decision.kind == "accept":
        for name in filter(None, decision.b.split(TOGETHER)):
            yield from _proposer(subject, name, iris)
    for name in filter(None, (decision.a, decision.b) if decision.kind != "accept" else ()):
        if claim:
            yield Triple(subject, PROV.used, NamedNode(f"{iris.base}claim/{name}"))
        elif name in facts.entities:
            yield Triple(subject, PROV.used, iris.entity(name))
        else:
            yield Triple(subject, AZ.decidedName, Literal(name))
    if decision.source:
        yield Triple(subject, PROV.used, iris.source(decision.source))
    yield Triple(subject, SKOS.changeNote, Literal(decision.reason, language=written_in(decision.reason)))
    yield Triple(subject, DCTERMS.date, Literal(decision.on, datatype=XSD.date))
    ours = decision.by == facts.info.publisher
    by = iris.description("agent", "curators" if ours else digest(Literal(decision.by)))
    yield Triple(subject, PROV.wasAssociatedWith, by)
    yield from agent(by, decision.by)
    if claim:
        owed = PROV.wasInvalidatedBy if decision.kind in _INVALIDATED else PROV.wasGeneratedBy
        yield Triple(NamedNode(f"{iris.base}claim/{claim}"), owed, subject)


def _proposer(decision: NamedNode, name: str, iris: Iris) -> Iterator[Triple]:
    """Say which program and version proposed what a curator accepted."""
    node = iris.description("agent", digest(Literal(name)))
    yield Triple(decision, PROV.wasAssociatedWith, node)
    yield Triple(node, RDF.type, PROV.SoftwareAgent)
    yield from agent(node, name)

"""A part of a dataset that is a dataset again: what one source asserts, or what surrounds one entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import QueryError, said
from graph.facts import called
from graph.facts.known import Known
from graph.knowledge import reason
from graph.knowledge.triples import Asserted

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim

_FEW = 12  # ids that a message may list


def of_source(knowledge: Knowledge, source: str) -> Knowledge:
    """Give what one source asserts, the entities it speaks of, and what follows from it alone.

    Raises QueryError for an unknown source.
    """
    known = knowledge.facts.sources
    if source not in known:
        raise QueryError(f'unknown source "{source}"{Known("source", known, few=len(known) <= _FEW).hint(source)}')
    return _part(knowledge, lambda claim: claim.source == source)


def around(knowledge: Knowledge, entity: str, depth: int) -> Knowledge:
    """Give the entities at most `depth` claimed links from one, the claims about them, and what follows from those.

    The one is named by its id, its IRI or a name of it in any language and spelling. Links count in both directions.
    Raises QueryError where it is unknown, or several are called so.
    """
    import networkx as nx

    names = called.entities(knowledge.facts.entities)
    entity = called.meant(said("no entity"), entity.removeprefix(knowledge.info.base), names)
    facts, properties = knowledge.facts, knowledge.ontology.properties
    links = (claim for claim in facts.claims if properties[claim.property].edge and claim.subject in facts.entities)
    network = nx.Graph((claim.subject, claim.object) for claim in links)
    network.add_node(entity)
    return among(knowledge, nx.ego_graph(network, entity, radius=depth))


def among(knowledge: Knowledge, entities: Iterable[str]) -> Knowledge:
    """Give these entities, the claims about them that name no other, and what follows from those."""
    near = set(entities)

    def within(claim: Claim) -> bool:
        return claim.subject in near and (claim.object in near or not _links(claim))

    return _part(knowledge, within, near)


def _part(knowledge: Knowledge, kept: Callable[[Claim], bool], named: Iterable[str] = ()) -> Knowledge:
    facts = knowledge.facts
    claims = tuple(filter(kept, facts.claims))
    ends = {*named, *(claim.subject for claim in claims), *(claim.object for claim in claims if _links(claim))}
    cited = {claim.source for claim in claims} | {end.removeprefix("source/") for end in ends}
    part = replace(
        facts,
        claims=claims,
        entities={name: entity for name, entity in facts.entities.items() if name in ends},
        sources={name: source for name, source in facts.sources.items() if name in cited},
        mentions=tuple(each for each in facts.mentions if each.entity in ends and each.source in cited),
        tours=(),  # they lead through the whole
    )
    asserted = Asserted(part, knowledge.ontology)
    return replace(knowledge, asserted=asserted, inferences=reason.infer(asserted).inferences, whole=False)


def _links(claim: Claim) -> bool:
    return not (claim.datatype or claim.foreign)

"""What is right in tables that have faults: it is judged in the same run, so that all is heard at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.facts.rows import CuratedFile
from graph.model.mentions import Mentions
from graph.model.passages import Passages
from graph.model.records import Claim, Doubt, Facts, Mention


def right(facts: Facts, files: Mapping[str, CuratedFile]) -> tuple[Facts, Doubt]:
    """Give what lines without a fault say of what such lines hold, and what is in doubt; `files` are the tables."""
    faulty = {name: file.faulty for name, file in files.items()}
    if not any(faulty.values()):
        return facts, Doubt()
    sources = {name: each for name, each in facts.sources.items() if each.line not in faulty["sources.csv"]}
    entities = {name: each for name, each in facts.entities.items() if each.line not in faulty["entities.csv"]}
    things = {*entities, *(f"source/{name}" for name in sources)}

    def stands(claim: Claim) -> bool:
        lines = {claim.line, *(each.line for each in claim.quotations)}
        return claim.source in sources and things.issuperset(_ends(claim)) and not lines & faulty["claims.csv"]

    def named(each: Mention) -> bool:
        return each.entity in entities and each.source in sources and each.line not in faulty["mentions.csv"]

    words = {word for file in files.values() for word in file.named}
    words |= {end for claim in facts.claims if not stands(claim) for end in _ends(claim)}
    words |= {each.entity for each in facts.mentions if not named(each)}
    claims = tuple(filter(stands, facts.claims))
    ids = {claim.id for claim in claims}
    remaining = replace(
        facts,
        sources=sources,
        entities=entities,
        claims=claims,
        conflicts=tuple(pair for pair in facts.conflicts if ids.issuperset(pair)),
        mentions=Mentions(filter(named, facts.mentions)),
        passages=Passages({place: each for place, each in facts.passages.items() if place[0] in sources}),
        decisions=tuple(each for each in facts.decisions if each.line not in faulty["decisions.csv"]),
        moved=tuple(each for each in facts.moved if each.line not in faulty["moved.csv"]),
    )
    left = len(facts.claims) - len(claims)
    return remaining, Doubt(frozenset(words), sum(map(len, faulty.values())) + left)


def _ends(claim: Claim) -> list[str]:
    return [claim.subject] if claim.datatype or claim.foreign else [claim.subject, claim.object]

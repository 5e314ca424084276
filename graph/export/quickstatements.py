"""What the dataset asserts and Wikidata may lack, as commands of QuickStatements 1; whoever wants to, sends them there.

Which property is which of Wikidata's is said by the ontology (`skos:exactMatch`; two that are one there, such as
latitude and longitude, by `skos:broadMatch`). Only things with a Wikidata identifier are spoken of, each statement has
its source as a reference, and what was read in Wikidata itself is not told back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import NamedNode

from graph.model.vocabulary import SKOS, contract

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim, Source

_WIKIDATA = ("http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/")
_SAME = "schema:sameAs"


def write(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write one command per line, the fields apart by tabs, in the order of the claims."""
    for line in dict.fromkeys(_commands(knowledge)):
        stream.write(f"{line}\n".encode())


def _commands(knowledge: Knowledge) -> Iterator[str]:
    facts = knowledge.facts
    linking = [claim for claim in facts.claims if claim.property == _SAME and claim.object.startswith(_WIKIDATA)]
    items = {claim.subject: _item(claim.object) for claim in linking if claim.asserted}
    from_there = {claim.source for claim in linking}
    properties, parts = _matches(knowledge, SKOS.exactMatch), _matches(knowledge, SKOS.broadMatch)
    first: dict[tuple[str, str, str], Claim] = {}
    for claim in facts.claims:
        source = facts.sources[claim.source]
        if not claim.asserted or claim.source in from_there or claim.subject not in items or not source.url:
            continue
        if there := properties.get(claim.property):
            value = claim.object if claim.datatype == "xsd:integer" else items.get(claim.object)
            if value:
                yield _line(items[claim.subject], there, value, claim, source)
        elif there := parts.get(claim.property):
            other = first.setdefault((claim.subject, there, claim.source), claim)
            if other is not claim:
                latitude, longitude = sorted((other, claim), key=lambda each: each.property)
                yield _line(items[claim.subject], there, f"@{latitude.object}/{longitude.object}", claim, source)


def _item(iri: str) -> str:
    return iri.rpartition("/")[2]


def _matches(knowledge: Knowledge, predicate: NamedNode) -> Mapping[str, str]:
    """Give the properties of Wikidata that the ontology links by `predicate`, by the name that claims use."""
    pairs = ((each.subject, each.object) for each in knowledge.ontology.triples if each.predicate == predicate)
    return {
        contract(ours): _item(there.value)
        for ours, there in pairs
        if isinstance(ours, NamedNode) and isinstance(there, NamedNode) and there.value.startswith(_WIKIDATA)
    }


def _line(item: str, there: str, value: str, claim: Claim, source: Source) -> str:
    fields = [item, there, value]
    for name, date in _when(claim, source):
        fields += [name, _time(date)] if date else []
    fields += ["S854", f'"{source.url}"']  # reference URL
    return "\t".join(fields + (["S577", _time(source.issued)] if source.issued else []))  # publication date


def _when(claim: Claim, source: Source) -> tuple[tuple[str, str], ...]:
    """Give the qualifiers of a claim: the start and the end of its period, or the point in time of what was counted.

    A number that was counted has the date of that; without one it is as of its source's date.
    """
    if claim.datatype == "xsd:integer" and not claim.until:
        return (("P585", claim.since or source.issued),)
    return (("P580", claim.since), ("P582", claim.until))


def _time(date: str) -> str:
    """Write a year, a month, a day or a time, with its precision.

    >>> _time("2024-04"), _time("2024-04-22T23:32:00+01:00")
    ('+2024-04-00T00:00:00Z/10', '+2024-04-22T00:00:00Z/11')
    """
    parts = [*date[:10].split("-"), "00", "00"][:3]
    return f"+{'-'.join(parts)}T00:00:00Z/{8 + len(date[:10].split('-'))}"

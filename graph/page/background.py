"""The places that the network leaves out, as the page carries them: rows of values under heads that say all the rest.

Such a place has its names and what records of reference sources say of it, in the same form as hundreds of others. A
head holds that form once, with the triples that it makes: numbers of terms, or, below zero, of the value of a row that
stands there (-1 the first). The page makes things, claims and triples of them again (js/background.js): nothing is
lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.vocabulary import AZ, RDF
from graph.page.compact import of_claim

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim, Entity
    from graph.page.compact import Numbering, Slots

_Json = dict[str, Any]
_Record = list["Claim"]
_ABOUT, _RECORD = -1, -2  # the first values of a row of claims: the thing that they are about, and the record


class Background:
    """What the network leaves out: `things`, by id, and `claims`, in the order in which the page has them."""

    def __init__(self, knowledge: Knowledge) -> None:
        entities = knowledge.facts.entities
        left_out = (entities[each] for each in sorted(knowledge.background))
        self._asserted = knowledge.asserted
        self._alike: list[list[Entity]] = _grouped(left_out, self._form)
        self._records: list[list[_Record]] = _grouped(_records(knowledge), _said)
        self.things = [each.id for group in self._alike for each in group]
        self.claims = [claim for group in self._records for record in group for claim in record]

    def written(
        self, table: Numbering, node: Callable[[str], _Json], number: Mapping[str, int], sources: Mapping[str, int]
    ) -> _Json:
        """Give the heads and rows; `node` describes a thing as any other, `number` and `sources` hold places by id."""
        things = [node(group[0].id) | self._things(group, table) for group in self._alike]
        records = [self._claims(group, table, number) | {"src": sources[group[0][0].source]} for group in self._records]
        return {"things": things, "records": records}

    def _form(self, entity: Entity) -> Any:
        return entity.classes, [(str(each), name.language) for each, name in self._names(entity)]

    def _names(self, entity: Entity) -> list[tuple[NamedNode, Literal]]:
        told = self._asserted.entity(entity)
        return [(each.predicate, each.object) for each in told if isinstance(each.object, Literal)]

    def _things(self, group: list[Entity], table: Numbering) -> _Json:
        names = self._names(group[0])
        place: dict[Any, int] = {each: -2 - index for index, each in enumerate(names)}
        slots: Slots = lambda each: (-1, place.get((each.predicate, each.object)))  # noqa: E731
        return {
            "values": [None, *(name.language for _, name in names)],
            "triples": table.rows(self._asserted.entity(group[0]), slots),
            "rows": [[each.id, *(name.value for _, name in self._names(each))] for each in group],
        }

    def _claims(self, group: list[_Record], table: Numbering, number: Mapping[str, int]) -> _Json:
        claims: list[_Json] = []
        values: list[str | int | None] = [None, ""]
        for claim in group[0]:
            slots = _slots(self._asserted.iris.claim(claim), _RECORD - 1 - 2 * len(claims))
            told = {"p": claim.property, "st": claim.standing} | ({"dt": claim.datatype} if claim.datatype else {})
            claims.append(told | {"triples": table.rows(of_claim(self._asserted, claim), slots)})
            said = self._asserted.iris.object(claim)
            values += [table.kind(said) if isinstance(said, Literal) else None, table.stem("claim/")]
        return {"claims": claims, "values": values, "rows": [_row(record, number) for record in group]}


def _grouped(found: Iterable[Any], form: Callable[[Any], Any]) -> list[list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for each in found:
        groups[repr(form(each))].append(each)
    return [groups[key] for key in sorted(groups)]


def _records(knowledge: Knowledge) -> Iterator[_Record]:
    """Give what each record says of each thing that is left out, but for what needs more words than its form has."""
    asserted, found = knowledge.asserted, defaultdict[Any, _Record](list)
    for claim in knowledge.facts.claims:
        plain = claim.record and not (claim.since or claim.until or claim.lapse or claim.foreign)
        alone = asserted.attested[claim.id].sources == 1 and claim.id not in asserted.against
        if claim.subject in knowledge.background and plain and alone:
            found[claim.subject, claim.source, claim.record].append(claim)
    yield from (found[key] for key in sorted(found))


def _said(record: _Record) -> Any:
    return record[0].source, [(each.property, each.datatype, each.status) for each in record]


def _row(record: _Record, number: Mapping[str, int]) -> list[int | str]:
    said = ((each.object if each.datatype else number[each.object], each.id) for each in record)
    return [number[record[0].subject], record[0].record, *(value for pair in said for value in pair)]


def _slots(name: NamedNode, place: int) -> Slots:
    """Say where a row has what stands in the triples of a claim: its object at `place`, after that its id."""

    def slots(triple: Triple) -> tuple[int, int | None]:
        if triple.subject != name:
            return _ABOUT, place
        return place - 1, {RDF.subject: _ABOUT, RDF.object: place, AZ.record: _RECORD}.get(triple.predicate)

    return slots

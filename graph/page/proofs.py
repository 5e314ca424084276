"""What answers rest on, so that the page need not hold twice what its claims say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import eq
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from graph.model.iris import date, rule
from graph.model.vocabulary import AZ, XSD, expand

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.model.records import Claim, Inference, Quotation
    from graph.model.vocabulary import Term
    from graph.page.compact import Numbering

AnswerRow = tuple["Term | None", ...]
#: A row, and what it rests on.
Proven = tuple[AnswerRow, Sequence["Term | None"]]
Terms = dict[str, "Term | None"]


class Proofs:
    """Each passage or record of the page's claims, then each of its inferences, with the terms that it says by a key.

    The page makes the same list (`js/answers.js`), with the same keys.
    """

    def __init__(self, knowledge: Knowledge, claims: Iterable[Claim], inferences: Iterable[Inference]) -> None:
        self._knowledge = knowledge
        self.things = len(knowledge.facts.entities)
        passages = [(claim, each) for claim in claims for each in (claim.quotations or (None,))]
        self._said = [self._of_claim(*each) for each in passages] + [self._of(each) for each in inferences]
        self._of_iri: dict[Term | None, list[int]] = {}
        for index, said in enumerate(self._said):
            self._of_iri.setdefault(said["id"], []).append(index)

    def _of_claim(self, claim: Claim, passage: Quotation | None) -> Terms:
        iris, source = self._knowledge.iris, self._knowledge.facts.sources[claim.source]
        return {
            "id": iris.claim(claim),
            "s": iris.entity(claim.subject),
            "p": expand(claim.property),
            "o": iris.object(claim),
            "st": AZ.term(claim.standing.capitalize()),
            "src": iris.source(claim.source),
            "ev": iris.passage(claim.source, passage.start, passage.end) if passage else Literal(claim.record or ""),
            "issued": date(source.issued),
            "from": date(claim.since),
            "until": date(claim.until),
            "rec": Literal(claim.record) if claim.record else None,
            "start": Literal(str(passage.start), datatype=XSD.integer) if passage else None,
            "end": Literal(str(passage.end), datatype=XSD.integer) if passage else None,
        }

    def _of(self, inference: Inference) -> Terms:
        """Give an inference; the page knows which class or foreign thing it is about no more than that it is none."""
        facts, iris = self._knowledge.facts, self._knowledge.iris
        known = {each: iris.entity(each) for each in (inference.subject, inference.object) if each in facts.entities}
        told = inference.property in self._knowledge.ontology.properties
        return {
            "id": iris.inference(inference.id),
            "s": known.get(inference.subject),
            "p": expand(inference.property) if told else None,
            "o": known.get(inference.object),
            "st": AZ.term(inference.status.capitalize()),
            "ev": rule(inference.rule),
        }

    def written(self, columns: Sequence[str], rows: Sequence[Proven], terms: Numbering) -> Any:
        """Write rows by what they rest on (`by`: for each such variable, places in the list) and by column (`cells`).

        A column is `[which of by, key]` where that says it in each row, else a list of numbers of terms, -1 for none.
        """
        by = [
            [self._nearest(row, beside[place]) for row, beside in rows]
            for place in range(len(rows[0][1]) if rows else 0)
        ]
        cells: dict[str, Any] = {}
        for place, column in enumerate(columns):
            values = [row[place] for row, _ in rows]
            told = self._told(values, by)
            cells[column] = told or [-1 if each is None else terms.number(each) for each in values]
        return {"by": by, "cells": cells}

    def _nearest(self, row: AnswerRow, iri: Term | None) -> int:
        """Give that passage of a claim of which most is in a row; -1 where the row rests on none of ours."""
        found = self._of_iri.get(iri, [-1])
        if len(found) == 1:  # as of most
            return found[0]
        wanted = {each for each in row if each is not None}
        return max(found, key=lambda each: len(wanted & set(self._said[each].values())))

    def _told(self, values: list[Term | None], by: list[list[int]]) -> list[int | str]:
        """Say which proof's which key gives the values of a column; nothing where none does."""
        for which, proofs in enumerate(by):
            for key in self._said[0] if any(each is not None for each in values) else ():
                said = (self._said[proof].get(key) if proof >= 0 else None for proof in proofs)
                if all(map(eq, said, values)):  # most keys say another thing in the first row
                    return [which, key]
        return []

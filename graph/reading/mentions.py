"""Things names in a text, each for the thing that it most likely names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import filterfalse

from graph.facts.quantities import is_number
from graph.facts.spelling import Folded, fold
from graph.model.ontology import Ontology
from graph.model.records import Facts, Span
from graph.reading.gazetteer import Gazetteer, Occurrence
from graph.reading.language import Language

_PLACE, _TERRITORY, _COUNCIL = "Place", "authorityOf", "councilOf"
_REGION, _NEAR = "Region", 40  # how far behind a name the region may stand that it is of
_DEEPEST = 6  # so many names may begin within one, and before the next
_SHORT = re.compile(r"\([A-Z]{2,10}\)")
_SURE, _TOLD, _GUESSED, _NESTED = 0.95, 0.85, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names a thing of some classes, perhaps within another name.

    `others` are what it may name too; `cue` says how it was found. Words that only refer to a thing have the characters
    `at` that name it. A number, a date and a sum of money have their `value`, and the `unit` that is counted in.
    What is `unnamed` is told apart by where it stands alone. The name of an authority may mean its `territory`.
    """

    start: int
    end: int
    id: str
    classes: frozenset[str]
    confidence: float = _SURE
    others: tuple[str, ...] = ()
    cue: str = "name"
    nested: bool = False
    at: Span | None = None
    value: str = ""
    unit: str = ""
    unnamed: bool = False
    territory: Named | None = None


class Things:
    """The things of a dataset: what they are called, what they are, and how often they are spoken of."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self.names = Gazetteer({id_: filterfalse(is_number, each.names()) for id_, each in facts.entities.items()})
        self._called = {id_: tuple(each.names()) for id_, each in facts.entities.items()}
        self.classes = {
            id_: frozenset().union(*(ontology.ancestors(name) for name in each.classes))
            for id_, each in facts.entities.items()
        }
        self.told: Mapping[str, int] = Counter(
            [each.entity for each in facts.mentions]
            + [end for claim in facts.claims if claim.text for end in (claim.subject, claim.object)]
        )
        self._territories = {each.subject: each.object for each in facts.claims if each.property == _TERRITORY}
        self._councils = {(each.subject, each.object) for each in facts.claims if each.property == _COUNCIL}

    def find(self, text: Folded, language: Language) -> list[Named]:
        """Give the mentions of known things in a text, in its order."""
        before: dict[int, set[str]] = {}
        for name, _, end in language.telling.find(text):
            before.setdefault(end, set()).add(name)
        found: list[Named] = []
        outer = Named(0, 0, "", frozenset())
        matches = self.names.find(text)
        for at, each in enumerate(matches):
            kinds = before.get(_word_before(text.original, each.start), set())
            id_, confidence = self._meant(each.named, kinds)
            after = next((one for one in matches[at + 1 : at + _DEEPEST] if one.start >= each.end), None)
            if after and self._elsewhere(id_, each.end, after, text.original, language):
                outer = Named(each.start, each.end, "", frozenset())
                continue
            nested = each.end <= outer.end
            if nested and (_PLACE in self.classes[id_] or (outer.id, id_) in self._councils):
                continue  # "the school of the town" speaks of no town, nor "the council of the region" of the region
            others = tuple(other for other in each.named if other != id_)
            sure = min(confidence, _NESTED) if nested else confidence
            land = self._territories.get(id_)
            territory = Named(each.start, each.end, land, self.classes[land], _GUESSED) if land else None
            found.append(
                Named(each.start, each.end, id_, self.classes[id_], sure, others, nested=nested, territory=territory)
            )
            outer = outer if nested else found[-1]
        return found

    def _elsewhere(self, id_: str, end: int, after: Occurrence, text: str, language: Language) -> bool:
        """Tell whether a name goes on with another region than its thing's: "the house of the region of Fès"."""
        if not 0 <= after.start - end <= _NEAR:
            return False
        words = re.findall(r"\w+'?", fold(_SHORT.sub("", text[end : after.start])).text)
        if not words or not language.leading.issuperset(words):
            return False
        other, own = self._regions(after.named), self._own_regions(id_)
        return bool(other and own) and own.isdisjoint(other)

    def _regions(self, ids: Iterable[str]) -> set[str]:
        lands = (self._territories.get(id_, id_) for id_ in ids)
        return {land for land in lands if _REGION in self.classes[land]}

    def _own_regions(self, id_: str) -> set[str]:
        """Give the regions that the names of a thing name, but for those that are its whole name."""
        found = (each for name in self._called[id_] for each in self.names.find(fold(name)) if each.named != (id_,))
        return self._regions(one for each in found for one in each.named)

    def _meant(self, ids: Iterable[str], kinds: Iterable[str]) -> tuple[str, float]:
        """Choose what a name means: what the noun before it says, or else what is spoken of most."""
        ranked = sorted(ids, key=lambda id_: (self.classes[id_].isdisjoint(kinds), -self.told.get(id_, 0), id_))
        if len(ranked) == 1:
            return ranked[0], _SURE
        told = sum(not self.classes[id_].isdisjoint(kinds) for id_ in ranked) == 1
        return ranked[0], _TOLD if told else _GUESSED


def _word_before(text: str, start: int) -> int:
    """Give where the word before a name ends; what is written onto the name is no word."""
    while start and not text[start - 1].isspace():
        start -= 1
    while start and text[start - 1].isspace():
        start -= 1
    return start

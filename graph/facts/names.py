"""Where things are named in a text: each name looked up once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from graph.facts import quantities
from graph.facts.spelling import find, fold
from graph.model.ontology import Concept
from graph.model.records import Facts, Span

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T([0-9]{2}:[0-9]{2}).*)?")


class Names:
    """The names of entities and concepts, and where they stand in `text`."""

    def __init__(self, text: str, facts: Facts, concepts: Mapping[str, Concept]) -> None:
        self.text = text
        self._facts, self._concepts, self._folded = facts, concepts, fold(text)
        self._found: dict[str, frozenset[Span]] = {}
        self._spans: dict[str, frozenset[Span]] = {}
        self._wholes = dict(quantities.wholes(self._folded))

    def found(self, name: str) -> frozenset[Span]:
        """Give where a name stands."""
        if name not in self._found:
            self._found[name] = frozenset(find(self._folded, name))
        return self._found[name]

    def spans(self, term: str) -> frozenset[Span]:
        """Give where an entity or a concept is named, by any of its names; an IRI from elsewhere is its own."""
        if term not in self._spans:
            known = self._facts.entities.get(term)
            concept = self._concepts.get(term)
            names = known.names() if known else concept.names if concept else (term,)
            self._spans[term] = frozenset().union(*map(self.found, names))
        return self._spans[term]

    def within(self, term: str, span: Span) -> bool:
        """Tell whether the characters of `span` name an entity or a concept."""
        return any(span[0] <= start and end <= span[1] for start, end in self.spans(term))

    def literal_within(self, words: str, span: Span, *, count: bool = False) -> bool:
        """Tell whether the characters of `span` hold a value as it is written, a number in any writing of it.

        Some digits of a number are none: the 42 of 42 millions, the 3 of 3 000. What is a `count` of things is no
        number of square metres, of dirhams or per cent.
        """
        places = (*self.found(words), *quantities.spans(self._folded, words))
        within = [each for each in places if span[0] <= each[0] and each[1] <= span[1] and not self._part(each)]
        return any(not (count and self._wholes.get(each)) for each in within)

    def _part(self, span: Span) -> bool:
        return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in self._wholes)

    def outside(self, covered: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
        """Give the names of entities that lie in none of some spans, in the order of the text."""
        spans = sorted(covered)
        named = {(start, end, name) for name in self._facts.entities for start, end in self.spans(name)}
        for start, end, name in sorted(named):
            if not any(first <= start and end <= last for first, last in spans):
                yield start, end, name


def date_parts(date: str) -> list[str]:
    """Give the parts of a date that a text writes in digits: the year, the day, the hour; a month is often a word."""
    match = _DATE.fullmatch(date)
    year, _, day, hour = match.groups() if match else (date, None, None, None)
    return [year, *([str(int(day))] if day else []), *([hour] if hour else [])]

"""The triples of each thing and claim as the page carries them: every term once, every subject a row of numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Triple

from graph.model.vocabulary import PREFIXES, XSD, Term, shorten

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge
    from graph.knowledge.triples import Asserted
    from graph.model.records import Claim

#: Says of a triple which numbers stand for its subject and its object, None where those of the terms do.
Slots = Callable[[Triple], tuple[int | None, int | None]]
Block = list[int]
CURIE = re.compile(r"([a-z]+):[A-Za-z]\w*", re.ASCII)


class Numbering:
    """Numbers terms, and the lists of predicates that subjects have, as they come."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._name = knowledge.iris.name
        self._numbers: dict[Term, int] = {}
        self._shapes: dict[tuple[int, ...], int] = {}
        self._prefixes: set[str] = set()
        self._stems: dict[str, int] = {}

    def rows(self, triples: Iterable[Triple], slots: Slots = lambda triple: (None, None)) -> list[Block]:
        """Give each run of triples of one subject as `[shape, subject, object, ...]`."""
        return [self._row(list(run), slots) for _, run in groupby(triples, lambda triple: triple.subject)]

    def _row(self, triples: list[Triple], slots: Slots) -> Block:
        predicates = tuple(self.number(triple.predicate) for triple in triples)
        shape = self._shapes.setdefault(predicates, len(self._shapes))
        places = [slots(triple) for triple in triples]
        ends: list[tuple[int | None, Any]] = [(places[0][0], triples[0].subject)]
        ends += [(place, triple.object) for (_, place), triple in zip(places, triples, strict=True)]
        return [shape, *(self.number(term) if place is None else place for place, term in ends)]

    def number(self, term: Any) -> int:
        """Give the number of a term, a new one if it has none."""
        return self._numbers.setdefault(term, len(self._numbers))

    def written(self) -> dict[str, Any]:
        """Give the numbered terms, the shapes, and the prefixes that they need."""
        terms = [self._written(term) for term in self._numbers]
        shapes = [list(shape) for shape in self._shapes]
        prefixes = {each: PREFIXES[each] for each in self._prefixes}
        return {"terms": terms, "stems": list(self._stems), "shapes": shapes, "prefixes": prefixes}

    def _written(self, term: Term) -> str | list[str] | tuple[int, str]:
        if isinstance(term, NamedNode):
            local = self._name(term)
            return self._short(term) if ":" in local else self._stemmed(local)
        kind = self.kind(term)
        return [term.value, kind] if kind else [term.value]

    def kind(self, term: Literal) -> str:
        """Give the language or the datatype of a literal; empty where it is a mere text."""
        return "" if term.datatype == XSD.string else term.language or self._short(term.datatype)

    def stem(self, text: str) -> int:
        """Give the number of what names of the dataset begin with."""
        return self._stems.setdefault(text, len(self._stems))

    def _stemmed(self, local: str) -> str | tuple[int, str]:
        end = max(local.rfind("/"), local.rfind("=")) + 1
        return (self.stem(local[:end]), local[end:]) if end else local

    def _short(self, node: NamedNode) -> str:
        short = CURIE.fullmatch(shorten(node.value))
        if short:
            self._prefixes.add(short[1])
        return short[0] if short else str(node)


def compact(
    knowledge: Knowledge, table: Numbering, nodes: Iterable[str], claims: Iterable[Claim]
) -> dict[str, list[list[Block]]]:
    """Give the triples of `nodes` and of `claims`, as the files of the dataset have them, their terms in `table`.

    A term is the name of something of the dataset, without its base (or `[stem, rest]`, with the number of what it
    begins with); a CURIE; an IRI in angle brackets; or a literal: `[text]`, `[text, language]` or `[text, datatype]`.
    A row is `[shape, subject, object, ...]`, numbers of terms; its shape lists the predicate of each object. Each thing
    has its rows, and each claim those of its passage and of what it asserts too, so that whoever shows some of them
    need only put theirs together.
    """
    asserted, entities = knowledge.asserted, knowledge.facts.entities
    return {
        "nodes": [table.rows(asserted.entity(entities[node])) for node in nodes],
        "claims": [table.rows(of_claim(asserted, claim)) for claim in claims],
    }


def of_claim(asserted: Asserted, claim: Claim) -> Iterator[Triple]:
    """Give a claim, what it asserts, and its passages."""
    if claim.asserted:
        yield asserted.fact(claim)
    yield from asserted.claim(claim)
    for span in sorted(claim.spans):
        yield from asserted.passage(claim.source, *span)

"""A text goes in, proposals come out: the reader that needs no model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version

from graph.facts.spelling import fold
from graph.model.ontology import Ontology
from graph.model.records import Facts, Span
from graph.reading.anaphors import anaphors
from graph.reading.claims import Cued, claims
from graph.reading.language import Language
from graph.reading.mentions import Named, Things
from graph.reading.new_names import label, new_names, titled
from graph.reading.proposals import Proposal, place
from graph.reading.refusals import Refusals
from graph.reading.sentences import sentences
from graph.reading.standing import Standing
from graph.reading.values import values


class TextReader:
    """Reads texts with what a dataset knows; each text gives its proposals in the order of a review file."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self._facts, self._ontology = facts, ontology
        self._known = Things(facts, ontology)
        self._told = Standing(facts, ontology)
        self._here = {(each.entity, each.source, each.start, each.end) for each in facts.mentions}
        self._refused = Refusals(facts)
        self._proposer = f"azetta {version('azetta')}"

    def read(self, source: str, text: str, language: Language) -> list[Proposal]:
        """Propose what a text of a source says: new things, mentions, claims; none that has a line or was refused."""
        folded = fold(text)
        known = self._known.find(folded, language)
        new = new_names(text, known, language, self._ontology)
        people = titled(text, sorted([*known, *new], key=lambda each: each.start), language, self._ontology)
        fresh = sorted([*new, *people], key=lambda each: each.start)
        named = sorted([*_apart(known, fresh), *fresh], key=lambda each: (each.start, -each.end))
        more = [*values(folded, named), *anaphors(folded, named, language)]
        ends = sorted([*named, *more], key=lambda each: (each.start, -each.end))
        starts = [each.start for each in ends]
        said = []
        for start, end in sentences(text):
            inside = ends[bisect_left(starts, start) : bisect_left(starts, end)]
            said += self._said(text, (start, end), inside, language)
        things = {each.id: self._entity(each, text, source, language) for each in reversed(fresh)}
        mentions = [self._mention(each, text, source) for each in named if self._unknown(each, source)]
        found = [*reversed(things.values()), *mentions, *self._claims(said, text, source)]
        return [each for each in found if each not in self._refused]

    def _said(self, text: str, sentence: Span, named: Iterable[Named], language: Language) -> list[Cued]:
        inside = [one for one in named if one.end <= sentence[1] and not one.nested]
        return claims(text, sentence, inside, language, self._ontology)

    def _unknown(self, named: Named, source: str) -> bool:
        return (named.id, source, named.start, named.end) not in self._here

    def _entity(self, named: Named, text: str, source: str, language: Language) -> Proposal:
        kinds = "|".join(self._ontology.finest(named.classes))
        words = text[named.start : named.end]
        cells = {"class": kinds, f"label_{language.tag}": label(words), **place(source, named.start, named.end)}
        return Proposal("entity", named.id, cells, named.confidence, self._proposer, named.cue, words=words)

    def _mention(self, named: Named, text: str, source: str) -> Proposal:
        return Proposal(
            "mention",
            named.id,
            place(source, named.start, named.end),
            named.confidence,
            self._proposer,
            named.cue,
            candidates="|".join(named.others),
            words=text[named.start : named.end],
        )

    def _claims(self, said: Iterable[Cued], text: str, source: str) -> Iterator[Proposal]:
        for each in sorted(said, key=lambda one: (one.span, one.property, one.subject.id, one.object)):
            cells = {"subject": each.subject.id, "property": each.property, "object": each.object}
            cells |= {"status": each.status, **place(source, *each.span)}
            cells |= {f"{end}_at": f"{at[0]}-{at[1]}" for end, at in each.antecedents.items()}
            cells |= {bound: date.id for bound, date in each.period.items()}
            cells["period_at"] = "|".join(f"{date.start}-{date.end}" for date in each.period.values())
            yield Proposal(
                "claim",
                cells=cells,
                confidence=each.confidence,
                proposer=self._proposer,
                cue=each.cue,
                against=self._told.against(each.subject.id, each.property, each.object, each.status),
                words=text[slice(*each.span)],
            )


def _apart(known: Sequence[Named], fresh: Sequence[Named]) -> Iterator[Named]:
    """Give the known things but for those within a new name that are places, or that the text names by themselves."""
    starts = [each.start for each in fresh]
    before = [bisect_left(starts, each.start) - 1 for each in known]
    within = [at >= 0 and each.end <= fresh[at].end for each, at in zip(known, before, strict=True)]
    alone = {each.id for each, inside in zip(known, within, strict=True) if not inside}
    for each, inside in zip(known, within, strict=True):
        if not inside:
            yield each
        elif "Place" not in each.classes and each.id not in alone:
            yield replace(each, nested=True)

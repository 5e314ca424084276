"""A text goes in, proposals come out: the reader that needs no model."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version

from graph.facts.spelling import fold
from graph.model.ontology import Ontology
from graph.model.records import Facts
from graph.reading.acronyms import acronyms
from graph.reading.anaphors import anaphors
from graph.reading.claims import Cued, claims, one_value, still_planned
from graph.reading.ends import FAR, Setting
from graph.reading.in_names import located
from graph.reading.language import Language
from graph.reading.mentions import Named, Things
from graph.reading.new_names import label, new_names
from graph.reading.people import people
from graph.reading.proposals import Proposal, place
from graph.reading.refusals import Refusals
from graph.reading.sentences import sentences
from graph.reading.spelt import Spelt
from graph.reading.standing import Standing
from graph.reading.unnamed import Given, sums, unnamed
from graph.reading.values import values


class TextReader:
    """Reads texts with what a dataset knows; each text gives its proposals in the order of a review file."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self._facts, self._ontology = facts, ontology
        self._known = Things(facts, ontology)
        self._told = Standing(facts, ontology)
        self._here = {(each.entity, each.source, each.start, each.end) for each in facts.mentions}
        self._given = Given(facts)
        self._spelt = Spelt(facts.entities.values())
        self._refused = Refusals(facts)
        self._proposer = f"azetta {version('azetta')}"

    def read(self, source: str, text: str, language: Language) -> list[Proposal]:
        """Propose what a text of a source says: new things, mentions, claims; none that has a line or was refused."""
        folded = fold(text)
        known = self._known.find(folded, language)
        new = new_names(folded, known, language, self._ontology)
        met = self._spelt.known(people(folded, _ordered([*known, *new]), language, self._ontology), text)
        fresh = _ordered([*new, *met])
        named = _ordered([*_apart(known, fresh), *fresh])
        numbers = values(folded, named)
        things = [*unnamed(folded, named, source, language), *sums(numbers, source, self._ontology)]
        more = [*named, *numbers, *things, *acronyms(text, named), *anaphors(folded, named, language)]
        said = one_value(self._said(text, _ordered(more), language), self._ontology)
        said = still_planned(said, language)
        said += located(text, named, said, self._known)
        again = self._given.known(said)
        said = [replace(each, subject=_again(each.subject, again)) for each in said]
        used = {end for each in said for end in (each.subject.id, each.object)}
        things = [each for each in (_again(each, again) for each in things) if each.id in used]
        fresh = [each for each in (*fresh, *things) if each.id not in self._facts.entities]
        entities = {each.id: self._entity(each, text, source, language) for each in reversed(fresh)}
        mentions = [
            self._mention(each, text, source) for each in _ordered([*named, *things]) if self._unknown(each, source)
        ]
        found = [*reversed(entities.values()), *mentions, *self._claims(said, text, source)]
        return [each for each in found if each not in self._refused]

    def _said(self, text: str, named: Sequence[Named], language: Language) -> Iterator[Cued]:
        """Give the claims of each sentence, which may be of what the text named before it."""
        ends = [each for each in named if not each.nested]
        starts, times = [each.start for each in ends], Counter(each.id for each in ends)
        for start, end in sentences(text):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            inside = [each for each in ends[first:last] if each.end <= end]
            before, after = ends[bisect_left(starts, start - FAR) : first], ends[last : bisect_left(starts, end + FAR)]
            yield from claims(Setting(text, (start, end), inside, before, after, times, language, self._ontology))

    def _unknown(self, named: Named, source: str) -> bool:
        return (named.id, source, named.start, named.end) not in self._here

    def _entity(self, named: Named, text: str, source: str, language: Language) -> Proposal:
        kinds = "|".join(self._ontology.finest(named.classes))
        words = text[named.start : named.end]
        cells = {
            "class": kinds,
            f"label_{language.tag}": label(text, named.start, named.end),
            **place(source, named.start, named.end),
        }
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
            if self._told.has(source, cells):
                continue
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


def _ordered(named: Iterable[Named]) -> list[Named]:
    return sorted(named, key=lambda each: (each.start, -each.end))


def _again(named: Named, known: Mapping[str, str]) -> Named:
    return replace(named, id=known[named.id]) if named.id in known else named

"""What the cues of a language make of the things that a text names: claims, each within one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.model.ontology import Ontology
from graph.model.records import Span
from graph.reading.ends import Pair, Phrase, Setting, antecedents, ends, gap
from graph.reading.language import Language
from graph.reading.mentions import Named
from graph.reading.moods import moods, status_of
from graph.reading.periods import bounds, period
from graph.reading.phrases import Marker

# What says that something is not there yet, and that it is.
_COMING, _THERE = frozenset({"az:Announced", "az:InPreparation", "az:UnderConstruction"}), "az:InOperation"
_OPENING, _OPENED = ("openedOn", "planned"), ("openedOn", "stated")
_NUMBER = frozenset({"xsd:decimal"})


@dataclass(frozen=True, slots=True)
class Cued:
    """A claim that a sentence makes: of a thing, about a thing, a concept or a number, in the characters `span`.

    `antecedents` are the characters that name an end, "subject" or "object", to which the sentence only refers;
    `period` has the dates "from" and "until" which it holds; `number` is the number that it gives, or whose unit.
    """

    subject: Named
    property: str
    object: str
    status: str
    span: Span
    confidence: float
    cue: str
    antecedents: Mapping[str, Span]
    period: Mapping[str, Named]
    number: Named | None = None


def claims(setting: Setting) -> list[Cued]:
    """Give the claims of a sentence over the things that it names and the numbers in it, each once."""
    language, sentence = setting.language, setting.sentence
    names = [range(each.start, each.end) for each in setting.named if not (each.at or each.value)]
    told_so = [
        each for each in moods(setting.folded, sentence[0], language) if not any(each.start in one for one in names)
    ]
    dated = list(bounds(setting.folded, sentence[0], setting.named, language))
    found: dict[tuple[str, str, str], Cued] = {}
    for phrase, pairs in _readings(setting, names):
        for subject, thing in pairs:
            for said in _said(phrase, subject, thing, setting, told_so):
                sure = replace(said, confidence=round(said.confidence, 2), period=period(said.span, dated))
                what = subject.id, said.property, said.object
                if sure.confidence < language.least or subject.id == said.object:
                    continue
                if what not in found or found[what].confidence < sure.confidence:
                    found[what] = sure
    given = {each.subject.id for each in found.values() if each.subject.value}
    sums = {(each.start, each.end) for each in setting.named if each.id in given}
    told = {(each.subject.id, each.property) for each in found.values()}
    return [
        each
        for each in found.values()
        if not (each.number and (each.number.start, each.number.end) in sums)
        and (each.subject.id, language.by_key[each.cue].unless) not in told
    ]


def _readings(setting: Setting, names: Sequence[range]) -> Iterator[tuple[Phrase, list[Pair]]]:
    """Give the phrases of a sentence with their ends; of several readings of one, that whose ends are nearest."""
    nearest: dict[tuple[int, str, str], tuple[tuple[int, bool], Phrase, list[Pair]]] = {}
    for key, start, end in setting.language.said.find(setting.folded):
        cue, start, end = setting.language.by_key[key], start + setting.sentence[0], end + setting.sentence[0]
        if any(start in one for one in names):
            continue  # a word of a name
        phrase = Phrase(cue, start, end)
        if pairs := list(ends(phrase, setting)):
            far = min(gap(phrase, pair, setting) for pair in pairs), bool(cue.topic)
            at = start, cue.property, cue.object
            if at not in nearest or far < nearest[at][0]:
                nearest[at] = far, phrase, pairs
    yield from ((phrase, pairs) for _, phrase, pairs in nearest.values())


def one_value(said: Iterable[Cued], ontology: Ontology) -> list[Cued]:
    """Give the claims of a text without second values of what has but one at a time.

    Of amounts the greatest stays, for the others are of its parts; else the surest, or the first.
    """
    every = list(said)
    kept: dict[tuple[str, str], Cued] = {}
    for each in every:
        first = kept.setdefault((each.subject.id, each.property), each)
        if _weight(each) > _weight(first):
            kept[each.subject.id, each.property] = each
    single = {name for name, prop in ontology.properties.items() if prop.single}
    return [each for each in every if each.property not in single or _same(each, kept[each.subject.id, each.property])]


def _same(one: Cued, other: Cued) -> bool:
    numbers = one.number, other.number
    return one.object == other.object and len({each and Decimal(each.value) for each in numbers}) == 1


def still_planned(said: Iterable[Cued], language: Language) -> list[Cued]:
    """Give the claims of a text; those whose cue tells what comes later are plans where the text tells that it does."""
    every = list(said)
    coming = {each.subject.id for each in every if each.object in _COMING or (each.property, each.status) == _OPENING}
    there = {each.subject.id for each in every if (each.property, each.status) == _OPENED or each.object == _THERE}
    planned = {each.property for each in every if each.status == "planned"}
    return [
        replace(each, status="planned")
        if language.by_key[each.cue].later
        and each.status == "stated"
        and (each.subject.id in coming - there or each.property in planned)
        else each
        for each in every
    ]


def _weight(said: Cued) -> tuple[Decimal, float]:
    return (Decimal(said.number.value) if said.number else Decimal()), said.confidence


def _said(
    phrase: Phrase, subject: Named, thing: Named | None, setting: Setting, told: Sequence[Marker]
) -> Iterator[Cued]:
    """Give what a phrase says of a subject, what the unit of a number says with it, and what the subject is worth.

    That is nothing where it is denied.
    """
    cue = phrase.cue
    here = [each for each in (subject, thing) if each and each.start >= setting.sentence[0]]
    start = min(phrase.start, *(each.start for each in here))
    end = max(phrase.end, *(each.end for each in here))
    status, doubt = status_of(phrase, (start, end), told, setting)
    if not status:
        return
    sure = cue.confidence * doubt * min(subject.confidence, thing.confidence if thing else 1)
    refers = antecedents({"subject": subject, "object": thing})
    object_ = thing.id if thing else cue.object
    said = Cued(subject, cue.property, object_, status, (start, end), sure, cue.key, refers, {})
    if thing and not _NUMBER.isdisjoint(thing.classes):
        said = replace(said, number=thing)
    yield said
    if thing and cue.unit in setting.ontology.properties:
        yield replace(said, property=cue.unit, object=thing.unit)
    if subject.value:
        worth = replace(said, span=(subject.start, subject.end), antecedents={})
        yield replace(worth, property="amount", object=subject.value)
        yield replace(worth, property="currency", object=subject.unit)

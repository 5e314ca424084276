"""What the cues of a language make of the things that a text names: claims, each within one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.facts.spelling import fold
from graph.model.ontology import Ontology
from graph.model.records import Span
from graph.reading.language import MOODS, Cue, Language
from graph.reading.mentions import Named
from graph.reading.periods import bounds, period

_BEFORE, _NEGATED = 40, 18  # how far before a cue a word may stand that changes what it says
_DOUBT = 0.8


@dataclass(frozen=True, slots=True)
class Cued:
    """A claim that a sentence makes: of a thing, about a thing, a concept or a number, in the characters `span`.

    `antecedents` are the characters that name an end, "subject" or "object", to which the sentence only refers;
    `period` has the dates "from" and "until" which it holds.
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


@dataclass(frozen=True, slots=True)
class _Phrase:
    cue: Cue
    start: int
    end: int


def claims(text: str, sentence: Span, named: Sequence[Named], language: Language, ontology: Ontology) -> list[Cued]:
    """Give the claims of a sentence over the things that it names and the numbers in it, each once."""
    folded = fold(text[slice(*sentence)])
    moods = [(key, start + sentence[0], end + sentence[0]) for key, start, end in language.mood.find(folded)]
    dated = list(bounds(folded, sentence[0], named, language))
    found: dict[tuple[str, str, str], Cued] = {}
    for key, start, end in language.said.find(folded):
        phrase = _Phrase(language.by_key[key], start + sentence[0], end + sentence[0])
        status, doubt = _status(phrase, moods)
        for subject, thing, span in _ends(text, phrase, named, language, ontology) if status else ():
            sure = phrase.cue.confidence * doubt * min(subject.confidence, thing.confidence if thing else 1)
            object_ = thing.id if thing else phrase.cue.object
            antecedents = {end: each.at for end, each in (("subject", subject), ("object", thing)) if each and each.at}
            said = Cued(
                subject,
                phrase.cue.property,
                object_,
                status,
                span,
                round(sure, 2),
                key,
                antecedents,
                period(span, dated),
            )
            what = subject.id, said.property, object_
            if subject.id != object_ and (what not in found or found[what].confidence < said.confidence):
                found[what] = said
    return list(found.values())


def _status(phrase: _Phrase, moods: Iterable[tuple[str, int, int]]) -> tuple[str, float]:
    """Give the status that a cue carries where it stands, none where it is denied, and how far to trust it."""
    near = {
        key
        for key, start, end in moods
        if start <= phrase.end + 1 and phrase.start - end <= (_NEGATED if key == "negated" else _BEFORE)
    }
    told = next((mood for mood in MOODS if mood in near), "")
    if told == "negated":
        return "", 0
    doubt = _DOUBT if "reported" in near else 1
    return phrase.cue.status if told in ("", "reported") else told, doubt


def _ends(
    text: str, phrase: _Phrase, named: Sequence[Named], language: Language, ontology: Ontology
) -> Iterator[tuple[Named, Named | None, Span]]:
    """Give the ends that stand about a phrase in the order that its cue tells, and the characters that say so."""
    cue = phrase.cue
    wanted = {
        "S": cue.subjects or ontology.properties[cue.property].domain,
        "O": cue.objects or ontology.properties[cue.property].range,
    }
    left, right = cue.order.split("C")
    chosen: dict[str, Named] = {}
    edge = phrase.start
    for end in reversed(left):
        fit = [each for each in named if each.end <= edge and not each.classes.isdisjoint(wanted[end])]
        near = max(fit, key=lambda each: (each.end, each.end - each.start), default=None)
        if near is None or edge - near.end > cue.reach:
            return
        chosen[end], edge = near, near.start
    edge = phrase.end
    for end in right:
        fit = [each for each in named if each.start >= edge and not each.classes.isdisjoint(wanted[end])]
        near = min(fit, key=lambda each: (each.start, -each.end), default=None)
        if near is None or near.start - edge > cue.reach:
            return
        chosen[end], edge = near, near.end
    last = right[-1:] or left[:1]
    for one in _together(text, chosen[last], named, language, wanted[last], forward=bool(right)):
        ends = {**chosen, last: one}
        spans = [(each.start, each.end) for each in ends.values()] + [(phrase.start, phrase.end)]
        yield ends["S"], ends.get("O"), (min(start for start, _ in spans), max(end for _, end in spans))


def _together(
    text: str, first: Named, named: Sequence[Named], language: Language, classes: Iterable[str], *, forward: bool
) -> Iterator[Named]:
    """Give a thing and those that are named together with it: only joining words stand between."""
    yield first
    last = first
    for each in named if forward else reversed(named):
        between = text[last.end : each.start] if forward else text[each.end : last.start]
        apart = each.start >= last.end if forward else each.end <= last.start
        if not apart or each.classes.isdisjoint(classes):
            continue
        words = re.findall(r"\w+'?", fold(between).text)
        if (not words and not re.search("[,،]", between)) or not language.joining.issuperset(words):
            return
        yield each
        last = each

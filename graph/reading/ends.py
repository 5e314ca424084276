"""The ends of a claim: what stands about a phrase in the order that its cue tells, or what the text is about."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product

from graph.facts.spelling import Folded, fold
from graph.model.ontology import Ontology
from graph.model.records import Span
from graph.reading.bonds import bound, of_part
from graph.reading.language import Cue, Language
from graph.reading.mentions import Named
from graph.reading.phrases import Marker

#: How far back a text may have named what it is about, in characters.
FAR = 800
_GUESS = 0.4  # so sure is what may as well be no name
_ELSEWHERE, _LATER = 0.8, 0.7  # how far to trust that a sentence is of what the text names before it, or only after it
_WORD = re.compile(r"\s*(?:d['’])?(\w+)")
_BOTH = frozenset({"Organization", "Centre"})
_ANEW = 100
_OPEN = 90  # so long may be what is named without a name among things of a list
_SHORT = 12  # characters that a conjunction may take, with the space about it


#: A subject and an object, none where a phrase names it.
Pair = tuple[Named, Named | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a text has a phrase of a cue."""

    cue: Cue
    start: int
    end: int


@dataclass(frozen=True)
class Setting:
    """Where ends are sought: the things that a sentence names, those named `before` it, and `after`, in their order.

    `times` says how often the whole text names each, by id.
    """

    text: str
    sentence: Span
    named: Sequence[Named]
    before: Sequence[Named]
    after: Sequence[Named]
    times: Mapping[str, int]
    language: Language
    ontology: Ontology

    @cached_property
    def folded(self) -> Folded:
        """The sentence with its spelling folded."""
        return fold(self.text[slice(*self.sentence)])

    @cached_property
    def bonds(self) -> Sequence[Marker]:
        """The words of the sentence that tell of what is spoken."""
        return self.language.binding.within(self.folded, self.sentence[0])


def ends(phrase: Phrase, setting: Setting) -> Iterator[Pair]:
    """Give each subject of a phrase with each object; no object where the phrase itself names one."""
    cue, prop = phrase.cue, setting.ontology.properties[phrase.cue.property]
    wanted = {"S": cue.subjects or prop.domain, "O": cue.objects or prop.range}
    left, right = cue.order.split("C")
    tie = bound(setting.text, setting.sentence[0], phrase.start, setting.bonds)
    chosen: dict[str, list[Named]] = {}
    missing = ""
    for side, forward in ((left[::-1], False), (right, True)):
        edge = phrase.end if forward else phrase.start
        for at, end in enumerate(side):
            apt = _fit(end, edge, wanted[end], phrase, setting, forward=forward, first=not at)
            if end == "S" and tie:
                apt = [each for each in apt if each.end in tie[0] or each.start >= tie[1]]
            reach = FAR if tie and end == cue.topic == "S" else cue.reach
            near = _nearest(apt, edge, reach, forward=forward)
            if near:
                further = {name for other in side[at + 1 :] for name in wanted[other]}
                single = prop.single if end == "O" else prop.sole
                several = _together(near, setting, wanted[end], further, forward=forward, unknown=cue.open)
                chosen[end] = [near] if single else list(several)
                edge = chosen[end][-1].end if forward else chosen[end][-1].start
            elif end != cue.topic or _bracketed(phrase, setting) or (tie and end == "S"):
                return
            else:
                missing = end
    if missing:
        taken = {span for each in chosen.values() for one in each for span in range(one.start, one.end)}
        about = _topic(setting, wanted[missing], phrase, taken)
        if about is None:
            return
        chosen[missing] = [about]
    objects: Sequence[Named | None] = chosen.get("O") or [None]
    yield from product(chosen["S"], objects)


def _fit(
    end: str, edge: int, classes: Iterable[str], phrase: Phrase, setting: Setting, *, forward: bool, first: bool
) -> list[Named]:
    """Give what may be an end of a phrase by its class, its unit, and what stands between them."""
    if end == "O":
        apt = _apt(setting.named, classes, phrase.cue.unit, setting.ontology)
        return [each for each in apt if not each.value or _whole(each, phrase, setting)]
    apt = [
        each
        for each in _apt(setting.named, classes, "", setting.ontology)
        if not each.value or not _counted_between(each, edge, setting)
    ]
    if not forward:
        return [each for each in apt if not _and(setting, each.end, edge)]
    return apt if first else [each for each in apt if not _and(setting, edge, each.start)]


def _counted_between(sum_: Named, edge: int, setting: Setting) -> bool:
    """Tell whether another number stands between a sum and a phrase: the phrase is of that one."""
    first, last = (sum_.end, edge) if sum_.end <= edge else (edge, sum_.start)
    return any(each.value and first <= each.start and each.end <= last for each in setting.named)


def gap(phrase: Phrase, pair: Pair, setting: Setting) -> int:
    """Give how many characters lie between a phrase and its ends; more than any sentence has for one outside of it.

    What stands before an article is far from the phrase after it: "Amal, the mayor of Tiznit, Sara".
    """
    sentence = setting.sentence
    anew = any(each.key == "article" and 0 <= phrase.start - each.end <= 1 for each in setting.bonds)
    apart = _ANEW if anew and pair[0].end <= phrase.start else 0
    inside = [each for each in pair if each and sentence[0] <= each.start < sentence[1]]
    spans = sorted([(phrase.start, phrase.end), *((each.start, each.end) for each in inside)])
    between = sum(max(0, second[0] - first[1]) for first, second in pairwise(spans))
    return apart + between + FAR * sum(each is not None for each in pair) - FAR * len(inside)


def salient(named: Iterable[Named], classes: Iterable[str], times: Mapping[str, int]) -> Named | None:
    """Choose what of some classes its text names most, `times` by id, then the last; a guess, if nothing else."""
    return max(
        possible(named, classes),
        key=lambda each: (each.confidence > _GUESS, times.get(each.id, 0), each.start),
        default=None,
    )


def possible(named: Iterable[Named], classes: Iterable[str]) -> list[Named]:
    """Give those of some classes; a university, both body and centre, is no centre that "the project" could mean."""
    wanted = frozenset(classes)
    both = frozenset[str]() if "Organization" in wanted else _BOTH
    return [each for each in named if each.classes & wanted and not ((both and both <= each.classes) or each.unnamed)]


def _apt(named: Iterable[Named], classes: Iterable[str], unit: str, ontology: Ontology) -> list[Named]:
    """Give those of some classes, or their territories; numbers that count what a cue says.

    That is a value of the property `unit`, or the unit itself.
    """
    counted = ontology.properties.get(unit)
    units: Container[str] = ontology.concepts_of(counted.range) if counted else (unit,)
    fit = (
        each for whole in named for each in (whole, whole.territory) if each and not each.classes.isdisjoint(classes)
    )
    return [each for each in fit if not unit or each.unit in units]


def _nearest(apt: Iterable[Named], edge: int, reach: int, *, forward: bool) -> Named | None:
    """Give the one nearest to an edge, of several there the longest."""
    if forward:
        ahead = [each for each in apt if 0 <= each.start - edge <= reach]
        return min(ahead, key=lambda each: (each.start, -each.end), default=None)
    behind = [each for each in apt if 0 <= edge - each.end <= reach]
    return max(behind, key=lambda each: (each.end, each.end - each.start), default=None)


def _whole(number: Named, phrase: Phrase, setting: Setting) -> bool:
    """Tell whether a number counts what a cue says, by the word after it, and of the whole, not of a part."""
    if of_part((phrase.start, phrase.end), (number.start, number.end), setting.bonds):
        return False
    counted = _WORD.match(setting.text, number.end)
    return not phrase.cue.counts or bool(counted and fold(counted[1]).text.startswith(phrase.cue.counts))


def _bracketed(phrase: Phrase, setting: Setting) -> bool:
    """Tell whether a phrase stands in brackets: what is said there is of what stands right before them."""
    before = setting.text[setting.sentence[0] : phrase.start]
    return before.rfind("(") > before.rfind(")")


def _and(setting: Setting, start: int, end: int) -> bool:
    """Tell whether "and" alone stands before a phrase: what stands before that is no subject of it."""
    if end - start > _SHORT:
        return False
    words = re.findall(r"\w+", fold(setting.text[start:end]).text)
    return len(words) == 1 and words[0] in setting.language.conjunctions


def _topic(setting: Setting, classes: Iterable[str], phrase: Phrase, taken: Container[int]) -> Named | None:
    """Give what a sentence is about though it does not stand in its place: in it, or else named around it."""
    here = [each for each in setting.named if each.start not in taken and not each.value]
    for near in ([each for each in here if each.end <= phrase.start], here):
        if about := salient(near, classes, setting.times):
            return about
    for told, trust in ((setting.before, _ELSEWHERE), (setting.after, _LATER)):
        if about := salient(told, classes, setting.times):
            return replace(about, at=about.at or (about.start, about.end), confidence=about.confidence * trust)
    return None


def _together(
    first: Named, setting: Setting, classes: Iterable[str], further: Iterable[str], *, forward: bool, unknown: bool
) -> Iterator[Named]:
    """Give a thing and those that are named together with it: only joining words stand between.

    They are all places, or agents, or plans; none may be of the classes that are sought `further` on. A comma alone
    joins what follows; before a thing, it may as well end something else. With `unknown`, things without a name may
    stand among them.
    """
    yield first
    last, alike = first, setting.ontology.widest(first.classes)
    for each in setting.named if forward else reversed(setting.named):
        between = setting.text[last.end : each.start] if forward else setting.text[each.end : last.start]
        apart = each.start >= last.end if forward else each.end <= last.start
        if not apart or each.classes.isdisjoint(classes):
            continue
        if unknown and len(between) <= _OPEN:
            between = between[_last_item(between, setting.language) :]
        words = re.findall(r"\w+'?", fold(between).text)
        joined = not setting.language.conjunctions.isdisjoint(words)
        comma = re.search("[,،]", between) and (forward or last is not first)
        if not (joined or comma) or not setting.language.joining.issuperset(words):
            if unknown and len(between) <= _OPEN:
                continue  # within a thing without a name
            return
        if not each.classes.isdisjoint(further) or each.classes.isdisjoint(alike):
            return
        yield each
        last = each


def _last_item(words: str, language: Language) -> int:
    """Give where the last item of a list begins in some words: at its comma, or its "and"."""
    commas = [match.start() for match in re.finditer("[,،]", words)]
    ands = [match.start() for match in re.finditer(r"\w+", words) if fold(match[0]).text in language.conjunctions]
    return max((*commas, *ands), default=0)


def antecedents(named: Mapping[str, Named | None]) -> dict[str, Span]:
    """Give the characters that name an end, "subject" or "object", to which a sentence only refers."""
    return {end: each.at for end, each in named.items() if each and each.at}

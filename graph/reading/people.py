"""Names of people that a dataset does not know yet: by a title before them, Mme or السيد, or the office beside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from graph.facts.spelling import Folded, fold
from graph.model.ontology import Ontology
from graph.model.records import Span
from graph.reading.language import Language, bare
from graph.reading.mentions import Named
from graph.reading.new_names import new_id

_KIND = "Person"
_WORD = re.compile(r"\s+([^\s\"«»“”,،.;؛:!?؟()]+)")
_LEAST, _LONGEST = 2, 4  # so many words has the name of somebody; in Arabic, which shows no end of it, the least
_NEAR = 10  # how far after an office the body may begin that it is in
_FAR = 130  # how far after an office who holds it may be named
_CAPITALS, _GUESS = 0.6, 0.45
_PROPER = r"[A-ZÀ-Ý][\w'’-]+(?:\s+(?:[A-ZÀ-Ý][\w'’-]+|El|Al|Ben|Ait)){1,3}"
# Somebody before an office, and after it: between commas, or right after the body that it is in.
_BEFORE = re.compile(rf"({_PROPER})\s*[,\n]\s*((?:(?:le|la|l['’]|actuel|actuelle)\s*)*)\Z")
_AFTER = re.compile(rf"[^.!?;\n]{{0,{_FAR}}}?,\s+({_PROPER})(?=\s*[,.;:]|\s+[a-zà-ÿ])")
_ARABIC = r"((?:[\u0621-\u0652]+\s+){1,3}[\u0621-\u0652]+)"
_ARABIC_BEFORE = re.compile(rf"{_ARABIC}\s*[،,]\s*\Z")
_ARABIC_AFTER = re.compile(rf"[^.!?؟؛;\n،,]{{0,{_FAR}}}[،,]\s*{_ARABIC}\s*(?=[،,.؛)])")
_ARABIC_BESIDE = re.compile(rf"\s+{_ARABIC}\s*(?=[،,.؛)])")
_ARABIC_BARE = re.compile(r"(?:[،,:]\s*|(\w+)\s+)([\u0621-\u0652]+\s+[\u0621-\u0652]+)\s+\Z")


def people(folded: Folded, known: Sequence[Named], language: Language, ontology: Ontology) -> list[Named]:
    """Give the names of people that no known name covers, in the order of the text."""
    found: list[Named] = []
    starts, text = [each.start for each in known], folded.original
    titled, beside = _titled(folded, language), _beside(folded, known, language)
    for (start, last), sure in sorted({**dict(beside), **dict(titled)}.items()):
        near = known[bisect_left(starts, start - 2 * _FAR) : bisect_right(starts, last)]
        if any(start < each.end and each.start < last for each in near) or (found and start < found[-1].end):
            continue
        id_ = new_id(_KIND, text[start:last])
        found.append(Named(start, last, id_, ontology.ancestors(_KIND), sure, cue=f"{language.tag}.{_KIND}"))
    return found


def _titled(folded: Folded, language: Language) -> Iterator[tuple[Span, float]]:
    """Give the names after titles."""
    for _, _, end in language.titled.find(folded):
        words = list(_words(folded.original, end))
        cased = any(word.lower() != word.upper() for _, word in words)
        proper = takewhile(lambda each: each[1][:1].isupper(), words) if cased else iter(_least(words, language))
        name = list(takewhile(lambda each: fold(each[1]).text not in language.stops, proper))[:_LONGEST]
        if span := _named(name, language):
            yield span, _CAPITALS if cased else _GUESS


def _beside(folded: Folded, known: Sequence[Named], language: Language) -> Iterator[tuple[Span, float]]:
    """Give the names beside offices: what a cue says of people alone."""
    text = folded.original
    for _, start, end in language.office.find(folded):
        before = text[max(0, start - _FAR) : start]
        if ahead := _BEFORE.search(before):
            yield _moved(ahead.span(1), start - len(before)), _CAPITALS
        anew = not ahead or ahead[2]  # before "the mayor", a part of the sentence about somebody else may end
        if anew and (match := _AFTER.match(text, end)):
            yield match.span(1), _CAPITALS
            continue
        if name := _uncased(text, start, end, known, language):
            yield name, _GUESS


def _uncased(text: str, start: int, end: int, known: Sequence[Named], language: Language) -> Span | None:
    """Give who is named beside the office from `start` to `end`, in a script without capitals."""
    before = text[max(0, start - _FAR) : start]
    shift = start - len(before) - 1
    if match := _ARABIC_BEFORE.search(before):
        name = _named(_last(list(_words(f" {match[1]}", 0)), language), language)
        return _moved(name, shift + match.start(1)) if name else None
    match = _ARABIC_BARE.search(before)
    opens = match and (not match[1] or fold(match[1]).text in language.stops)
    if match and opens and (name := _named(list(_words(f" {match[2]}", 0)), language)):
        return _moved(name, shift + match.start(2))
    bodies = [each.end for each in known if end <= each.start <= end + _NEAR and _KIND not in each.classes]
    match = _ARABIC_AFTER.match(text, end) or (_ARABIC_BESIDE.match(text, max(bodies)) if bodies else None)
    name = _named(list(_words(f" {match[1]}", 0)), language) if match else None
    return _moved(name, match.start(1) - 1) if match and name else None


def _named(words: Sequence[tuple[int, str]], language: Language) -> Span | None:
    """Give from where to where the words are a name of somebody; None where one of them is in no such name."""
    forms = [fold(word).text for _, word in words]
    other = any(form in language.stops or bare(form) in language.opening for form in forms)
    joined = bool(forms) and forms[0].startswith("و") and (len(forms[0]) > _LONGEST or forms[0][1:] in language.halves)
    if other or joined or not _LEAST <= len(words) <= _LONGEST:
        return None
    return words[0][0] - len(words[0][1]), words[-1][0]


def _least(words: Sequence[tuple[int, str]], language: Language) -> Sequence[tuple[int, str]]:
    """Give the first two words of a name, and one more for each that is but half of one: عبد, آيت."""
    halves = sum(fold(word).text in language.halves for _, word in words[:_LEAST])
    return words[: _LEAST + halves]


def _last(words: Sequence[tuple[int, str]], language: Language) -> Sequence[tuple[int, str]]:
    """Give the last two words, and one more where that is but half of a name; without "and" before the first."""
    halves = sum(fold(word).text.removeprefix("و") in language.halves for _, word in words[-_LEAST - 1 :])
    name = list(words[-_LEAST - min(halves, 1) :])
    if len(name) < _LEAST:
        return ()
    end, first = name[0]
    bare = first.removeprefix("و")
    name[0] = end, bare if len(first) > _LONGEST or fold(bare).text in language.halves else first
    return name


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _words(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Give the words that follow: where each ends, and the word."""
    while (match := _WORD.match(text, at)) and "\n" not in match[0]:
        at = match.end()
        yield at, match[1]

"""Names that a dataset does not know yet, by the nouns that they begin with: school, foundation, programme."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha256

from graph.facts.spelling import Folded, fold, searched
from graph.model.ontology import Ontology
from graph.model.records import Span
from graph.reading.language import Language
from graph.reading.mentions import Named

_QUOTED = re.compile(r"\s*[«“\"]\s*([^«»“”\"\n]{2,60}?)\s*[»”\"]")
_WORD = re.compile(r"\s+([^\s\"«»“”,،.;؛:!?؟()]+)")
_ELIDED = re.compile(r"[ldLD]['’][A-ZÀ-Ý]")
_DEFINITE = re.compile("ال|لل|[^\\u0621-\\u064a]")
_ACRONYM = re.compile(r"\s*\(([A-Z][\w.-]{1,11})\)")
_AT, _AND = re.compile(r"(?:ب|\b(?:à|en) )\Z"), re.compile(r"\bet \Z")  # what stands before a place, and another name
_LONGEST = 7
_NEAR = 200  # how far from a noun a known name can matter
_NOUN = 2  # so many words before a known name, as in "the town of", are no new name
_SURE, _CAPITALS, _GUESS = 0.7, 0.6, 0.35


def new_names(folded: Folded, known: Sequence[Named], language: Language, ontology: Ontology) -> list[Named]:
    """Give the names that begin with a trigger and that no known name covers; the same name is the same thing."""
    found: list[Named] = []
    starts, text = [each.start for each in known], folded.original
    pointed = {end for _, start, end in language.referring.find(folded) if " " in text[start:end]}
    idioms = [range(start, end) for _, start, end in language.idiomatic.find(folded)]
    for kind, noun, end in language.nouns.find(folded):
        start = noun - 2 if text.endswith("ال", 0, noun) else noun
        near = known[bisect_left(starts, start - _NEAR) : bisect_left(starts, end + _NEAR)]
        extent = _extent(text, start, end, language)
        idiom = end in pointed or any(noun in each for each in idioms)
        if extent is None or idiom or (found and start < found[-1].end):
            continue  # "this project" is no name
        (start, last), sure = extent
        last = _cut(text, end, last, near)
        covered = any(each.start <= start < each.end for each in near)
        things = (each for each in near if each.end == last and "Concept" not in each.classes)
        only_noun = any(len(text[start : each.start].split()) <= _NOUN for each in things)
        if last <= end or covered or only_noun:
            continue
        id_ = new_id(kind, text[start:last])
        found.append(Named(start, last, id_, ontology.ancestors(kind), sure, cue=f"{language.tag}.{kind}"))
    return found


def _cut(text: str, end: int, last: int, known: Sequence[Named]) -> int:
    """End a name before the place that it is in and before what "and" joins to it, and not within a known name."""
    inside = [each for each in known if end < each.start < last and "Concept" not in each.classes]
    before = (_AT.search(text, end, each.start) if "Place" in each.classes else None for each in inside)
    joined = (_AND.search(text, end, each.start) if "Place" not in each.classes else None for each in inside)
    last = min((_trimmed(text, match.start()) for match in (*before, *joined) if match), default=last)
    return max((each.end for each in known if end < each.start < last < each.end), default=last)


def _trimmed(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def new_id(kind: str, words: str) -> str:
    """Give the id of a new thing by its class and name: the same in whatever text names it, and however spelt."""
    return f"{kind.lower()}-{sha256(searched(words).encode()).hexdigest()[:8]}"


def label(words: str) -> str:
    """Give a name as a text has it, on one line and without quotation marks."""
    return " ".join(re.sub('[«»“”"]', " ", words).split())


def _extent(text: str, start: int, end: int, language: Language) -> tuple[Span, float] | None:
    """Give where a name stands whose noun is from `start` to `end`, and how sure that is; None where there is none."""
    if quoted := _QUOTED.match(text, end):
        return quoted.span(1), _SURE
    words = list(_words(text, end))
    cased = any(word.lower() != word.upper() for _, word in words)
    if not cased and words and text.startswith("ال", start) and not _DEFINITE.match(fold(words[0][1]).text):
        return None  # after a noun with its article comes an adjective with its own, or no name
    last = None
    for at, word in words:
        folded = fold(word).text
        if cased:
            numbered = word[:1].isdigit() and text[end:at].split() == [word]  # École 42, not "groupe de 42"
            if word[:1].isupper() or numbered or _ELIDED.match(word):
                last = at
            elif folded not in language.inside:
                break
        elif folded in language.stops or language.ends.fullmatch(folded):
            break
        else:
            last = at
    if last and (quoted := _QUOTED.match(text, last)):
        return (start, quoted.end(1)), _SURE
    return ((start, last), _CAPITALS if cased else _GUESS) if last else None


def _words(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Give the words of a name after its noun: where each ends, and the word."""
    for count in range(_LONGEST):
        if count and (acronym := _ACRONYM.match(text, at)):
            at = acronym.end()
            yield at, acronym[1]
        match = _WORD.match(text, at)
        if not match or "\n" in match[0]:
            return
        at = match.end()
        yield at, match[1]

"""Names that a dataset does not know yet, by the nouns that they begin with: school, foundation, programme."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import sha256

from graph.facts.spelling import Folded, searched
from graph.model.ontology import Ontology
from graph.reading.extent import CAPITALS, extent
from graph.reading.language import Language
from graph.reading.mentions import Named

_OF = re.compile(r"\s+ل?[\u0621-\u064a]")  # "the council of the region": where it ends, no capital shows
_AT, _AND = re.compile(r"(?:ب|\b(?:à|en) )\Z"), re.compile(r"\bet \Z")  # what stands before a place, and another name
_CONCEPT, _PLACE = frozenset({"Concept"}), frozenset({"Place"})  # a body is another thing than its place
_NEAR = 200  # how far from a noun a known name can matter
_NOUN = 2  # so many words before a known name, as in "the town of", are no new name


def new_names(folded: Folded, known: Sequence[Named], language: Language, ontology: Ontology) -> list[Named]:
    """Give the names that begin with a trigger and that no known name covers; the same name is the same thing."""
    found: list[Named] = []
    starts, text = [each.start for each in known], folded.original
    pointed = {end for _, start, end in language.referring.find(folded) if " " in text[start:end]}
    idioms = [range(start, end) for _, start, end in language.idiomatic.find(folded)]
    for kind, noun, end in language.nouns.find(folded):
        start = _begin(text, noun)
        near = known[bisect_left(starts, start - _NEAR) : bisect_left(starts, end + _NEAR)]
        name = extent(text, start, end, language, {each.start for each in near if "Concept" not in each.classes})
        if name is None or any(noun in each for each in idioms) or (found and start < found[-1].end):
            continue
        (start, last), sure = name
        if end in pointed and sure < CAPITALS:
            continue  # "this project" is no name
        last = _cut(text, end, last, near)
        covered = any(each.start <= start < each.end for each in near)
        apart = _CONCEPT | _PLACE if "Organization" in ontology.ancestors(kind) else _CONCEPT
        things = (each for each in near if each.end == last and apart.isdisjoint(each.classes))
        only_noun = any(len(text[start : each.start].split()) <= _NOUN for each in things)
        if last <= end or covered or only_noun:
            continue
        id_ = new_id(kind, label(text, start, last))
        found.append(Named(start, last, id_, ontology.ancestors(kind), sure, cue=f"{language.tag}.{kind}"))
    return found


def _cut(text: str, end: int, last: int, known: Sequence[Named]) -> int:
    """End a name before the place that it is in and before what "and" joins to it, and not within a known name."""
    inside = [each for each in known if end < each.start < last and "Concept" not in each.classes]
    of = (each.end for each in inside if "Place" in each.classes and _OF.fullmatch(text, end, each.start + 1))
    before = (_AT.search(text, end, each.start) if "Place" in each.classes else None for each in inside)
    joined = (_AND.search(text, end, each.start) if "Place" not in each.classes else None for each in inside)
    last = min([*of, *(_trimmed(text, match.start()) for match in (*before, *joined) if match)], default=last)
    return max((each.end for each in known if end < each.start < last < each.end), default=last)


def _trimmed(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def new_id(kind: str, words: str) -> str:
    """Give the id of a new thing by its class and name: the same in whatever text names it, and however spelt."""
    return f"{kind.lower()}-{sha256(searched(words).encode()).hexdigest()[:8]}"


def label(text: str, start: int, end: int) -> str:
    """Give a name as a text has it, on one line and without quotation marks; with the article that لل has lost."""
    name = " ".join(re.sub('[«»“”"]', " ", text[start:end]).split())
    return f"ا{name}" if name.startswith("ل") and text.endswith("ل", 0, start) else name


def _begin(text: str, noun: int) -> int:
    """Give where a name begins whose noun stands at a character: with the article, which is one letter in لل."""
    return noun - 2 if text.endswith("ال", 0, noun) else noun - 1 if text.endswith("لل", 0, noun) else noun

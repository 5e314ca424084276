"""Passages known again in any copy of a source, by the length and SHA-256 of their folded words.

No word of the source is needed: a window of as many folded characters is hashed wherever one may stand.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from graph.errors import either, said
from graph.facts.named import PASSAGE
from graph.facts.spelling import fold
from graph.facts.table import written
from graph.model.records import Facts, Span


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """A passage that the tables cite: the lines that do, and where its words stand in a copy; None when unknown."""

    span: Span
    cited: tuple[str, ...]
    places: tuple[Span, ...] | None


def cited(source: str, facts: Facts) -> dict[Span, tuple[str, ...]]:
    """Give every passage of a source that claims or mentions cite, in the order of the text, and the lines that do."""
    found: dict[Span, dict[str, None]] = defaultdict(dict)
    for claim in facts.claims:
        for each in claim.quotations if claim.source == source else ():
            for span in ((each.start, each.end), *(span for spans in each.antecedents.values() for span in spans)):
                found[span][f"claims.csv:{each.line}"] = None
    for mention in facts.mentions:
        if mention.source == source:
            found[mention.start, mention.end][f"mentions.csv:{mention.line}"] = None
    return {span: tuple(found[span]) for span in sorted(found)}


def measure(words: str) -> tuple[int, str]:
    """Give the length and the SHA-256 of some words, folded and with every blank one space."""
    folded = " ".join(fold(words).text.split())
    return len(folded), sha256(folded.encode()).hexdigest()


def found_again(source: str, text: str, facts: Facts) -> list[FoundAgain]:
    """Find every cited passage of a source in a copy of it, whatever else was changed there."""
    spans = cited(source, facts)
    measures = {span: facts.passages.get((source, *span)) for span in spans}
    places = _places(text, {each for each in measures.values() if each})
    return [
        FoundAgain(span, lines, tuple(places[known]) if (known := measures[span]) else None)
        for span, lines in spans.items()
    ]


def lines(passages: Iterable[FoundAgain]) -> Iterator[str]:
    """Say which passages hold, where they stand now, which are ambiguous and which are gone."""
    held, moved, several, gone, unknown = (list[FoundAgain]() for _ in range(5))
    for each in passages:
        if each.places is None:
            unknown.append(each)
        elif each.places == (each.span,):
            held.append(each)
        elif not each.places:
            gone.append(each)
        else:
            (moved if len(each.places) == 1 else several).append(each)
    yield from [said("passages that hold where they were: {number}", number=len(held))] if held else []
    for kind, heading in (
        (moved, said("passages that moved: {number}", number=len(moved))),
        (several, said("passages that are ambiguous: {number}", number=len(several))),
        (gone, said("passages that are gone: {number}", number=len(gone))),
        (unknown, said("passages that are unknown: {number}", number=len(unknown))),
    ):
        yield from (heading, *map(_line, kind)) if kind else ()


def _line(each: FoundAgain) -> str:
    if each.places is None:
        note = said("passages.csv does not have it")
    elif not each.places:
        note = said("its words are not there")
    else:
        note = said("now {places}", places=either(f"{first}-{last}" for first, last in each.places))
    start, end = each.span
    return said("    {passage}  {note}  ({cited})", passage=f"{start}-{end}", note=note, cited=", ".join(each.cited))


def table(texts: Mapping[str, str], facts: Facts) -> str:
    """Give the rows of `passages.csv`: those of sources made anew from their very texts, of others as they are."""
    known: Mapping[tuple[str, int, int], tuple[int, str]] = facts.passages
    measures = {place: each for place, each in known.items() if place[0] not in texts}
    for source, text in texts.items():
        measures |= {(source, *span): measure(text[slice(*span)]) for span in cited(source, facts)}
    return written([PASSAGE, *((*place, *each) for place, each in sorted(measures.items()))])


def _places(text: str, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[Span]]:
    """Find where words of some lengths and digests stand, each window that begins and ends with no blank."""
    folded = fold(text)
    blank = [character.isspace() for character in folded.text]
    kept = array("I", (i for i in range(len(blank)) if not blank[i] or (i and not blank[i - 1])))
    words = "".join(" " if blank[i] else folded.text[i] for i in kept)
    digests: dict[int, set[str]] = defaultdict(set)
    for length, digest in wanted:
        digests[length].add(digest)
    found: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for length, these in sorted(digests.items()):
        for start in range(len(words) - length + 1):
            window = words[start : start + length]
            if window[0] != " " and window[-1] != " " and (digest := sha256(window.encode()).hexdigest()) in these:
                found[length, digest].append(folded.span(kept[start], kept[start + length - 1] + 1))
    return found

"""Where a name ends that begins with a noun: the words that it goes on with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from graph.facts.spelling import fold
from graph.model.records import Span
from graph.reading.language import Language, bare

_QUOTED = re.compile(r"\s*[«“\"]\s*([^«»“”\"\n]{2,60}?)\s*[»”\"]")
_WORD = re.compile(r"\s+([^\s\"«»“”,،.;؛:!?؟()]+)")
_ELIDED = re.compile(r"[ldLD]['’]")
_DEFINITE = re.compile("ال|لل|[^\\u0621-\\u064a]")
_ACRONYM = re.compile(r"\s*\(\s*[A-Z][\w.-]{1,11}\s*\)")
_LONGEST = 9
_Words = Sequence[tuple[int, str]]
#: How sure a name is: quoted, with capitals, of several words or of one after its noun.
SURE, CAPITALS, LIKELY, GUESS = 0.7, 0.6, 0.45, 0.35


def extent(text: str, start: int, end: int, language: Language, known: Collection[int]) -> tuple[Span, float] | None:
    """Give where a name stands whose noun is from `start` to `end`, and how sure that is; None where there is none.

    At the characters `known` begin names that are known already.
    """
    if quoted := _QUOTED.match(text, end):
        return quoted.span(1), SURE
    words = list(_words(text, end))
    cased = any(word.lower() != word.upper() for _, word in words)
    listing = bare(fold(text[start:end]).text) in language.listing
    if cased:
        last = _capitals(words, language, proper=text[start].isupper())
        listed = language.lists.match(text, end) if listing else None
        last = max(last or 0, listed.end()) if listed else last
    else:
        definite = text.startswith("ال", start) or text.endswith("لل", 0, start + 1)
        last = _uncased(words, language, known, definite=definite, listing=listing)
    if last and (quoted := _QUOTED.match(text, last)):
        return (start, quoted.end(1)), SURE
    if not last:
        return None
    long = len(text[end:last].split()) > 1
    return (start, last), CAPITALS if cased else LIKELY if long else GUESS


def _capitals(words: _Words, language: Language, *, proper: bool) -> int | None:
    """Give where a name ends whose words have capitals; small ones may stand between, any after a `proper` noun."""
    last, before = None, ""
    for at, word in words:
        stem = _ELIDED.sub("", word)
        folded = fold(stem).text
        if stem.startswith("("):  # an acronym: what goes on after it is still the name
            before = stem
            continue
        if before.startswith("(") and folded not in language.leading and stem == word:
            break
        article = folded if stem == word else f"{word[0].lower()}'"
        if before in language.conjunctions and (article in language.articles or folded in language.opening):
            break
        numbered = word[:1].isdigit() and before == ""  # École 42, not "groupe de 42"
        if stem[:1].isupper() or numbered:
            last = at
        elif folded not in language.inside and not (
            language.adjectives.fullmatch(folded) or (proper and (stem != word or before in language.leading))
        ):
            break
        before = folded
    return last


def _uncased(words: _Words, language: Language, known: Collection[int], *, definite: bool, listing: bool) -> int | None:
    """Give where a name ends in a script without capitals: before a word that ends it, or another name that is joined.

    After a `definite` noun comes an adjective with its own article, or no name. A noun whose names are `listing` what
    they are for goes on after "and" with a definite one.
    """
    first = words[0] if words else (0, "")
    if definite and not _DEFINITE.match(fold(first[1]).text) and first[0] - len(first[1]) + 1 not in known:
        return None
    forms = [fold(word).text for _, word in words]
    count = 0
    for (at, word), folded, after in zip(words, forms, [*forms[1:], ""], strict=False):
        joined = folded.removeprefix("و")
        within = at - len(word) + 1  # after "and" or "of", which are written onto it
        other = joined in language.stops or bare(joined) in language.opening or within in known
        goes_on = listing and count and joined != folded and "ال" in (joined[:2], after[:2]) and not other
        place = folded.removeprefix("ل")
        of = (place != folded and within in known) or (bare(place) in language.places and at + 1 in known)
        if folded in language.stops or (language.ends.fullmatch(folded) and not (goes_on or of)):
            break
        count += 1
    while count > 1 and bare(forms[count - 1].removeprefix("ل")) in language.opening:
        count -= 1  # "of the province" has no end yet
    return words[count - 1][0] if count else None


def _words(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Give the words of a name after its noun: where each ends, and the word; an acronym in brackets is one."""
    for count in range(_LONGEST):
        if count and (acronym := _ACRONYM.match(text, at)):
            at = acronym.end()
            yield at, acronym[0].strip()
        match = _WORD.match(text, at)
        if not match or "\n" in match[0]:
            return
        at = match.end()
        yield at, match[1]

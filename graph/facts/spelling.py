"""Spellings made comparable, with the way back to where they stand.

A name is written in several ways: with or without hamza, accents, vowel signs or an Arabic prefix. `fold` gives the
form in which they are equal and remembers, for each character of it, where it stands in the original.

>>> text = fold("زيارة وفد إلى مدينةِ أگَادير")
>>> text.text
'زياره وفد الي مدينه اكادير'
>>> [text.original[start:end] for start, end in find(text, "أكادير")]
['أگَادير']
>>> find(fold("L’École d’Agadir"), "ecole")
[(2, 7)]
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_HAMZA = frozenset("أإآ\u0653\u0654\u0655")
# What Arabic writes onto the front of a word: and/so, by/as/for, the; for + the loses its alef.
_PREFIX = "(?:[وف]?لل|[وف]?[بكل]?(?:ال)?)"
_ONLY_PREFIX = re.compile(_PREFIX)
# What may stand between the words of a name: its last words may be quoted by themselves.
_GAP = r"[\s\"“”«»]+"
_GAPS = re.compile(_GAP)
_BEFORE = re.compile("(?P<before>[وف]?[بكل]?)(?P<article>ال)?|[وف]?(?P<elided>لل)")
_LONGEST_PREFIX = 5  # one more than any has
_SPACE = frozenset({"", " "})  # what mostly ends a word
_GOES_ON = re.compile(r"\w|[.,]\d")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character i of `text` comes from `original[starts[i]:ends[i]]` (code points, end exclusive)."""

    text: str
    original: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's offsets of the folded characters from `start` to `end` (at least one)."""
        return self.starts[start], self.ends[end - 1]


def attached(character: str) -> bool:
    """Say whether a character belongs to the one before it: a vowel sign, an accent, an Arabic tatweel."""
    return unicodedata.category(character)[0] == "M" or letters().get(character) == ""


@cache
def letters() -> Mapping[str, str]:
    """Read `spelling.toml`: what the letters become that are one letter to a reader though Unicode keeps them apart."""
    import tomllib

    return tomllib.loads(resources.files("graph.facts").joinpath("spelling.toml").read_text(encoding="utf-8"))


@cache
def _translation() -> dict[int, str]:
    return str.maketrans(dict(letters()))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    folded = []
    for part in unicodedata.normalize("NFKD", character).lower().translate(_translation()):
        category = unicodedata.category(part)
        if category == "Nd":
            folded.append(str(unicodedata.decimal(part)))
        elif category == "Pd" or part.isspace():
            folded.append(" ")
        elif category != "Cf" and not attached(part):
            folded.append(part)
    return "".join(folded)


def fold(text: str) -> Folded:
    """Fold case, accents, Arabic letter variants, digits of any script, hyphens, vowel signs and invisible marks."""
    if all(map(_single, set(text))):
        length = len(text)
        return Folded(text.translate(_ONE), text, array("I", range(length)), array("I", range(1, length + 1)))
    folded: list[str] = []
    starts, ends = array("I"), array("I")
    for index, character in enumerate(text):
        for part in _fold_character(character):
            folded.append(part)
            starts.append(index)
            ends.append(index + 1)
        if ends and ends[-1] == index and attached(character):
            ends[-1] = index + 1
    return Folded("".join(folded), text, starts, ends)


@lru_cache(maxsize=4096)
def _single(character: str) -> bool:
    """Say whether a character becomes one by itself, so that all stand where they stood."""
    return len(_fold_character(character)) == 1 and not attached(character)


def searched(name: str) -> str:
    """Give the form in which names are looked up, here and in the page: folded, and its letters and numbers alone.

    >>> searched("أكادير") == searched(" «اكادير».")
    True
    >>> searched("Cité de l’innovation"), searched("SCHOOL-1337"), searched("…")
    ('cite de l innovation', 'school 1337', '')
    """
    return " ".join(name.translate(_SEARCHED).split())


class _Table(dict[int, str]):
    """What each character becomes where names are looked up, found out once: all but letters and numbers, a space."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = "".join(each if unicodedata.category(each)[0] in "LN" else " " for each in folded)
        return self[code]


class _Ones(dict[int, str]):
    """What each character becomes that becomes one, found out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


_SEARCHED, _ONE = _Table(), _Ones()


def stem(name: str) -> tuple[str, bool]:
    """Give a name folded and without the Arabic article, a space between its words, and whether it has the article.

    >>> stem("الواحة الخضراء"), stem("L’École")
    (('واحه الخضراء', True), ("l'ecole", False))
    """
    folded = fold(name.strip())
    words = folded.text.split()
    article = bool(words) and len(words[0]) > 3 and words[0].startswith("ال") and not _hamza(folded, 0)
    return " ".join([words[0][2:] if article else words[0], *words[1:]]) if words else "", article


def begin(text: Folded, at: int, *, article: bool) -> int | None:
    """Give where a name begins whose stem stands at a folded character; None where it is inside another word.

    Arabic prefixes are outside; the article is inside when the name itself has it.
    """
    word = at
    while word and at - word < _LONGEST_PREFIX and (text.text[word - 1].isalnum() or text.text[word - 1] == "_"):
        word -= 1
    if word > 1 and text.text[word - 1] in ".," and text.text[word - 2].isdigit():
        return None
    prefix = _BEFORE.fullmatch(text.text, word, at) if word < at else None
    if not prefix:
        return at if word == at else None
    if prefix["elided"]:
        return prefix.start("elided") if article else at
    if prefix["article"]:
        if _hamza(text, prefix.start("article")):
            return None  # a word that begins with a hamza, not with the article
        return prefix.start("article") if article else at
    return at


def gaps(text: Folded) -> Iterator[tuple[int, int]]:
    """Give the folded characters, from and to, of each gap between words of a name that is not one space."""
    return ((gap.start(), gap.end()) for gap in _GAPS.finditer(text.text) if gap[0] != " ")


def ended(text: Folded, at: int) -> bool:
    """Tell whether a word, and a number, may end before a folded character."""
    return text.text[at : at + 1] in _SPACE or not _GOES_ON.match(text.text, at)


@lru_cache(maxsize=4096)
def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(map(re.escape, body.split())))


def _hamza(text: Folded, index: int) -> bool:
    return not _HAMZA.isdisjoint(text.original[text.starts[index] : text.ends[index]])


def find(text: Folded, name: str) -> list[tuple[int, int]]:
    """Give the original's spans where a name stands as whole words, Arabic prefixes apart.

    The Arabic article is inside the span when the name itself has it.
    """
    body, article = stem(name)
    spans = []
    for match in _pattern(body).finditer(text.text) if body else ():
        start = begin(text, match.start(), article=article) if ended(text, match.end()) else None
        if start is not None:
            spans.append(text.span(start, match.end()))
    return spans


def cut(text: str, offset: int) -> str | None:
    """Say what an offset cuts in two: "letter" (from its vowel sign or accent), "word", or nothing.

    To cut after an Arabic prefix (and-, by-, the-) is no cut.

    >>> cut("في المدينة", 5), cut("في المدينة", 7), cut("كتابٌ", 4)
    (None, 'word', 'letter')
    """
    if not 0 < offset < len(text):
        return None
    if attached(text[offset]):
        return "letter"
    before = re.search(r"[^\W_]*\Z", fold(text[max(0, offset - 100) : offset]).text)
    inside = bool(before and before[0]) and text[offset].isalnum()
    return "word" if inside and before and not _ONLY_PREFIX.fullmatch(before[0]) else None

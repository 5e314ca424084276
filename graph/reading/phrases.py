"""Short phrases of a language, all found in a text at once, as whole words and in whatever spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick

from graph.facts.spelling import Folded, begin, ended, fold


@dataclass(frozen=True, slots=True)
class Marker:
    """Where a text has a phrase that tells how another is meant; `key` is what it stands for."""

    key: str
    start: int
    end: int


class Phrases:
    """Phrases under the keys that they stand for.

    `{de}` in a phrase is each of the words that `forms` gives for it; a hyphen at its end says that the next word is
    written onto it, as after Arabic bi-.

    >>> found = Phrases({"in": ["ب-"], "chair": ["préside {le}"]}, {"le": ["le", "l'"]})
    >>> list(found.find(fold("il préside l'association بالواحة")))
    [('chair', 3, 13), ('in', 25, 26)]
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], forms: Mapping[str, list[str]] | None = None) -> None:
        keys: dict[str, dict[tuple[str, bool], bool]] = {}
        for key, written in phrases.items():
            for phrase in (one for each in written for one in _expanded(each, forms or {})):
                open_ = phrase.endswith("-")
                body = " ".join(fold(phrase.removesuffix("-")).text.split())
                last = phrase.removesuffix("-").rstrip()[-1]
                keys.setdefault(body, {})[key, _marked(last)] = open_ or not body[-1].isalnum()
        self._keys = list(keys.values())
        self._automaton = AhoCorasick(keys, store_patterns=False)

    def find(self, text: Folded) -> Iterator[tuple[str, int, int]]:
        """Give the keys of the phrases in a text, with the original's characters from and to, in its order."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text.text, overlapping=True):
            if begin(text, start, article=False) is None:
                continue
            last = text.original[text.starts[end - 1]]
            for (key, marked), open_ in self._keys[index].items():
                apt = not last.islower() or marked == _marked(last)
                if apt and (open_ or ended(text, end)):
                    found.append((text.starts[start], -text.ends[end - 1], key))
        yield from ((key, start, -end) for start, end, key in sorted(found))

    def within(self, sentence: Folded, offset: int) -> list[Marker]:
        """Give the phrases of a sentence, which begins at `offset` of its text, by where they stand in that."""
        return [Marker(key, start + offset, end + offset) for key, start, end in self.find(sentence)]


def _marked(letter: str) -> bool:
    """Tell whether a letter has an accent: at the end of a French word, it makes another word (finance, financé)."""
    return len(unicodedata.normalize("NFD", letter)) > 1


def _expanded(phrase: str, forms: Mapping[str, list[str]]) -> Iterator[str]:
    parts = [part for piece in phrase.split("{") for part in piece.split("}")]
    yield from map("".join, product(*(forms[part] if at % 2 else [part] for at, part in enumerate(parts))))

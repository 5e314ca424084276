"""People whom a text calls by another spelling of their names: Ibrahim for Brahim, Said for Saaïd."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from graph.facts.spelling import fold, searched
from graph.model.records import Entity
from graph.reading.mentions import Named

_KIND = "Person"
_VOWELS = re.compile("[aeiouyاويءىةٱ]|(.)(?=\\1)")
_LIKE = 0.7  # how alike two spellings are whose consonants are the same


class Spelt:
    """The people of a dataset by the consonants of their names."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._names: dict[str, dict[str, str]] = {}
        for each in entities:
            for name in each.names() if _KIND in each.classes else ():
                own = searched(fold(name).text)
                self._names.setdefault(_bare(own), {})[own] = each.id

    def known(self, people: Iterable[Named], text: str) -> Iterator[Named]:
        """Give people, each with those known whose names are the same but for the vowels, as what it may name too."""
        for each in people:
            own = searched(fold(text[each.start : each.end]).text)
            like = {id_ for name, id_ in self._names.get(_bare(own), {}).items() if _alike(own, name)}
            yield replace(each, others=tuple(sorted(like)))


def _bare(name: str) -> str:
    return _VOWELS.sub("", name)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _LIKE

"""What a cell may name: the ids of one kind, and which of them was meant by a word that is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.errors import said
from graph.facts.characters import visible
from graph.facts.namesakes import namesakes
from graph.model.suggestion import nearest, suggestion

_COMPARISONS = 200_000


@dataclass
class Known:
    """The ids of one kind that a cell may name; all are listed to who names none of them, if they are `few`.

    `complete` tells whether the file that holds them could be read; `rejected` are what its faulty lines called ids;
    `names` gives what each is called, for who gives that.
    """

    what: str
    ids: Collection[str]
    complete: bool = True
    few: bool = False
    rejected: Collection[str] = ()
    names: Callable[[], Mapping[str, Iterable[str]]] = dict
    _compared: int = field(default=0, init=False)

    def fault(self, word: str, place: str) -> str:
        """Say what is wrong with `word` at `place`; empty when it is known, or may be but for a fault elsewhere."""
        if word in self.ids or not self.complete or (self._affordable(self.rejected) and nearest(word, self.rejected)):
            return ""
        return said(
            'unknown {what} "{word}" in {place}{hint}',
            what=self.what,
            word=visible(word),
            place=place,
            hint=self.hint(word),
        )

    def hint(self, word: str) -> str:
        """Ask whether the nearest known id was meant, or list them all."""
        if not self._affordable(self.ids):
            return ""
        listed = said("; it is one of {names}", names=", ".join(self.ids)) if self.few and self.ids else ""
        return namesakes(word, self.names()) or suggestion(word, self.ids) or listed

    def _affordable(self, ids: Collection[str]) -> bool:
        """Tell whether a word may still be compared with `ids`: with many faults in large data, it would take hours."""
        self._compared += len(ids)
        return self._compared <= _COMPARISONS

"""Mentions, of which a text has many, in columns: a fifth of what they take one by one."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator

from graph.errors import PartLine
from graph.model.records import Mention


class Mentions(Collection[Mention]):
    """Mentions in the order in which they came, each made as it is asked for."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._entities, self._sources = list[str](), list[str]()
        self._starts, self._ends, self._lines = array("Q"), array("Q"), array("Q")
        self._numbered: dict[int, Callable[[int], int]] = {}
        for mention in mentions:
            self.append(mention)

    def append(self, mention: Mention) -> None:
        """Add a mention at the end."""
        self._entities.append(mention.entity)
        self._sources.append(mention.source)
        self._starts.append(mention.start)
        self._ends.append(mention.end)
        self._lines.append(mention.line)
        self._numbered[PartLine.part(mention.line)] = type(mention.line)

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[Mention]:
        lines = map(self._line, self._lines)
        return map(Mention, self._entities, self._sources, self._starts, self._ends, lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mentions) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # as it grows

    def __contains__(self, mention: object) -> bool:
        return any(each == mention for each in self)

    def __reduce__(self) -> tuple[object, ...]:
        return Mentions, (tuple(self),)

    def _line(self, number: int) -> int:
        numbered = self._numbered[PartLine.part(number)]
        return numbered(number - numbered(0))


def by_source(mentions: Iterable[Mention], sources: Iterable[str] = ()) -> dict[str, Mentions]:
    """Part mentions by their source; each of `sources` is there, though it have none."""
    found = {source: Mentions() for source in sources}
    for mention in mentions:
        if mention.source not in found:
            found[mention.source] = Mentions()
        found[mention.source].append(mention)
    return found

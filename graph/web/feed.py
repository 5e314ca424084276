"""What became of the data, for a reader of feeds: sources, decisions and names that changed, dated by the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model.labels import LabelResolver
from graph.model.records import Decision
from graph.model.words import order, said, written_in

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

#: How many changes a feed tells, the newest.
MOST = 100


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A change: the IRI that it is known by, what it is, the moment of its date (UTC), why, and what it is about.

    `language` is that of the reason, "" where that is not known.
    """

    iri: str
    title: str
    updated: str
    summary: str
    about: str
    language: str = ""


def moment(date: str) -> str:
    """Give the first moment of a day, month or year; what has a time of day already stays.

    >>> moment("2031"), moment("2031-06")
    ('2031-01-01T00:00:00Z', '2031-06-01T00:00:00Z')
    """
    return f"{date}{'-01-01'[len(date) - 10 :] if len(date) < 10 else ''}T00:00:00Z" if "T" not in date else date


def entries(knowledge: Knowledge, language: str, claim: Callable[[str], str]) -> list[FeedEntry]:
    """Give the changes in a language, newest first; `claim` gives the words of a claim of that id, "" if none has it.

    Several decisions of one day for one reason are one change.
    """
    told = _Told(knowledge, language, claim)
    found = [*told.sources(), *told.decisions(), *told.moved()]
    return sorted(found, key=lambda each: (each.updated, each.iri), reverse=True)[:MOST]


class _Told:
    def __init__(self, knowledge: Knowledge, language: str, claim: Callable[[str], str]) -> None:
        self.facts, self.iris, self.claim = knowledge.facts, knowledge.iris, claim
        self.words = said(language, "server", knowledge.info.title)
        self.resolver = LabelResolver(order(language, knowledge.info.title))

    def sources(self) -> Iterator[FeedEntry]:
        for each in self.facts.sources.values():
            if each.issued:
                title = self.words["newSource"].replace("{x}", self.resolver.chosen(each.titles)[0])
                iri = self.iris.source(each.id).value
                yield FeedEntry(iri, title, moment(each.issued), each.publisher, iri)

    def decisions(self) -> Iterator[FeedEntry]:
        known: dict[tuple[str, str], Decision] = {}
        for each in self.facts.decisions:
            if each.kind != "refuse":
                known.setdefault((each.on, each.reason), each)
        for each in known.values():
            title = self.words["decision"].replace("{x}", self.claim(each.a) or self._name(each.a))
            about = self.iris.entity(f"claim/{each.a}").value if self.claim(each.a) else ""
            about = about or (self.iris.entity(each.b).value if each.b in self.facts.entities else "")
            iri, language = self.iris.decision(each).value, written_in(each.reason) or ""
            yield FeedEntry(iri, title, moment(each.on), each.reason, about, language)

    def moved(self) -> Iterator[FeedEntry]:
        for each in self.facts.moved:
            if each.old.startswith("claim/"):
                continue  # what a claim says did not change: only its id
            word = self.words["moved" if each.new else "gone"]
            title = word.replace("{a}", each.old).replace("{b}", self._name(each.new))
            about = self.iris.entity(each.new).value if each.new in self.facts.entities else ""
            iri, language = self.iris.entity(each.old).value, written_in(each.reason) or ""
            yield FeedEntry(iri, title, moment(each.date), each.reason, about, language)

    def _name(self, entity: str) -> str:
        found = self.facts.entities.get(entity)
        return self.resolver.chosen(found.labels)[0] if found else entity

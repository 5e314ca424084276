"""Which thing a name means: those that are called so in any spelling, else those called nearly so, and how nearly.

A name that only sounds the same, in whatever script, is called nearly so.

>>> agadir = Candidate("https://example.org/agadir", frozenset({"City"}), ("أكادير", "Agadir"))
>>> tiznit = Candidate("https://example.org/tiznit", frozenset({"City"}), ("تيزنيت", "Tiznit"))
>>> [(each.named.names[1], each.score, each.called) for each in Matcher([agadir, tiznit]).find("أگادير")]
[('Agadir', 100, 'أكادير')]
>>> [(each.named.names[1], each.score) for each in Matcher([agadir, tiznit]).find("Agadeer")]
[('Agadir', 76)]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nsmallest

from pyoxigraph import Literal, NamedNode

from graph.facts.sounds import sounds, telling
from graph.facts.spelling import searched
from graph.model.hierarchy import finest
from graph.store.answer import table
from graph.store.store import Store

#: What a name that is not the same, letter for letter, may score at most, and must at least.
_ALIKE, _LEAST = 99, 60
_FEWEST = (_LEAST - 1) / _ALIKE  # of the letters of two names are the same in both, or they are nothing like
_HEARD = 75  # what sounds the same, in whatever script
_COMPARED = 60
_LONGEST = 300

NAMES = """
SELECT ?entity ?kind ?name WHERE {
  ?entity a az:Entity ; a ?kind ; rdfs:label|skos:altLabel|skos:hiddenLabel ?name .
}
LIMIT %d OFFSET %d
"""
"""The query for all that entities are called, with each of their classes, page by page."""

ABOVE = "SELECT ?kind ?above WHERE { ?kind a owl:Class ; rdfs:subClassOf+ ?above . ?above a owl:Class }"
"""The query for the classes of the ontology, each with one that is above it."""

_ALL = 10**9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing by its IRI, its classes (IRIs, those above them too), all its names, and its classes without those."""

    iri: str
    kinds: frozenset[str]
    names: tuple[str, ...]
    finest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that may be meant: `called` is its name that is nearest, `score` 100 where the spelling alone differs."""

    named: Candidate
    score: int
    called: str

    @property
    def same(self) -> bool:
        """Whether the thing is called just so, spelling apart."""
        return self.score > _ALIKE


class Matcher:
    """Finds things by name among those given, however many; a name is compared with those that share letters only."""

    def __init__(self, things: Iterable[Candidate]) -> None:
        self.things = {thing.iri: thing for thing in things}
        self.kinds = frozenset(kind for thing in self.things.values() for kind in thing.kinds)
        self._called: dict[str, dict[str, str]] = defaultdict(dict)
        for thing in self.things.values():
            for name in thing.names:
                self._called[searched(name)].setdefault(thing.iri, name)
        self._with: dict[str, list[str]] = defaultdict(list)
        self._heard: dict[str, list[str]] = defaultdict(list)
        for form in self._called:
            self._heard[sounds(form)].append(form)
            for gram in _grams(form):
                self._with[gram].append(form)
        self._sorted = sorted(self._called)

    def find(self, name: str, kinds: Iterable[str] = (), limit: int = 5) -> list[Match]:
        """Give at most `limit` things of one of the `kinds` (of any, if none is said), the likeliest first."""
        wanted, form = set(kinds), searched(name[:_LONGEST])
        best: dict[str, Match] = {}
        sound = sounds(form)
        heard = dict.fromkeys(self._heard.get(sound, ()))
        for other in dict.fromkeys((*self._near(form), *heard)):
            score = 100 if other == form else _score(form, other, other in heard and telling(sound))
            for iri, called in self._called[other].items():
                thing = self.things[iri]
                fits = score >= _LEAST and (not wanted or wanted & thing.kinds)
                if fits and (iri not in best or best[iri].score < score):
                    best[iri] = Match(thing, score, called)
        return sorted(best.values(), key=lambda each: (-each.score, each.named.iri))[:limit]

    def begin(self, prefix: str, limit: int = 10) -> list[Match]:
        """Give things of which a name, or a word in one, begins with `prefix`, else those called nearly so."""
        form = searched(prefix[:_LONGEST])
        found: dict[str, Match] = {}
        inside = (other for other in self._sorted if form and f" {form}" in f" {other}")
        for other in sorted(inside, key=lambda each: not each.startswith(form)):
            for iri, called in self._called[other].items():
                found.setdefault(iri, Match(self.things[iri], 100, called))
        return list(found.values())[:limit] or self.find(prefix, limit=limit)

    def _near(self, form: str) -> list[str]:
        """Give the names that share most letters with one, it itself first; of two that share as many, the shorter."""
        shared = Counter(other for gram in _grams(form) for other in self._with.get(gram, ()))
        shared[form] = len(form) + 1 if form in self._called else 0
        near = nsmallest(_COMPARED, shared, key=lambda other: (-shared[other], len(other), other))
        return [other for other in near if shared[other]]


def of_store(store: Store) -> Matcher:
    """Read the names in a store."""
    rows = table(store.query(NAMES % (_ALL, 0)), entity=NamedNode, kind=NamedNode, name=Literal)
    above = table(store.query(ABOVE), kind=NamedNode, above=NamedNode)
    named = ((entity.value, kind.value, name.value) for entity, kind, name in rows)
    return Matcher(gathered(named, ((kind.value, other.value) for kind, other in above)))


def gathered(rows: Iterable[tuple[str, str, str]], above: Iterable[tuple[str, str]]) -> list[Candidate]:
    """Put rows of an IRI, a class and a name together, one thing for each IRI, sorted; `above` are pairs of classes."""
    higher = defaultdict[str, set[str]](set)
    for kind, other in above:
        higher[kind].add(other)
    kinds, names = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for iri, kind, name in rows:
        kinds[iri].add(kind)
        names[iri].add(name)
    return [
        Candidate(iri, frozenset(kinds[iri]), tuple(sorted(names[iri])), finest(kinds[iri], higher))
        for iri in sorted(kinds)
    ]


def _grams(form: str) -> set[str]:
    padded = f" {form} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


def _score(one: str, other: str, alike: bool) -> int:
    likeness = round(_ALIKE * _likeness(one, other))
    return _HEARD if likeness < _HEARD and alike else likeness


def _likeness(one: str, other: str) -> float:
    """Give how alike two names are, from 0 to 1, whatever the order of their words; 0 where that is too little."""
    lengths = len(one) + len(other)
    if not lengths or 2 * min(len(one), len(other)) / lengths < _FEWEST:  # no comparison could make up for it
        return 0
    compared = SequenceMatcher(None, one, other)
    if compared.quick_ratio() < _FEWEST:
        return 0
    sorted_ = SequenceMatcher(None, " ".join(sorted(one.split())), " ".join(sorted(other.split()))).ratio()
    return max(compared.ratio(), sorted_ * 0.95)

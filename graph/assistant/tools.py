"""What an assistant may ask: names, claims, ways between things, the documented questions; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import networkx as nx
from pyoxigraph import NamedNode

from graph.assistant.evidence import CitedClaim, CitedSource, TermNames, Thing, claims, sources
from graph.errors import QueryError
from graph.model.suggestion import suggestion
from graph.model.vocabulary import contract, expand
from graph.store import question as questions
from graph.store.answer import Answer, table
from graph.store.labels import asked_language
from graph.store.matching import Matcher, of_store
from graph.store.query_text import query_text
from graph.store.store import Store

_MOST = 200
_SECONDS = 10.0


@dataclass(frozen=True)
class Found:
    """Something that may be meant: `score` is 100 where it is called so, spelling apart, `called` the nearest name."""

    id: str
    name: str
    kinds: list[str]
    score: int
    called: str


@dataclass(frozen=True)
class EntityProfile:
    """An entity: its names in every language, its kinds, and the first claims about it; `claims_in_all` counts them."""

    id: str
    name: str
    iri: str
    names: list[str]
    kinds: list[str]
    claims_in_all: int
    claims: list[CitedClaim]


@dataclass(frozen=True)
class Claims:
    """Some of the claims about an entity; `in_all` says how many there are."""

    in_all: int
    claims: list[CitedClaim]


@dataclass(frozen=True)
class Way:
    """How two entities are linked: step by step, each with the claims that make it; none if not, or if they are one."""

    steps: list[list[CitedClaim]]


@dataclass(frozen=True)
class Asked:
    """A table: one row of things for each answer; `in_all` says how many there are; `sources` cites those in it.

    `more` says that the rows were not counted to their end: there are more than `in_all`.
    """

    title: str
    columns: list[str]
    in_all: int
    rows: list[list[Thing]]
    sources: list[CitedSource]
    more: bool = False


class Tools:
    """The tools on one dataset."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _spoken(self, language: str) -> str:
        return asked_language(language, self._store)

    def search_entities(self, name: str, kind: str = "", language: str = "", limit: int = 10) -> list[Found]:
        """Find entities by a name in any language and spelling; `kind` is a class such as City or Programme."""
        known = {contract(NamedNode(iri)): iri for iri in self._matcher.kinds}
        if kind and kind.removeprefix("az:") not in known:
            raise QueryError(f'nothing here is of the class "{kind}"{suggestion(kind, known)}')
        kinds = [known[kind.removeprefix("az:")]] if kind else []
        found = self._matcher.find(name, kinds, max(1, min(limit, 50)))
        terms = [NamedNode(iri) for match in found for iri in (match.named.iri, *match.named.finest)]
        named = TermNames(self._store, terms, self._spoken(language))
        return [
            Found(
                named.id(NamedNode(each.named.iri)),
                named.thing(NamedNode(each.named.iri)).name,
                [contract(NamedNode(kind)) for kind in each.named.finest],
                each.score,
                each.called,
            )
            for each in found
        ]

    def describe(self, entity: str, language: str = "") -> EntityProfile:
        """Say what an entity is, by its id or a name, with the first claims about it and where each is said."""
        iri = self._meant(entity)
        thing, told = self._matcher.things[iri], claims(self._store, iri, self._spoken(language))
        named = TermNames(self._store, [NamedNode(iri)], self._spoken(language))
        own = named.thing(NamedNode(iri))
        kinds = [contract(NamedNode(kind)) for kind in thing.finest]
        return EntityProfile(own.id, own.name, iri, list(thing.names), kinds, len(told), told[:30])

    def claims_about(
        self, entity: str, about: str = "", language: str = "", limit: int = 50, offset: int = 0
    ) -> Claims:
        """Give what is said about an entity and by whom, of the property `about` if it is named (such as locatedIn).

        What is Planned or Discussed is no fact; `fact` says so.
        """
        told = claims(self._store, self._meant(entity), self._spoken(language))
        names = {each.property.id: contract(expand(each.property.id)) for each in told}
        wanted = [
            each
            for each in told
            if not about or about in (each.property.id, each.property.name, names[each.property.id])
        ]
        if about and not wanted:
            known = sorted(set(names.values()))
            raise QueryError(f'no claim about it has the property "{about}"{suggestion(about, known)}')
        start = max(0, offset)
        return Claims(len(wanted), wanted[start : start + max(1, min(limit, _MOST))])

    def how_linked(self, one: str, other: str, language: str = "") -> Way:
        """Give the shortest way between two entities: for each step, the claims that make it, each with its source."""
        start, end = self._meant(one), self._meant(other)
        try:
            path = nx.shortest_path(self._links, start, end)
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return Way([])
        steps = []
        for here, there in pairwise(path):
            told = claims(self._store, here, self._spoken(language))
            ids = {iri.removeprefix(self._store.base) for iri in self._links[here][there]["claims"]}
            steps.append([each for each in told if each.claim in ids])
        return Way(steps)

    def ask(
        self, question: str, parameters: dict[str, str] | None = None, language: str = "", limit: int = 100
    ) -> Asked:
        """Ask a documented question by its name, with values for its parameters (ids, or names in any language).

        The resource azetta://questions lists them. Each row has its status, source, passage and claim.
        """
        known = questions.find(question, self._store)
        try:
            answer = known.citing().ask(self._store, dict(parameters or {}), _SECONDS)
        except QueryError:  # one of a dataset's own may bear no variable more
            answer = known.ask(self._store, dict(parameters or {}), _SECONDS)
        titles = known.one if parameters and known.one else known.titles
        title = titles.get(self._spoken(language), next(iter(titles.values())))
        return self._asked(title, answer, language, limit)

    def promises(self, entity: str = "", language: str = "") -> Asked:
        """Say what became of what was announced, source by source by their dates; of one entity, or of all."""
        return self.ask("promises", {"entity": entity} if entity else {}, language, _MOST)

    def _asked(self, title: str, answer: Answer, language: str, limit: int) -> Asked:
        rows = [list(row) for row in answer.rows]
        shown = rows[: max(1, min(limit, _MOST))]
        cells, spoken = [cell for row in shown for cell in row], self._spoken(language)
        named = TermNames(self._store, cells, spoken)
        things = [[named.thing(cell) for cell in row] for row in shown]
        return Asked(title, list(answer.columns), len(rows), things, sources(self._store, cells, spoken))

    def _meant(self, entity: str) -> str:
        """Give the IRI of the entity that is called so; QueryError says which may be meant."""
        for iri in (entity, self._store.base + entity):
            if iri in self._matcher.things:
                return iri
        found = self._matcher.find(entity)
        same = [each.named.iri for each in found if each.same]
        if len(same) == 1:
            return same[0]
        ids = [iri.removeprefix(self._store.base) for iri in same or [each.named.iri for each in found]]
        hint = f": give the id of one, such as {', '.join(ids)}" if ids else ""
        raise QueryError(f'"{entity}" names {"several things" if same else "nothing here"}{hint}')

    @cached_property
    def _matcher(self) -> Matcher:
        return of_store(self._store)

    @cached_property
    def _links(self) -> nx.Graph:
        links = nx.Graph()
        rows = table(self._store.query(query_text("links")), claim=NamedNode, subject=NamedNode, object=NamedNode)
        for claim, subject, value in rows:
            links.add_edge(subject.value, value.value)
            links[subject.value][value.value].setdefault("claims", []).append(claim.value)
        return links

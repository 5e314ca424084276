"""A dataset made ready to be written, drawn and asked: what every output is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.knowledge import tally, void
from graph.knowledge.triples import Asserted, Blocks, Graph, inferred, within
from graph.model.formats import BUILT, MOST_CLAIMS, Format
from graph.model.iris import Iris
from graph.model.ontology import Ontology
from graph.model.own import OwnQuestion
from graph.model.records import Claim, Facts, Inference, Info

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.structure import Shape


@dataclass(frozen=True)
class Knowledge:
    """What is asserted, by whom and where, and what follows.

    `texts` holds the whole text of sources, by id, where their reader gave a copy; they enter no file but the page.
    `whole` is false for a part of a dataset, whose counts would be wrong for the dataset. `questions` are its own.
    `apart` are the rules that SPARQL was needed for, where the others were run as joins.
    """

    asserted: Asserted
    inferences: tuple[Inference, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    questions: tuple[OwnQuestion, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def facts(self) -> Facts:
        """The records of the curated files."""
        return self.asserted.facts

    @property
    def info(self) -> Info:
        """The dataset itself."""
        return self.asserted.facts.info

    @property
    def ontology(self) -> Ontology:
        """The model that the records follow."""
        return self.asserted.ontology

    @property
    def iris(self) -> Iris:
        """The names of its things."""
        return self.asserted.iris

    def at(self, address: str) -> Knowledge:
        """Give the same for pages that stand at another address on the web."""
        facts = replace(self.facts, info=replace(self.info, address=address))
        return replace(self, asserted=Asserted(facts, self.ontology))

    def triples(self) -> Iterator[Triple]:
        """Give what is asserted as one graph, without what is inferred and without the ontology; subject by subject."""
        return chain(self.description, self.asserted.triples())

    def quads(self) -> Iterator[Quad]:
        """Give the whole dataset in its named graphs, always in the same order."""
        return chain.from_iterable(within(each.name, each.triples) for each in self.graphs())

    def graphs(self) -> Iterator[Graph]:
        """Give the named graphs, always in the same order."""
        yield from map(self.graph, ("description", "entities"))
        yield from map(self.asserted.section, self.asserted.by_source)
        yield from map(self.graph, ("inferred", "ontology"))

    def pieces(self) -> Iterator[bytes]:
        """Give what all graphs hold as N-Triples, in pieces, those that were written before as they are."""
        for each in self.graphs():
            written = chain.from_iterable(map(each.written, Blocks._fields)) if each.written else ()
            yield from written or [serialize(each.triples, format=RdfFormat.N_TRIPLES) or b""]

    def graph(self, name: str) -> Graph:
        """Give a graph that is no source's: the `description`, the `entities`, what is `inferred`, the `ontology`."""
        asserted, graph = self.asserted, self.iris.graph(name)
        made: Mapping[str, Callable[[], Iterable[Triple]]] = {
            "description": lambda: chain(
                self.description, chain.from_iterable(map(asserted.source, self.facts.sources.values()))
            ),
            "entities": lambda: chain.from_iterable(map(asserted.entity, self.facts.entities.values())),
            "inferred": lambda: inferred(self.inferences, self.iris),
            "ontology": lambda: (quad.triple for quad in self.ontology.quads(graph)),
        }
        return Graph.of(graph, made[name], asserted.written.get(graph.value))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many sources, entities, claims and inferences there are."""
        facts = self.facts
        return {
            "sources": len(facts.sources),
            "entities": len(facts.entities),
            "claims": len(facts.claims),
            "inferences": len(self.inferences),
        }

    @cached_property
    def _links(self) -> Mapping[str, Mapping[str, str]]:
        """The names of the properties that are edges."""
        return {name: each.labels for name, each in self.ontology.properties.items() if each.edge}

    @cached_property
    def drawn(self) -> int:
        """How many things and links the network has, at most, which is known without making it."""
        links: Iterator[Claim | Inference] = chain(self.facts.claims, self.inferences)
        among = (
            self.background.isdisjoint((each.subject, each.object)) for each in links if each.property in self._links
        )
        return len(self.facts.entities) - len(self.background) + sum(among)

    @property
    def large(self) -> bool:
        """Whether it is more than one page can hold, which then is an overview."""
        return len(self.facts.claims) > MOST_CLAIMS

    @cached_property
    def files(self) -> tuple[Format, ...]:
        """The formats that a build writes."""
        return tuple(each for each in BUILT if self.drawn <= each.most)

    @cached_property
    def description(self) -> tuple[Triple, ...]:
        """What the dataset itself is, with its counts."""
        asked = tuple(void.questions(self.questions, self.iris))
        counted = None
        if self.whole:
            told = tally.of(self.asserted, asked)
            counted = void.Counted(*told, void.links(self.facts.claims), len(self.facts.entities))
        return (*void.describe(self.facts, self.iris, counted, self.files), *asked)

    @cached_property
    def background(self) -> frozenset[str]:
        """The entities that the network leaves out; of a part of a dataset, which is asked for by name, none."""
        from graph.knowledge.network import background

        facts = self.facts
        references = [name for name, source in facts.sources.items() if source.reference]
        named = (mention.entity for mention in facts.mentions)
        found = background(facts.claims, named, references) if self.whole else frozenset()
        return found & facts.entities.keys()

    @cached_property
    def shape(self) -> Shape:
        """The things and links of the network, and their measures, without all else that it says of them."""
        from graph.knowledge import structure
        from graph.knowledge.network import linked

        drawn = self.facts.entities.keys() - self.background
        return structure.shape(drawn, linked(self.facts.claims, drawn, self._links))

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """The network that every picture and every network format shows; see `graph.knowledge.network.view`."""
        from graph.knowledge.network import view

        finest = self.ontology.finest
        drawn = (each for name, each in self.facts.entities.items() if name not in self.background)
        entities = (replace(each, classes=finest(each.classes)) for each in drawn)
        return view(self.iris, entities, self.facts.claims, self.inferences, self._links, self.info.languages[0])

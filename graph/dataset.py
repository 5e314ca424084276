"""The dataset in Python: open it, ask it, hand it to rdflib or networkx."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import OutputError, QueryError
from graph.model.inputs import TABLES
from graph.model.labels import LabelResolver
from graph.model.vocabulary import Term
from graph.model.words import order, said
from graph.store.labels import asked_language, language_in, named
from graph.store.results import Rows, rows, styled
from graph.store.store import Store

if TYPE_CHECKING:
    import networkx
    import rdflib

    from graph.notebook.entity import EntityView
    from graph.notebook.page import PageFrame

_ENTITIES = """
SELECT ?entity ?kind ?name WHERE {
  ?entity a az:Entity ; a ?kind ; rdfs:label ?name .
  FILTER (LANG(?name) = "%s")
  FILTER NOT EXISTS { ?finer rdfs:subClassOf ?kind . ?entity a ?finer }
} ORDER BY ?entity ?kind
"""
_CLAIMS = """
SELECT ?claim ?subject ?property ?object ?status ?source ?start ?end ?record WHERE {
  ?claim a az:Claim ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object .
  ?claim az:standing ?status ; prov:hadPrimarySource ?source .
  OPTIONAL { ?claim prov:wasQuotedFrom ?passage . ?passage oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end }
  OPTIONAL { ?claim az:record ?record }
} ORDER BY ?source ?start ?end ?record ?claim
"""
_SOURCES = """
SELECT DISTINCT ?source ?title ?issued ?address WHERE {
  ?claim prov:hadPrimarySource ?source .
  ?source dcterms:title ?title .
  FILTER (LANG(?title) = "%s")
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source schema:url ?address }
} ORDER BY ?source
"""
_COUNTED = "SELECT ?claim { ?claim a az:Claim }"
_TITLE = "SELECT ?title { ?dataset az:mainLanguage ?main ; dcterms:title ?title FILTER (LANG(?title) = '%s') }"
_TRIED = ("promises", "poles", "partners", "centres")


class Dataset:
    """A dataset to ask, whether it is embedded here or held by a SPARQL service; made by `graph.open`."""

    def __init__(self, store: Store, language: str | None = None, build: Callable[[], str] | None = None) -> None:
        self.store, self.language = store, asked_language(language, store)
        self._build = build

    def __repr__(self) -> str:
        return f"<Dataset {self.store.base}>"

    def _repr_html_(self) -> str | None:
        from graph.notebook import overview

        if not self.store.base:  # an endpoint that holds no dataset of ours
            return None
        things = len({row["entity"] for row in self.entities})  # one that is of two classes has two rows
        counts = {"things": things, "claims": len(self.query(_COUNTED)), "sources": len(self.sources)}
        network, titles = self.to_networkx(), self.questions
        tries = [(f'dataset.question("{name}")', titles[name]) for name in _TRIED if self.question(name)]
        for node in overview.most_linked(network, 1):
            tries.append((f'dataset.entity("{node}").claims', network.nodes[node]["label"]))
        tries.append(("dataset.show()", said(self.language, "page")["network"]))
        title = self.query(_TITLE % self._written)
        name = str(title[0]["title"]) if title else self.store.base
        return overview.html(name, counts, network, tries, self.language)

    @cached_property
    def _written(self) -> str:
        return language_in(self.store, self.language)

    @property
    def entities(self) -> Rows:
        """All entities, with their finest classes, a row for each, and their names in the dataset's language."""
        return self.query(_ENTITIES % self._written)

    @property
    def claims(self) -> Rows:
        """All claims: what each says, its status and source, and the passage (code points) or record that says it.

        One that several passages of a source say has a row for each.
        """
        return self.query(_CLAIMS)

    @property
    def sources(self) -> Rows:
        """All sources that a claim cites, with their titles in the dataset's language."""
        return self.query(_SOURCES % self._written)

    def query(
        self,
        text: str,
        source: str | None = None,
        timeout: float | None = None,
        substitutions: Mapping[str, Term] | None = None,
    ) -> Rows:
        """Ask a SPARQL query; the project's prefixes need no declaration.

        `source` (id or IRI) asks what one source alone says, `timeout` is in seconds, `substitutions` gives variables
        of the SELECT clause a value. An ASK gives one row, `answer`, which is true or false as a condition too; a
        CONSTRUCT gives one row per triple.

        Raises QueryError, with the line and column of the mistake, QueryTimeout or EndpointError.
        """
        if not isinstance(text, str):
            raise QueryError(f"a query is a text, not {text!r}")
        answer = self.store.query(text, source=source, timeout=timeout, substitutions=substitutions)
        found = rows(answer, styled(self.store.prefixes))
        found.language = self.language
        return found

    @property
    def questions(self) -> dict[str, str]:
        """The documented questions: by name, what each asks, in the dataset's language."""
        from graph.store import question

        resolver = LabelResolver(order(self.language))
        asked = sorted(question.asked_of(self.store).items())
        return {name: resolver.chosen(each.titles)[0] for name, each in asked}

    def question(
        self, name: str, *, language: str | None = None, timeout: float | None = None, **parameters: str | None
    ) -> Rows:
        """Ask one of the documented questions; printed, the rows show names in `language` (the dataset's by default).

        A parameter's value is an id, an IRI or a name in any language. Raises QueryError, with the nearest names, for
        an unknown question, language, parameter or value.
        """
        from graph.store import question

        spoken = asked_language(language or self.language, self.store)
        answer = question.find(name, self.store).ask(self.store, parameters, timeout)
        return named(rows(answer, styled(self.store.prefixes)), self.store, spoken)

    def entity(self, name: str) -> EntityView:
        """Give an entity by its id, its IRI or a name in any language and spelling, as questions take it.

        Raises QueryError where none is called so, with the nearest names, or several are, with their ids.
        """
        from graph.notebook.entity import EntityView
        from graph.store import meant

        if not isinstance(name, str):
            raise QueryError(f"an entity is named by its id, its IRI or a name, not by {name!r}")
        return EntityView(self.store, meant.entity(name, self.store).value, self.language)

    def show(self, height: int = 640) -> PageFrame:
        """Show the page in a notebook, in a frame that is so many pixels high; it is kept there whole, about 1 MB.

        A build that is missing or older than its tables is made first.

        Raises OutputError if what was opened has no page: an endpoint, or a dataset as of another date.
        """
        from graph.notebook.page import PageFrame

        if self._build is None:
            raise OutputError("this dataset has no page here: open the folder of a build, or what `azetta build` made")
        return PageFrame(Path(self._build(), "index.html"), height)

    def to_rdflib(self) -> rdflib.Dataset:
        """Copy the dataset, named graph by named graph, into an rdflib Dataset whose default graph is their union."""
        import rdflib

        copy = rdflib.Dataset(default_union=True)
        for name in self.store.graphs():
            answer = self.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", source=name)
            graph = copy.graph(rdflib.URIRef(name))
            for subject, predicate, value in answer.rows:
                graph.add((_rdflib(subject, rdflib), _rdflib(predicate, rdflib), _rdflib(value, rdflib)))
        for prefix, iri in self.store.prefixes.items():
            copy.bind(prefix, iri, replace=True)
        return copy

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Give the network of entities and links, node for node and edge for edge that of a build's GraphML.

        A node is an entity's id; `label` is in the dataset's language, and `graph.knowledge.network.view` says what
        else nodes and edges hold: names, classes, status, claims, rule, coordinates, centrality and community.
        """
        from graph.store.network import network

        return network(self.store, self.language)


def open(  # noqa: A001
    dataset: str | os.PathLike[str] | None = None, *, language: str | None = None, at: str | None = None
) -> Dataset:
    """Open a dataset: the folder of a build or of its tables, an endpoint's URL, or what is meant where none is named.

    That is the build of the `data` here or in a folder above (made if there is none). A build is made anew first, from
    what it was made from, if that changed; tables without a build here are read into memory.
    Names are in `language`, by default the first of the dataset.
    `at`, a year, a month or a day, asks what is so then, not at the date of the newest source.

    Raises DataError if the curated files are wrong, OutputError if a folder holds no build, or a damaged one,
    QueryError for an unknown language, or a date that is none or is asked of an endpoint.
    """
    from graph.last_build import open_store

    def opened(data: str | None = None, out: str | None = None) -> Dataset:
        build = partial(_folder, data, out) if at is None else None
        return Dataset(open_store(data=data, out=out, at=at), language, build)

    if dataset is None:
        return opened()
    if not isinstance(dataset, str | os.PathLike):
        raise OutputError(f"a dataset is named by its folder or by the URL of its endpoint, not by {dataset!r}")
    place = os.fspath(dataset)
    if place.startswith(("http://", "https://")):
        from graph.store.remote import Remote

        if at is not None:
            raise QueryError(f"{place} holds what is so at one date alone: ask the tables or a build of {at}")
        return Dataset(Remote(place), language)
    if os.path.isfile(os.path.join(place, TABLES[0])):
        return opened(data=place)
    return opened(out=place)


def _folder(data: str | None, out: str | None) -> str:
    """Give the folder of the build that is meant, made first where `azetta serve` would make it."""
    from graph.last_build import current

    return current(data, out, lambda message: print(message, file=sys.stderr))


def _rdflib(part: Any, rdflib: Any) -> Any:
    """Turn a term of the engine into one of rdflib; a plain string has no datatype, as when rdflib itself parses."""
    from pyoxigraph import BlankNode, NamedNode

    if isinstance(part, NamedNode):
        return rdflib.URIRef(part.value)
    if isinstance(part, BlankNode):
        return rdflib.BNode(part.value)
    if part.language or part.datatype == NamedNode(str(rdflib.XSD.string)):
        return rdflib.Literal(part.value, lang=part.language)
    return rdflib.Literal(part.value, datatype=rdflib.URIRef(part.datatype.value))

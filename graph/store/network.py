"""The network of a dataset, read back from wherever it is asked: the same that a build writes as GraphML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from graph.knowledge.network import background, view
from graph.model.hierarchy import finest
from graph.model.iris import Iris
from graph.model.records import Claim, Entity, Inference
from graph.model.vocabulary import AZ, RDF, RDFS, contract
from graph.store.store import Store

if TYPE_CHECKING:
    import networkx as nx

_LINKS = "SELECT DISTINCT ?property ?label WHERE { ?property az:edge true ; rdfs:label ?label }"
_TYPES = "SELECT DISTINCT ?entity ?class WHERE { ?entity a az:Entity . ?entity a ?class }"
_PARENTS = "SELECT DISTINCT ?class ?parent WHERE { ?class rdfs:subClassOf ?parent }"
_NAMES = """
SELECT DISTINCT ?entity ?property ?name WHERE {
  ?entity a az:Entity .
  VALUES ?property { rdfs:label skos:altLabel }
  ?entity ?property ?name .
}
"""
_CLAIMS = """
SELECT DISTINCT ?claim ?subject ?property ?object ?status ?source WHERE {
  ?claim a az:Claim ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ; az:standing ?status .
  ?claim prov:hadPrimarySource ?source .
}
"""
_NAMED = "SELECT DISTINCT ?entity WHERE { ?mention oa:motivatedBy oa:identifying ; oa:hasBody ?entity }"
_REFERENCES = "SELECT DISTINCT ?source WHERE { ?source az:nature az:Reference }"
_INFERENCES = """
SELECT DISTINCT ?inference ?subject ?property ?object ?rule ?status ?premise WHERE {
  ?inference a az:Inference ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object .
  ?inference az:rule ?rule ; az:standing ?status ; prov:wasDerivedFrom ?premise .
}
"""

Texts = dict[str, str]


def network(store: Store, language: str) -> nx.MultiDiGraph:
    """Give the network as `graph.knowledge.network.view` describes it; `label` is the one in `language`."""
    iris = Iris(store.base)
    links: dict[str, Texts] = defaultdict(dict)
    for link, label in _rows(store, _LINKS):
        links[contract(link)][label.language or ""] = label.value
    inferences, claims = tuple(_inferences(store, iris)), list(_claims(store, iris))
    references = {iris.name(source).removeprefix("source/") for (source,) in _rows(store, _REFERENCES)}
    left_out = background(claims, (iris.name(entity) for (entity,) in _rows(store, _NAMED)), references)
    entities = (each for each in _entities(store, iris, inferences) if each.id not in left_out)
    return view(iris, entities, claims, inferences, links, language)


def _rows(store: Store, text: str) -> Iterator[Any]:
    yield from store.query(text).rows


def _entities(store: Store, iris: Iris, inferences: tuple[Inference, ...]) -> Iterator[Entity]:
    """Give the entities, with the finest of the classes that the curators gave them."""
    inferred = {(each.subject, each.object) for each in inferences if each.property == contract(RDF.type)}
    classes: dict[str, set[str]] = defaultdict(set)
    for entity, kind in _rows(store, _TYPES):
        if (iris.name(entity), kind.value) not in inferred:
            classes[iris.name(entity)].add(contract(kind))
    parents: dict[str, set[str]] = defaultdict(set)
    for kind, parent in _rows(store, _PARENTS):
        parents[contract(kind)].add(contract(parent))
    labels: dict[str, Texts] = defaultdict(dict)
    alts: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for entity, link, name in _rows(store, _NAMES):
        key, tag = iris.name(entity), name.language or ""
        if link == RDFS.label:
            labels[key][tag] = name.value
        else:
            alts[key][tag] = (*alts[key].get(tag, ()), name.value)
    for key, kinds in sorted(classes.items()):
        yield Entity(key, finest(kinds, parents), labels[key], alts[key], frozenset(), 0)


def _claims(store: Store, iris: Iris) -> Iterator[Claim]:
    """Give what the claims say, with which status and by which source; where it says so is not read."""
    for claim, subject, link, value, status, source in _rows(store, _CLAIMS):
        yield Claim(
            subject=iris.name(subject),
            property=contract(link),
            object=value.value if isinstance(value, Literal) else iris.name(value),
            datatype=contract(value.datatype) if isinstance(value, Literal) else "",
            foreign=isinstance(value, NamedNode) and not value.value.startswith(iris.base),
            status=contract(status).lower(),
            source=iris.name(source).removeprefix("source/"),
            quotations=(),
            record="",
            line=0,
            id=iris.name(claim).removeprefix("claim/"),
        )


def _inferences(store: Store, iris: Iris) -> Iterator[Inference]:
    premises: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for *inference, premise in _rows(store, _INFERENCES):
        premises[tuple(inference)].append(iris.name(premise))
    for (inference, subject, link, value, rule, status), names in premises.items():
        yield Inference(
            subject=iris.name(subject),
            property=contract(link),
            object=iris.name(value),
            rule=rule.value.removeprefix(f"{AZ}rule-"),
            premises=tuple(sorted(names)),
            status=contract(status).lower(),
            id=iris.name(inference).removeprefix("inference/"),
        )

"""Which entity a word means: its id, its IRI, or one of its names in any language and spelling.

The names of a large dataset are read alone, without whose they are, which takes a tenth of the time: whose those are
that are spelled alike is asked afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from graph.errors import QueryError, said
from graph.facts.spelling import searched
from graph.model.suggestion import nearest
from graph.model.suggestion import question as did_you_mean
from graph.model.vocabulary import expand
from graph.store.answer import table
from graph.store.store import Store

_ALL = "az:Entity"

_SPELT = "SELECT ?label WHERE { %s { ?entity rdfs:label ?label } UNION { ?entity skos:altLabel ?label } }"
_OF_CLASS = "SELECT ?entity WHERE { ?entity a %s }"
_CALLED = """
SELECT DISTINCT ?entity WHERE {
  VALUES ?label { %s }
  ?entity rdfs:label|skos:altLabel ?label ; a %s .
}
"""
_EXACT = """
SELECT DISTINCT ?entity WHERE {
  VALUES ?entity { %s }
  ?entity a %s .
  ?entity rdfs:label|skos:altLabel ?label .
}
"""
_NAMED = """
SELECT DISTINCT ?entity ?label WHERE {
  ?entity a %s .
  VALUES ?property { rdfs:label skos:altLabel }
  ?entity ?property ?label .
}
"""
_KINDS = """
SELECT ?entity ?kind WHERE {
  ?entity a ?kind .
  FILTER NOT EXISTS { ?entity a ?finer . ?finer rdfs:subClassOf ?kind }
}
"""


def entity(value: str, store: Store, kind: str = _ALL, parameter: str = "entity") -> NamedNode:
    """Find the one entity of a class that `value` means; QueryError, with what may be meant, where it is not just one.

    `parameter` is what the value was given for.
    """
    found = _exact([value, store.base + value], kind, store) or _called(value, kind, store)
    if len(found) == 1:
        return NamedNode(found.pop())
    if found:
        several = ", ".join(sorted(iri.removeprefix(store.base) for iri in found))
        raise QueryError(said("“{value}” names several: {names}", value=value, names=several))
    class_ = re.split("[#/]", kind)[-1]
    none = said("“{name}”: “{value}” is no {kind} of this dataset", name=parameter, value=value, kind=class_)
    others = kind != _ALL and (_exact([value, store.base + value], _ALL, store) or _called(value, _ALL, store))
    if others:
        raise QueryError(said("{none}: its class is {kinds}", none=none, kinds=_classes(store, others)))
    raise QueryError(said("{none}{hint}", none=none, hint=_nearest(value, kind, store)))


def _exact(iris: Iterable[str], kind: str, store: Store) -> set[str]:
    """Give which of some IRIs, as they may be, are those of entities of a class."""
    return _asked(_EXACT, filter(None, map(_node, iris)), kind, store)


def _called(value: str, kind: str, store: Store) -> set[str]:
    """Give the IRIs of the entities of a class that are called so, spelled so or else alike; an id is a name too."""
    form, class_ = searched(value) or value, expand(kind)
    every = store.query(_SPELT % ("" if kind == _ALL else f"?entity a {class_} ."))
    labels = {label for (label,) in table(every, label=Literal) if _form(label.value) == form}
    if same := {label for label in labels if label.value == normalize("NFC", value).strip()}:
        return _asked(_CALLED, sorted(map(str, same)), kind, store)
    entities = table(store.query(_OF_CLASS % class_), entity=NamedNode)
    ids = [each.value for (each,) in entities if _form(each.value.removeprefix(store.base)) == form]
    return _asked(_CALLED, sorted(map(str, labels)), kind, store) | _exact(ids, kind, store)


def _asked(query: str, values: Iterable[object], kind: str, store: Store) -> set[str]:
    """Ask a query of a class and of some values, if there are any."""
    written = " ".join(map(str, values))
    answer = store.query(query % (written, expand(kind))) if written else None
    return {each.value for (each,) in table(answer, entity=NamedNode)} if answer else set()


def _node(iri: str) -> NamedNode | None:
    with suppress(ValueError):
        return NamedNode(iri)
    return None


def _form(name: str) -> str:
    """Fold a name, unless it is one of signs alone."""
    return searched(name) or name


def _names(store: Store, kind: str) -> Mapping[str, dict[str, str]]:
    """Give the names of the entities of a class, folded, each with the IRIs that it may mean and its spelling there."""
    names: dict[str, dict[str, str]] = {}
    for each, label in table(store.query(_NAMED % expand(kind)), entity=NamedNode, label=Literal):
        for spelling in (each.value.removeprefix(store.base), label.value):
            names.setdefault(_form(spelling), {}).setdefault(each.value, spelling)
    return names


def _classes(store: Store, iris: Iterable[str]) -> str:
    """Name the finest classes of some entities."""
    answers = (table(store.query(_KINDS, substitutions={"entity": NamedNode(iri)}), kind=NamedNode) for iri in iris)
    return ", ".join(sorted({f"az:{kind.value.rpartition('#')[2]}" for answer in answers for (kind,) in answer}))


def _nearest(value: str, kind: str, store: Store) -> str:
    """Suggest what may have been meant: each entity once, by the nearest of its names, as it is spelled."""
    names = _names(store, kind)
    near = nearest(searched(value), names, 12, 0.5)
    once = {min(names[name]): name for name in reversed(near)}
    found = [min(names[name].items())[1] for name in near if name in once.values()][:3]
    return did_you_mean(found, curly=True) or "."

"""Files of annotations and claims that other tools wrote: Web Annotations in JSON-LD, or RDF that follows the contract.

Nothing is fetched: of the contexts that JSON-LD may name, that of the Web Annotations is known, in `anno.json`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from graph.errors import DataError
from graph.model.vocabulary import RDF

#: The endings of such files, each with its format.
FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
}
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_LARGEST = 16_000_000
_CONTEXTS = 10_000  # each is put in where it is named, and is some fifty times as long as its name
_FETCHED = ("@context", "@import")

Node = NamedNode | BlankNode


class Described:
    """What a file says of each node; the graphs that it says it in do not matter."""

    def __init__(self, path: Path) -> None:
        self._said: dict[Any, dict[NamedNode, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
        for subject, predicate, object_ in _triples(path):
            self._said[subject][predicate][object_] = None

    def nodes(self, kind: NamedNode) -> list[Node]:
        """Give the nodes of a class, in the order of the file."""
        return [node for node in self._said if kind in self.all(node, RDF.type)]

    def all(self, node: Any, *predicates: NamedNode) -> list[Any]:
        """Give what a node has by some predicates."""
        said: Mapping[NamedNode, Mapping[Any, None]] = self._said.get(node, {})
        return [object_ for predicate in predicates for object_ in said.get(predicate, ())]

    def text(self, node: Any, predicate: NamedNode) -> str:
        """Give the first literal that a node has by a predicate; empty where there is none."""
        return next((each.value for each in self.all(node, predicate) if isinstance(each, Literal)), "")


def _triples(path: Path) -> list[tuple[Any, NamedNode, Any]]:
    data = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    if data is None:
        raise DataError.at(path, f"more than the {_LARGEST:,} bytes that are read")
    form = FORMATS[path.suffix]
    try:
        data = _known(json.loads(data)) if form == RdfFormat.JSON_LD else data
        return [(quad.subject, quad.predicate, quad.object) for quad in parse(data, form)]
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 0
        raise DataError.at(path, f"it cannot be read: {getattr(error, 'msg', None) or error}", line) from error


def _known(told: Any) -> bytes:
    """Put in the place of the context of the Web Annotations what it says."""
    left = _CONTEXTS
    context = json.loads(resources.files("graph.reading").joinpath("anno.json").read_text(encoding="utf-8"))

    def put(node: Any) -> Any:
        if isinstance(node, list):
            return [put(each) for each in node]
        if isinstance(node, dict):
            return {name: named(each) if name in _FETCHED else put(each) for name, each in node.items()}
        return node

    def named(each: Any) -> Any:
        nonlocal left
        if isinstance(each, list):
            return [named(one) for one in each]
        if isinstance(each, str) and each.replace("https:", "http:") != CONTEXT:
            raise ValueError(f"its @context {each} is somewhere else, and nothing is fetched: write it into the file")
        left -= isinstance(each, str)
        if left < 0:
            raise ValueError(f"it names its @context more than {_CONTEXTS:,} times: once is enough, above a @graph")
        return context if isinstance(each, str) else put(each)

    return json.dumps(put(told)).encode()

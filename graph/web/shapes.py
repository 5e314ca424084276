"""What the shapes ask of the data, in the words in which they say that it is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph.model.labels import LabelResolver
from graph.model.vocabulary import RDF, SH, shorten
from graph.web.terms import ShownTerm


@dataclass(frozen=True, slots=True)
class ShapeTold:
    """A shape: its short name, and its messages in one language."""

    name: str
    messages: tuple[ShownTerm, ...]


@dataclass(frozen=True, slots=True)
class ShapeMessages:
    """A shape: its IRI, and its messages, each by language."""

    iri: str
    messages: tuple[dict[str, str], ...]

    def told(self, labels: LabelResolver) -> ShapeTold:
        """Choose the language of each message."""
        return ShapeTold(shorten(self.iri), tuple(ShownTerm(*labels.chosen(each)) for each in self.messages))


def messages(files: Iterable[Path]) -> Iterator[ShapeMessages]:
    """Give the node shapes of some files that say something, in the order of the files."""
    for file in files:
        about: dict[NamedNode | BlankNode, list[Triple]] = {}
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
            if not isinstance(quad.subject, Triple):
                about.setdefault(quad.subject, []).append(quad.triple)
        shapes = {each for each, told in about.items() if any(t.object == SH.NodeShape for t in told)}
        for shape in about:
            found = tuple(_messages(shape, about, shapes, set())) if shape in shapes else ()
            if found and isinstance(shape, NamedNode):
                yield ShapeMessages(shape.value, found)


def _messages(
    node: NamedNode | BlankNode,
    about: dict[NamedNode | BlankNode, list[Triple]],
    shapes: set[NamedNode | BlankNode],
    seen: set[NamedNode | BlankNode],
) -> Iterator[dict[str, str]]:
    """Give the messages of a node and of those that it leads to, but for what other shapes say for themselves."""
    seen.add(node)
    told = about.get(node, [])
    own = {t.object.language or "": t.object.value for t in told if _message(t) and isinstance(t.object, Literal)}
    if own:
        yield own
    for triple in told:
        inner = triple.object
        if isinstance(inner, NamedNode | BlankNode) and triple.predicate != RDF.type and inner not in seen | shapes:
            yield from _messages(inner, about, shapes, seen)


def _message(triple: Triple) -> bool:
    return bool(triple.predicate == SH.message)

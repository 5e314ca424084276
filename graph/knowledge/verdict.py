"""What the shapes find in triples: judged by the `shacl` package, whose verdicts the tests hold against pySHACL's.

A file of shapes says of each what it must be asked of: `az:inParts` of the dataset portion by portion
(`graph.knowledge.portions`), `az:overFacts` of the facts of some properties alone, and whatever says neither, as a
dataset's own shapes need not, of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from graph.errors import DataError
from graph.model.vocabulary import AZ, SH

if TYPE_CHECKING:
    from shacl import Shapes

_TARGETS = {SH.term(f"target{kind}") for kind in ("", "Class", "Node", "ObjectsOf", "SubjectsOf")}


class Finding(NamedTuple):
    """One thing that a shape finds; terms are written as in N-Triples."""

    focus_node: str
    path: str | None
    component: str
    value: str | None
    value_plain: str | None
    source_shape: str | None
    messages: tuple[str, ...]


class Reach(NamedTuple):
    """The shapes of a file, as N-Triples, by what they are asked of; one is empty where no shape is asked so.

    `facts` are the properties whose facts alone `of_facts` asks for.
    """

    in_parts: str
    of_facts: str
    facts: Collection[NamedNode]
    of_whole: str
    every: str


def reach(path: Path) -> Reach:
    """Read a file of shapes; DataError where it is none."""
    try:
        triples = [quad.triple for quad in parse(path.read_text(encoding="utf-8"), RdfFormat.TURTLE)]
        _compiled(_text(triples))
    except (OSError, ValueError, SyntaxError) as exc:
        line = getattr(exc, "lineno", None) or 0
        raise DataError.at(path, f"the shapes cannot be read: {getattr(exc, 'msg', None) or exc}", line) from exc
    parts = {each.subject for each in triples if each.predicate == AZ.inParts and each.object == Literal(True)}
    over = [each for each in triples if each.predicate == AZ.overFacts]
    facts = {each.subject for each in over} - parts

    def targeting(wanted: Callable[[object], bool]) -> str:
        kept = [each for each in triples if each.predicate not in _TARGETS or wanted(each.subject)]
        return _text(kept) if any(each.predicate in _TARGETS for each in kept) else ""

    return Reach(
        targeting(parts.__contains__),
        targeting(facts.__contains__),
        {each.object for each in over if isinstance(each.object, NamedNode)},
        targeting(lambda shape: shape not in parts | facts),
        _text(triples),
    )


def aside(shapes: str, kind: NamedNode) -> str:
    """Give shapes that are asked of nothing because it is of the class `kind`."""
    target = f" {SH.targetClass} {kind} ."
    return "\n".join(line for line in shapes.split("\n") if not line.endswith(target))


def findings(shapes: str, path: Path) -> list[Finding]:
    """Hold a file of N-Triples, or of N-Quads, whose graphs do not matter, against shapes."""
    results = _compiled(shapes).validate_file(str(path)).results
    return [
        Finding(
            each.focus_node,
            each.path,
            each.component,
            each.value,
            each.value_plain,
            each.source_shape,
            tuple(each.messages),
        )
        for each in results
    ]


@lru_cache(maxsize=4)
def _compiled(shapes: str) -> Shapes:
    from shacl import Shapes

    return Shapes.from_text(shapes, format="ntriples")


def _text(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()

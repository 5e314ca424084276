"""The classes of the ontology drawn as a tree, each under the first class above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.model.ontology import Ontology
from graph.model.own import written

WIDTH = 420
_LINE, _STEP, _BASELINE = 26, 26, 18


@dataclass(frozen=True, slots=True)
class DrawnClass:
    """A class in the picture: its fragment, its label, how many things are of it, and where its text starts."""

    anchor: str
    text: str
    count: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """A tree in a frame of `width` by `height` units, its branches one path of SVG."""

    width: int
    height: int
    lines: str
    nodes: tuple[DrawnClass, ...]


def diagram(ontology: Ontology, labels: Mapping[str, str], counts: Mapping[str, int], *, mirrored: bool) -> Diagram:
    """Draw the classes, with `labels` and `counts` by name; mirrored where reading begins at the right."""
    below: dict[str, list[str]] = {}
    for name, each in ontology.classes.items():
        below.setdefault(next(iter(each.parents), ""), []).append(name)

    def walk(parent: str, depth: int) -> Iterator[tuple[str, int]]:
        for name in below.get(parent, ()):
            yield name, depth
            yield from walk(name, depth + 1)

    def across(x: int) -> int:
        return WIDTH - x if mirrored else x

    nodes, lines, rows = [], [], {0: 0}
    for row, (name, depth) in enumerate(walk("", 0)):
        nodes.append(
            DrawnClass(
                written(name), labels[name], counts.get(name, 0), across(depth * _STEP + 6), row * _LINE + _BASELINE
            )
        )
        rows[depth] = row
        if depth:
            start, x = rows[depth - 1] * _LINE + _BASELINE + 6, (depth - 1) * _STEP + 12
            lines.append(f"M{across(x)} {start}V{row * _LINE + _LINE // 2}H{across(x + _STEP // 2 + 4)}")
    return Diagram(WIDTH, len(nodes) * _LINE + 8, "".join(lines), tuple(nodes))

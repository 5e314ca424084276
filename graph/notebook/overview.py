"""A dataset at a glance: how much it holds, a small network of what is most linked, and what to try."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import cos, pi, sin
from typing import TYPE_CHECKING

from graph.model.messages import number
from graph.model.words import head, said

if TYPE_CHECKING:
    import networkx

_DRAWN = 18
_WIDTH, _HEIGHT, _ACROSS, _UPRIGHT = 760, 400, 190, 170
_LONGEST = 28


def html(
    title: str,
    counts: Mapping[str, int],
    network: networkx.MultiDiGraph,
    tries: Iterable[tuple[str, str]],
    language: str,
) -> str:
    """Give it as HTML without script; `counts` are by word of the interface, `tries` are code and what it does."""
    words = said(language)
    told = " · ".join(f"{escape(words[name])}{words['colon']}{number(each, language)}" for name, each in counts.items())
    listed = "".join(f'<li>{escape(about)}<br><code dir="ltr">{escape(code)}</code></li>' for code, about in tries)
    start = f'<section lang="{language}" dir="{head(language)["direction"]}">'
    return f"{start}<h3>{escape(title)}</h3><p>{told}</p>{svg(network)}<ul>{listed}</ul></section>"


def most_linked(network: networkx.MultiDiGraph, count: int) -> list[str]:
    """Name the nodes with most neighbours, the first first."""
    return sorted(network, key=lambda node: (-network.nodes[node]["degree"], node))[:count]


def svg(network: networkx.MultiDiGraph) -> str:
    """Draw what is most linked on a ring, community by community, with its links; empty where there is nothing.

    A link of which no claim holds now is dashed.
    """
    ring = sorted(most_linked(network, _DRAWN), key=lambda node: (network.nodes[node]["community"], node))
    if not ring:
        return ""
    at = {node: 2 * pi * (place + 0.5) / len(ring) for place, node in enumerate(ring)}
    links = "".join(_link(network, at, one, other) for one, other in _pairs(network, ring))
    nodes = "".join(_node(network.nodes[node], angle) for node, angle in at.items())
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" direction="ltr" font-family="sans-serif" font-size="12"'
        f' style="max-width:{_WIDTH}px;width:100%"><g fill="none" stroke="#7a8a99">{links}</g>{nodes}</svg>'
    )


def _pairs(network: networkx.MultiDiGraph, ring: Sequence[str]) -> list[tuple[str, str]]:
    return sorted({(min(pair), max(pair)) for pair in network.subgraph(ring).edges() if pair[0] != pair[1]})


def _point(angle: float) -> tuple[float, float]:
    return round(_WIDTH / 2 + _ACROSS * sin(angle), 1), round(_HEIGHT / 2 - _UPRIGHT * cos(angle), 1)


def _link(network: networkx.MultiDiGraph, at: Mapping[str, float], one: str, other: str) -> str:
    edges = [edge for pair in ((one, other), (other, one)) for edge in (network.get_edge_data(*pair) or {}).values()]
    holds = any(edge["status"] in {"stated", "ongoing"} for edge in edges)
    (x, y), (to_x, to_y) = _point(at[one]), _point(at[other])
    dashed = "" if holds else ' stroke-dasharray="4 4"'
    return f'<path d="M{x} {y}Q{_WIDTH / 2} {_HEIGHT / 2} {to_x} {to_y}"{dashed}/>'


def _node(about: Mapping[str, object], angle: float) -> str:
    x, y = _point(angle)
    anchor, beside = ("start", 9) if sin(angle) > 0 else ("end", -9)
    label = str(about["label"])
    short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    hue = 47 * int(str(about["community"])) % 360
    return (
        f'<g><title>{escape(label)}</title><circle cx="{x}" cy="{y}" r="5" fill="hsl({hue} 55% 45%)"/>'
        f'<text x="{x + beside}" y="{y + 4}" text-anchor="{anchor}" fill="currentColor"'
        f' style="unicode-bidi:plaintext">{escape(short)}</text></g>'
    )

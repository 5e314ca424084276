"""The network formats, from the one view of the network: GraphML and GEXF, element by element, and Kumu's blueprint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from html import escape as _escape
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO

from graph.model.citation import owed

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation'
_GRAPHML, _GEXF = "http://graphml.graphdrawing.org/xmlns", "http://www.gexf.net/1.2draft"
_QUOTED = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
#: What both formats call the kinds of values that nodes and edges have.
_KINDS = {str: "string", int: "long", float: "double"}
escape = partial(_escape, quote=False)


class _Elements:
    """The nodes or the edges of a network, each as what its tag holds and its values.

    `columns` gives the number and the kind of each value, in the order in which their names first come.
    """

    def __init__(self, tag: str, found: Any, number: Iterator[int], placed: tuple[str, ...] = ()) -> None:
        self.tag, self._found, self._placed = tag, found, placed
        self.columns: dict[str, tuple[int, str]] = {}
        for *_, data in found:
            for name, value in data.items():
                if name not in self.columns and name not in placed:
                    self.columns[name] = next(number), _KINDS[type(value)]

    def __iter__(self) -> Iterator[tuple[str, list[tuple[int, object]]]]:
        for *ends, data in self._found:
            head = {"id": ends[0]} if self.tag == "node" else {"source": ends[0], "target": ends[1], "id": data["id"]}
            head |= {name: data[name] for name in self._placed}
            values = [(self.columns[name][0], value) for name, value in data.items() if name in self.columns]
            yield " ".join(f'{name}="{_quoted(value)}"' for name, value in head.items()), values


def graphml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GraphML, with what is owed to the sources."""
    stream.writelines(f"{line}\n".encode() for line in _graphml(knowledge))


def gexf(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GEXF, with what is owed to the sources."""
    stream.writelines(f"{line}\n".encode() for line in _gexf(knowledge))


def kumu(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as a blueprint of Kumu (https://docs.kumu.io/guides/import/blueprints)."""
    network = knowledge.network
    elements = [
        {"id": node, "label": data["label"], "type": data["kind"], "tags": data["classes"].split(), **_own(data)}
        for node, data in network.nodes(data=True)
    ]
    connections = [
        {"id": data["id"], "from": a, "to": b, "label": data["label"], "type": data["property"]}
        | {"direction": "directed", **_own(data)}
        for a, b, data in network.edges(data=True)
    ]
    text = json.dumps({"elements": elements, "connections": connections}, ensure_ascii=False, indent=1)
    stream.write(f"{text}\n".encode())


def _graphml(knowledge: Knowledge) -> Iterator[str]:
    nodes, edges = _elements(knowledge)
    yield _DECLARATION
    yield f'<graphml xmlns="{_GRAPHML}" {_XSI}="{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd">'
    yield f"  <desc>{_owed(knowledge)}</desc>"
    for each in (edges, nodes):
        for name, (key, kind) in reversed(each.columns.items()):
            yield f'  <key id="d{key}" for="{each.tag}" attr.name="{_quoted(name)}" attr.type="{kind}" />'
    yield '  <graph edgedefault="directed">'
    for each in (nodes, edges):
        for head, values in each:
            yield f"    <{each.tag} {head}>"
            for key, value in values:
                yield f'      <data key="d{key}"' + (f">{escape(str(value))}</data>" if value != "" else " />")
            yield f"    </{each.tag}>"
    yield "  </graph>\n</graphml>"


def _gexf(knowledge: Knowledge) -> Iterator[str]:
    nodes, edges = _elements(knowledge, "label")
    yield _DECLARATION
    yield f'<gexf xmlns="{_GEXF}" {_XSI}="{_GEXF} {_GEXF}/gexf.xsd" version="1.2">'
    yield f"  <meta>\n    <creator>Azetta</creator>\n    <description>{_owed(knowledge)}</description>\n  </meta>"
    yield '  <graph defaultedgetype="directed" mode="static" name="">'
    for each in (edges, nodes):
        yield f'    <attributes mode="static" class="{each.tag}">'
        for name, (key, kind) in each.columns.items():
            yield f'      <attribute id="{key}" title="{_quoted(name)}" type="{kind}" />'
        yield "    </attributes>"
    for each in (nodes, edges):
        yield f"    <{each.tag}s>"
        for head, values in each:
            yield f"      <{each.tag} {head}>\n        <attvalues>"
            for key, value in values:
                yield f'          <attvalue for="{key}" value="{_quoted(value)}" />'
            yield f"        </attvalues>\n      </{each.tag}>"
        yield f"    </{each.tag}s>"
    yield "  </graph>\n</gexf>"


def _elements(knowledge: Knowledge, *placed: str) -> tuple[_Elements, _Elements]:
    """Give the nodes and the edges; `placed` is what their tags hold beside ids, which then is none of their values."""
    network, number = knowledge.network, count()
    nodes = _Elements("node", network.nodes(data=True), number, placed)
    return nodes, _Elements("edge", network.edges(data=True), number, ("id", *placed) if placed else ())


def _owed(knowledge: Knowledge) -> str:
    return escape("\n".join(owed(knowledge.facts)))


def _quoted(value: object) -> str:
    return escape(str(value)).translate(_QUOTED)


def _own(data: dict[str, object]) -> dict[str, object]:
    """Give what Kumu has no word for: an attribute of ours each."""
    return {name: value for name, value in data.items() if name not in {"id", "label", "kind", "classes", "property"}}

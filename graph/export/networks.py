"""The network formats, from the one view of the network: GraphML and GEXF by networkx, and Kumu's blueprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from graph.model.citation import owed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from graph.knowledge.knowledge import Knowledge


def graphml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GraphML, with what is owed to the sources."""
    from networkx.readwrite.graphml import GraphMLWriter

    # The writer on the standard library: the other one, used where lxml happens to be installed, writes other bytes.
    writer = GraphMLWriter(edge_id_from_attribute="id")
    writer.add_graph_element(knowledge.network)
    _say(writer.xml, "desc", "\n".join(owed(knowledge.facts)))
    writer.dump(stream)


def gexf(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GEXF, without what networkx puts in: the day, its own version, and its keys of the edges."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(knowledge.network)
    for meta in writer.xml.iter("meta"):
        del meta.attrib["lastmodifieddate"]
        meta.findall("creator")[0].text = "Azetta"
        _say(meta, "description", "\n".join(owed(knowledge.facts)), 1)
    for declared in writer.xml.iter("attributes"):
        for key in declared.findall("attribute[@title='networkx_key']"):
            declared.remove(key)
            for values in writer.xml.iter("attvalues"):
                for value in values.findall(f"attvalue[@for='{key.get('id')}']"):
                    values.remove(value)
    writer.write(stream)


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


def _say(parent: Element, name: str, text: str, place: int = 0) -> None:
    """Put an element with a text into another one, at a place."""
    element = parent.makeelement(name, {})
    element.text = text
    parent.insert(place, element)


def _own(data: dict[str, object]) -> dict[str, object]:
    """Give what Kumu has no word for: an attribute of ours each."""
    return {name: value for name, value in data.items() if name not in {"id", "label", "kind", "classes", "property"}}

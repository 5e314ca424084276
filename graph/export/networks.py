"""The network formats, from the one view of the network: GraphML and GEXF by networkx, and Kumu's blueprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


def graphml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GraphML."""
    import networkx as nx

    # The writer on the standard library: the other one, used where lxml happens to be installed, writes other bytes.
    nx.write_graphml_xml(knowledge.network, stream, edge_id_from_attribute="id")


def gexf(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GEXF, without what networkx puts in: the day, its own version, and its keys of the edges."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(knowledge.network)
    for meta in writer.xml.iter("meta"):
        del meta.attrib["lastmodifieddate"]
        meta.findall("creator")[0].text = "Azetta"
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


def _own(data: dict[str, object]) -> dict[str, object]:
    """Give what Kumu has no word for: an attribute of ours each."""
    return {name: value for name, value in data.items() if name not in {"id", "label", "kind", "classes", "property"}}

"""The network formats, GraphML and GEXF, written by networkx from the one view of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge


def graphml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GraphML."""
    import networkx as nx

    # The writer on the standard library: the other one, used where lxml happens to be installed, writes other bytes.
    nx.write_graphml_xml(knowledge.network, stream, edge_id_from_attribute="id")


def gexf(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GEXF, without what networkx puts in: the date of the day, and its own keys of the edges."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(knowledge.network)
    for meta in writer.xml.iter("meta"):
        del meta.attrib["lastmodifieddate"]
    for declared in writer.xml.iter("attributes"):
        for key in declared.findall("attribute[@title='networkx_key']"):
            declared.remove(key)
            for values in writer.xml.iter("attvalues"):
                for value in values.findall(f"attvalue[@for='{key.get('id')}']"):
                    values.remove(value)
    writer.write(stream)

"""The network formats, GraphML and GEXF, written by networkx from the one view of the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO

from graph.knowledge.network import view

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.knowledge import Knowledge


def graphml(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GraphML."""
    import networkx as nx

    # The writer on the standard library: the other one, used where lxml happens to be installed, writes other bytes.
    nx.write_graphml_xml(_flat(knowledge), stream, edge_id_from_attribute="id")


def gexf(knowledge: Knowledge, stream: BinaryIO) -> None:
    """Write the network as GEXF, without the date of the day that networkx puts in."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_flat(knowledge))
    for meta in writer.xml.iter("meta"):
        del meta.attrib["lastmodifieddate"]
    writer.write(stream)


def _flat(knowledge: Knowledge) -> nx.MultiDiGraph:
    """Give the network with plain values only, which is all that the formats hold."""
    import networkx as nx

    network, first = view(knowledge), knowledge.info.languages[0]
    flat = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        flat.add_node(
            node,
            label=data["labels"].get(first, node),
            **_by_language("label", data["labels"]),
            **_by_language("alt", {language: " | ".join(names) for language, names in data["alts"].items()}),
            iri=data["iri"],
            kind=data["kind"],
            classes=" ".join(data["classes"]),
            **{name: data[name] for name in ("lat", "long") if name in data},
        )
    for source, target, name, data in network.edges(keys=True, data=True):
        labels = knowledge.ontology.properties[name].labels
        flat.add_edge(
            source,
            target,
            name,
            id=f"{source} {name} {target}",
            label=labels.get(first, name),
            **_by_language("label", labels),
            property=name,
            status=data["status"],
            claims=" ".join(data["claims"]),
            rule=data["inferred"] or "",
        )
    return flat


def _by_language(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in sorted(texts.items()) if text}

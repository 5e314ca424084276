"""The same exports as one would first write them: rdflib holds and writes everything, pyvis writes the page.

It neither checks nor validates nor infers; what is told, it writes triple for triple, with our names (`peers.py`).
"""

from __future__ import annotations

import csv
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV

AZ = Namespace("https://w3id.org/azetta/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
ASSERTED = ("stated", "ongoing")
WGS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")


def rows(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def describe(dataset: Dataset, data: Path, base: str) -> None:
    """Add the entities with their names."""
    entities = dataset.graph(URIRef(base + "graph/entities"))
    for row in rows(data / "entities.csv"):
        subject = URIRef(base + row["id"])
        for kind in row["class"].split("|"):
            entities.add((subject, RDF.type, AZ[kind]))
        for language in ("ar", "fr", "en"):
            entities.add((subject, RDFS.label, Literal(row[f"label_{language}"], lang=language)))
            for name in filter(None, row[f"alt_{language}"].split("|")):
                entities.add((subject, SKOS.altLabel, Literal(name, lang=language)))


def quote(graph: Graph, base: str, source: str, start: str, end: str) -> URIRef:
    """Add a passage with its place in the text."""
    passage = URIRef(f"{base}source/{source}#char={start},{end}")
    selector = URIRef(f"{base}selector/{source}/{start}-{end}")
    graph.add((passage, RDF.type, OA.SpecificResource))
    graph.add((passage, OA.hasSource, URIRef(f"{base}source/{source}")))
    graph.add((passage, OA.hasSelector, selector))
    graph.add((selector, RDF.type, OA.TextPositionSelector))
    graph.add((selector, OA.start, Literal(int(start))))
    graph.add((selector, OA.end, Literal(int(end))))
    return passage


def said(row: dict[str, str], base: str, known: set[str]) -> tuple[URIRef, URIRef, URIRef | Literal]:
    """Give what a row says as a triple."""
    prefix, _, name = row["property"].rpartition(":")
    value = row["object"]
    if value in known:
        found: URIRef | Literal = URIRef(base + value)
    elif value.lstrip("-").replace(".", "", 1).isdecimal():
        found = Literal(value, datatype=XSD.decimal if "." in value else XSD.integer)
    else:
        found = Literal(value)
    return URIRef(base + row["subject"]), (WGS if prefix == "wgs" else AZ)[name], found


def status(row: dict[str, str]) -> URIRef:
    """Give how the source speaks."""
    return AZ[row["status"].title()]


def source(row: dict[str, str], base: str) -> URIRef:
    """Give who says it."""
    return URIRef(f"{base}source/{row['source']}")


def named(row: dict[str, str], base: str, known: set[str]) -> URIRef:
    """Give the IRI of the claim of a row: the hash of what it says."""
    parts = [term.n3() for term in (*said(row, base, known), status(row), source(row, base))]
    parts += [Literal(row["record"]).n3() if row["record"] else "", row["from"], row["until"]]
    return URIRef(f"{base}claim/{sha256(chr(10).join(parts).encode()).hexdigest()[:16]}")


def tell(dataset: Dataset, data: Path, base: str, known: set[str]) -> None:
    """Add the claims with their evidence: rows that differ only in where they are said are one claim."""
    for row in rows(data / "claims.csv"):
        graph = dataset.graph(source(row, base))
        claim, triple = named(row, base, known), said(row, base, known)
        if row["status"] in ASSERTED:
            graph.add(triple)
        graph.add((claim, RDF.type, AZ.Claim))
        for name, term in zip(("subject", "predicate", "object"), triple, strict=True):
            graph.add((claim, RDF[name], term))
        graph.add((claim, AZ.status, status(row)))
        graph.add((claim, AZ.standing, status(row)))
        graph.add((claim, PROV.hadPrimarySource, source(row, base)))
        for name in filter(row.get, ("from", "until", "record")):
            graph.add((claim, AZ[name], Literal(row[name])))
        if row["start"]:
            graph.add((claim, PROV.wasQuotedFrom, quote(graph, base, row["source"], row["start"], row["end"])))
        for end in ("subject", "object", "period"):
            for span in filter(None, row[f"{end}_at"].split("|")):
                graph.add((claim, AZ[f"{end}Antecedent"], quote(graph, base, row["source"], *span.split("-"))))


def mention(dataset: Dataset, data: Path, base: str) -> None:
    """Add where the texts name what, and by what the passages are known again."""
    for row in rows(data / "mentions.csv"):
        graph = dataset.graph(source(row, base))
        passage = quote(graph, base, row["source"], row["start"], row["end"])
        found = URIRef(f"{base}mention/{row['source']}/{row['start']}-{row['end']}/{row['entity']}")
        graph.add((found, RDF.type, OA.Annotation))
        graph.add((found, OA.motivatedBy, OA.identifying))
        graph.add((found, OA.hasBody, URIRef(base + row["entity"])))
        graph.add((found, OA.hasTarget, passage))
    for row in rows(data / "passages.csv"):
        graph = dataset.graph(source(row, base))
        passage = URIRef(f"{base}source/{row['source']}#char={row['start']},{row['end']}")
        graph.add((passage, AZ.length, Literal(int(row["length"]))))
        graph.add((passage, AZ.sha256, Literal(row["sha256"])))


def network(data: Path, out: Path, known: set[str]) -> None:
    """Write the network formats and the page."""
    import networkx as nx
    from pyvis.network import Network

    picture, graph = Network(directed=True, cdn_resources="in_line"), nx.MultiDiGraph()
    for row in rows(data / "entities.csv"):
        graph.add_node(row["id"], label=row["label_ar"], label_fr=row["label_fr"], label_en=row["label_en"])
        picture.add_node(row["id"], label=row["label_ar"])
    for number, row in enumerate(rows(data / "claims.csv")):
        if row["object"] in known and row["subject"] in known:
            graph.add_edge(
                row["subject"], row["object"], id=str(number), property=row["property"], status=row["status"]
            )
            picture.add_edge(row["subject"], row["object"], title=row["property"])
    nx.write_graphml(graph, out / "naive.graphml")
    nx.write_gexf(graph, out / "naive.gexf")
    picture.write_html(str(out / "index.html"))


def opened(data: Path) -> tuple[str, set[str]]:
    """Give the base of a dataset's IRIs, and the ids of its entities."""
    base = tomllib.loads((data / "dataset.toml").read_text(encoding="utf-8"))["base"]
    return base, {row["id"] for row in rows(data / "entities.csv")}


def told(data: Path) -> Dataset:
    """Give what the sources say."""
    (base, known), dataset = opened(data), Dataset()
    tell(dataset, data, base, known)
    mention(dataset, data, base)
    return dataset


def main(data: Path, ontology: Path, out: Path) -> None:
    """Write every file."""
    out.mkdir(parents=True, exist_ok=True)
    (base, known), dataset = opened(data), told(data)
    describe(dataset, data, base)
    union = Graph()
    for subject, predicate, value, _ in dataset.quads():
        union.add((subject, predicate, value))
    model = dataset.graph(URIRef(base + "graph/ontology")).parse(ontology / "ecosystem.ttl")
    model.serialize(out / "ontology.ttl", format="turtle")
    for name, kind in (("ttl", "turtle"), ("rdf", "xml")):
        union.serialize(out / f"naive.{name}", format=kind)
    for name, kind in (("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")):
        dataset.serialize(out / f"naive.{name}", format=kind)
    network(data, out, known)
    for name in ("entities.csv", "claims.csv"):
        (out / name).write_bytes((data / name).read_bytes())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

"""The same exports as one would first write them: rdflib holds and writes everything, pyvis writes the page.

It neither checks nor validates nor infers; what is told, it writes triple for triple.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from pathlib import Path

import networkx as nx
from pyvis.network import Network
from rdflib import RDF, RDFS, SKOS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV

AZ = Namespace("https://w3id.org/azetta/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
SAID = ("subject", "property", "object", "status", "source", "record", "from", "until")


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


def tell(dataset: Dataset, data: Path, base: str, known: set[str]) -> None:
    """Add the claims with their evidence: rows that differ only in where they are said are one claim."""
    numbers: dict[tuple[str, ...], int] = {}
    for row in rows(data / "claims.csv"):
        said = tuple(row[name] for name in SAID)
        source = URIRef(f"{base}source/{row['source']}")
        graph, claim = dataset.graph(source), URIRef(f"{base}claim/{numbers.setdefault(said, len(numbers))}")
        ends = URIRef(base + row["subject"]), AZ[row["property"]]
        value = URIRef(base + row["object"]) if row["object"] in known else Literal(row["object"])
        if row["status"] in {"stated", "ongoing"}:
            graph.add((*ends, value))
        graph.add((claim, RDF.type, AZ.Claim))
        for name, term in zip(("subject", "predicate", "object"), (*ends, value), strict=True):
            graph.add((claim, RDF[name], term))
        graph.add((claim, AZ.status, AZ[row["status"].title()]))
        graph.add((claim, PROV.hadPrimarySource, source))
        for name in filter(row.get, ("from", "until", "record")):
            graph.add((claim, AZ[name], Literal(row[name])))
        if row["start"]:
            graph.add((claim, PROV.wasQuotedFrom, quote(graph, base, row["source"], row["start"], row["end"])))
        for end in ("subject", "object", "period"):
            for span in filter(None, row[f"{end}_at"].split("|")):
                graph.add((claim, AZ[f"{end}Antecedent"], quote(graph, base, row["source"], *span.split("-"))))


def mention(dataset: Dataset, data: Path, base: str) -> None:
    """Add where the texts name what."""
    for row in rows(data / "mentions.csv"):
        graph = dataset.graph(URIRef(f"{base}source/{row['source']}"))
        passage = quote(graph, base, row["source"], row["start"], row["end"])
        found = URIRef(f"{base}mention/{row['source']}/{row['start']}-{row['end']}")
        graph.add((found, RDF.type, OA.Annotation))
        graph.add((found, OA.motivatedBy, OA.identifying))
        graph.add((found, OA.hasBody, URIRef(base + row["entity"])))
        graph.add((found, OA.hasTarget, passage))


def network(data: Path, out: Path, known: set[str]) -> None:
    """Write the network formats and the page."""
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


def main(data: Path, ontology: Path, out: Path) -> None:
    """Write every file."""
    out.mkdir(parents=True, exist_ok=True)
    base = tomllib.loads((data / "dataset.toml").read_text(encoding="utf-8"))["base"]
    known = {row["id"] for row in rows(data / "entities.csv")}
    dataset = Dataset()
    describe(dataset, data, base)
    tell(dataset, data, base, known)
    mention(dataset, data, base)
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

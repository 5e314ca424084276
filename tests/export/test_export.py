"""Every format says the same, to an engine other than the one that wrote it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from checkout import ONTOLOGY
from pyoxigraph import Literal, Quad

from graph.errors import OutputError
from graph.export import writers
from graph.knowledge.knowledge import Knowledge
from graph.model.formats import FORMATS, find
from graph.pipeline import load

CONTRACT = """
SELECT ?s ?p ?o ?status ?source ?start ?end WHERE {
  ?claim a az:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; az:status ?status ;
    prov:wasQuotedFrom ?passage .
  ?passage oa:hasSource ?source ; oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end .
}
"""
BASE = "https://example.org/emerald-valley/"
AZ = "https://w3id.org/azetta/ontology#"
XML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def files(emerald: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    writers.write_all(emerald, folder)
    return folder


def term(value: Any) -> tuple[str, ...]:
    """One form for both engines: rdflib leaves xsd:string unsaid, pyoxigraph says it."""
    if isinstance(value, Literal):
        return value.value, value.language or "", value.datatype.value
    if isinstance(value, rdflib.Literal):
        kind = rdflib.RDF.langString if value.language else value.datatype or rdflib.XSD.string
        return str(value), value.language or "", str(kind)
    return (str(getattr(value, "value", value)),)


@pytest.fixture
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from rewriting numbers as it reads them."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def test_kumu_reads_elements_and_the_connections_between_them(emerald: Knowledge) -> None:
    stream = io.BytesIO()
    writers.write(emerald, FORMATS["kumu.json"], stream)
    blueprint = json.loads(stream.getvalue())
    elements = {each["id"]: each for each in blueprint["elements"]}
    assert set(elements) == set(emerald.facts.entities)
    assert {name: elements["noura-haddad"][name] for name in ("label", "type", "tags", "label_fr", "bridges")} == {
        "label": "نورة الحداد",
        "type": "Person",
        "tags": ["Person"],
        "label_fr": "Noura Haddad",
        "bridges": 1,
    }
    (presiding,) = [each for each in blueprint["connections"] if each["from"] == "noura-haddad" and not each["rule"]]
    assert (presiding["to"], presiding["direction"]) == ("emerald-valley-council", "directed")
    assert (presiding["type"], presiding["status"]) == ("presidentOf", "stated")
    ids = [each["id"] for part in blueprint.values() for each in part]
    assert len(ids) == len(set(ids))


def test_a_build_writes_what_is_not_for_export_alone(files: Path) -> None:
    assert not [path.name for path in files.iterdir() if path.suffix in {".sqlite", ".parquet"} or "kumu" in path.name]


@pytest.mark.usefixtures("as_written")
@pytest.mark.parametrize(("name", "kind"), [("ttl", "turtle"), ("rdf", "xml")])
def test_rdflib_reads_the_told_graph(files: Path, emerald: Knowledge, name: str, kind: str) -> None:
    read = rdflib.Graph().parse(data=(files / f"emerald-valley.{name}").read_bytes(), format=kind)
    assert {tuple(map(term, triple)) for triple in read} == {tuple(map(term, triple)) for triple in emerald.triples()}
    assert not any(isinstance(node, rdflib.BNode) for node in read.all_nodes())


@pytest.mark.usefixtures("as_written")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own calls of its own deprecated names
@pytest.mark.parametrize(("name", "kind"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_named_graphs(files: Path, emerald: Knowledge, name: str, kind: str) -> None:
    read = rdflib.Dataset()
    read.parse(data=(files / f"emerald-valley.{name}").read_bytes(), format=kind)
    found = {tuple(map(term, (s, p, o, getattr(g, "identifier", g)))) for s, p, o, g in read.quads()}
    quads: set[Quad] = set(emerald.quads())
    assert found == {tuple(map(term, (q.subject, q.predicate, q.object, q.graph_name))) for q in quads}
    assert {graph.removeprefix(BASE) for *_, (graph,) in found} == {
        *("source/bulletin", "source/gazetteer"),
        *("graph/entities", "graph/inferred", "graph/ontology", "graph/description"),
    }


def test_the_contracts_query_finds_each_claim_of_a_text_in_the_turtle(files: Path) -> None:
    namespaces = {"az": rdflib.Namespace(AZ), "oa": rdflib.Namespace("http://www.w3.org/ns/oa#")}
    rows = rdflib.Graph().parse(files / "emerald-valley.ttl").query(CONTRACT, initNs=namespaces | {"prov": rdflib.PROV})
    found = {tuple(str(value).removeprefix(BASE).removeprefix(AZ) for value in row) for row in rows}  # type: ignore[union-attr]
    assert len(found) == 10
    assert ("barmij", "inPartnershipWith", "manara-foundation", "Stated", "source/bulletin", "48", "107") in found
    assert ("cafe-incubator", "partOf", "cafe-numerique", "Planned", "source/bulletin", "219", "242") in found


def test_what_is_planned_is_described_but_not_asserted(files: Path) -> None:
    graph = rdflib.Graph().parse(files / "emerald-valley.ttl")
    part_of, cafe = rdflib.URIRef(AZ + "partOf"), rdflib.URIRef(BASE + "cafe-numerique")
    assert {str(each) for each in graph.subjects(part_of, cafe)} == {BASE + "cafe-fab-lab"}


@pytest.mark.parametrize("name", ["ttl", "trig", "nq", "jsonld", "rdf"])
def test_numbers_keep_the_digits_that_the_source_gives(files: Path, name: str) -> None:
    text = (files / f"emerald-valley.{name}").read_text(encoding="utf-8")
    assert "30.50" in text
    assert "-9.250" in text


def test_networkx_reads_the_networks_with_names_status_and_claims(files: Path, emerald: Knowledge) -> None:
    claim = next(each.id for each in emerald.facts.claims if each.object == "manara-foundation")
    for network in (
        nx.read_graphml(files / "emerald-valley.graphml", force_multigraph=True),
        nx.read_gexf(files / "emerald-valley.gexf"),
    ):
        node = network.nodes["al-marsa"]
        assert node["label"] == node["label_ar"] == "المرسى"
        assert (node["label_fr"], node["label_en"]) == ("El Marsa", "Al Marsa")
        assert (node["kind"], node["alt_fr"], node["lat"], node["long"]) == ("City", "La Marsa | Marsa", 30.5, -9.25)
        assert (node["degree"], node["betweenness"]) == (3, 0.098485)
        assert node["community"] in range(13)
        said = ("manara-foundation", "inPartnershipWith")
        (edge,) = (data for _, end, data in network.edges("barmij", data=True) if (end, data["property"]) == said)
        assert (edge["status"], edge["claims"], edge["rule"]) == ("stated", claim, "")
        assert {edge["label_ar"], edge["label_fr"], edge["label_en"]}.isdisjoint({""})


def test_parallel_edges_survive_with_ids_of_their_own(region: Path) -> None:
    with (region / "data" / "claims.csv").open("a", encoding="utf-8", newline="") as claims:
        claims.write("emerald-valley-authority,supports,barmij,stated,bulletin,26,64,,,,,,\n")
    writers.write_all(load(region / "data", ONTOLOGY), region)
    graphml = ElementTree.parse(region / "emerald-valley.graphml").getroot()
    ids = [edge.get("id") for edge in graphml.iter(f"{XML}edge")]
    assert {"emerald-valley-authority launches barmij", "emerald-valley-authority supports barmij"} < set(ids)
    assert len(ids) == len(set(ids))
    assert {data.get("key") for data in graphml.iter(f"{XML}data")} == {
        key.get("id") for key in graphml.iter(f"{XML}key")
    }
    gexf = nx.read_gexf(region / "emerald-valley.gexf")
    assert gexf.number_of_edges("emerald-valley-authority", "barmij") == 2


def test_what_networkx_adds_of_its_own_is_in_no_network(files: Path) -> None:
    gexf = ElementTree.parse(files / "emerald-valley.gexf").getroot()
    assert [each.text for each in gexf.findall(".//{*}creator")] == ["Azetta"], (
        "another version of it writes the same bytes"
    )
    declared = {each.get("id"): each.get("title") for each in gexf.findall(".//{*}attribute")}
    assert "status" in declared.values()
    assert "networkx_key" not in declared.values()
    assert {value.get("for") for value in gexf.findall(".//{*}attvalue")} <= declared.keys()


def test_the_day_of_the_build_is_in_no_network(files: Path) -> None:
    for name in ("gexf", "graphml"):
        assert "date" not in (files / f"emerald-valley.{name}").read_text(encoding="utf-8").replace("dateline", "")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.ttl", "ttl"),
        ("A.TTL", "ttl"),
        ("void.ttl", "void.ttl"),
        ("my-claims.csv", "claims.csv"),
        ("x/a.html", "html"),
    ],
)
def test_the_end_of_a_name_says_the_format(file: str, name: str) -> None:
    assert find(file) is FORMATS[name]


@pytest.mark.parametrize("file", ["a.docx", "ttl.txt", "a", "battl", "a.csv"])
def test_an_unknown_format_lists_the_known_ones(file: str) -> None:
    with pytest.raises(OutputError, match=r"no format is known for .*: a name ends in one of ttl, trig, nq"):
        find(file)

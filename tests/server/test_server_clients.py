"""Clients that others wrote get the rows that the command line prints."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper

from .conftest import BASE, ROOT, Served, write_build

ROWS = "SELECT ?x ?label WHERE { ?x a az:Entity ; rdfs:label ?label } ORDER BY ?x ?label"
PREFIXED = f"PREFIX az: <https://w3id.org/azetta/ontology#> PREFIX rdfs: <{rdflib.RDFS}> {ROWS}"


@pytest.fixture(scope="module")
def rows(quads: str, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """The rows by the command line, without a server."""
    folder = write_build(tmp_path_factory.mktemp("rows") / "dist", quads)
    command = [sys.executable, str(ROOT / "build.py"), "query", "--format", "csv", ROWS]
    said = subprocess.run(command, capture_output=True, check=True, cwd=folder.parent)
    found = read(said.stdout.decode())
    assert len(found) == 7
    return found


def read(text: str) -> list[tuple[str, str]]:
    return [(row["x"], row["label"]) for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize("method", ["GET", "form", "direct"])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_gets_the_same_rows(served: Served, rows: list[tuple[str, str]], form: str, method: str) -> None:
    client = SPARQLWrapper(f"{served.address}/sparql")
    client.setQuery(PREFIXED)
    client.setReturnFormat(form)
    if method != "GET":
        client.setMethod(POST)
        client.setRequestMethod(URLENCODED if method == "form" else POSTDIRECTLY)
    answer = client.query().convert()
    if form == JSON:
        found = [(row["x"]["value"], row["label"]["value"]) for row in answer["results"]["bindings"]]
    elif form == XML:
        bindings = [
            [each.firstChild.firstChild.data for each in row.getElementsByTagName("binding")]
            for row in answer.getElementsByTagName("result")
        ]
        found = [(x, label) for x, label in bindings]
    else:
        found = read(answer.decode())
    assert found == rows


def test_sparqlwrapper_gets_a_graph(served: Served) -> None:
    client = SPARQLWrapper(f"{served.address}/sparql")
    client.setQuery(f"CONSTRUCT {{ ?x <{rdflib.RDFS.label}> ?l }} WHERE {{ ?x <{rdflib.RDFS.label}> ?l }}")
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=client.query().convert(), format="turtle")
    assert (None, rdflib.RDFS.label, rdflib.Literal("الواحة", lang="ar")) in graph


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_s_store_gets_the_same_rows(served: Served, rows: list[tuple[str, str]], method: str) -> None:
    store = SPARQLStore(f"{served.address}/sparql", method=method)
    graph = rdflib.Graph(store)
    found = [(str(row[0]), str(row[1])) for row in graph.query(PREFIXED)]
    store.close()
    assert found == rows


@pytest.mark.parametrize(
    "options",
    [["-G"], [], ["-X", "POST", "-H", "Content-Type: application/sparql-query"]],
    ids=["get", "form", "direct"],
)
def test_curl_gets_the_same_rows(served: Served, rows: list[tuple[str, str]], options: list[str]) -> None:
    data = ["--data-binary", ROWS] if "-X" in options else ["--data-urlencode", f"query={ROWS}"]
    command = ["curl", "-sSf", *options, "-H", "Accept: text/csv", *data, f"{served.address}/sparql"]
    assert read(subprocess.run(command, capture_output=True, check=True).stdout.decode()) == rows


def test_the_command_line_gets_the_same_rows_from_the_server(served: Served, rows: list[tuple[str, str]]) -> None:
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "query",
        "--format",
        "csv",
        "--endpoint",
        f"{served.address}/sparql",
    ]
    said = subprocess.run([*command, ROWS], capture_output=True, check=True)
    assert read(said.stdout.decode()) == rows


def test_curl_downloads_what_was_built(served: Served, quads: str, tmp_path: Path) -> None:
    target = tmp_path / "got.nq"
    subprocess.run(["curl", "-sSf", "-o", str(target), f"{served.address}/download/valley.nq"], check=True)
    assert target.read_text(encoding="utf-8") == quads


PASSAGES = "SELECT ?passage WHERE { ?claim prov:wasQuotedFrom ?passage } ORDER BY ?passage"


def test_a_passage_is_one_cell_of_csv_by_the_endpoint_and_by_the_command(served: Served) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "query", "--format", "csv", PASSAGES]
    said = subprocess.run([*command, "--endpoint", f"{served.address}/sparql"], capture_output=True, check=True)
    asked = served.ask(PASSAGES, accept="text/csv").body
    for text in (said.stdout.decode(), asked.decode()):
        assert list(csv.reader(io.StringIO(text, newline=""))) == [
            ["passage"],
            *([f"{BASE}source/gazette#char={place}"] for place in ("100,120", "5,40", "50,90")),
        ]


def test_a_carriage_return_reaches_a_reader_of_xml(served: Served) -> None:
    client = SPARQLWrapper(f"{served.address}/sparql")
    client.setQuery('SELECT ("سطر\\r\\nآخر" AS ?text) { }')
    client.setReturnFormat(XML)
    (text,) = client.query().convert().getElementsByTagName("literal")
    assert "".join(part.data for part in text.childNodes) == "سطر\r\nآخر"


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "application/rdf+xml"])
def test_what_xml_cannot_hold_is_not_acceptable_and_other_formats_are_named(served: Served, accept: str) -> None:
    head = "CONSTRUCT { :x az:text ?x }" if "rdf" in accept else "SELECT ?x"
    reply = served.ask(f'{head} {{ BIND ("\\u0001" AS ?x) }}', accept=accept)
    assert reply.status == 406
    assert "U+0001, which XML cannot hold; there are: application/sparql-results+json" in reply.text

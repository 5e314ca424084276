"""The SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013), section 2.1 and 2.2: queries."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
import rdflib
from starlette.requests import Request

from graph.server.service_description import service

from .conftest import BASE, Served

CITIES = "SELECT ?city WHERE { ?city a az:City } ORDER BY ?city"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_query_is_answered_however_it_is_sent(served: Served, way: str) -> None:
    if way == "get":
        reply = served.ask(CITIES)
    elif way == "form":
        reply = served.fetch("/sparql", "POST", urlencode({"query": CITIES}).encode(), content_type=FORM)
    else:
        reply = served.fetch("/sparql", "POST", CITIES.encode(), content_type="application/sparql-query")
    assert (reply.status, reply.values("city")) == (200, [f"{BASE}grove", f"{BASE}oasis"])


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/xml"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.9, text/turtle", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
        ("text/csv; charset=utf-8;q=0.2, text/tab-separated-values;q=0.1", "text/csv"),  # as many clients ask
        # a quality that is not between 0 and 1 counts as none, and 1 and 0 are between
        ("text/csv;q=2, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=1.001, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=-0.1, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=nan, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=high, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=1, application/sparql-results+xml;q=0.999", "text/csv"),
        (
            "application/sparql-results+xml;q=0.001, application/sparql-results+json;q=0",
            "application/sparql-results+xml",
        ),
    ],
)
def test_the_format_of_a_table_is_the_one_preferred(served: Served, accept: str, media: str) -> None:
    assert served.ask(CITIES, accept=accept).type == media


def test_a_table_is_the_same_in_every_format(served: Served) -> None:
    cities = [f"{BASE}grove", f"{BASE}oasis"]
    assert served.ask(CITIES, accept="text/csv").text == f"city\r\n{cities[0]}\r\n{cities[1]}\r\n"
    assert served.ask(CITIES, accept="text/tab-separated-values").text == f"?city\n<{cities[0]}>\n<{cities[1]}>\n"
    xml = ElementTree.fromstring(served.ask(CITIES, accept="application/sparql-results+xml").body)
    assert [uri.text for uri in xml.iter("{http://www.w3.org/2005/sparql-results#}uri")] == cities


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD reader
@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_a_graph_is_the_same_in_every_format(served: Served, accept: str, parser: str) -> None:
    reply = served.ask("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a az:FabLab ; rdfs:label ?l }", accept=accept)
    graph = rdflib.Graph().parse(data=reply.body, format=parser)
    labels = {("المختبر", "ar"), ("Le labo", "fr"), ("The lab", "en")}
    assert reply.type == accept
    assert {
        (str(label), label.language) for label in graph.objects(rdflib.URIRef(f"{BASE}lab"), rdflib.RDFS.label)
    } == labels


def test_a_description_is_a_graph_and_an_ask_a_truth_value(served: Served) -> None:
    assert served.ask(f"DESCRIBE <{BASE}lab>").type == "text/turtle"
    assert json.loads(served.ask("ASK { ?x a az:FabLab }").body)["boolean"] is True
    assert json.loads(served.ask("ASK { ?x a az:Nothing }").body)["boolean"] is False


def graphs(parameter: str, *names: str) -> str:
    return "".join(f"&{parameter}={quote(BASE + name, safe='')}" for name in names)


@pytest.mark.parametrize(
    ("query", "parameters", "count"),
    [
        # by hand: valley.nq has 7 triples in graph/description, 7 in graph/inferred and 20 in graph/ontology
        (COUNT, graphs("default-graph-uri", "graph/description"), "7"),
        (COUNT, graphs("default-graph-uri", "graph/description", "graph/inferred"), "14"),
        (COUNT, graphs("named-graph-uri", "graph/inferred"), "0"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", graphs("named-graph-uri", "graph/inferred"), "7"),
        (
            "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
            graphs("named-graph-uri", "graph/inferred", "graph/description"),
            "2",
        ),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", graphs("default-graph-uri", "graph/inferred"), "0"),
        (f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/inferred> {{ ?s ?p ?o }}", "", "7"),
        (f"SELECT (COUNT(*) AS ?n) FROM NAMED <{BASE}graph/inferred> {{ GRAPH ?g {{ ?s ?p ?o }} }}", "", "7"),
        # what the request says of the dataset overrides what the query says (section 2.1.4)
        (
            f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/inferred> {{ ?s ?p ?o }}",
            graphs("default-graph-uri", "graph/ontology", "graph/description"),
            "27",
        ),
    ],
)
def test_the_dataset_is_the_one_the_request_names(served: Served, query: str, parameters: str, count: str) -> None:
    assert served.fetch(f"/sparql?query={quote(query)}{parameters}").values("n") == [count]
    body = f"query={quote(query)}{parameters}".encode()
    assert served.fetch("/sparql", "POST", body, content_type=FORM).values("n") == [count]
    direct = served.fetch(f"/sparql?{parameters[1:]}", "POST", query.encode(), content_type="application/sparql-query")
    assert direct.values("n") == [count]


@pytest.mark.parametrize(
    "name", ["graph/inferred", "../valley/graph/inferred", "//data.example.org/valley/graph/inferred"]
)
def test_a_relative_graph_is_resolved_as_in_a_query(served: Served, name: str) -> None:
    in_query = served.ask(f"SELECT (COUNT(*) AS ?n) FROM <{name}> {{ ?s ?p ?o }}")
    by_parameter = served.fetch(f"/sparql?query={quote(COUNT)}&default-graph-uri={quote(name, safe='')}")
    assert in_query.values("n") == by_parameter.values("n") == ["7"]


@pytest.mark.parametrize("name", [f"{BASE}nothing", "nothing", "https://elsewhere.example/", "http://a\u2100b/"])
def test_an_unknown_graph_is_refused_wherever_it_is_named(served: Served, name: str) -> None:
    replies = [
        served.ask(f"SELECT * FROM <{name}> {{ ?s ?p ?o }}"),
        served.ask(f"SELECT * FROM NAMED <{name}> {{ ?s ?p ?o }}"),
        served.fetch(f"/sparql?query={quote(COUNT)}&default-graph-uri={quote(name, safe='')}"),
        served.fetch(f"/sparql?query={quote(COUNT)}&named-graph-uri={quote(name, safe='')}"),
    ]
    assert [reply.status for reply in replies] == [400] * 4
    assert len({reply.body for reply in replies}) == 1
    assert "there is no such graph; there are: " in replies[0].text


@pytest.mark.parametrize(
    "name",
    ["http://[bad", "//[x", "http://e.org/a b", " graph/inferred", "graph/inferred\n", "a\tb", "a\0b", "a>b", "a\\b"],
)
@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_what_is_no_iri_names_no_graph(served: Served, parameter: str, name: str) -> None:
    reply = served.fetch(f"/sparql?query={quote(COUNT)}&{parameter}={quote(name, safe='')}")
    assert (reply.status, "is not a whole IRI" in reply.text) == (400, True)
    assert served.ask(f"SELECT * FROM <{name}> {{ ?s ?p ?o }}").status == 400
    if name.isprintable():
        assert f"<{name}> is not a whole IRI" in reply.text


@pytest.mark.parametrize(
    "parameters", [f"graph={quote(BASE, safe='')}graph%2Finferred", "graph=x", "default", "default="]
)
def test_it_says_that_it_is_no_graph_store(served: Served, parameters: str) -> None:
    reply = served.fetch(f"/sparql?{parameters}", accept="text/turtle")
    assert (reply.status, reply.text.count("\n")) == (400, 1)
    assert "no graph store" in reply.text
    assert served.fetch(f"/sparql?{parameters}", "PUT", b"").status == 405


def test_the_default_graph_is_the_union_and_counts_a_triple_once(served: Served, quads: str) -> None:
    told = {line.rsplit(" <", 1)[0] for line in quads.splitlines()}
    assert served.ask(COUNT).values("n") == [str(len(told))]


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status"),
    [
        ("PUT", f"/sparql?query={quote(CITIES)}", None, "", 405),
        ("DELETE", f"/sparql?query={quote(CITIES)}", None, "", 405),
        ("GET", f"/sparql?query={quote(CITIES)}&query={quote(CITIES)}", None, "", 400),
        ("POST", f"/sparql?query={quote(CITIES)}", CITIES.encode(), "application/sparql-query", 400),
        ("POST", "/sparql", f"query={quote(CITIES)}&query={quote(CITIES)}".encode(), FORM, 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", CITIES.encode(), "text/plain", 415),
        ("POST", "/sparql", CITIES.encode(), "", 415),
        ("POST", "/sparql", CITIES.encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
        ("POST", "/sparql", CITIES.encode("utf-16"), "application/sparql-query", 400),
        ("POST", "/sparql", b"query=%FF%FE", FORM, 400),
        ("GET", "/sparql?query=%C3%28", None, "", 400),
        ("GET", "/sparql?query=", None, "", 400),
        ("GET", "/sparql?query=ASK%20%7B", None, "", 400),
        ("GET", f"/sparql?query={quote('ASK {}')}&default-graph-uri=not-an-iri", None, "", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, "", 400),
        ("POST", "/sparql", b"update=CLEAR%20ALL", FORM, 400),
        ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 400),
        ("GET", f"/sparql?query={quote('DROP ALL')}", None, "", 400),
    ],
)
def test_a_wrong_request_is_refused(
    served: Served, method: str, path: str, body: bytes | None, media: str, status: int
) -> None:
    headers = {"content_type": media} if media else {}
    reply = served.fetch(path, method, body, **headers)
    assert (reply.status, reply.type) == (status, "text/plain")


@pytest.mark.parametrize(
    "accept",
    [
        "image/png",
        "text/csv;q=0",
        "application/sparql-results+json;q=0",
        "text/turtle",
        "text/csv;q=2",
        "text/csv;q=-1",
    ],
)
def test_a_format_that_cannot_be_had_is_406_and_the_others_are_named(served: Served, accept: str) -> None:
    reply = served.ask(CITIES, accept=accept)
    assert reply.status == 406
    assert "text/csv" in reply.text


def test_an_error_names_its_line_and_column_and_shows_the_line(served: Served) -> None:
    reply = served.ask("SELECT ?s\nWHERE { ?s a az:City . &&& }")
    assert reply.status == 400
    assert "line 2, column 24" in reply.text
    assert "&&&" in reply.text


def test_an_unknown_function_is_the_query_s_fault(served: Served) -> None:
    reply = served.ask("SELECT (<http://example.org/no>(1) AS ?x) WHERE {}")
    assert (reply.status, "http://example.org/no" in reply.text) == (400, True)


def test_without_a_query_the_service_describes_itself(served: Served) -> None:
    graph = rdflib.Graph().parse(data=served.fetch("/sparql", accept="text/turtle").body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{served.address}/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert {str(name) for name in graph.objects(None, sd.name)} == {
        f"{BASE}{name}"
        for name in ("graph/description", "graph/entities", "graph/inferred", "graph/ontology", "source/gazette")
    }
    browser = served.fetch("/sparql", accept="text/html,application/xml;q=0.9,*/*;q=0.8")
    assert (browser.status, browser.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_endpoint_is_described_under_the_scheme_and_host_of_the_request(scheme: str) -> None:
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": scheme,
            "path": "/sparql",
            "query_string": b"",
            "headers": [(b"host", b"data.example.org")],
            "state": {"snapshot": SimpleNamespace(graphs=())},
        }
    )
    assert f"<{scheme}://data.example.org/sparql>" in bytes(service(request).body).decode()

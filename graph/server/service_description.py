"""The service told in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, Triple, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.model.serialisation import GRAPHS as WRITERS
from graph.model.vocabulary import RDF, Namespace
from graph.server.negotiation import GRAPHS, HTML, Offer, choose

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def service(request: Request) -> Response:
    """Describe the service in the RDF format asked for; who asks for a page is shown the query page."""
    offer = choose(request.headers.get("accept"), (*GRAPHS, Offer(HTML, "html")))
    if offer and offer.media == HTML:
        return RedirectResponse(f"{request.base_url.path}query", 303, {"Vary": "Accept"})
    offer = offer or GRAPHS[0]
    endpoint = NamedNode(f"{request.base_url}sparql")
    body = serialize(
        _triples(endpoint, request.state.snapshot.graphs), format=WRITERS[offer.name], prefixes={"sd": SD, "rdf": RDF}
    )
    return Response(body, media_type=offer.media, headers={"Vary": "Accept", "Link": f'<{SD}>; rel="describedby"'})


def _triples(endpoint: NamedNode, graphs: tuple[str, ...]) -> list[Triple]:
    here, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    formats = [_FORMATS.term(name) for name in (*_RESULTS, *_GRAPHS)]
    triples = [
        Triple(here, RDF.type, SD.Service),
        Triple(here, SD.endpoint, endpoint),
        Triple(here, SD.supportedLanguage, SD.SPARQL11Query),
        Triple(here, SD.feature, SD.UnionDefaultGraph),
        *(Triple(here, SD.resultFormat, format_) for format_ in formats),
        Triple(here, SD.defaultDataset, dataset),
        Triple(dataset, RDF.type, SD.Dataset),
        Triple(dataset, SD.defaultGraph, default),
        Triple(default, RDF.type, SD.Graph),
    ]
    for number, name in enumerate(graphs):
        node = BlankNode(f"graph{number}")
        triples += [Triple(dataset, SD.namedGraph, node), Triple(node, SD.name, NamedNode(name))]
    return triples

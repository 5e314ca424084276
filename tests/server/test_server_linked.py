"""Linked data: each thing at the path of its IRI, in the format asked for."""

from __future__ import annotations

import json

import pytest
import rdflib
from rdflib import DCTERMS, RDF, URIRef

from .conftest import BASE, Served

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
LAB, OASIS, GROVE = URIRef(f"{BASE}lab"), URIRef(f"{BASE}oasis"), URIRef(f"{BASE}grove")
TOLD, PLANNED = URIRef(f"{BASE}claim/00000000000000aa"), URIRef(f"{BASE}claim/00000000000000bb")
ENDINGS = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld", ".rdf": "xml"}


def graph(served: Served, path: str, **headers: str) -> rdflib.Graph:
    reply = served.fetch(path, **({"accept": "text/turtle"} | headers))
    assert reply.status == 200, reply.text
    return rdflib.Graph().parse(data=reply.body, format="turtle")


def test_an_entity_comes_with_its_claims_and_their_passages(served: Served) -> None:
    told = graph(served, "/valley/lab")
    assert set(told.subjects(RDF.subject, LAB)) == {TOLD, PLANNED}
    passage = told.value(TOLD, PROV.wasQuotedFrom)
    assert passage == URIRef(f"{BASE}source/gazette#char=5,40")
    selector = told.value(passage, OA.hasSelector)
    assert (told.value(selector, OA.start), told.value(selector, OA.end)) == (rdflib.Literal(5), rdflib.Literal(40))


def test_what_is_only_planned_is_described_and_not_asserted(served: Served) -> None:
    told = graph(served, "/valley/grove")
    assert (PLANNED, RDF.object, GROVE) in told
    assert not list(told.triples((LAB, None, GROVE)))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD reader
@pytest.mark.parametrize(("ending", "parser"), ENDINGS.items())
def test_every_format_says_the_same(served: Served, ending: str, parser: str) -> None:
    by_ending = served.fetch(f"/valley/lab{ending}")
    by_accept = served.fetch("/valley/lab", accept=by_ending.type)
    assert by_ending.body == by_accept.body
    assert set(rdflib.Graph().parse(data=by_ending.body, format=parser)) == set(graph(served, "/valley/lab"))


def dataset(data: bytes | str, form: str) -> set[tuple[object, ...]]:
    found = rdflib.Dataset()
    found.parse(data=data, format=form)
    return set(found.quads())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own readers
@pytest.mark.parametrize("path", ["/valley/lab", "/valley/source/gazette", "/valley/", "/azetta/ontology"])
def test_quads_say_which_graph_says_it(served: Served, quads: str, path: str) -> None:
    trig = served.fetch(f"{path}.trig" if path != "/valley/" else path, accept="application/trig")
    assert trig.type == "application/trig"
    told = dataset(trig.body, "trig")
    assert dataset(served.fetch(path, accept="application/n-quads").body, "nquads") == told
    triples = set(graph(served, path))
    assert {quad[:3] for quad in told} == triples
    if path in ("/valley/", "/azetta/ontology"):
        assert len({quad[3] for quad in told}) == 1
    else:
        assert {quad for quad in dataset(quads, "nquads") if quad[:3] in triples} == told


def test_plain_json_says_it_to_who_knows_no_rdf(served: Served) -> None:
    reply = served.fetch("/valley/lab.json?lang=en")
    assert reply.body == served.fetch("/valley/lab", accept="application/json", accept_language="en").body
    told = json.loads(reply.body)
    assert (told["id"], told["iri"], told["name"]) == ("lab", f"{BASE}lab", "The lab")
    first, planned = told["claims"]
    assert (first["claim"], first["fact"], first["passages"]) == ("claim/00000000000000aa", True, [[5, 40]])
    assert (first["source"]["id"], first["source"]["name"]) == ("source/gazette", "The Gazette")
    assert (planned["status"], planned["fact"], planned["object"]["id"]) == ("Planned", False, "grove")
    assert served.fetch("/valley/nobody.json").status == 404


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/ld+json;q=0.9, text/turtle;q=0.8", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("text/html;q=0, text/*", "text/turtle"),
    ],
)
def test_the_format_is_the_one_preferred(served: Served, accept: str, media: str) -> None:
    reply = served.fetch("/valley/lab", accept=accept)
    assert reply.type == media
    assert {"accept", "accept-language"} <= {each.strip().lower() for each in reply.headers["vary"].split(",")}


def test_links_lead_to_the_other_formats(served: Served) -> None:
    for path in ("/valley/lab", "/valley/lab.html"):
        link = served.fetch(path).headers["link"]
        assert '</valley/lab.jsonld>; rel="alternate"; type="application/ld+json"' in link
        assert f'<{BASE}lab>; rel="describes"' in link


@pytest.mark.parametrize(
    ("path", "subject"),
    [
        ("/valley/claim/00000000000000aa", TOLD),
        ("/valley/source/gazette", URIRef(f"{BASE}source/gazette")),
        ("/valley/selector/gazette/5-40", URIRef(f"{BASE}selector/gazette/5-40")),
        ("/valley/inference/00000000000000dd", URIRef(f"{BASE}inference/00000000000000dd")),
        ("/valley/", URIRef(BASE)),
        ("/.well-known/void", URIRef(BASE)),
        ("/azetta/ontology", URIRef("https://w3id.org/azetta/ontology#City")),
    ],
)
def test_everything_that_has_a_name_is_found_there(served: Served, path: str, subject: URIRef) -> None:
    assert list(graph(served, path).predicate_objects(subject))


def test_the_description_comes_whole_with_its_sources(served: Served) -> None:
    told = graph(served, "/.well-known/void")
    assert str(told.value(URIRef(f"{BASE}source/gazette"), DCTERMS.title)) == "The Gazette"


def test_a_claim_comes_with_its_passage(served: Served) -> None:
    told = graph(served, "/valley/claim/00000000000000aa")
    assert told.value(URIRef(f"{BASE}source/gazette#char=5,40"), OA.hasSource) == URIRef(f"{BASE}source/gazette")


@pytest.mark.parametrize(
    "path", ["/valley/nobody", "/valley/claim/0000", "/valle", "/nothing", "/azetta/ontologies", "/valley/graph/none"]
)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_what_nothing_is_said_of_is_404(served: Served, path: str, accept: str) -> None:
    assert served.fetch(path, accept=accept).status == 404


def test_a_format_that_cannot_be_had_is_406(served: Served) -> None:
    reply = served.fetch("/valley/lab", accept="image/png")
    assert (reply.status, "text/turtle" in reply.text) == (406, True)


def test_files_of_the_build_are_downloaded_whole(served: Served, quads: str) -> None:
    for path in ("/download/valley.nq", "/valley/download/valley.nq"):
        reply = served.fetch(path)
        assert (reply.body, reply.type) == (quads.encode(), "application/n-quads")
    again = served.fetch("/download/valley.nq", if_none_match=reply.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert served.fetch("/download/manifest.json").status == 404


def test_the_network_is_at_the_root(served: Served) -> None:
    reply = served.fetch("/")
    assert (reply.type, "<title>network</title>" in reply.text) == ("text/html", True)

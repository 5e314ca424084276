"""What a reader finds from page to page: the chosen language kept, the network beside, claims and errors to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from .conftest import BASE, Served, running, write_build
from .test_server_pages import HTML, Page, page

AZ = "https://w3id.org/azetta/ontology#"
OA = "http://www.w3.org/ns/oa#"
ABOVE = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CLAIM = "/valley/claim/00000000000000aa"
FORMATS = (".ttl", ".jsonld", ".json", ".nt", ".nq", ".rdf", ".trig")


@pytest.fixture(scope="module")
def classed(quads: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that knows more of the lab: a FabLab is a Place, and a Place an Actor, none of them in this order."""
    hierarchy = [("FabLab", "Place"), ("Place", "Actor"), ("Actor", "Entity")]
    lines = [f"<{AZ}{low}> <{ABOVE}> <{AZ}{high}> <{BASE}graph/ontology> .\n" for low, high in hierarchy]
    lines += [f"<{BASE}lab> <{TYPE}> <{AZ}{name}> <{BASE}graph/inferred> .\n" for name in ("Actor", "Place")]
    with running(write_build(tmp_path_factory.mktemp("classed") / "dist", quads + "".join(lines))) as server:
        yield server


@pytest.mark.parametrize(
    "path",
    [
        "/valley/lab?lang=fr",
        f"{CLAIM}?lang=fr",
        "/valley/oasis?lang=fr",
        "/azetta/ontology?lang=fr",
        "/nothing?lang=fr",
        f"/query?{urlencode({'lang': 'fr', 'query': 'SELECT ?s { ?s a az:City }'})}",
    ],
)
def test_the_chosen_language_is_kept_through_every_link_to_a_page(served: Served, path: str) -> None:
    found = page(served, path, accept_language="ar")
    ours = [href for href, text in found.links if href.startswith("/") and not href.partition("?")[0].endswith(FORMATS)]
    assert [href for href in ours if "lang=fr" not in href] == []
    assert ours


def test_what_is_inferred_from_a_plan_is_shown_as_planned_and_what_is_over_as_over(quads: str, tmp_path: Path) -> None:
    inferred = f"<{BASE}inference/00000000000000dd>"
    status = f"{inferred} <{AZ}status> <{AZ}Planned> <{BASE}graph/inferred> .\n"
    standing = f"{inferred} <{AZ}standing> <{AZ}Over> <{BASE}graph/inferred> .\n"
    for number, (told, shown) in enumerate([(status, "planned"), (status + standing, "az:Over")]):
        with running(write_build(tmp_path / str(number), quads + told)) as server:
            for path in ("oasis", "inference/00000000000000dd"):
                assert (
                    f"Oasis az:hasPart The lab {shown} Inverse relation" in page(server, f"/valley/{path}?lang=en").text
                )


def test_a_thing_shows_where_each_source_names_it_and_gives_that_as_rdf(quads: str, tmp_path: Path) -> None:
    mention, graph = f"{BASE}mention/gazette/50-90/oasis", f"<{BASE}source/gazette>"
    passage = f"{BASE}source/gazette#char=50,90"
    said = {"motivatedBy": f"{OA}identifying", "hasBody": f"{BASE}oasis", "hasTarget": passage}
    lines = [f"<{mention}> <{OA}{name}> <{value}> {graph} .\n" for name, value in said.items()]
    lines.append(f"<{BASE}claim/00000000000000aa> <{AZ}antecedent> <{passage}> {graph} .\n")
    with running(write_build(tmp_path / "dist", quads + "".join(lines))) as server:
        found = page(server, "/valley/oasis?lang=en")
        assert "Mentions The Gazette 50–90" in found.text
        assert ("/valley/source/gazette?lang=en#char=50,90", "50–90") in found.links
        told = server.fetch("/valley/oasis.nt").text
        assert f"<{mention}> <{OA}hasTarget> <{passage}> ." in told
        for path in ("oasis", "claim/00000000000000aa"):
            assert f"<{passage}> <{OA}hasSource> {graph} ." in server.fetch(f"/valley/{path}.nt").text


def test_a_claim_of_several_passages_stands_once_with_its_period_and_where_its_ends_are_named(
    quads: str, tmp_path: Path
) -> None:
    claim, source = f"<{BASE}claim/00000000000000aa>", f"{BASE}source/gazette"
    lines = [
        f"{claim} <http://www.w3.org/ns/prov#wasQuotedFrom> <{source}#char=50,90> <{source}> .\n",
        f"{claim} <{AZ}subjectAntecedent> <{source}#char=100,120> <{source}> .\n",
        f'{claim} <{AZ}until> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> <{source}> .\n',
    ]
    with running(write_build(tmp_path / "dist", quads + "".join(lines))) as server:
        for path in ("lab", "claim/00000000000000aa", "source/gazette"):
            text = page(server, f"/valley/{path}?lang=en").text
            told = "The lab located in Oasis az:subjectAntecedent 100–120 az:until 2024 stated The Gazette 5–40 · 50–90"
            assert text.count("located in Oasis") == 1
            assert told in text.replace("Characters ", "")
        anchors = [each["id"] for each in page(server, "/valley/source/gazette").attributes("span") if "id" in each]
        assert sorted(anchors) == ["char=100,120", "char=5,40", "char=50,90"]


def test_what_a_source_is_stands_above_its_claims(quads: str, tmp_path: Path) -> None:
    source = f"<{BASE}source/gazette>"
    told = f"{source} <{AZ}nature> <{AZ}Press> <{BASE}graph/description> .\n"
    with running(write_build(tmp_path / "dist", quads + told)) as server:
        text = page(server, "/valley/source/gazette?lang=en").text
    assert "Other data" not in text
    assert text.index("az:nature az:Press") < text.index("Claims and their evidence")


def test_the_language_comes_before_the_fragment_of_a_passage(served: Served) -> None:
    assert ("/valley/source/gazette?lang=fr#char=5,40", "The Gazette") in page(served, "/valley/lab?lang=fr").links


def test_a_language_that_follows_from_the_browser_leaves_addresses_as_they_are(served: Served) -> None:
    found = page(served, "/valley/lab", accept_language="fr")
    assert ("/valley/oasis", "L'oasis") in found.links
    assert ("/#lang=fr", "Le réseau") in found.links


def test_a_thing_leads_to_itself_in_the_network(served: Served) -> None:
    assert ("/#select=lab&lang=en", "See it in the network") in page(served, "/valley/lab?lang=en").links
    for path in (CLAIM, "/valley/source/gazette", "/azetta/ontology"):
        assert not [href for href, _ in page(served, path).links if "select=" in href]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT ?name ?city ?missing { ?city a az:City ; rdfs:label ?name }", ["name", "city", "missing"]),
        ("SELECT ?a ?b { ?a a az:Nothing ; rdfs:label ?b }", ["a", "b"]),
    ],
)
def test_the_query_page_shows_every_column_that_the_query_names(served: Served, query: str, columns: list[str]) -> None:
    reply = served.fetch(f"/query?{urlencode({'query': query, 'lang': 'en'})}")
    heads = reply.text.partition("<thead>")[2].partition("</thead>")[0]
    assert Page(heads).text.split() == columns


@pytest.mark.parametrize(
    ("path", "status", "language", "said", "back"),
    [
        ("/valley/nobody", 404, "ar", "لا شيء في هذا العنوان", "العودة إلى الشبكة"),
        ("/nothing", 404, "fr", "Rien à cette adresse", "Retour au réseau"),
        ("/download/none", 404, "en", "Nothing at this address", "Back to the network"),
        ("/sparql?query=DROP%20ALL", 400, "fr", "Requête refusée", "Retour au réseau"),
        ("/sparql?query=%FF", 400, "en", "Request refused", "Back to the network"),
    ],
)
def test_a_browser_is_told_what_is_wrong_in_its_language_with_a_way_back(
    served: Served, path: str, status: int, language: str, said: str, back: str
) -> None:
    reply = served.fetch(path, accept=HTML, accept_language=language)
    found = Page(reply.text)
    assert (reply.status, reply.type, reply.headers["content-language"]) == (status, "text/html", language)
    assert f"{said} ( {status} )" in found.text
    assert (f"/#lang={language}", back) in found.links
    for accept in ("*/*", "text/turtle, application/json;q=0.5"):
        plain = served.fetch(path, accept=accept, accept_language=language)
        assert (plain.status, plain.type, "<html" in plain.text) == (status, "text/plain", False)


def test_the_address_that_was_not_found_is_text_and_the_method_refused_is_named(served: Served) -> None:
    assert "<b>" not in served.fetch("/valley/%3Cb%3E", accept=HTML).text
    reply = served.fetch("/query", "DELETE", accept=HTML)
    assert (reply.status, reply.type, "GET" in reply.headers["allow"]) == (405, "text/html", True)


def test_an_error_of_a_query_has_a_heading_in_the_reader_s_language(served: Served) -> None:
    reply = served.fetch(f"/query?{urlencode({'query': 'SELECT', 'lang': 'ar'})}")
    assert "طلب مرفوض ( 400 )" in Page(reply.text).text


@pytest.mark.parametrize(
    ("language", "title"), [("en", "The lab – located in – Oasis"), ("ar", "المختبر – يوجد في – الواحة")]
)
def test_a_claim_is_titled_by_what_it_says_in_the_direction_of_the_page(
    served: Served, language: str, title: str
) -> None:
    text = served.fetch(f"{CLAIM}?lang={language}", accept=HTML).text
    heading = text.partition("<h1>")[2].partition("</h1>")[0]
    assert Page(heading).text == title
    assert f"<title>{title} · " in text


def test_a_claim_says_nothing_twice_and_leads_to_the_source_s_own_address(served: Served) -> None:
    found = page(served, f"{CLAIM}?lang=en")
    assert "Details" not in found.text
    assert "Other data" not in found.text
    assert "stated The Gazette Characters 5–40" in found.text
    assert ("https://gazette.example/1", "Original") in found.links


def test_an_inference_is_titled_by_what_it_says(served: Served) -> None:
    text = served.fetch("/valley/inference/00000000000000dd?lang=fr", accept=HTML).text
    assert Page(text.partition("<h1>")[2].partition("</h1>")[0]).text == "L'oasis – az:hasPart – Le labo"
    assert "Autres données" not in text


def test_the_most_specific_class_comes_first(classed: Served) -> None:
    assert "Kind: az:FabLab · az:Place · az:Actor" in page(classed, "/valley/lab?lang=en").text

"""Every IRI of a dataset leads, on its server, to a document that describes it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urldefrag, urlsplit

import pytest
import rdflib
from programs import REGION, run
from rdflib import DCTERMS, RDF, VOID, URIRef

from .conftest import BASE, ROOT, Served, running

OURS = "https://example.org/emerald-valley/"
ONTOLOGY = "https://w3id.org/azetta/ontology"
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented region with a decision, built."""
    folder = shutil.copytree(REGION, tmp_path_factory.mktemp("decided") / "region")
    decisions = "kind,a,b,source,reason,by,on\ndistinct,barmij,marsa-tech,,a programme and a fair,Noura,2031-06-01\n"
    (folder / "data" / "decisions.csv").write_text(decisions, encoding="utf-8")
    assert run(folder, "build", "--data", "data").returncode == 0
    return folder / "dist"


@pytest.fixture(scope="module")
def own(dist: Path) -> Iterator[Served]:
    with running(dist) as server:
        yield server


def described(served: Served, path: str) -> rdflib.Graph:
    reply = served.fetch(path, accept="application/n-triples")
    assert reply.status == 200, f"{path}: {reply.text}"
    return rdflib.Graph().parse(data=reply.body, format="nt")


def documents(dist: Path, start: str) -> dict[str, list[str]]:
    """The IRIs in the dataset's quads that begin so, by the document that each is in: found by their brackets alone."""
    found = set(re.findall(f"<({start}[^>]*)>", (dist / "emerald-valley.nq").read_text(encoding="utf-8")))
    by_document = defaultdict(list)
    for iri in sorted(found):
        by_document[urldefrag(iri)[0]].append(iri)
    return by_document


def test_every_iri_of_the_dataset_is_described_where_it_leads(own: Served, dist: Path) -> None:
    asked = documents(dist, OURS)
    moved = {OURS + "old-fair": (301, "/emerald-valley/marsa-tech"), OURS + "gone-fair": (410, None)}
    assert {OURS, OURS + "barmij", OURS + "source/bulletin", *moved} <= set(asked)
    kinds = {"claim", "decision", "description", "download", "graph", "inference", "mention", "selector", "source"}
    assert kinds <= {document.removeprefix(OURS).partition("/")[0] for document in asked}
    for document, iris in asked.items():
        path = urlsplit(document).path
        if document in moved:
            reply = own.fetch(path)
            assert (reply.status, reply.headers["location"]) == moved[document]
            continue
        if document.startswith(f"{OURS}download/"):
            assert own.fetch(path).body == (dist / document.rpartition("/")[2]).read_bytes()
        else:
            missing = set(map(URIRef, iris)) - set(described(own, path).subjects())
            assert not missing, f"{document} says nothing of {sorted(missing)[:3]} ({len(missing)} in all)"


def test_every_term_of_the_ontology_is_described_where_it_leads(own: Served, dist: Path) -> None:
    (document, iris), *others = documents(dist, ONTOLOGY).items()
    told = described(own, urlsplit(document).path)
    assert not others
    assert not set(map(URIRef, iris)) - {*told.subjects(), URIRef(f"{ONTOLOGY}#")}


def test_a_term_of_the_ontology_leads_to_its_document_at_the_reader_s_language(own: Served, dist: Path) -> None:
    """A browser carries the fragment of what it asked for on to where it is sent."""
    for path, place in {"": "/ontology.html", "?lang=fr": "/ontology.html?lang=fr#fr"}.items():
        answer = own.fetch(f"/azetta/ontology{path}", accept="text/html")
        assert (answer.status, answer.headers["location"]) == (303, place)
    document = own.fetch("/ontology.html", accept="text/html")
    assert document.body == (dist / "ontology.html").read_bytes()
    assert "style-src 'unsafe-inline'" in document.headers["content-security-policy"]
    assert own.fetch("/ontology.ttl").body == (dist / "ontology.ttl").read_bytes()
    city = own.fetch("/emerald-valley/al-marsa?lang=fr", accept="text/html").text
    assert 'href="/ontology.html?lang=fr#fr-City"' in city
    assert 'id="fr-City"' in document.text


def test_a_passage_is_described_with_its_offsets_with_its_source_and_alone(own: Served, dist: Path) -> None:
    passages = {
        document: [iri for iri in iris if "#" in iri] for document, iris in documents(dist, f"{OURS}source/").items()
    }
    assert f"{OURS}source/bulletin#char=26,64" in passages[f"{OURS}source/bulletin"]
    for document, iris in passages.items():
        whole = described(own, urlsplit(document).path)
        for iri in iris:
            source, fragment = urldefrag(iri)
            alone = described(own, quote(urlsplit(source).path + "#" + fragment))
            for told in (whole, alone):
                selector = told.value(URIRef(iri), OA.hasSelector)
                offsets = [int(told.value(selector, name)) for name in (OA.start, OA.end)]  # type: ignore[arg-type]
                assert f"char={offsets[0]},{offsets[1]}" == fragment
                assert told.value(URIRef(iri), OA.hasSource) == URIRef(source)


class Anchors(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]


def test_the_page_of_a_source_has_a_place_for_each_passage(own: Served, dist: Path) -> None:
    for document, iris in documents(dist, f"{OURS}source/").items():
        page = own.fetch(urlsplit(document).path, accept="text/html").text
        found = [each for each in Anchors(page).ids if each.startswith("char=")]
        assert sorted(found) == sorted(urldefrag(iri)[1] for iri in iris if "#" in iri)


@pytest.mark.parametrize("name", ["description", "entities", "inferred", "ontology"])
def test_a_named_graph_is_a_part_of_the_dataset(served: Served, name: str) -> None:
    graph = URIRef(f"{BASE}graph/{name}")
    for path in (f"/valley/graph/{name}", f"/valley/graph/{name}.nt"):
        assert set(described(served, path)) == {
            (graph, RDF.type, VOID.Dataset),
            (graph, DCTERMS.isPartOf, URIRef(BASE)),
        }
    page = served.fetch(f"/valley/graph/{name}", accept="text/html", accept_language="fr")
    assert page.status == 200
    assert 'href="/valley/"' in page.text
    assert "La vallée" in page.text


def test_the_dataset_is_found_without_its_last_slash(served: Served) -> None:
    for query in ("", "?lang=fr"):
        reply = served.fetch(f"/valley{query}")
        assert (reply.status, reply.headers["location"]) == (301, f"/valley/{query}")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_endpoint_is_found_with_a_last_slash(served: Served, method: str) -> None:
    if method == "GET":
        assert served.ask("ASK { }", path="/sparql/").body == served.ask("ASK { }").body
    else:
        reply = served.fetch("/sparql/", "POST", b"ASK { }", content_type="application/sparql-query")
        assert b"true" in reply.body
    assert served.fetch("/sparql/", accept="text/turtle").body == served.fetch("/sparql", accept="text/turtle").body


def test_an_iri_that_moved_leads_to_its_successor_and_one_that_is_gone_says_why(emerald_home: Path) -> None:
    with running(emerald_home / "dist") as server:
        reply = server.fetch("/emerald-valley/old-fair.ttl")
        assert (reply.status, reply.headers["location"]) == (301, "/emerald-valley/marsa-tech.ttl")
        assert 'rel="http://purl.org/dc/terms/isReplacedBy"' in reply.headers["link"]
        gone = server.fetch("/emerald-valley/gone-fair")
        assert gone.status == 410
        assert "it never took place" in gone.text


def test_mentions_and_inferences_of_what_was_renamed_lead_to_those_of_now(built: Path) -> None:
    """Their addresses are made of names: all that were published before the renaming keep answering."""

    def azetta(*command: str) -> None:
        subprocess.run([sys.executable, str(ROOT / "build.py"), *command], cwd=built, capture_output=True, check=True)

    def published() -> dict[str, set[str]]:
        lines = (built / "dist" / "emerald-valley.nq").read_text(encoding="utf-8").splitlines()
        names = {line.partition(" ")[0].strip("<>") for line in lines}
        return {kind: {each for each in names if f"/{kind}/" in each} for kind in ("mention", "inference")}

    before = published()
    azetta("rename", "cafe-numerique", "digital-cafe", "--reason", "so it is called", "--on", "2031-07-01")
    azetta("rename", "digital-cafe", "valley-cafe", "--reason", "it was renamed", "--on", "2031-07-03")
    azetta("rename", "al-marsa", "marsa", "--reason", "without the article", "--on", "2031-07-03")
    azetta("build")
    after = published()
    with running(built / "dist") as server:
        for kind in ("mention", "inference"):
            gone = before[kind] - after[kind]
            assert gone
            for iri in gone:
                reply = server.fetch(urlsplit(iri).path)
                assert reply.status == 301, iri
                while reply.status == 301:
                    path = reply.headers["location"]
                    reply = server.fetch(path)
                assert reply.status in {200, 303}, path
        assert server.fetch("/emerald-valley/mention/bulletin/1-2/nobody").status == 404

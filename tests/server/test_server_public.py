"""A server that stands in public: behind a proxy, under the eyes of its operator, asked too often."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import rdflib
from programs import run
from rdflib import DCAT, VOID, URIRef

from graph.guard.limits import Limits
from graph.server.rate_limit import RateLimit

from .conftest import BASE, ROOT, Served, running, write_build

PUBLIC = "https://graph.example.org/region"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def dist(quads: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_build(tmp_path_factory.mktemp("public") / "dist", quads)


@pytest.fixture(scope="module")
def shown(dist: Path) -> Iterator[Served]:
    """A server that a proxy shows under a path of another name."""
    with running(dist, "--base-url", PUBLIC) as server:
        yield server


def turtle(served: Served, path: str) -> rdflib.Graph:
    reply = served.fetch(path, accept="text/turtle")
    assert reply.status == 200, reply.text
    return rdflib.Graph().parse(data=reply.body, format="turtle")


@pytest.mark.parametrize("prefix", ["/region", ""], ids=["path-kept", "path-left-out"])
def test_behind_a_proxy_all_that_it_gives_leads_back_there(shown: Served, prefix: str) -> None:
    page = shown.fetch(f"{prefix}/valley/lab?lang=en", accept="text/html")
    own = [link for link in re.findall(r'(?:href|action)="([^"]+)"', page.text) if link.startswith("/")]
    assert page.status == 200
    assert own
    assert all(link.startswith("/region/") for link in own)
    for link in {link.partition("#")[0].replace("&amp;", "&") for link in own}:
        assert shown.fetch(link, accept="text/html").status == 200, link
    assert 'rel="alternate"' in page.headers["link"]
    assert "</region/valley/lab.ttl>" in page.headers["link"]
    assert shown.fetch(f"{prefix}/sparql", accept="text/html").headers["location"] == "/region/query"
    assert (None, SD.endpoint, URIRef(f"{PUBLIC}/sparql")) in turtle(shown, f"{prefix}/sparql")


def test_the_description_names_the_endpoint_and_the_dumps_where_they_are(shown: Served) -> None:
    told = turtle(shown, "/.well-known/void")
    assert told.value(URIRef(BASE), VOID.sparqlEndpoint) == URIRef(f"{PUBLIC}/sparql")
    assert told.value(URIRef(BASE), VOID.dataDump) == URIRef(f"{PUBLIC}/download/valley.nq")
    assert (None, DCAT.endpointURL, URIRef(f"{PUBLIC}/sparql")) in told
    assert len(told) > 8, "and all that the build says"


def test_the_proxy_s_name_is_answered_to_and_no_other(shown: Served) -> None:
    assert shown.fetch("/region/health", host="graph.example.org").status == 200
    for other in ("graph.example.org:8443", "example.org", "graph.example.org.evil.test"):
        assert shown.fetch("/region/health", host=other).status == 421


def test_a_dataset_named_by_the_proxy_s_address_is_found_at_its_own_iris(dist: Path) -> None:
    with running(dist, "--base-url", BASE) as served:
        for prefix in ("/valley", ""):
            assert URIRef(f"{BASE}lab") in set(turtle(served, f"{prefix}/lab").subjects())
        assert URIRef(BASE) in set(turtle(served, "/valley/").subjects())
        assert "<title>network</title>" in served.fetch("/valley/", accept="text/html,*/*;q=0.8").text
        page = served.fetch("/valley/lab.html").text
        assert "/valley/valley/" not in page
        assert 'href="/valley/query' in page


@pytest.mark.parametrize("address", ["graph.example.org", "ftp://example.org/", "https://", "https://e.org/?a=b"])
def test_what_is_no_address_of_a_site_is_refused(dist: Path, address: str) -> None:
    done = run(dist, "serve", "--out", str(dist), "--base-url", address)
    assert (done.returncode, "must be like https://example.org/region/" in done.stderr) == (2, True)


def test_forwarded_headers_are_believed_only_of_whom_it_was_told_to(dist: Path) -> None:
    told = {"x_forwarded_for": "203.0.113.7", "x_forwarded_proto": "https"}
    for options, scheme in (((), "http"), (("--trusted-proxy", "127.0.0.1"), "https")):
        with running(dist, *options) as served:
            reply = served.fetch("/sparql", accept="text/turtle", **told)
            assert f"<{scheme}://127.0.0.1:{served.port}/sparql>" in reply.text


def test_who_asks_too_often_is_told_when_to_come_back(dist: Path) -> None:
    with running(dist, "--rate", "0.5", "--trusted-proxy", "127.0.0.1") as served:
        replies = [served.fetch("/health", x_forwarded_for="203.0.113.7") for _ in range(6)]
        assert [reply.status for reply in replies] == [200] * 5 + [429]
        assert replies[-1].headers["retry-after"] in ("1", "2")
        assert served.fetch("/health", x_forwarded_for="203.0.113.8").status == 200
        assert served.fetch("/health", x_forwarded_for="fe80::no:address").status == 200


def test_a_bucket_fills_again_and_holds_no_more_than_a_burst() -> None:
    now = 0.0
    limit = RateLimit(lambda *_: None, 2, clock=lambda: now)  # type: ignore[arg-type,return-value]
    assert [limit.wait("a") for _ in range(21)] == [0.0] * 20 + [0.5]
    now = 0.5
    assert [limit.wait("a"), limit.wait("a")] == [0.0, 0.5]
    now = 1000.0
    assert [limit.wait("a") for _ in range(21)][-2:] == [0.0, 0.5]


def test_the_operator_sees_what_is_asked_and_what_becomes_of_it(dist: Path) -> None:
    with running(dist, "--timeout", "0.3", "--limit", "rows=2") as served:
        assert served.fetch("/ready").status == 200
        assert len(served.ask("SELECT * { ?s ?p ?o }").values("s")) == 2
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"
        assert served.ask(endless).status == 503
        shown = served.fetch("/metrics")
        assert shown.type == "text/plain"
        assert 'azetta_requests_total{door="sparql",status="200"} 1.0' in shown.text
        assert 'azetta_requests_total{door="sparql",status="503"} 1.0' in shown.text
        assert 'azetta_queries_ended_total{cause="stopped"} 1.0' in shown.text
        assert re.search(r"^process_resident_memory_bytes \d", shown.text, re.MULTILINE)


@pytest.mark.parametrize("log", ["nothing", "requests", "queries"])
def test_a_query_is_logged_only_where_that_is_asked_for(dist: Path, log: str) -> None:
    with running(dist, "--log", log) as served:
        served.ask("ASK { ?أ ?ب ?ج }")
        served.process.terminate()
        assert served.process.stdout
        lines = [json.loads(line) for line in served.process.stdout.read().decode().splitlines() if line[:1] == "{"]
    told = [(line["path"], line["status"], line.get("query")) for line in lines]
    query = "ASK { ?أ ?ب ?ج }" if log == "queries" else None
    assert told == ([] if log == "nothing" else [("/sparql", 200, query)])
    assert "%D8" not in json.dumps(lines), "the address has the query too"


def test_every_bound_of_a_query_is_documented_as_it_is() -> None:
    rows = re.findall(
        r"^\| .* \| ([\d.,]+) \| `--(?:limit )?(\w+)=?` \|$", (ROOT / "docs/serving.md").read_text(), re.MULTILINE
    )
    assert {name: float(usual.replace(",", "")) for usual, name in rows} == asdict(Limits())

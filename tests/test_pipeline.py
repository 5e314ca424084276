"""The whole build: another region needs nothing but its data, and a build that fails leaves the last one whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import Graph, URIRef

from graph import pipeline
from graph.errors import DataError
from graph.knowledge.knowledge import Knowledge

OUT = Path("dist")
BASE = "https://example.org/emerald-valley/"


def standing() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in OUT.iterdir()}


@pytest.fixture
def dist(built: Path) -> dict[str, bytes]:
    """The files of a build of the invented region, which stands where the test runs."""
    return standing()


def test_another_region_is_built_from_its_data_alone(dist):
    assert set(dist) == {
        "emerald-valley.ttl",
        "emerald-valley.trig",
        "emerald-valley.nq",
        "emerald-valley.jsonld",
        "emerald-valley.rdf",
        "emerald-valley.graphml",
        "emerald-valley.gexf",
        "entities.csv",
        "claims.csv",
        "void.ttl",
        "ontology.ttl",
        "ontology.html",
        "index.html",
        "manifest.json",
    }


def test_turtle_tells_what_is_told_and_the_dataset_also_what_follows(dist):
    located, place = URIRef("https://w3id.org/azetta/ontology#locatedIn"), URIRef(f"{BASE}al-marsa")
    turtle = Graph().parse(data=dist["emerald-valley.ttl"], format="turtle")
    assert set(turtle.subjects(located, place)) == {URIRef(f"{BASE}cafe-numerique")}
    store = Store()
    store.bulk_load(dist["emerald-valley.nq"], RdfFormat.N_QUADS)
    quads = store.quads_for_pattern(None, NamedNode(located), NamedNode(place), None)
    assert {(quad.subject.value, quad.graph_name.value) for quad in quads} == {
        (f"{BASE}cafe-numerique", f"{BASE}source/bulletin"),
        (f"{BASE}cafe-fab-lab", f"{BASE}graph/inferred"),
        (f"{BASE}barmij", f"{BASE}graph/inferred"),
    }


def test_one_source_can_be_asked_alone(dist):
    store = Store()
    store.bulk_load(dist["emerald-valley.trig"], RdfFormat.TRIG)
    ask = "ASK FROM <%s> { ?who <https://w3id.org/azetta/ontology#presidentOf> ?what }"
    assert store.query(ask % f"{BASE}source/gazetteer")
    assert not store.query(ask % f"{BASE}source/bulletin")
    assert NamedNode(f"{BASE}graph/ontology") in store.named_graphs()


@pytest.mark.long
def test_summary_counts_what_was_built_and_says_where(region):
    summary = pipeline.build(Path("data"), ONTOLOGY, OUT)
    first, second = str(summary).splitlines()
    assert first == "2 sources, 13 entities, 18 claims, 14 inferences"
    assert second.startswith("14 files in dist/: claims.csv, emerald-valley.gexf, ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("launches,barmij", "launches,barmidj", 'data/claims.csv:2: unknown entity "barmidj" in column object'),
        ("launches,barmij", "launches,al-marsa", "data/claims.csv:2: "),
    ],
    ids=["reading", "shapes"],
)
def test_failed_build_leaves_the_last_one_whole(dist, edit, old, new, message):
    edit("data/claims.csv", old, new)
    with pytest.raises(DataError) as caught:
        pipeline.build(Path("data"), ONTOLOGY, OUT)
    assert str(caught.value).startswith(message)
    assert standing() == dist


def test_missed_minimum_blocks_the_build(dist, edit):
    edit("data/dataset.toml", "entities = 12", "entities = 14")
    with pytest.raises(DataError) as caught:
        pipeline.build(Path("data"), ONTOLOGY, OUT)
    assert str(caught.value) == ("data/dataset.toml: entities: 13, fewer than the 14 of [minimum]; was something lost?")
    assert standing() == dist


def test_words_of_a_copy_enter_the_page_and_nothing_else(dist):
    pipeline.build(Path("data"), ONTOLOGY, OUT, {"bulletin": Path("texts/bulletin.txt")})
    words = "وستفتح به حاضنة مقاولات"
    quoted = (words.encode(), json.dumps(words)[1:-1].encode())
    assert [name for name, content in standing().items() if any(form in content for form in quoted)] == ["index.html"]
    assert not [name for name, content in dist.items() if any(form in content for form in quoted)]


def test_copy_of_another_text_is_refused(dist):
    Path("texts/bulletin.txt").write_bytes(Path("texts/bulletin.txt").read_bytes().replace(b"\r\n", b"\n"))
    with pytest.raises(DataError, match=r"^texts/bulletin.txt: .*287"):
        pipeline.build(Path("data"), ONTOLOGY, OUT, {"bulletin": Path("texts/bulletin.txt")})
    assert standing() == dist


@pytest.mark.long
def test_each_step_is_told(region):
    steps: list[str] = []
    pipeline.build(Path("data"), ONTOLOGY, OUT, progress=steps.append)
    assert steps[:4] == ["reading", "writing the sources", "validating", "emerald-valley.ttl"]
    assert steps[-1] == "index.html"


def test_what_no_program_draws_is_left_out_or_an_overview_and_what_to_do_is_said(dist, monkeypatch):
    networks = {"emerald-valley.gexf", "emerald-valley.graphml"}
    monkeypatch.setattr(Knowledge, "drawn", 150_001)
    monkeypatch.setattr("graph.knowledge.knowledge.MOST_CLAIMS", 17)
    told = [str(each) for each in pipeline.build(Path("data"), ONTOLOGY, OUT).warnings]
    assert told[-2:] == [
        "dist/emerald-valley.gexf: warning: left out, as few programs draw 150,001 entities and links: azetta export "
        "part.gexf --entity NAME writes a part, azetta export emerald-valley.gexf all of it",
        "dist/index.html: warning: an overview, as few browsers open 18 claims in one page: azetta export part.html "
        "--entity NAME writes a part, azetta serve answers of all",
    ]
    left = standing()
    assert left.keys() == dist.keys() - networks
    made = json.loads(left["manifest.json"])
    assert (set(made["left"]), networks & made["files"].keys()) == (networks, set())
    assert b"gexf" in dist["void.ttl"]
    assert b"gexf" not in left["void.ttl"] + left["index.html"]
    assert b'"communities"' in left["index.html"]

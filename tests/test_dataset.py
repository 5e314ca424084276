"""A dataset in Python, the invented region's: opened, asked, handed to rdflib and networkx."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx
import pytest
import rdflib
from checkout import ONTOLOGY

import graph
from graph.dataset import Dataset
from graph.pipeline import Knowledge
from graph.store.embedded import Embedded

BASE = "https://example.org/emerald-valley/"
AZ = "https://w3id.org/azetta/ontology#"


@pytest.fixture(scope="module")
def dataset(emerald: Knowledge) -> Dataset:
    return Dataset(Embedded(emerald.quads()))


def test_public_names_are_what_the_package_gives() -> None:
    assert graph.__all__ == sorted(graph.__all__)
    assert all(getattr(graph, name).__doc__ for name in graph.__all__)
    assert set(graph.__all__) <= set(dir(graph))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        graph.nothing  # noqa: B018


@pytest.mark.processes
def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys; import graph; print(sorted({'pyoxigraph', 'rdflib', 'click'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


def test_entities_claims_and_sources_are_all_there(dataset: Dataset, emerald: Knowledge) -> None:
    facts = emerald.facts
    assert {row["entity"] for row in dataset.entities} == {BASE + entity for entity in facts.entities}
    assert len({row["claim"] for row in dataset.claims}) == len(facts.claims)
    assert {row["source"] for row in dataset.sources} == {f"{BASE}source/{source}" for source in facts.sources}


def test_claim_tells_its_passage(dataset: Dataset) -> None:
    claim = next(row for row in dataset.claims if row["property"] == AZ + "launches")
    del claim["claim"]
    assert claim == {
        "subject": BASE + "emerald-valley-authority",
        "property": AZ + "launches",
        "object": BASE + "barmij",
        "status": AZ + "Stated",
        "source": BASE + "source/bulletin",
        "start": 26,
        "end": 64,
        "record": None,
    }


def test_query_gives_rows(dataset: Dataset) -> None:
    assert list(dataset.query("SELECT ?n { :al-marsa az:population ?n }", source="gazetteer")) == [{"n": 41250}]
    assert dataset.query("ASK { :al-marsa a az:City }")[0] == {"answer": True}
    (city,) = dataset.query("CONSTRUCT { ?x rdfs:label 'a city' } WHERE { ?x a az:City }")
    assert (city["subject"], city["object"]) == (BASE + "al-marsa", "a city")
    with pytest.raises(graph.QueryError):
        dataset.query("SELECT")


def test_truth_of_an_ask_is_that_of_its_answer(dataset: Dataset) -> None:
    assert dataset.query("ASK { :al-marsa a az:City }")
    assert not dataset.query("ASK { :al-marsa a az:Pole }")
    assert list(dataset.query("ASK { :al-marsa a az:Pole }")) == [{"answer": False}]


def test_questions_are_listed_in_the_language_of_the_dataset(dataset: Dataset) -> None:
    assert "شركاء كل مجلس" in dataset.questions["partners"]
    assert "Quels pôles" in Dataset(dataset.store, "fr").questions["poles"]
    assert all(dataset.question(name) for name in ("partners", "programmes"))


def test_odd_argument_is_named(dataset: Dataset) -> None:
    with pytest.raises(graph.QueryError, match="language is one of ar, fr, en, es, zgh, not 'de'"):
        dataset.question("partners", language="de")
    with pytest.raises(graph.QueryError, match="language is one of ar, fr, en, es, zgh, not 'AR'"):
        Dataset(dataset.store, "AR")
    with pytest.raises(graph.QueryError, match=r"“city” is a text that names something \(az:City\), not 5"):
        dataset.question("in-city", city=5)  # type: ignore[arg-type]
    with pytest.raises(graph.QueryError, match="a query is a text, not 5"):
        dataset.query(5)  # type: ignore[arg-type]
    with pytest.raises(graph.OutputError, match=r"a dataset is named by its folder or by the URL .* not by 5"):
        graph.open(5)  # type: ignore[arg-type]
    with pytest.raises(graph.QueryTimeout) as caught:
        dataset.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", timeout=0.1)
    assert "--" not in str(caught.value), "Python has no options"


def test_parameter_without_a_value_has_its_default(dataset: Dataset) -> None:
    assert list(dataset.question("in-city", city=None)) == list(dataset.question("in-city"))


def test_question_is_printed_in_the_readers_language(dataset: Dataset) -> None:
    rows = dataset.question("roles", person="Noura Haddad", language="fr")
    assert "Conseil de la Vallée d'Émeraude" in str(rows)
    assert rows[0]["council"] == BASE + "emerald-valley-council"
    assert "مجلس جهة وادي الزمرد" in str(dataset.question("roles"))
    with pytest.raises(graph.QueryError, match="did you mean “roles”"):
        dataset.question("role")


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:Dataset.*deprecated:DeprecationWarning:rdflib")
def test_rdflib_gets_every_graph_and_answers_alike(dataset: Dataset, emerald: Knowledge) -> None:
    copy = dataset.to_rdflib()
    text = "SELECT ?programme ?theme { ?programme a az:Programme ; az:about ?theme }"
    asked = {(str(programme), str(theme)) for programme, theme in copy.query(text)}
    assert asked == {(BASE + "barmij", BASE + "coding")}
    assert asked == {(row["programme"], row["theme"]) for row in dataset.query(text)}
    assert (rdflib.URIRef(BASE + "source/bulletin"), None, rdflib.Literal(287)) in copy  # its length
    held = {str(quad[3]) for quad in copy.quads()}
    assert held == {quad.graph_name.value for quad in emerald.quads()}
    assert sum(1 for _ in copy.quads()) == len(set(emerald.quads()))


def plain(network: networkx.MultiDiGraph[str]) -> tuple[dict[str, object], dict[object, object]]:
    """Nodes and edges with their attributes, as far as they say anything."""
    nodes = {node: {name: value for name, value in data.items() if value != ""} for node, data in network.nodes.items()}
    edges = {
        (source, data["property"], target): {name: value for name, value in data.items() if value != ""}
        for source, target, data in network.edges(data=True)
    }
    assert len(edges) == network.number_of_edges()
    return nodes, edges


@pytest.mark.long
def test_networkx_is_the_graphml_of_the_build(region: Path, edit: Callable[[str, str, str], None]) -> None:
    """Two classes, two claims of one link, plans, inferences and coordinates: all of it comes back from the store."""
    from graph.pipeline import build

    more = "cafe-incubator,partOf,cafe-numerique,{},gazetteer,,,hub/{},,,,,\n"
    with (region / "data" / "claims.csv").open("a", encoding="utf-8", newline="") as claims:
        claims.write(more.format("discussed", 1) + more.format("ongoing", 2))
    edit("data/entities.csv", "manara-foundation,Organization,", "manara-foundation,School|Organization|Council,")
    build(Path("data"), ONTOLOGY, Path("dist"))
    written = networkx.read_graphml("dist/emerald-valley.graphml", force_multigraph=True)
    found = graph.open("dist").to_networkx()
    assert plain(found) == plain(written)
    assert found.nodes["manara-foundation"]["classes"] == "Council School"
    assert found.edges["cafe-incubator", "cafe-numerique", "partOf"]["status"] == "ongoing"
    assert len(found.edges["cafe-incubator", "cafe-numerique", "partOf"]["claims"].split()) == 3


def test_networkx_tells_facts_plans_and_inferences_apart(dataset: Dataset, emerald: Knowledge) -> None:
    network = dataset.to_networkx()
    assert plain(network) == plain(emerald.network)
    assert networkx.has_path(network, "noura-haddad", "emerald-valley")
    assert network.nodes["al-marsa"]["label"] == "المرسى"
    assert network.nodes["al-marsa"]["kind"] == "City"
    assert network.edges["emerald-valley-authority", "barmij", "launches"]["status"] == "stated"
    assert network.edges["cafe-fab-lab", "al-marsa", "locatedIn"]["rule"] == "part-location"
    assert network.edges["cafe-incubator", "cafe-numerique", "partOf"]["status"] == "planned"
    assert Dataset(dataset.store, "fr").to_networkx().nodes["al-marsa"]["label"] == "El Marsa"


def test_folder_without_a_build_is_named(tmp_path: Path) -> None:
    with pytest.raises(graph.OutputError, match="holds no build: make one there first"):
        graph.open(tmp_path)


def test_build_is_opened_from_its_folder(emerald_home: Path) -> None:
    assert graph.open(emerald_home / "dist").query("ASK { :al-marsa a az:City }")[0]["answer"] is True

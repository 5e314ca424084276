"""The dataset in Python: opened, asked, handed to rdflib and networkx."""

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

BASE = "https://w3id.org/azetta/souss-massa/"
AZ = "https://w3id.org/azetta/ontology#"


@pytest.fixture(scope="module")
def dataset(souss: Knowledge) -> Dataset:
    return Dataset(Embedded(souss.quads()))


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


def test_entities_claims_and_sources_are_all_there(dataset: Dataset, souss: Knowledge) -> None:
    facts = souss.facts
    assert {row["entity"] for row in dataset.entities} == {BASE + entity for entity in facts.entities}
    assert len({row["claim"] for row in dataset.claims}) == len(facts.claims)
    assert {row["source"] for row in dataset.sources} == {f"{BASE}source/{source}" for source in facts.sources}


def test_claim_tells_its_passage(dataset: Dataset) -> None:
    claim = next(row for row in dataset.claims if row["property"] == AZ + "presidentOf")
    del claim["claim"]
    assert claim == {
        "subject": BASE + "karim-achengli",
        "property": AZ + "presidentOf",
        "object": BASE + "souss-massa-council",
        "status": AZ + "Stated",
        "source": BASE + "source/albarg-2024-04-22",
        "start": 247,
        "end": 275,
        "record": None,
    }


def test_query_gives_rows(dataset: Dataset) -> None:
    assert list(dataset.query("SELECT ?n { :agadir az:population ?n }", source="hcp-2024")) == [{"n": 504768}]
    assert dataset.query("ASK { :agadir a az:City }")[0] == {"answer": True}
    assert (
        dataset.query("CONSTRUCT WHERE { :drarga <https://w3id.org/azetta/morocco#hcpCode> ?c }")[0]["object"]
        == "09.001.05.09"
    )
    with pytest.raises(graph.QueryError):
        dataset.query("SELECT")


def test_truth_of_an_ask_is_that_of_its_answer(dataset: Dataset) -> None:
    assert dataset.query("ASK { :agadir a az:City }")
    assert not dataset.query("ASK { :agadir a az:Pole }")
    assert list(dataset.query("ASK { :agadir a az:Pole }")) == [{"answer": False}]


def test_questions_are_listed_in_the_language_of_the_dataset(dataset: Dataset) -> None:
    assert "شركاء كل مجلس" in dataset.questions["partners"]
    assert "Quels pôles" in Dataset(dataset.store, "fr").questions["poles"]
    assert all(dataset.question(name) for name in ("partners", "poles"))


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
    rows = dataset.question("roles", person="Karim Achengli", language="fr")
    assert "Conseil régional de Souss-Massa" in str(rows)
    assert rows[0]["council"] == BASE + "souss-massa-council"
    assert "مجلس جهة سوس ماسة" in str(dataset.question("roles"))
    with pytest.raises(graph.QueryError, match="did you mean “roles”"):
        dataset.question("role")


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:Dataset.*deprecated:DeprecationWarning:rdflib")
def test_rdflib_gets_every_graph_and_answers_alike(dataset: Dataset, souss: Knowledge) -> None:
    copy = dataset.to_rdflib()
    text = "SELECT ?pole ?theme { ?pole a az:Pole ; az:seeksSolutionsFor ?theme }"
    asked = {(str(pole), str(theme)) for pole, theme in copy.query(text)}
    assert asked == {(row["pole"], row["theme"]) for row in dataset.query(text)}
    assert asked
    assert (rdflib.URIRef(BASE + "tiznit"), None, rdflib.Literal("09.581.01.07")) in copy
    held = {str(quad[3]) for quad in copy.quads()}
    assert held == {quad.graph_name.value for quad in souss.quads()}
    assert sum(1 for _ in copy.quads()) == len(set(souss.quads()))


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


def test_networkx_tells_facts_plans_and_inferences_apart(dataset: Dataset, souss: Knowledge) -> None:
    network = dataset.to_networkx()
    assert plain(network) == plain(souss.network)
    assert networkx.has_path(network, "karim-achengli", "souss-massa")
    assert network.nodes["agadir"]["label"] == "أكادير"
    assert network.nodes["agadir"]["kind"] == "City"
    assert network.edges["orange", "orange-digital-center-agadir", "hasCentre"]["status"] == "stated"
    assert network.edges["cmc-fab-lab", "drarga", "locatedIn"]["rule"] == "part-location"
    assert network.edges["abrid", "digital-field", "allocatesSignificantPartTo"]["status"] == "planned"
    assert Dataset(dataset.store, "fr").to_networkx().nodes["agadir"]["label"] == "Agadir"


def test_folder_without_a_build_is_named(tmp_path: Path) -> None:
    with pytest.raises(graph.OutputError, match="holds no build: make one there first"):
        graph.open(tmp_path)


def test_build_is_opened_from_its_folder(home: Path) -> None:
    assert graph.open(home / "dist").query("ASK { :agadir a az:City }")[0]["answer"] is True

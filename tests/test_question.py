"""The documented questions: their form, their values, and for each an answer written by hand from what the article says."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
import yaml
from pyoxigraph import NamedNode, QuerySolutions

from graph import question
from graph.errors import QueryError
from graph.paths import DATA, ONTOLOGY
from graph.pipeline import load
from graph.store import Embedded

Row = tuple[str, ...]
ARTICLE = "source/albarg-2024-04-22"

ANSWERS: list[tuple[str, Mapping[str, str], set[Row]]] = [
    (
        "partners",
        {"council": "souss-massa-council"},
        {
            ("jadara-foundation", "jadara-programme"),
            ("partner-institutions", "regional-digital-programmes"),
        },
    ),
    (
        "in-city",
        {"city": "agadir"},
        {
            ("orange", "operates", "orange-digital-center-agadir"),
            ("orange-digital-center-agadir", "offersTraining", "digital-training"),
            ("orange-centre-opening", "opens", "orange-digital-center-agadir"),
            ("karim-achengli", "attends", "orange-centre-opening"),
            ("youth-platform-training", "deliveredAt", "youth-platform-agadir"),
            ("youth-platform-training", "offersTraining", "digital-training"),
            ("souss-massa-authority", "supports", "technopark-agadir"),
            ("simplon", "carriesOut", "simplon-programme"),
            ("simplon-programme", "deliveredAt", "technopark-agadir"),
            ("simplon-programme", "offersTraining", "digital-training"),
            ("souss-massa-authority", "follows", "simplon-programme"),
        },
    ),
    (
        "centres",
        {"kind": "School"},
        {
            ("school-1337", "ben-guerir"),
            ("school-1337", "khouribga"),
            ("youcode", "youssoufia"),
            ("solicode", "tangier"),
        },
    ),
    ("centres", {"kind": "Technopark"}, {("technopark-agadir", "agadir"), ("technopark-tiznit", "tiznit")}),
    ("centres", {"kind": "Centre"}, {("digital-enterprises-platform", "sale")}),
    (
        "poles",
        {},
        {
            ("agrotech", "agriculture", "genetic-engineering"),
            ("agrotech", "agriculture", "water-management"),
            ("agrotech", "agriculture", "agricultural-waste"),
            ("agrotech", "agriculture", "market-platforms"),
            ("haliopole", "sea-fishing", ""),
            ("logipole", "logistics", ""),
        },
    ),
    (
        "offer",
        {"centre": "cmc-souss-massa"},
        {
            ("", "trackCount", "12"),
            ("", "about", "digitisation"),
            ("", "offersTraining", "offshoring"),
            ("", "offersTraining", "digital-infrastructure"),
            ("", "offersTraining", "it-development"),
            ("", "offersTraining", "digital-design"),
            ("", "offersTraining", "digital-marketing"),
            ("cmc-digital-space", "", ""),
            ("cmc-innovation-spaces", "", ""),
            ("cmc-fab-lab", "", ""),
            ("cmc-incubator", "audience", "start-ups"),
            ("cmc-language-centre", "offersTraining", "languages"),
            ("cmc-language-centre", "offersTraining", "soft-skills"),
        },
    ),
    ("programmes", {"audience": "youth"}, {("jadara-programme", ""), ("taroudannt-programme", "taroudannt-province")}),
    ("programmes", {"province": "taroudannt-province"}, {("taroudannt-programme", "youth")}),
    ("programmes", {"audience": "youth", "province": "taroudannt-province"}, {("taroudannt-programme",)}),
    (
        "events",
        {},
        {
            ("digital-meetings-week", "", "", ""),
            ("digital-france-session", "karim-achengli", "holds", ""),
            ("digital-france-session", "digital-france-school", "participatesIn", ""),
            ("orange-centre-opening", "karim-achengli", "attends", "agadir"),
            ("orange-azul-sessions", "", "", ""),
            ("devoxx-morocco", "souss-massa-authority", "coOrganises", ""),
            ("tiznit-tech", "", "", "tiznit"),
        },
    ),
    (
        "in-progress",
        {"status": "planned"},
        {
            ("abrid", "allocatesPartTo", "digitisation", f"{ARTICLE}#char=1535,1620"),
        },
    ),
    (
        "in-progress",
        {"status": "discussed"},
        {
            ("youth-platform-training", "deliveredAt", "youth-platforms", f"{ARTICLE}#char=320,405"),
            ("youth-platform-training", "covers", "souss-massa", f"{ARTICLE}#char=320,466"),
            ("orange-azul", "covers", "souss-massa", f"{ARTICLE}#char=553,638"),
        },
    ),
    (
        "national-initiatives",
        {},
        {
            ("souss-massa-authority", "school-1337", "ben-guerir"),
            ("souss-massa-authority", "school-1337", "khouribga"),
            ("souss-massa-authority", "youcode", "youssoufia"),
            ("souss-massa-authority", "solicode", "tangier"),
            ("souss-massa-authority", "digital-enterprises-platform", "sale"),
            ("souss-massa-authority", "simplon-programme", "agadir"),
        },
    ),
    (
        "activities",
        {"person": "karim-achengli"},
        {
            ("holds", "digital-france-session", "digital-meetings-week", f"{ARTICLE}#char=243,285"),
            ("met", "digital-france-school", "", f"{ARTICLE}#char=243,319"),
            ("attends", "orange-centre-opening", "digital-meetings-week", f"{ARTICLE}#char=472,529"),
            ("visits", "cmc-digital-space", "", f"{ARTICLE}#char=644,675"),
            ("visits", "cmc-souss-massa", "", f"{ARTICLE}#char=644,698"),
        },
    ),
    (
        "claims",
        {"entity": "technopark-tiznit"},
        {
            ("souss-massa-authority", "follows", "technopark-tiznit", "Ongoing", ARTICLE, "1395", "1425"),
            ("technopark-tiznit", "locatedIn", "tiznit", "Ongoing", ARTICLE, "1405", "1425"),
            ("tiznit-initiatives", "precedes", "technopark-tiznit", "Stated", ARTICLE, "1411", "1446"),
        },
    ),
    ("link", {"from": "orange", "to": "agadir"}, {("operates", "orange-digital-center-agadir", "locatedIn")}),
    (
        "link",
        {"from": "karim-achengli", "to": "souss-massa-authority"},
        {("presidentOf", "souss-massa-council", "councilOf")},
    ),
    (
        "white-spots",
        {"region": "souss-massa"},
        {
            ("inezgane-ait-melloul", "636916"),
            ("chtouka-ait-baha", "493623"),
            ("tata-province", "111757"),
        },
    ),
    (
        "names",
        {"entity": "tiznit"},
        {
            ("ar", "تيزنيت", "✓", ""),
            ("ar", "تزنيت", "", ""),
            ("fr", "Tiznit", "✓", ""),
            ("en", "Tiznit", "✓", ""),
            ("zgh", "ⵜⵉⵣⵏⵉⵜ", "✓", ""),
        },
    ),
    (
        "names",
        {"entity": "tiznit-tech"},
        {
            ("ar", "تيزنيت تيك", "✓", ""),
            ("ar", "تظاهرة تيزنيت تيك", "", ""),
            ("fr", "Tiznit Tech", "", "✓"),
            ("en", "Tiznit Tech", "", "✓"),
        },
    ),
    ("roles", {}, {("karim-achengli", "souss-massa-council", "souss-massa-authority", "souss-massa")}),
    (
        "trainings",
        {"field": "digital-training"},
        {
            ("youth-platform-training", "agadir"),
            ("orange-digital-center-agadir", "agadir"),
            ("jadara-programme", ""),
            ("taroudannt-programme", ""),
            ("simplon-programme", "agadir"),
        },
    ),
    ("commitments", {"agent": "orange"}, {("operates", "orange-digital-center-agadir", "Stated")}),
    (
        "themes",
        {"theme": "water-management"},
        {
            ("agrotech", "seeksSolutionsFor"),
            ("agricultural-innovation-company", "seeksSolutionsFor"),
        },
    ),
    ("sectors", {"sector": "tourism"}, {("tourism-strategy", "Strategy"), ("tourism-digitisation", "Theme")}),
    ("plans", {"plan": "tourism-strategy"}, {("", "allocatesPartTo", "tourism-digitisation", "Ongoing")}),
    (
        "sequence",
        {},
        {
            ("orange-azul-sessions", "orange-centre-opening", f"{ARTICLE}#char=487,552"),
            ("tiznit-initiatives", "technopark-tiznit", f"{ARTICLE}#char=1411,1446"),
        },
    ),
    (
        "inferred",
        {"entity": "simplon-programme"},
        {
            ("locatedIn", "agadir", "rule-delivery-location"),
            ("locatedIn", "agadir-ida-ou-tanane", "rule-delivery-location"),
            ("locatedIn", "souss-massa", "rule-location"),
            ("locatedIn", "morocco", "rule-delivery-location"),
        },
    ),
]

CONTAINED: list[tuple[str, Mapping[str, str], set[Row]]] = [
    ("single-source", {"source": "hcp-2024"}, {("tata-province", "population", "111757")}),
    ("places", {"region": "souss-massa"}, {("agadir", "504768", "09.001.01.01", "30.42018", "-9.59815")}),
    ("sources", {"source": "albarg-2024-04-22"}, {("2024-04-22T23:32:00+01:00",)}),
    ("kinds", {}, {("Council", "1"), ("Pole", "3"), ("Region", "1"), ("Province", "6"), ("School", "3")}),
]


@pytest.fixture(scope="module")
def store() -> Embedded:
    return Embedded(load(DATA, ONTOLOGY).quads())


def asked(store: Embedded, name: str, values: Mapping[str, str], width: int | None = None) -> set[Row]:
    """Ask, and give the rows by local names, without the columns whose value was given; claims and premises left out."""
    answer = question.load(name).ask(store, values, timeout=20)
    assert isinstance(answer, QuerySolutions)
    left_out = {*values, "claim1", "claim2", "premise"}
    kept = [i for i, variable in enumerate(answer.variables) if variable.value not in left_out][:width]
    return {tuple(local(row[i], store.base) for i in kept) for row in answer}


def local(cell: object, base: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        return re.sub(r"^.*[#]", "", cell.value) if "ontology#" in cell.value else cell.value.removeprefix(base)
    return str(cell.value)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "values", "expected"), ANSWERS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_answer_is_what_the_article_says(
    store: Embedded, name: str, values: Mapping[str, str], expected: set[Row]
) -> None:
    assert asked(store, name, values) == expected


@pytest.mark.parametrize(
    ("name", "values", "expected"), CONTAINED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_answer_holds_what_the_sources_say(
    store: Embedded, name: str, values: Mapping[str, str], expected: set[Row]
) -> None:
    width = len(next(iter(expected)))
    assert expected <= asked(store, name, values, width)


def test_what_two_sources_say_is_not_said_by_one_only() -> None:
    from pyoxigraph import Literal, Quad

    base, az = "https://example.org/", "https://w3id.org/azetta/ontology#"
    rdf, prov = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/prov#"
    quads = []
    for claim, thing, source in (("1", "a", "x"), ("2", "a", "y"), ("3", "b", "x")):
        said = {
            rdf + "type": NamedNode(az + "Claim"),
            rdf + "subject": NamedNode(base + thing),
            rdf + "predicate": NamedNode(az + "population"),
            rdf + "object": Literal("7"),
            prov + "hadPrimarySource": NamedNode(f"{base}source/{source}"),
        }
        graph = NamedNode(f"{base}source/{source}")
        quads += [Quad(NamedNode(f"{base}claim/{claim}"), NamedNode(p), o, graph) for p, o in said.items()]
    assert {row[1] for row in asked(Embedded(quads), "single-source", {})} == {base + "b"}


def test_every_question_has_an_expected_answer() -> None:
    assert {name for name, _, _ in (*ANSWERS, *CONTAINED)} == set(question.names())
    assert len(question.names()) >= 20


@pytest.mark.parametrize("name", question.names())
def test_header_is_whole_in_three_languages(name: str) -> None:
    asks = question.load(name)
    assert set(asks.titles) == set(asks.descriptions) == {"ar", "fr", "en"}
    assert all(re.search(r"[\u0600-\u06ff]", text) for text in (asks.titles["ar"], asks.descriptions["ar"]))
    assert asks.titles["ar"].endswith("؟")
    assert asks.titles["fr"].endswith(" ?")
    assert asks.titles["en"].endswith("?")


@pytest.mark.parametrize("name", question.names())
def test_columns_and_parameters_are_named(name: str, store: Embedded) -> None:
    asks = question.load(name)
    selected = re.search(r"SELECT (.*?) WHERE", asks.text)
    assert selected
    variables = set(re.findall(r"\?(\w+)\)?(?=\s|$)", re.sub(r"\(.*? AS ", "", selected[1])))
    assert set(asks.parameters) <= variables, "a parameter that is not selected cannot be bound"
    assert variables <= set(question.columns())
    for names in question.columns().values():
        assert set(names) == {"ar", "fr", "en"}


def test_questions_know_no_region() -> None:
    """Another region replaces the data and keeps the questions."""
    ids = {entity for entity in load(DATA, ONTOLOGY).facts.entities if "-" in entity or len(entity) > 6}
    ids -= {"languages", "programmes", "tourism", "logistics"}
    for name in question.names():
        words = set(re.findall(r"[\w-]+", question.load(name).text))
        assert not words & ids


def test_value_may_be_an_id_an_iri_or_a_name_in_any_language(store: Embedded) -> None:
    expected = asked(store, "in-city", {"city": "agadir"})
    assert expected
    for value in (store.base + "agadir", "أكادير", "أگادير", "Agadir", "AGADIR", "ⴰⴳⴰⴷⵉⵔ"):
        assert asked(store, "in-city", {"city": value}) == expected


@pytest.mark.parametrize(
    "value",
    [
        "agadir> ?o } } #",
        'x" . ?a ?b ?c . "',
        "\\u003E",
        "agadir\n}",
        "'; DROP ALL",
        "<https://w3id.org/azetta/souss-massa/agadir>",
        "\u202eagadir",
        "",
    ],
)
def test_hostile_value_names_nothing(store: Embedded, value: str) -> None:
    with pytest.raises(QueryError, match="is no az:City"):
        asked(store, "in-city", {"city": value})


def test_mistakes_suggest_the_nearest(store: Embedded) -> None:
    with pytest.raises(QueryError, match="did you mean “partners”"):
        question.load("partner")
    with pytest.raises(QueryError, match="did you mean “city”"):
        asked(store, "in-city", {"citi": "agadir"})
    with pytest.raises(QueryError, match="did you mean “agadir”"):
        asked(store, "in-city", {"city": "agadirr"})
    with pytest.raises(QueryError, match="needs a value for “entity”"):
        asked(store, "claims", {})
    with pytest.raises(QueryError, match="one of Ongoing, Planned, Discussed, not “done”"):
        asked(store, "in-progress", {"status": "done"})


def test_name_of_several_asks_which(store: Embedded) -> None:
    with pytest.raises(QueryError, match="names several: tiznit, tiznit-province"):
        asked(store, "claims", {"entity": "Tiznit"})


def test_path_of_a_question_is_not_followed() -> None:
    with pytest.raises(QueryError, match="no question is called"):
        question.load("../questions/partners")


def test_header_is_the_yaml_of_grlc() -> None:
    asks = question.parse(
        "x",
        "#+ title: {ar: ا, fr: a, en: a}\n#+ description: {ar: ا, fr: a, en: a}\n"
        "#+ parameters:\n#+   n: {type: xsd:integer, default: 3}\nSELECT ?n { }\n",
    )
    assert asks.text == "SELECT ?n { }\n"
    assert asks.parameters["n"].default == "3"
    with pytest.raises(yaml.YAMLError):
        question.parse("x", "#+ title: [\nSELECT ?n { }")

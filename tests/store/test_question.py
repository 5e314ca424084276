"""The documented questions: their form, their values, and for each an answer that the real sources give, by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkout import ONTOLOGY
from pyoxigraph import NamedNode

from graph.errors import QueryError
from graph.knowledge.knowledge import Knowledge
from graph.model.words import columns
from graph.pipeline import load
from graph.store import meant, question
from graph.store.embedded import Embedded

Row = tuple[str, ...]

ANSWERS = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(name, case, id=name) for name, cases in ANSWERS.items() for case in cases]


@pytest.fixture(scope="module")
def store(souss: Knowledge) -> Embedded:
    """The real data, for what each question finds in it, and for how people spell its places."""
    return Embedded(souss.quads())


@pytest.fixture(scope="module")
def valley(emerald: Knowledge) -> Embedded:
    return Embedded(emerald.quads())


def asked(store: Embedded, name: str, values: Mapping[str, str], width: int | None = None) -> set[Row]:
    """Ask; give the rows by local names, without the columns whose value was given and without premises."""
    answer = question.load(name).ask(store, values, timeout=20)
    left_out = {*values, "premise"}
    kept = [i for i, column in enumerate(answer.columns) if column not in left_out][:width]
    return {tuple(local(row[i], store.base) for i in kept) for row in answer.rows}


def local(cell: object, base: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        return re.sub(r"^.*(ontology#|#char=)", "", cell.value).removeprefix(base).removeprefix("source/")
    return str(cell.value)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_answer_is_what_the_sources_say(store: Embedded, name: str, case: Mapping[str, Any]) -> None:
    if "rows" in case:
        assert asked(store, name, case["values"]) == set(map(tuple, case["rows"]))
    else:
        expected = set(map(tuple, case["holds"]))
        assert expected <= asked(store, name, case["values"], len(case["holds"][0]))


OPEN = [name for name in question.names() if not any(each.required for each in question.load(name).parameters.values())]


@pytest.mark.parametrize("name", OPEN)
def test_with_its_claims_a_question_has_the_same_answer(store: Embedded, name: str) -> None:
    asked = question.load(name)
    plain, cited = asked.ask(store, {}), asked.citing().ask(store, {})
    assert cited.columns[: len(plain.columns)] == plain.columns
    rows = [tuple(row) for row in cited.rows]
    assert list(dict.fromkeys(row[: len(plain.columns)] for row in rows)) == [tuple(row) for row in plain.rows]
    claims = {cell.value for row in rows for cell in row[len(plain.columns) :] if isinstance(cell, NamedNode)}
    bare = {"coverage", "inferred", "kinds", "names", "sources"}
    assert bool(claims) == (name not in bare)
    assert all(iri.startswith(f"{store.base}claim/") for iri in claims if "/inference/" not in iri)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(?claim) AS ?n) WHERE { ?claim a az:Claim }",
        "SELECT ?who { ?claim rdf:subject ?who }\nGROUP BY ?who HAVING (COUNT(*) > 1)",
        "SELECT ?claim WHERE { ?claim a az:Claim }",
        "SELECT * { ?claim a az:Claim }",
        "SELECT DISTINCT ?source { ?claim prov:hadPrimarySource ?source } LIMIT 2",
    ],
)
def test_a_question_that_counts_or_has_its_claims_stays_as_it_is(valley: Embedded, text: str) -> None:
    asked = question.Question("own", {}, {}, text)
    assert asked.citing().ask(valley, {}).columns == asked.ask(valley, {}).columns


def test_what_two_sources_say_is_not_said_by_one_only() -> None:
    from pyoxigraph import Literal, Quad

    base, az = "https://example.org/", "https://w3id.org/azetta/ontology#"
    rdf, prov = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/prov#"
    quads = []
    for claim, thing, source in (("1", "a", "x"), ("2", "a", "y"), ("3", "b", "x")):
        said: dict[str, NamedNode | Literal] = {
            rdf + "type": NamedNode(az + "Claim"),
            rdf + "subject": NamedNode(base + thing),
            rdf + "predicate": NamedNode(az + "population"),
            rdf + "object": Literal("7"),
            az + "standing": NamedNode(az + "Stated"),
            az + "record": Literal(thing),
            prov + "hadPrimarySource": NamedNode(f"{base}source/{source}"),
        }
        if thing == "a":
            said[az + "independentSources"] = Literal(2)
        graph = NamedNode(f"{base}source/{source}")
        quads += [Quad(NamedNode(f"{base}claim/{claim}"), NamedNode(p), o, graph) for p, o in said.items()]
    assert {row[1] for row in asked(Embedded(quads), "single-source", {})} == {base + "b"}


@pytest.mark.parametrize("name", question.names())
def test_answer_carries_its_evidence_or_says_why_not(name: str) -> None:
    """Each row has its status, its source, and the passage, record or rule; what has none of them says so."""
    asks = question.load(name)
    selected = set(re.findall(r"\?([a-z]+)", asks.text.partition(" WHERE ")[0]))
    if {"status", "source"} <= selected:
        assert selected & {"evidence", "start"}
    elif "source" in selected and "record" in selected:
        assert "all of it is stated" in asks.descriptions["en"]
    else:
        assert "has no status" in asks.descriptions["en"]


def test_every_question_has_an_expected_answer() -> None:
    assert set(ANSWERS) == set(question.names())
    assert len(question.names()) >= 20


@pytest.mark.parametrize("name", question.names())
def test_header_is_whole_in_four_languages(name: str) -> None:
    asks = question.load(name)
    assert set(asks.titles) == set(asks.descriptions) == {"ar", "fr", "en", "es"}
    assert all(re.search(r"[\u0600-\u06ff]", text) for text in (asks.titles["ar"], asks.descriptions["ar"]))
    for titles in (asks.titles, *([asks.one] if asks.one else [])):
        assert set(titles) == set(asks.titles)
        assert titles["ar"].endswith("؟")
        assert titles["fr"].endswith("\u00a0?")
        assert titles["en"].endswith("?")
        assert re.fullmatch(r"([\w ]+: )?¿[^?¿]+\?", titles["es"])


@pytest.mark.parametrize("name", question.names())
def test_what_asks_of_all_names_no_one_thing(name: str) -> None:
    asks = question.load(name)
    one = {"ar": r"\bهذ(ا|ه)\b(?! الشبكة)", "fr": r"(?<!-)\b(ce|cet|cette)\b", "en": r"\bthis\b", "es": r"\best[ea]\b"}
    for language, word in one.items():
        assert not re.search(word, asks.titles[language], re.IGNORECASE), language
        if asks.one:
            assert re.search(word, asks.one[language], re.IGNORECASE), language


@pytest.mark.parametrize("name", question.names())
def test_columns_and_parameters_are_named(name: str) -> None:
    asks = question.load(name)
    selected = re.search(r"SELECT (.*?) WHERE", asks.text)
    assert selected
    variables = set(re.findall(r"\?(\w+)\)?(?=\s|$)", re.sub(r"\(.*? AS ", "", selected[1])))
    assert set(asks.parameters) <= variables, "a parameter that is not selected cannot be bound"
    assert variables <= set(columns("ar"))


def test_questions_know_no_region(souss: Knowledge) -> None:
    """Another region replaces the data and keeps the questions."""
    ids = {entity for entity in souss.facts.entities if "-" in entity or len(entity) > 6}
    ids -= {"languages", "programmes", "tourism", "logistics"}
    for name in question.names():
        words = set(re.findall(r"[\w-]+", question.load(name).text))
        assert not words & {*ids, "hcpCode"}


def test_value_may_be_an_id_an_iri_or_a_name_in_any_language(valley: Embedded) -> None:
    expected = asked(valley, "claims", {"entity": "emerald-valley"})
    assert expected
    for value in (valley.base + "emerald-valley", "وادي الزمرد", "Vallée d'Émeraude", "EMERALD VALLEY", "ⴰⵙⵉⴼ"):
        assert asked(valley, "claims", {"entity": value}) == expected


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("اكادير", "agadir"),  # the hamza left out
        ("اڭادير", "agadir"),
        ("أَكَادير", "agadir"),
        ("أكـــادير", "agadir"),
        ("\u200fأكادير\u200e", "agadir"),  # the marks that come along when it is copied from a page
        (" Àgadir ", "agadir"),
        ("BEN_GUERIR", "ben-guerir"),
        ("بنكرير", "ben-guerir"),  # the Arabic kaf for the gaf
        ("إبن  جرير", "ben-guerir"),
        ("«أكادير»", "agadir"),
        ("Agadir.", "agadir"),
        ("BEN-GUERIR", "ben-guerir"),
    ],
)
def test_name_may_be_spelled_as_people_spell_it(store: Embedded, value: str, id: str) -> None:  # noqa: A002
    asks = question.load("in-city")
    assert asks.bind(store, {"city": value}) == {"city": NamedNode(store.base + id)}


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("Vallee d emeraude", "emerald-valley"),
        ("VALLÉE D’ÉMERAUDE", "emerald-valley"),
        ("CAFE-NUMERIQUE", "cafe-numerique"),
        ("cafe numerique", "cafe-numerique"),
    ],
)
def test_what_the_pages_search_finds_may_be_asked(valley: Embedded, value: str, id: str) -> None:  # noqa: A002
    assert question.load("claims").bind(valley, {"entity": value}) == {"entity": NamedNode(valley.base + id)}


def test_suggestion_is_spelled_as_the_dataset_spells_it(valley: Embedded) -> None:
    with pytest.raises(QueryError, match="did you mean “المرسى”"):
        asked(valley, "in-city", {"city": "المَرسىى"})


@pytest.mark.parametrize(
    "value",
    [
        "al-marsa> ?o } } #",
        'x" . ?a ?b ?c . "',
        "\\u003E",
        "'; DROP ALL",
        "<https://example.org/emerald-valley/al-marsa>",
        "",
    ],
)
def test_hostile_value_names_nothing(valley: Embedded, value: str) -> None:
    with pytest.raises(QueryError, match="is no az:City"):
        asked(valley, "in-city", {"city": value})


def test_mistakes_suggest_the_nearest(valley: Embedded) -> None:
    with pytest.raises(QueryError, match="did you mean “partners”"):
        question.load("partner")
    with pytest.raises(QueryError, match="did you mean “city”"):
        asked(valley, "in-city", {"citi": "al-marsa"})
    with pytest.raises(QueryError, match="did you mean “al-marsa”"):
        asked(valley, "in-city", {"city": "al-marssa"})
    with pytest.raises(QueryError, match="needs a value for “entity”"):
        asked(valley, "claims", {})
    with pytest.raises(QueryError, match="one of Ongoing, Planned, Discussed, not “done”"):
        asked(valley, "in-progress", {"status": "done"})


@pytest.mark.parametrize("value", ["barmij", "Barmij", "برمج"])
def test_name_of_something_else_is_said(valley: Embedded, value: str) -> None:
    with pytest.raises(QueryError, match=f"“{value}” is no az:City of this dataset: its class is az:Programme$"):
        asked(valley, "in-city", {"city": value})


def test_one_thing_is_suggested_once(valley: Embedded) -> None:
    """The city is “al-marsa” by its id, “Al Marsa” in English, “El Marsa” in French and “La Marsa” too."""
    with pytest.raises(QueryError) as caught:
        asked(valley, "in-city", {"city": "el marsaa"})
    assert re.findall("“(.*?)”", str(caught.value).partition("did you mean")[2]) == ["El Marsa"]


def test_name_spelled_so_is_before_those_alike(region: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", "Fondation Manara", "EL MARSA")
    store = Embedded(load(region / "data", ONTOLOGY).quads())
    assert meant.entity("El Marsa", store).value == f"{store.base}al-marsa"
    assert meant.entity(" EL MARSA", store).value == f"{store.base}manara-foundation"
    with pytest.raises(QueryError, match="names several: al-marsa, manara-foundation"):
        meant.entity("el marsa", store)
    with pytest.raises(QueryError, match=r"its class is az:City, az:Partner$"):
        meant.entity("el marsa", store, "az:Programme")


def test_name_of_several_asks_which(region: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", "Fondation Manara", "El Marsa")
    store = Embedded(load(region / "data", ONTOLOGY).quads())
    with pytest.raises(QueryError, match="names several: al-marsa, manara-foundation"):
        asked(store, "claims", {"entity": "El Marsa"})


def test_path_of_a_question_is_not_followed() -> None:
    with pytest.raises(QueryError, match="no question is called"):
        question.load("../questions/partners")


def test_header_is_the_yaml_of_grlc() -> None:
    asks = question.parse(
        "x",
        "#+ title: {ar: ا, fr: a, en: a}\n#+ description: {ar: ا, fr: a, en: a}\n#+ one: {fr: b}\n"
        "#+ parameters:\n#+   n: {type: xsd:integer, default: 3}\nSELECT ?n { }\n",
    )
    assert asks.text == "SELECT ?n { }\n"
    assert asks.one == {"fr": "b"}
    assert asks.parameters["n"].default == "3"
    with pytest.raises(ValueError, match="the header is not YAML"):
        question.parse("x", "#+ title: [\nSELECT ?n { }")

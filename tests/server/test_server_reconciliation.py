"""The reconciliation service, asked as OpenRefine does, and held to the shapes of its specification (version 0.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from .conftest import Served, running

REGION = Path(__file__).parents[1] / "regions" / "emerald-valley"
TEXT = {"type": "string"}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
PLACE = {"type": "object", "required": ["service_url", "service_path"]}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "defaultTypes": {"type": "array", "items": NAMED},
        "view": {"type": "object", "required": ["url"], "properties": {"url": {"pattern": r"\{\{id\}\}"}}},
        "preview": {"type": "object", "required": ["url", "width", "height"]},
        "suggest": {"type": "object", "additionalProperties": PLACE},
        "extend": {"type": "object", "properties": {"propose_properties": PLACE}},
    },
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": NAMED},
        "features": {"type": "array", "items": {"type": "object", "required": ["id", "value"]}},
    },
}
BATCH = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}


@pytest.fixture(scope="module")
def valley(emerald_home: Path) -> Iterator[Served]:
    with running(emerald_home / "dist") as server:
        yield server


def asked(server: Served, language: str = "en", **queries: dict[str, Any]) -> dict[str, Any]:
    form = urlencode({"queries": json.dumps(queries)}).encode()
    headers = {"content-type": "application/x-www-form-urlencoded", "accept-language": language}
    reply = server.fetch("/reconcile", "POST", form, **headers)
    assert reply.status == 200, reply.text
    found = json.loads(reply.body)
    jsonschema.validate(found, BATCH)
    return {key: each["result"] for key, each in found.items()}


def got(server: Served, path: str, **headers: str) -> Any:
    reply = server.fetch(path, **headers)
    assert reply.status == 200, reply.text
    return json.loads(reply.body)


def test_it_says_what_it_is(valley: Served) -> None:
    manifest = got(valley, "/reconcile")
    jsonschema.validate(manifest, MANIFEST)
    assert manifest["identifierSpace"] == "https://example.org/emerald-valley/"


@pytest.mark.parametrize("name", ["المرسى", "المرسي", "La Marsa", "AL-MARSA", "marsa"])
def test_a_name_in_any_language_and_spelling_is_matched(valley: Served, name: str) -> None:
    (first, *_) = asked(valley, q={"query": name})["q"]
    assert (first["id"], first["score"], first["match"]) == ("al-marsa", 100, True)
    assert [each["id"] for each in first["type"]] == ["City"]


def test_a_slip_is_a_candidate_and_no_match_and_its_score_says_why(valley: Served) -> None:
    (first, *_) = asked(valley, q={"query": "Al Mersa"})["q"]
    assert first["id"] == "al-marsa"
    assert first["match"] is False
    assert 80 < first["score"] < 100
    assert first["features"][0] == {"id": "name", "name": "Al Marsa", "value": first["score"]}
    assert asked(valley, q={"query": "Reykjavík"})["q"] == []


def test_type_and_properties_tell_things_apart(valley: Served) -> None:
    found = asked(
        valley,
        other={"query": "Al Marsa", "type": "Person"},
        right={"query": "Al Marsa", "type": "City", "properties": [{"pid": "containedIn", "v": "Vallée d'Émeraude"}]},
        wrong={"query": "Al Marsa", "properties": [{"pid": "containedIn", "v": {"id": "barmij"}}]},
    )
    assert found["other"] == []
    assert found["right"][0]["match"] is True
    assert (found["wrong"][0]["match"], found["wrong"][0]["score"]) == (False, 70)


def test_what_only_a_rule_tells_of_a_thing_counts_for_it(valley: Served) -> None:
    of_region = {"query": "Café Numérique", "properties": [{"pid": "locatedIn", "v": "وادي الزمرد"}]}
    (first, *_) = asked(valley, q=of_region)["q"]
    assert (first["id"], first["match"], first["score"]) == ("cafe-numerique", True, 100)
    extension = json.dumps({"ids": ["cafe-numerique"], "properties": [{"id": "locatedIn"}]})
    rows = got(valley, f"/reconcile?{urlencode({'extend': extension})}", accept_language="fr")["rows"]
    assert rows["cafe-numerique"] == {"locatedIn": [{"id": "al-marsa", "name": "El Marsa"}]}, "columns have sources"


def test_names_are_in_the_language_asked_for(valley: Served) -> None:
    assert asked(valley, "ar", q={"query": "La Marsa"})["q"][0]["name"] == "المرسى"
    manifest = got(valley, "/reconcile/fr")  # by a program, which sends no language
    jsonschema.validate(manifest, MANIFEST)
    assert manifest["name"] == "Vallée d'Émeraude (région imaginaire)"
    queries = urlencode({"queries": json.dumps({"q": {"query": "المرسى"}})})
    assert got(valley, f"/reconcile/fr?{queries}")["q"]["result"][0]["name"] == "El Marsa"
    path = manifest["suggest"]["property"]["service_path"]
    assert got(valley, f"{path}?prefix=popul")["result"] == [{"id": "population", "name": "population"}]
    extension = json.dumps({"ids": [], "properties": [{"id": "containedIn/source"}]})
    (heading,) = got(valley, f"/reconcile/fr?{urlencode({'extend': extension})}")["meta"]
    assert heading["name"] == "compris dans (source)"
    assert valley.fetch("/reconcile/de").status == 404


def test_suggestions_as_somebody_types(valley: Served) -> None:
    first, *_ = got(valley, "/reconcile/suggest/entity?prefix=mars", accept_language="fr")["result"]
    assert (first["id"], first["notable"][0]["id"]) == ("al-marsa", "City")
    assert "City" in [each["id"] for each in got(valley, "/reconcile/suggest/type?prefix=cit")["result"]]
    found = got(valley, "/reconcile/suggest/property?prefix=popul")["result"]
    assert [each["id"] for each in found] == ["population"]


def test_a_table_grows_by_properties_and_their_sources(valley: Served) -> None:
    proposed = got(valley, "/reconcile/properties?type=City")["properties"]
    assert {"population", "population/source", "containedIn"} <= {each["id"] for each in proposed}
    wanted = [{"id": name} for name in ("population", "population/source", "containedIn", "wgs:lat")]
    extension = json.dumps({"ids": ["al-marsa", "nobody"], "properties": wanted})
    rows = got(valley, f"/reconcile?{urlencode({'extend': extension})}", accept_language="en")["rows"]
    assert rows["al-marsa"] == {
        "population": [{"int": 41250}],
        "population/source": [{"id": "source/gazetteer", "name": "Gazetteer of invented places"}],
        "containedIn": [{"id": "emerald-valley", "name": "Emerald Valley"}],
        "wgs:lat": [{"float": 30.5}],
    }
    assert rows["nobody"] == {"population": [], "population/source": [], "containedIn": [], "wgs:lat": []}


def test_a_preview_is_a_card_that_a_program_may_frame_and_leads_to_the_page(valley: Served) -> None:
    reply = valley.fetch("/reconcile/fr/preview?id=al-marsa")
    assert reply.headers["content-security-policy"].endswith("frame-ancestors *")
    assert "<title>El Marsa · " in reply.text
    assert reply.text.index("Vallée d&#39;Émeraude</a>") < reply.text.index("41250"), "things before numbers"
    reply = valley.fetch("/reconcile/fr/view?id=al-marsa")
    assert (reply.status, reply.headers["location"]) == (302, "/emerald-valley/al-marsa.html?lang=fr")
    assert valley.fetch("/reconcile/view?id=source/bulletin").status == 302, "sources are values of a column"
    for place in ("preview", "view"):
        assert valley.fetch(f"/reconcile/{place}?id=../../etc").status == 404


@pytest.mark.parametrize(
    "form",
    [
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q": 3}'},
        {"queries": '{"q": {"query": ["x"]}}'},
        {"queries": '{"q": {"query": "x", "limit": "many"}}'},
        {"queries": '{"q": {"query": "x", "type": "no:such"}}'},
        {"queries": '{"q": {"query": "x", "type": "a> <b"}}'},
        {"queries": "[" * 100_000},
        {"queries": json.dumps({f"q{n}": {"query": "x"} for n in range(1000)})},
        {"queries": '{"q": {"query": "x", "type": 5}}'},
        {"queries": '{"q": {"query": "x", "properties": 5}}'},
        {"queries": json.dumps({"q": {"query": "x", "properties": [{"pid": "p", "v": "x"}] * 101}})},
        {"queries": '{"\\ud800": {"query": "Al Marsa"}}'},
        {"queries": '{"q": {"query": "Al Marsa", "properties": [{"pid": "\\ud800"}]}}'},
        {"queries": json.dumps({"\x1b[31m" + "k" * 1000: {"query": 5}})},
        {"extend": '{"ids": ["\\ud800"], "properties": []}'},
        {"extend": json.dumps({"ids": ["al-marsa"], "properties": [{"id": f"p{n}"} for n in range(101)]})},
        {"extend": '{"ids": 3}'},
        {"extend": '{"ids": [], "properties": ["x"]}'},
        {"extend": json.dumps({"ids": ["x"] * 5000, "properties": []})},
    ],
    ids=lambda form: str(form)[:40],
)
def test_what_is_none_of_the_protocol_is_refused_in_words(valley: Served, form: dict[str, str]) -> None:
    data = urlencode(form).encode()
    reply = valley.fetch("/reconcile", "POST", data, content_type="application/x-www-form-urlencoded")
    assert reply.status == 400
    assert len(reply.text) < 300
    assert reply.text.strip().isprintable()


@pytest.mark.parametrize("name", ["", " ", "\x00", "؟", "x" * 100_000, '"} UNION {', "‮"])
def test_any_name_gets_an_answer(valley: Served, name: str) -> None:
    assert asked(valley, q={"query": name, "properties": [{"pid": '> "', "v": name[:50]}]})["q"] == []

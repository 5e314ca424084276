"""Each cue, each word that changes what a cue says, and each trigger, on sentences that we made up."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.model import ontology
from graph.model.records import Entity, Facts, Info
from graph.reading import language
from graph.reading.reader import TextReader

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
MODEL = ontology.load(ONTOLOGY)
LANGUAGES = {tag: language.load(tag, ONTOLOGY, MODEL) for tag in ("ar", "fr")}


@pytest.fixture(scope="module")
def reader() -> TextReader:
    entities = {
        id_: Entity(id_, (kind,), {"fr": french, "ar": arabic}, {}, frozenset(), 0)
        for id_, (kind, french, arabic) in CASES["names"].items()
    }
    about = Info("dunes", "https://example.org/", "1", ("ar", "fr"), "", "", {}, {})
    return TextReader(Facts(about, {}, entities, ()), MODEL)


def claims(reader: TextReader, text: str, tag: str, cue: str = "") -> set[str]:
    found = reader.read("s", text, LANGUAGES[tag])
    names = ("subject", "property", "object", "status")
    return {" ".join(each.cells[n] for n in names) for each in found if each.kind == "claim" and cue in ("", each.cue)}


@pytest.mark.parametrize(("cue", "case"), CASES["cases"].items())
def test_cue(reader, cue, case):
    text, *expected = case
    assert claims(reader, text, cue[:2], cue) == set(expected)


def test_every_cue_has_its_case():
    assert [cue.key for each in LANGUAGES.values() for cue in each.cues if cue.key not in CASES["cases"]] == []


@pytest.mark.parametrize(("tag", "text", "expected"), [(a, b, c) for a, b, *c in CASES["moods"].values()])
def test_words_around_a_cue(reader, tag, text, expected):
    assert claims(reader, text, tag) == set(expected)


@pytest.mark.parametrize(("tag", "text", "expected"), [(a, b, c) for a, b, *c in CASES["new"].values()])
def test_new_names(reader, tag, text, expected):
    found = [each for each in reader.read("s", text, LANGUAGES[tag]) if each.kind == "entity"]
    assert [part for each in found for part in (each.words, each.cells["class"])] == expected

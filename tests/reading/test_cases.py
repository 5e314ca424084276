"""Each cue, each word that changes what a cue says, and each trigger, on sentences that we made up."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.model import ontology
from graph.model.records import Claim, Entity, Facts, Info
from graph.reading import language
from graph.reading.reader import TextReader

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
_UNNAMED = re.compile("(funding|agreement|trainingcentre)-[0-9a-f]{8}")
MODEL = ontology.load(ONTOLOGY)
LANGUAGES = {tag: language.load(tag, ONTOLOGY, MODEL) for tag in ("ar", "fr")}


@pytest.fixture(scope="module")
def reader() -> TextReader:
    entities = {
        id_: Entity(id_, (kind,), {"fr": french, "ar": arabic}, {"fr": tuple(other)}, frozenset(), 0)
        for id_, (kind, french, arabic, *other) in CASES["names"].items()
    }
    about = Info("dunes", "https://example.org/", "1", ("ar", "fr"), "", "", {}, {})
    tie = Claim("wad-authority", "authorityOf", "wad", "", False, "stated", "elsewhere", (), "", 0, id="tie")
    return TextReader(Facts(about, {}, entities, (tie,)), MODEL)


def claims(reader: TextReader, text: str, tag: str, cue: str = "") -> set[str]:
    found = reader.read("s", text, LANGUAGES[tag])
    names = ("subject", "property", "object", "status")
    told = [each for each in found if each.kind == "claim" and cue in ("", each.cue)]
    return {" ".join(_UNNAMED.sub(_called, each.cells[n]) for n in names) for each in told}


def _called(match: re.Match[str]) -> str:
    return "sum" if match[1] == "funding" else match[1]


@pytest.mark.parametrize(("cue", "case"), CASES["cases"].items())
def test_cue(reader, cue, case):
    text, *expected = case
    assert claims(reader, text, cue[:2], cue) == set(expected)


def test_every_cue_has_its_case():
    assert [cue.key for each in LANGUAGES.values() for cue in each.cues if cue.key not in CASES["cases"]] == []


@pytest.mark.parametrize(("tag", "text", "expected"), [(a, b, c) for a, b, *c in CASES["moods"].values()])
def test_words_around_a_cue(reader, tag, text, expected):
    assert claims(reader, text, tag) == set(expected)


@pytest.mark.parametrize(("tag", "text", "expected"), [(a, b, c) for a, b, *c in CASES["anaphors"].values()])
def test_what_refers_back_is_traced_to_the_words_that_name_it(reader, tag, text, expected):
    found = [each for each in reader.read("s", text, LANGUAGES[tag]) if each.kind == "claim"]
    assert claims(reader, text, tag) == set(expected[:1])
    at = {each.cells.get("subject_at", "") + each.cells.get("object_at", "") for each in found}
    assert [text[slice(*map(int, each.split("-")))] for each in at] == expected[1:]


@pytest.mark.parametrize(("tag", "text", "expected"), [(a, b, c) for a, b, *c in CASES["periods"].values()])
def test_when_a_claim_holds(reader, tag, text, expected):
    (cells,) = [each.cells for each in reader.read("s", text, LANGUAGES[tag]) if each.kind == "claim"]
    spans = [slice(*map(int, part.split("-"))) for part in cells["period_at"].split("|") if part]
    assert [cells.get("from", ""), cells.get("until", ""), "|".join(text[span] for span in spans)] == expected


@pytest.mark.parametrize(("tag", "text", "expected"), [(a, b, c) for a, b, *c in CASES["new"].values()])
def test_new_names(reader, tag, text, expected):
    found = [each for each in reader.read("s", text, LANGUAGES[tag]) if each.kind == "entity"]
    assert [part for each in found for part in (each.words, each.cells["class"])] == expected


def test_name_that_lost_its_article_to_a_preposition_is_written_with_it(reader):
    text = "وصلت رسالة للمركز الجهوي للماء أمس."
    found = [each for each in reader.read("s", text, LANGUAGES["ar"]) if each.kind == "entity"]
    assert [each.cells["label_ar"] for each in found] == ["المركز الجهوي للماء"]


def test_an_office_that_one_holds_is_not_given_to_who_is_named_next(reader):
    text = "حضر رئيس مجلس الكثبان وليد البحري، أمل الرامي المديرة العامة لفيغا."
    assert "amal presidentOf council stated" not in claims(reader, text, "ar")


def test_place_in_a_new_name_is_no_mention(reader):
    found = reader.read("s", "Elle étudie à l'Université Neuve de Tamda.", LANGUAGES["fr"])
    assert [each.words for each in found if each.kind == "mention"] == ["Université Neuve de Tamda"]


@pytest.mark.parametrize(
    ("tag", "text"), [("fr", "On a vu Mme Emal Ramy, hier."), ("ar", "حضرت السيدة أمال الرامي، أمس.")]
)
def test_person_whose_name_is_spelt_almost_as_a_known_one_may_be_that_one(reader, tag, text):
    assert [each.candidates for each in reader.read("s", text, LANGUAGES[tag]) if each.kind == "mention"] == ["amal"]


def told(prop: str, thing: str, id_: str) -> Claim:
    return Claim("tamda", prop, thing, "", False, "stated", "elsewhere", (), "", 0, id=id_)


@pytest.fixture
def about_tamda():
    """Give a reader that knows how many people live in Tamda, as one source says."""
    entities = {
        id_: Entity(id_, (kind,), {"fr": french}, {}, frozenset(), 0)
        for id_, (kind, french, *_) in CASES["names"].items()
    }
    about = Info("dunes", "https://example.org/", "1", ("fr",), "", "", {}, {})
    return TextReader(Facts(about, {}, entities, (told("population", "12500", "one"),)), MODEL)


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("Tamda compte 12.500 habitants.", "one"),  # the same again
        ("Tamda compte 13 mille habitants.", "one"),  # another value of what has but one
        ("Tamda aura bientôt 13 mille habitants.", ""),  # a plan contradicts nothing
        ("Ville-Zohra compte 12.500 habitants.", ""),
    ],
)
def test_known_claim_that_is_repeated_or_contradicted_is_named(about_tamda, text, against):
    found = about_tamda.read("s", text, LANGUAGES["fr"])
    assert [each.against for each in found if each.kind == "claim"] == [against]


def test_text_read_again_gives_no_claim_that_its_source_has(about_tamda):
    text = "Tamda compte 12.500 habitants."
    again, other = (about_tamda.read(source, text, LANGUAGES["fr"]) for source in ("elsewhere", "s"))
    assert [[each.kind for each in found if each.kind == "claim"] for found in (again, other)] == [[], ["claim"]]


def test_file_of_cues_that_names_what_is_not_there_is_refused_cue_by_cue(tmp_path):
    (tmp_path / "reading").mkdir()
    cue = '[[cue]]\nkey = "x"\nproperty = "flies"\nphrases = ["vole"]\norder = "SVO"\n'
    cue += 'status = "sure"\nsubjects = ["Bird"]\n'
    (tmp_path / "reading" / "fr.toml").write_text(f'[triggers]\nNest = ["nid"]\n{cue}', encoding="utf-8")
    with pytest.raises(DataError) as raised:
        language.load("fr", tmp_path, MODEL)
    said = str(raised.value)
    for wrong in ("flies", "SVO", "sure", "Bird", "Nest"):
        assert f'"{wrong}"' in said


def test_new_cue_needs_no_code(reader, tmp_path):
    (tmp_path / "reading").mkdir()
    cue = '[[cue]]\nkey = "fr.loves"\nproperty = "supports"\nphrases = ["aime {le}"]\norder = "SCO"\n'
    (tmp_path / "reading" / "fr.toml").write_text(f'[forms]\nle = ["le", "l\'"]\n{cue}', encoding="utf-8")
    found = reader.read("s", "Amal Rami aime l'École Étoile.", language.load("fr", tmp_path, MODEL))
    assert [each.cells["property"] for each in found if each.kind == "claim"] == ["supports"]

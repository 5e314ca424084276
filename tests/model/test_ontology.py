"""The ontology is what the code knows of the model: classes, edges, ranges and rules come from its files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    monkeypatch.chdir(tmp_path)
    return Path("ontology")


def problems(folder):
    with pytest.raises(DataError) as caught:
        ontology.load(folder)
    return str(caught.value)


def test_a_technopark_is_a_centre_and_a_thing_but_no_place():
    assert MODEL.ancestors("Technopark") == {"Technopark", "Centre", "Agent", "Entity"}


def test_properties_say_where_they_lead():
    located, population, same = (MODEL.properties[name] for name in ("locatedIn", "population", "schema:sameAs"))
    assert (located.range, located.datatypes, located.foreign, located.edge) == (("Place", "Centre"), (), False, True)
    assert (population.datatypes, population.foreign, population.edge) == (("xsd:integer",), False, False)
    assert (same.datatypes, same.foreign) == ((), True)
    assert MODEL.properties["partOf"].inverse == "hasPart"


def test_statuses_are_the_four_of_the_contract():
    assert list(MODEL.statuses) == ["Stated", "Ongoing", "Planned", "Discussed"]


@pytest.mark.parametrize("kind", ["classes", "properties"])
def test_everything_is_named_and_explained_in_four_languages(kind):
    for name, term in getattr(MODEL, kind).items():
        assert set(term.labels) == set(term.comments) == {"ar", "fr", "en", "es"}, name
        assert all([*term.labels.values(), *term.comments.values()]), name


def test_names_that_wait_for_a_native_reader_say_so():
    lines = (ONTOLOGY / "ecosystem.ttl").read_text(encoding="utf-8").splitlines()
    marks = [line for line in lines if "review" in line]
    assert all(re.search(r'"[^"]+"@es [;.]  # @es to be reviewed$', line) for line in marks)
    assert len(marks) == 9


def test_a_class_added_to_the_file_is_known(folder):
    path = folder / "ecosystem.ttl"
    path.write_text(path.read_text("utf-8") + "az:Hub a owl:Class ; rdfs:subClassOf az:Centre .\n", encoding="utf-8")
    assert ontology.load(folder).ancestors("Hub") == {"Hub", "Centre", "Agent", "Entity"}


def test_missing_ontology_is_named(folder):
    (folder / "ecosystem.ttl").unlink()
    assert problems(folder) == "ontology/ecosystem.ttl: no such file"


def test_broken_turtle_is_placed(folder):
    (folder / "ecosystem.ttl").write_text("@prefix az: <https://example.org/> .\n\naz:Hub a az: Thing .\n", "utf-8")
    assert problems(folder).startswith("ontology/ecosystem.ttl:3: not valid Turtle: ")


def test_blank_node_is_refused(folder):
    path = folder / "ecosystem.ttl"
    path.write_text(path.read_text("utf-8") + "az:Hub rdfs:subClassOf [ a owl:Restriction ] .\n", encoding="utf-8")
    assert problems(folder).startswith("ontology/ecosystem.ttl: a blank node at ")


def test_rule_that_is_not_utf_8_is_named(folder):
    (folder / "rules" / "old.rq").write_bytes(b"#+ title:\n#+   fr: R\xe8gle\n")
    assert problems(folder) == "ontology/rules/old.rq: not UTF-8"


def test_rule_whose_header_cannot_be_read_is_named(folder):
    (folder / "rules" / "old.rq").write_text("#+ title: [\nCONSTRUCT {}\n", encoding="utf-8")
    assert problems(folder).startswith("ontology/rules/old.rq: the header is not YAML: ")


@pytest.mark.parametrize("language", ["ar", "fr", "en", "es"])
def test_the_general_model_names_no_country_s_divisions_or_codes(language):
    own = {"ar": r"عمال[ةا]|المندوبية", "fr": r"préfecture|HCP", "en": r"prefecture|HCP", "es": r"prefectura|HCP"}
    terms = (*MODEL.classes.values(), *MODEL.properties.values())
    texts = [text for term in terms for text in (term.labels.get(language), term.comments.get(language)) if text]
    texts += [rule.labels[language] for rule in MODEL.rules]
    assert len(texts) > 100
    assert [text for text in texts if re.search(own[language], text)] == []

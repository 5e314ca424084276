"""A new dataset of a region begins with its places, as the reference tables have them, and nothing is fetched."""

from __future__ import annotations

import csv
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from programs import ROOT, run

from graph.curation import reference
from graph.errors import QueryError

pytestmark = pytest.mark.processes

BASE = "https://data.example.org/draa/"


def init(place: Path, region: str, *languages: str):
    tags = [word for tag in languages for word in ("--language", tag)]
    return run(place, "init", "new", "--region", region, "--base", BASE, *tags)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "data" / table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_region_begins_with_its_places_each_with_its_source(tmp_path: Path) -> None:
    done = init(tmp_path, "Drâa-Tafilalet", "ar", "fr")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "new"
    places = {row["id"]: row for row in rows(folder, "entities.csv")}
    assert len([row for row in places.values() if row["class"] == "Province"]) == 5
    assert len([row for row in places.values() if row["class"] == "City"]) == 125
    assert places["zagora-province"]["label_ar"] == "إقليم زاكورة"
    assert places["zagora-province"]["label_fr"] == "province de Zagora"
    told = {(row["subject"], row["property"]): row for row in rows(folder, "claims.csv")}
    assert [
        (told["zagora-province", prop]["object"], told["zagora-province", prop]["source"])
        for prop in ("containedIn", "hcpCode", "population", "isoCode", "wgs:lat", "wgs:long")
    ] == [
        ("draa-tafilalet", "hcp-2024"),
        ("08.587", "hcp-2024"),
        ("285545", "hcp-2024"),
        ("MA-ZAG", "iso3166-2"),
        ("30.3033", "iso3166-2"),
        ("-5.7811", "iso3166-2"),
    ]
    assert told["draa-tafilalet", "containedIn"]["object"] == "morocco"
    assert {row["id"]: bool(row["licence"]) for row in rows(folder, "sources.csv")} == {
        "geonames": True,
        "hcp-2024": True,
        "iso3166-2": True,
    }
    about = tomllib.loads((folder / "data" / "dataset.toml").read_text(encoding="utf-8"))
    assert about["title"] == {"ar": "درعة تافيلالت", "fr": "Drâa-Tafilalet"}
    assert about["focus"] == "draa-tafilalet"
    checked = run(folder, "check", "--strict", "--lang", "en")
    assert checked.returncode == 0, checked.stderr
    assert checked.stderr == ""  # every table in the form that `format` gives it
    asked = run(folder, "question", "places", "--lang", "fr", "--format", "csv")
    assert "province de Zagora" in asked.stdout
    assert "285545" in asked.stdout


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("09", "souss-massa"),
        ("MA-09", "souss-massa"),
        ("سوس-ماسة", "souss-massa"),
        ("souss massa", "souss-massa"),
        ("L'Oriental", "oriental"),
        ("fes-meknes", "fes-meknes"),
        ("Fez-Meknes", "fes-meknes"),
        ("الدار البيضاء سطات", "casablanca-settat"),
    ],
)
def test_a_region_is_found_by_name_or_code(word: str, id_: str) -> None:
    assert reference.region(word).id == id_


def test_an_unknown_region_is_told_what_may_be_meant_and_nothing_is_written(tmp_path: Path) -> None:
    done = init(tmp_path, "Marakech-Safi", "fr")
    assert done.returncode == 2
    assert 'no region is called "Marakech-Safi"; did you mean "marrakech-safi"' in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_province_is_no_region() -> None:
    with pytest.raises(QueryError, match='no region is called "Zagora"'):
        reference.region("Zagora")


def test_a_language_without_names_borrows_those_in_its_script_and_says_so(tmp_path: Path) -> None:
    assert init(tmp_path, "12", "es", "zgh").returncode == 0
    named = {row["id"]: row for row in rows(tmp_path / "new", "entities.csv")}
    row = named["aousserd-province"]
    assert (row["label_es"], row["translated"]) == ("province d’Aousserd", "es|zgh")
    assert (named["morocco"]["label_zgh"], named["morocco"]["translated"]) == ("ⵍⵎⵖⵔⵉⴱ", "es")
    assert run(tmp_path / "new", "check", "--strict").returncode == 0


def test_a_language_that_we_do_not_speak_borrows_what_europe_reads(tmp_path: Path) -> None:
    assert init(tmp_path, "12", "de").returncode == 0
    named = {row["id"]: row["label_de"] for row in rows(tmp_path / "new", "entities.csv")}
    assert named["dakhla-oued-ed-dahab"] == "Dakhla-Oued Ed-Dahab"
    terms = (tmp_path / "new/data/ontology.ttl").read_text(encoding="utf-8")
    assert 'rdfs:label "HCP code"@de .  # to be translated' in terms


def test_contributing_walks_to_a_first_accepted_article(tmp_path: Path) -> None:
    """By its own words: the text is saved, and each command is typed."""
    document = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = document.partition("### From `init` to")[2].partition("\n### ")[0]
    (text,) = re.findall(r"^> (.+)$", section, re.MULTILINE)
    (tmp_path / "article.txt").write_text(f"{text}\n", encoding="utf-8", newline="")
    folder, answers = tmp_path, list[str]()
    for line in section.partition("```sh\n")[2].partition("```")[0].splitlines():
        program, *words = shlex.split(line)
        if program == "cd":
            folder /= words[0]
            continue
        done = run(folder, *words)
        assert done.returncode == 0, (line, done.stderr)
        answers.append(done.stdout)
    claims = (folder / "dist" / "claims.csv").read_text(encoding="utf-8")
    assert [line for line in claims.splitlines() if "Fondation Al Amal" in line and "Programme Horizon" in line]
    assert answers[-1].startswith("4 sources, ")

"""Several datasets as one: what they share is one thing, and what they tell differently is said with both lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checkout import DATA
from programs import run, told

pytestmark = pytest.mark.processes

BASE = "https://data.example.org/draa/"


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """A dataset of another region that was just begun."""
    place = tmp_path_factory.mktemp("begun")
    tags = ("--language", "ar", "--language", "fr", "--language", "en")
    done = run(place, "init", "draa", "--region", "08", "--base", BASE, *tags)
    assert done.returncode == 0, done.stderr
    return place / "draa"


@pytest.fixture
def two(begun: Path, tmp_path: Path) -> Path:
    """The folder of two datasets: Souss-Massa's, and that of the other region."""
    shutil.copytree(DATA, tmp_path / "souss")
    shutil.copytree(begun, tmp_path / "draa")
    return tmp_path


def build(folder: Path, *more: str):
    return run(folder, "build", "--data", "souss", "--data", "draa/data", "--out", "national", *more)


def edit(file: Path, old: str, new: str) -> int:
    """Put a text in the place of another, and give its line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")
    return text[: text.index(old)].count("\n") + 1 + old.startswith("\n")


@pytest.fixture(scope="module")
def united(begun: Path, tmp_path_factory) -> Path:
    """The same folder with the two built as one, for tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("united")
    shutil.copytree(DATA, folder / "souss")
    shutil.copytree(begun, folder / "draa")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_two_datasets_are_built_as_one_and_asked(united: Path) -> None:
    asked = ["query", "SELECT ?r { ?r a az:Region ; az:containedIn :morocco } ORDER BY ?r", "--out", "national"]
    regions = [line.rpartition("/")[2] for line in told(united, *asked)]
    assert {"draa-tafilalet", "souss-massa"} <= {*regions}
    assert regions.count("souss-massa") == 1
    morocco = told(united, "query", "SELECT ?c { ?c a az:Country }", "--out", "national")
    assert morocco == ["https://w3id.org/azetta/souss-massa/morocco"]  # one thing, named by the first
    sources = told(united, "query", "SELECT DISTINCT ?s { ?s a dcat:Dataset ; dcterms:title ?t }", "--out", "national")
    assert [line.rpartition("/")[2] for line in sources].count("hcp-2024") == 1


def test_its_bytes_are_the_same_wherever_it_is_built(united: Path, two: Path) -> None:
    shutil.move(two / "souss", two / "elsewhere")
    done = run(two, "build", "--data", "elsewhere", "--data", "draa/data", "--out", "national")
    assert done.returncode == 0, done.stderr
    assert (two / "national" / "souss-massa.nq").read_bytes() == (united / "national" / "souss-massa.nq").read_bytes()


def test_one_id_with_two_labels_or_classes_is_said_with_both_lines(two: Path) -> None:
    theirs = two / "draa/data/entities.csv"
    line = edit(theirs, "\nmorocco,Country,المغرب,Maroc,", "\nmorocco,Region,المغرب,Royaume,")
    ours = (two / "souss/entities.csv").read_text(encoding="utf-8").split("\n")
    first = next(number for number, row in enumerate(ours, 1) if row.startswith("morocco,"))
    done = build(two)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f'draa/data/entities.csv:{line}: "morocco" has "{other}" in column {column}, and "{known}" in '
        f"souss/entities.csv, line {first}: make the two alike"
        for column, other, known in (("class", "Region", "Country"), ("label_fr", "Royaume", "Maroc"))
    ]
    assert not (two / "national").exists()


def test_one_thing_with_two_values_of_what_it_has_but_one_is_said_with_both_lines(two: Path) -> None:
    with (two / "draa/data/claims.csv").open("a", encoding="utf-8") as stream:
        stream.write("agadir,population,5,stated,hcp-2024,,,09.001.01.01,,,,,\n")
    with (two / "draa/data/entities.csv").open("a", encoding="utf-8") as stream:
        stream.write("agadir,City,أكادير,Agadir,Agadir,,,,,,,\n")
    ours = (two / "souss/claims.csv").read_text(encoding="utf-8").split("\n")
    first = next(number for number, row in enumerate(ours, 1) if row.startswith("agadir,population,"))
    last = (two / "draa/data/claims.csv").read_text(encoding="utf-8").count("\n")
    done = run(two, "check", "--data", "souss", "--data", "draa/data", "--lang", "en")
    assert done.returncode == 1
    (clash,) = [line for line in done.stderr.splitlines() if "agadir population 5" in line]
    assert clash.startswith(f"draa/data/claims.csv:{last}: ")
    assert f"the same source says 504768 on line {first} (souss/claims.csv)" in clash


def test_what_is_wrong_in_one_of_them_is_told_in_its_own_file(two: Path) -> None:
    line = edit(two / "draa/data/claims.csv", "zagora-province,isoCode,MA-ZAG", "zagora-province,isoCod,MA-ZAG")
    done = run(two, "check", "--data", "souss", "--data", "draa/data", "--lang", "en")
    assert done.returncode == 1
    assert (
        f'draa/data/claims.csv:{line}: unknown property "isoCod" in column property; did you mean "isoCode"?'
        in done.stderr
    )


def test_a_term_that_is_described_in_two_ways_is_said(two: Path) -> None:
    edit(two / "draa/data/ontology.ttl", '"HCP code"@en', '"census code"@en')
    done = build(two)
    assert done.returncode == 1
    assert "draa/data/ontology.ttl: <https://w3id.org/azetta/morocco#hcpCode> is described otherwise in " in done.stderr


def test_decisions_on_claims_hold_in_the_union(two: Path) -> None:
    """The id of a claim has the base of its dataset in it, and the union has one base."""
    (claim,) = told(
        two / "draa",
        "query",
        "SELECT ?c { ?c rdf:subject :zagora-province ; rdf:predicate az:isoCode }",
    )
    with (two / "draa/data/decisions.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"withdraw,claim/{claim.rpartition('/')[2]},,,a wrong code,curator,2026-11-26\n")
    assert build(two).returncode == 0
    code = told(two, "query", "SELECT ?code { :zagora-province az:isoCode ?code }", "--out", "national")
    assert code == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--data", "souss", "--data", "draa/data"], "several --data: say with --out"),
        (["build", "--data", "souss", "--data", "./souss", "--out", "x"], "the folder souss is given twice"),
    ],
)
def test_what_makes_no_sense_is_a_misuse(two: Path, arguments: list[str], said: str) -> None:
    done = run(two, *arguments)
    assert done.returncode == 2
    assert said in done.stderr

"""Commands of QuickStatements, written by hand here as its users would write them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.export import writers
from graph.model.formats import FORMATS
from graph.pipeline import load

SAME = "{},schema:sameAs,http://www.wikidata.org/entity/{},stated,{},,,{},,,,,\n"
COUNTED = ",41250,stated,gazetteer,,,place/2,,,,"


def written(region: Path, period: str) -> list[str]:
    """Give the commands, of a population that was counted in a period."""
    claims = region / "data" / "claims.csv"
    sources = region / "data" / "sources.csv"
    sources.write_text(
        sources.read_text(encoding="utf-8")
        + "ids,dcat:Dataset,معرفات,Identifiants,Identifiers,,2031,https://example.org/ids,,,,,,\n",
        encoding="utf-8",
    )
    claims.write_text(
        claims.read_text(encoding="utf-8").replace(f"{COUNTED},", COUNTED + period)
        + SAME.format("al-marsa", "Q11", "ids", "Q11")
        + SAME.format("emerald-valley", "Q22", "ids", "Q22")
        + "emerald-valley,population,7,stated,ids,,,Q22,,,,,\n",
        encoding="utf-8",
    )
    stream = io.BytesIO()
    writers.write(load(region / "data", ONTOLOGY), FORMATS["quickstatements"], stream)
    return stream.getvalue().decode().splitlines()


def test_a_number_a_place_and_a_point_each_with_its_reference(region: Path) -> None:
    reference = 'S854\t"https://example.org/gazetteer"\tS577\t+2031-00-00T00:00:00Z/9'
    assert written(region, "2030-09,") == [
        f"Q11\tP131\tQ22\t{reference}",
        f"Q11\tP1082\t41250\tP585\t+2030-09-00T00:00:00Z/10\t{reference}",
        f"Q11\tP625\t@30.50/-9.250\t{reference}",
    ]


@pytest.mark.parametrize(
    ("period", "told"),
    [
        pytest.param(",", "P585\t+2031-00-00T00:00:00Z/9", id="as of the source's date"),
        pytest.param("2029,2040", "P580\t+2029-00-00T00:00:00Z/9\tP582\t+2040-00-00T00:00:00Z/9", id="in a period"),
    ],
)
def test_what_was_counted_says_when(region: Path, period: str, told: str) -> None:
    (line,) = (line for line in written(region, period) if "P1082" in line)
    assert line.startswith(f"Q11\tP1082\t41250\t{told}\tS854\t")


def test_what_was_read_there_is_not_told_back(region: Path) -> None:
    assert not [line for line in written(region, ",") if line.startswith("Q22")]

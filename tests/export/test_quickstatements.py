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
COUNTED = ",41250,stated,gazetteer,,,place/2,,,,2030-09,"


@pytest.fixture
def commands(region: Path) -> list[str]:
    claims = region / "data" / "claims.csv"
    sources = region / "data" / "sources.csv"
    sources.write_text(
        sources.read_text(encoding="utf-8")
        + "ids,dcat:Dataset,معرفات,Identifiants,Identifiers,,2031,https://example.org/ids,,,,,,\n",
        encoding="utf-8",
    )
    claims.write_text(
        claims.read_text(encoding="utf-8").replace(",41250,stated,gazetteer,,,place/2,,,,,", COUNTED)
        + SAME.format("al-marsa", "Q11", "ids", "Q11")
        + SAME.format("emerald-valley", "Q22", "ids", "Q22")
        + "emerald-valley,population,7,stated,ids,,,Q22,,,,,\n",
        encoding="utf-8",
    )
    stream = io.BytesIO()
    writers.write(load(region / "data", ONTOLOGY), FORMATS["quickstatements"], stream)
    return stream.getvalue().decode().splitlines()


def test_a_number_a_place_and_a_point_each_with_its_reference(commands: list[str]) -> None:
    reference = 'S854\t"https://example.org/gazetteer"\tS577\t+2031-00-00T00:00:00Z/9'
    assert commands == [
        f"Q11\tP131\tQ22\t{reference}",
        f"Q11\tP1082\t41250\tP580\t+2030-09-00T00:00:00Z/10\t{reference}",
        f"Q11\tP625\t@30.50/-9.250\t{reference}",
    ]


def test_what_was_read_there_is_not_told_back(commands: list[str]) -> None:
    assert not [line for line in commands if line.startswith("Q22")]

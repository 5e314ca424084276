"""Sums, areas and what other sources say otherwise are told in words on the pages that need no script."""

from __future__ import annotations

import re
from pathlib import Path

from checkout import ONTOLOGY
from programs import add

from graph import pipeline
from graph.web.sitepages import SitePages

SOURCES = (
    "forecast,dcat:Dataset,توقعات,Prévisions,Forecast,,2031-01,https://example.org/forecast,,,,,reference,\n"
    "almanac,dcat:Dataset,تقويم,Almanach,Almanac,,2033-04,https://example.org/almanac,,,,,reference,\n"
)
CLAIMS = (
    "cafe-fab-lab,area,1500,stated,forecast,,,1,,,,,\n"
    "cafe-fab-lab,area,1240.5,stated,almanac,,,2,,,,,\n"
    "cafe-fab-lab,cost,5000000,stated,almanac,,,3,,,,,\n"
    "cafe-fab-lab,currency,az:MAD,stated,almanac,,,4,,,,,\n"
    "cafe-fab-lab,cost,700000,planned,forecast,,,5,,,,,\n"
    "cafe-fab-lab,currency,az:EUR,planned,forecast,,,6,,,,,\n"
)
THIN = "\u202f"
SAID = {
    "ar": (f"5{THIN}000{THIN}000 درهم مغربي", f"700{THIN}000 أورو", f"1{THIN}500 م²", f"1{THIN}240,5 م² – تقويم"),
    "fr": (
        f"5{THIN}000{THIN}000 dirhams marocains",
        f"700{THIN}000 euros",
        f"1{THIN}500 m²",
        f"1{THIN}240,5 m² – Almanach",
    ),
    "en": ("5,000,000 Moroccan dirhams", "700,000 euros", "1,500 m²", "1,240.5 m² – Almanac"),
}


def test_a_figure_has_its_unit_and_a_conflict_leads_to_what_is_said_otherwise(region: Path, tmp_path: Path) -> None:
    add(region / "data" / "sources.csv", SOURCES)
    add(region / "data" / "claims.csv", CLAIMS)
    pages = SitePages(pipeline.load(region / "data", ONTOLOGY), tmp_path)
    thing = "https://example.org/emerald-valley/cafe-fab-lab"
    pages.paths = {iri: path for iri, path in pages.paths.items() if iri == thing or path.startswith("claim/")}
    pages.write([], lambda _: None)
    for language, (*figures, otherwise) in SAID.items():
        text = (tmp_path / language / "cafe-fab-lab.html").read_text(encoding="utf-8")
        assert [figure for figure in figures if f">{figure}</bdi>" not in text] == []
        assert not re.search(r">(1500|1240\.5|5000000|700000)<|>claim/", text)
        called = re.findall(r'<a href="claim/(\w+\.html)"[^>]*>([^<]+ – [^<]+)</a>', text)
        place = next(href for href, words in called if words == otherwise)
        other = (tmp_path / language / "claim" / place).read_text(encoding="utf-8")
        heading = re.search(r"<h1>.*</h1>", other)
        assert heading is not None
        assert otherwise.split(" – ")[0] in heading[0]
        assert f">{figures[-1]} – " in other
        assert ">claim/" not in other

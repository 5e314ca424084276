"""The tables open in a spreadsheet as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from checkout import ONTOLOGY

from graph.export import tables
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.pipeline import load


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(knowledge: Knowledge, writer: Callable[[Knowledge, BinaryIO], None]) -> bytes:
    stream = io.BytesIO()
    writer(knowledge, stream)
    return stream.getvalue()


def test_entities_are_a_table_that_excel_reads_as_utf_8(emerald: Knowledge) -> None:
    content = written(emerald, tables.entities)
    assert content.startswith("\N{BYTE ORDER MARK}id,class,label_ar".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 14
    assert table(content)[0] == {
        "id": "al-marsa",
        "class": "City",
        "label_ar": "المرسى",
        "label_fr": "El Marsa",
        "label_en": "Al Marsa",
        "label_zgh": "",
        "alt_ar": "",
        "alt_fr": "La Marsa|Marsa",
        "alt_en": "",
        "hidden_ar": "",
        "hidden_fr": "",
        "hidden_en": "",
        "translated": "",
        "degree": "3",
        "betweenness": "0.098485",
        "community": "0",
        "bridges": "0",
        "iri": "https://example.org/emerald-valley/al-marsa",
    }


def test_claims_are_a_table_with_the_names_of_both_ends_and_the_evidence(emerald: Knowledge) -> None:
    claims = table(written(emerald, tables.claims))
    assert len(claims) == 18
    assert claims[2] == {
        "claim": emerald.facts.claims[2].id,
        "subject": "barmij",
        "subject_ar": "برمج",
        "subject_fr": "Barmij",
        "subject_en": "Barmij",
        "property": "inPartnershipWith",
        "object": "manara-foundation",
        "object_ar": "مؤسسة المنارة",
        "object_fr": "Fondation Manara",
        "object_en": "Manara Foundation",
        "status": "stated",
        "standing": "stated",
        "source": "bulletin",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "start": "48",
        "end": "107",
        "record": "",
        "subject_at": "",
        "object_at": "",
        "period_at": "",
        "from": "",
        "until": "",
        "sources": "1",
        "first": "2031-06-01",
        "last": "2031-06-01",
        "accepted_by": "",
        "accepted_on": "",
        "proposed_by": "",
    }
    assert [claims[7][name] for name in ("subject", "status", "object_at")] == ["cafe-incubator", "planned", "130-152"]
    assert [claims[13][name] for name in ("object", "object_en", "start", "record")] == ["-9.250", "", "", "place/2"]


@pytest.mark.parametrize("name", ["=1", "+1+1", "-1-1", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-1.5e3", "1"])
def test_text_that_a_spreadsheet_would_run_is_held_back(emerald: Knowledge, name: str) -> None:
    facts = emerald.facts
    city = replace(facts.entities["al-marsa"], labels={"en": name})
    asserted = Asserted(replace(facts, entities={"al-marsa": city}), emerald.ontology)
    (row,) = table(written(replace(emerald, asserted=asserted), tables.entities))
    assert row["label_en"] == (name if name == "1" else f"'{name}")


@pytest.mark.parametrize("number", ["-9.250", "-9", "+9", "0.5"])
def test_number_stays_a_number(region: Path, edit: Callable[[str, str, str], None], number: str) -> None:
    edit("data/claims.csv", "wgs:long,-9.250", f"wgs:long,{number}")
    assert number in {row["object"] for row in table(written(load(region / "data", ONTOLOGY), tables.claims))}

"""The SQLite file: what Datasette finds in it, by every spelling of a name, and what its views join."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from pathlib import Path

import pytest

from graph.export import writers
from graph.knowledge.knowledge import Knowledge
from graph.model.formats import FORMATS


def written(knowledge: Knowledge) -> bytes:
    stream = io.BytesIO()
    writers.write(knowledge, FORMATS["sqlite"], stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def valley(emerald: Knowledge) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(written(emerald))
    return database


def test_the_same_dataset_gives_the_same_bytes(emerald: Knowledge) -> None:
    assert written(emerald) == written(emerald)


def test_every_reference_leads_somewhere(valley: sqlite3.Connection) -> None:
    assert valley.execute("PRAGMA foreign_key_check").fetchall() == []
    assert valley.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    counts = {
        name: valley.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("entities", "sources", "claims", "named_claims")
    }
    assert counts == {"entities": 13, "sources": 2, "claims": 18, "named_claims": 18}


def test_a_view_joins_the_names_of_both_ends_of_the_property_and_of_the_source(valley: sqlite3.Connection) -> None:
    shown = valley.execute(
        "SELECT subject_en, property_en, object_en, status_en, source_fr FROM named_claims"
        " WHERE subject = 'barmij' AND object = 'manara-foundation'"
    ).fetchall()
    assert shown == [
        ("Barmij", "in partnership with", "Manara Foundation", "stated", "Bulletin de la Vallée d'Émeraude")
    ]
    (passage,) = valley.execute(
        "SELECT start, \"end\" FROM named_passages WHERE subject = 'barmij' AND object = 'manara-foundation'"
    ).fetchall()
    assert passage == (48, 107)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_datasette_finds_a_place_by_every_spelling(tmp_path: Path, emerald: Knowledge) -> None:
    from datasette.app import Datasette

    file = tmp_path / "region.sqlite"
    file.write_bytes(written(emerald))

    async def ask() -> None:
        datasette = Datasette([str(file)])
        for spelling in ("المرسى", "المرسي", "El Marsa", "LA MARSA"):
            asked = {"_search": spelling, "_shape": "array"}
            found = await datasette.client.get("/region/labels.json", params=asked)
            assert found.status_code == 200
            assert "al-marsa" in {row["entity"] for row in found.json()}, spelling
        page = await datasette.client.get("/region/claims")
        assert page.status_code == 200
        assert '<a href="/region/entities/' in page.text

    asyncio.run(ask())

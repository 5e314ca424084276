"""Parquet as analysts read it: by pandas and by polars."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pandas
import polars
import pytest
from checkout import ONTOLOGY

from graph.errors import OutputError
from graph.export import writers
from graph.knowledge.knowledge import Knowledge
from graph.model.formats import FORMATS
from graph.pipeline import load


def written(knowledge: Knowledge, name: str) -> bytes:
    stream = io.BytesIO()
    writers.write(knowledge, FORMATS[f"{name}.parquet"], stream)
    return stream.getvalue()


def test_polars_reads_entities_with_numbers_as_numbers(emerald: Knowledge) -> None:
    frame = polars.read_parquet(io.BytesIO(written(emerald, "entities")))
    assert frame.shape[0] == 13
    row = frame.row(by_predicate=polars.col("id") == "al-marsa", named=True)
    assert (row["label_ar"], row["alt_fr"], row["alt_en"]) == ("المرسى", "La Marsa|Marsa", None)
    assert (row["degree"], row["betweenness"], row["bridges"]) == (3, 0.098485, 0)


def test_pandas_reads_claims_with_positions_as_numbers(emerald: Knowledge) -> None:
    frame = pandas.read_parquet(io.BytesIO(written(emerald, "claims")))
    assert len(frame) == 18
    row = frame.iloc[2]
    assert (row["subject"], row["object_fr"], row["start"], row["end"]) == ("barmij", "Fondation Manara", 48, 107)
    assert frame.iloc[13]["object"] == "-9.250"
    assert pandas.isna(frame.iloc[13]["start"])


def test_the_same_rows_are_the_same_bytes(emerald: Knowledge) -> None:
    assert written(emerald, "claims") == written(emerald, "claims")


def test_a_cell_may_hold_quotes_and_commas(region: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", "Al Marsa", '"Al ""Marsa"", the town"')
    frame = polars.read_parquet(io.BytesIO(written(load(region / "data", ONTOLOGY), "entities")))
    assert frame["label_en"][0] == 'Al "Marsa", the town'


def test_without_the_extra_it_is_said_what_to_install(emerald: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(OutputError, match=r"^to write Parquet, install .*pip install 'azetta\[parquet\]'$"):
        written(emerald, "claims")

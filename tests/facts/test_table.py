"""What spreadsheets save over a table is read as the table that it was, and what was changed is said."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from openpyxl import Workbook

from graph.errors import DataError
from graph.facts import curated
from graph.model import ontology
from graph.model.inputs import digests
from graph.model.records import Facts

MODEL = ontology.load(ONTOLOGY)
Change = Callable[[str], bytes]


def with_(separator: str, text: str) -> str:
    rows = csv.reader(text.splitlines())
    return "".join(separator.join(f'"{c}"' if separator in c or '"' in c else c for c in row) + "\r\n" for row in rows)


SAVED: dict[str, tuple[Change, list[str]]] = {
    "French or Arabic Excel, CSV UTF-8": (
        lambda text: b"\xef\xbb\xbf" + with_(";", text).encode(),
        ["the columns are separated by semicolons: `format` saves it with commas, in UTF-8"],
    ),
    "English Excel, CSV UTF-8": (lambda text: b"\xef\xbb\xbf" + with_(",", text).encode(), []),
    "Excel, Unicode text": (
        lambda text: with_("\t", text).encode("utf-16"),
        [
            "it is in UTF-16, not in UTF-8: `format` saves it with commas, in UTF-8",
            "the columns are separated by tabs: `format` saves it with commas, in UTF-8",
        ],
    ),
    "Excel, with a line for the separator": (
        lambda text: ("sep=;\r\n" + with_(";", text)).encode(),
        ["the columns are separated by semicolons: `format` saves it with commas, in UTF-8"],
    ),
    "LibreOffice, all texts quoted": (
        lambda text: "".join(",".join(f'"{c}"' for c in row) + "\n" for row in csv.reader(text.splitlines())).encode(),
        [],
    ),
    "Excel, empty cells at the end left out": (
        lambda text: "".join(line.rstrip(";") + "\r\n" for line in with_(";", text).splitlines()).encode(),
        ["the columns are separated by semicolons: `format` saves it with commas, in UTF-8"],
    ),
    "Excel, cleared rows and a cleared column": (
        lambda text: "".join(line + ",\r\n" for line in [*text.splitlines(), "," * text.count(",", 0, 200)]).encode(),
        [],
    ),
}


def without_lines(facts: Facts) -> list[object]:
    """What the tables hold; where a line stands may change."""
    claims = [(claim.id, claim.spans) for claim in facts.claims]
    records = [*facts.entities.values(), *facts.sources.values(), *facts.mentions]
    return [*(replace(record, line=0) for record in records), *claims, *facts.passages.items()]


def told(region: Path) -> list[str]:
    return [str(note) for note in curated.load(region / "data", MODEL).warnings]


@pytest.mark.parametrize(("change", "notes"), SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("table", ["entities", "sources", "claims", "mentions", "passages"])
def test_table_saved_by_a_spreadsheet_holds_the_same(region, table, change, notes):
    plain = curated.load(region / "data", MODEL)
    path = region / "data" / f"{table}.csv"
    path.write_bytes(change(path.read_text(encoding="utf-8")))
    saved = curated.load(region / "data", MODEL)
    assert [repr(each) for each in without_lines(saved)] == [repr(each) for each in without_lines(plain)]
    assert told(region) == [f"data/{table}.csv: warning: {note}" for note in notes]


@pytest.mark.parametrize(
    ("wanted", "other", "encoding"),
    [("نشرة القرية", "مجلس", "windows-1256"), ("Bulletin d’Émeraude en été", "Œuvre", "windows-1252")],
)
def test_code_page_of_windows_is_read_where_it_is_sure(region, wanted, other, encoding):
    path = region / "data" / "sources.csv"
    rows = path.read_text(encoding="utf-8").replace("نشرة وادي الزمرد", wanted)
    for arabic in ("مجلس وادي الزمرد", "معجم الأماكن المتخيلة"):
        rows = rows.replace(arabic, other)
    path.write_bytes(rows.encode(encoding, "replace"))  # Windows-1256 has no É
    found = curated.load(region / "data", MODEL)
    assert found.sources["bulletin"].titles["ar"] == wanted
    assert [str(note) for note in found.warnings] == [
        f"data/sources.csv: warning: it is in {encoding}, not in UTF-8: `format` saves it with commas, in UTF-8"
    ]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp720", "iso8859_6"])
def test_encoding_that_is_not_sure_is_refused_with_the_line(region, encoding):
    path = region / "data" / "sources.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding, "replace"))
    with pytest.raises(DataError) as caught:
        curated.load(region / "data", MODEL)
    assert str(caught.value).startswith("data/sources.csv:2: byte 0x")
    assert str(caught.value).count("\n") == 0


def test_title_above_the_header_is_one_message(region):
    path = region / "data" / "claims.csv"
    path.write_text("The claims of our region\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        curated.load(region / "data", MODEL)
    assert str(caught.value) == (
        "data/claims.csv:1: no header: the columns subject, property, object, status, source, start, end, record,"
        " subject_at, object_at, period_at, from, until are expected here"
    )


def workbook(table: Path) -> Workbook:
    book = Workbook()
    book.active.title = table.stem
    for row in csv.reader(table.read_text(encoding="utf-8").splitlines()):
        book.active.append(row)
    return book


@pytest.mark.parametrize("table", ["entities", "sources", "claims", "mentions", "passages", "moved"])
def test_workbook_stands_for_its_table_and_is_an_input_of_the_build(region, table):
    plain, path = curated.load(region / "data", MODEL), region / "data" / f"{table}.csv"
    workbook(path).save(path.with_suffix(".xlsx"))
    path.unlink()
    assert curated.load(region / "data", MODEL) == plain
    assert f"data/{table}.xlsx" in digests(region / "data", ONTOLOGY)


def test_two_files_of_one_table_are_refused_by_their_names(region):
    path = region / "data" / "claims.csv"
    workbook(path).save(path.with_suffix(".xlsx"))
    with pytest.raises(DataError) as caught:
        curated.load(region / "data", MODEL)
    assert str(caught.value) == ("data/claims.csv: the table stands in claims.csv, claims.xlsx: delete all but one")

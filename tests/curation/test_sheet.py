"""The tables go into a workbook and come back byte for byte; whoever opens it finds texts, lists and explanations."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from checkout import DATA, ROOT
from click.testing import CliRunner
from openpyxl import load_workbook
from programs import REGION

from graph.cli import main
from graph.curation import canonical


@pytest.fixture(params=[REGION / "data"], ids=["invented"])
def place(request, tmp_path, monkeypatch):
    """A folder with the invented region's data, in their form on disk."""
    shutil.copytree(request.param, tmp_path / "data")
    for name, content in canonical.changes(tmp_path / "data").items():
        (tmp_path / "data" / name).write_bytes(content or b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def azetta(*arguments: str) -> str:
    answer = CliRunner().invoke(main, arguments)
    assert answer.exit_code == 0, answer.output
    return answer.output


def tables(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place / "data").glob("*.csv")}


@pytest.mark.long
@pytest.mark.parametrize("place", [DATA, REGION / "data"], ids=["real", "invented"], indirect=True)
def test_tables_come_back_byte_for_byte(place):
    before = tables(place)
    azetta("sheet")
    (book,) = place.glob("*.xlsx")
    assert azetta("sheet", "--in", book.name) == "the tables hold the same already\n"
    for name in before:
        (place / "data" / name).write_text("corrupted\n", encoding="utf-8")
    azetta("sheet", "--in", book.name)
    assert tables(place) == before


def test_same_tables_give_the_same_workbook_and_an_edited_one_is_not_overwritten(place, monkeypatch):
    azetta("sheet")
    first = (place / "emerald-valley.xlsx").read_bytes()
    (place / "emerald-valley.xlsx").unlink()
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    azetta("sheet")
    assert (place / "emerald-valley.xlsx").read_bytes() == first
    (place / "emerald-valley.xlsx").write_bytes(b"edited")
    answer = CliRunner().invoke(main, ["sheet"])
    assert answer.exit_code == 1
    assert answer.output.startswith("emerald-valley.xlsx is there already: read it back with --in emerald-valley.xlsx")


def test_workbook_offers_lists_and_explains_in_the_first_language(place):
    azetta("sheet")
    book = load_workbook("emerald-valley.xlsx")
    assert book.sheetnames == ["sources", "entities", "claims", "mentions", "passages", "moved", "دليل", "lists"]
    claims = book["claims"]
    assert (claims.freeze_panes, claims.sheet_view.rightToLeft) == ("A2", True)
    assert {cell.number_format for row in claims["A1:M5"] for cell in row} == {"@"}
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in claims.data_validations.dataValidation}
    assert sorted(offered) == ["A2", "B2", "C2", "D2", "E2"]
    column = re.fullmatch(r"lists!\$(\w)\$2:\$\w\$5", offered["D2"])[1]
    assert [cell.value for cell in book["lists"][column] if cell.value] == [
        "status",
        "stated",
        "ongoing",
        "planned",
        "discussed",
    ]
    guide = {(row[0].value, row[1].value): row[2].value for row in book["دليل"].iter_rows(min_row=2)}
    assert guide["claims", "property"] == "الخاصية من القائمة"
    assert all(guide.values())
    assert guide["entities", "class = City"].startswith("مدينة")
    assert guide["claims", "property = presidentOf"].startswith("يرأس: شخص → ")
    assert not {("entities", "class = Claim"), ("claims", "property = antecedent")} & guide.keys()  # nobody writes them
    columns = sum(" = " not in column for _, column in guide)
    assert columns == sum(len(content.split(b"\n")[0].split(b",")) for content in tables(place).values())


def test_edit_in_the_workbook_is_a_step_that_undo_takes_back(place):
    before = tables(place)
    azetta("sheet", "entities")
    book = load_workbook("emerald-valley.xlsx")
    book["entities"].append(["a-new-one", "City", "=SUM", "09", "1-2"])
    book["entities"]["C2"].data_type = "s"
    for cell in book["entities"][book["entities"].max_row]:
        cell.data_type = "s"
    book.save("emerald-valley.xlsx")
    assert azetta("sheet", "--in", "emerald-valley.xlsx") == (
        "data/entities.csv: read from emerald-valley.xlsx: 1 lines written, 0 taken out\n"
    )
    after = tables(place)
    assert {name for name in after if after[name] != before[name]} == {"entities.csv"}
    assert b"\na-new-one,City,=SUM,09,1-2,,,,,,\n" in after["entities.csv"]
    assert azetta("undo").splitlines() == [
        "taken back: sheet --in emerald-valley.xlsx",
        "  data/entities.csv: 0 lines brought back, 1 taken out",
    ]
    assert tables(place) == before


def test_what_a_spreadsheet_corrupted_is_refused_with_its_cell_and_nothing_changes(place):
    azetta("sheet")
    book = load_workbook("emerald-valley.xlsx")
    book["claims"]["K3"] = "=1+1"
    book.save("emerald-valley.xlsx")
    before = tables(place)
    answer = CliRunner().invoke(main, ["sheet", "--in", "emerald-valley.xlsx"])
    assert answer.exit_code == 1
    assert answer.output == (
        'emerald-valley.xlsx:3: sheet "claims": cell K3: a formula, not a text: put its value there\n'
    )
    assert tables(place) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no workbook", "other.xlsx: not a spreadsheet that can be read; save it again as .xlsx or .csv\n"),
        (
            None,
            "other.xlsx: no sheet is called as a table is: sources, entities, claims, mentions, passages, ",
        ),
    ],
)
def test_other_workbook_is_refused(place, content, says):
    if content is None:
        stream = io.BytesIO()
        azetta("sheet", "moved")
        book = load_workbook("emerald-valley.xlsx")
        del book["moved"]
        book.save(stream)
        content = stream.getvalue()
    (place / "other.xlsx").write_bytes(content)
    answer = CliRunner().invoke(main, ["sheet", "--in", "other.xlsx"])
    assert (answer.exit_code, answer.output[: len(says)]) == (1, says)


def test_table_that_there_is_not_is_a_misuse(place):
    answer = CliRunner().invoke(main, ["sheet", "claim"])
    assert answer.exit_code == 2
    assert '"claim" is not one of sources, entities, claims' in answer.output


def test_every_column_is_explained_in_every_language():
    explained = tomllib.loads((ROOT / "graph" / "curation" / "columns.toml").read_text(encoding="utf-8"))
    assert {frozenset(texts) for texts in explained.values()} == {frozenset({"ar", "fr", "en", "es"})}

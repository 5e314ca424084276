"""What spreadsheets destroy is told with its line, and what they leave alone is not."""

from __future__ import annotations

import pytest
from checkout import DATA, ONTOLOGY

from graph.errors import DataError
from graph.facts import corruption, curated
from graph.model import ontology

ARABIC = "المرسى"


@pytest.mark.parametrize(
    "text",
    [
        "?????",
        "????? ?????",
        "?? Marsa ???",
        "Vall\ufffde",
        "VallÃ©e",
        "lâ€™école",
        ARABIC.encode().decode("windows-1252", "ignore"),
        ARABIC.encode().decode("windows-1256"),
        "1.23457E+15",
        "1,23457E+15",
        "22/04/2024",
        "4/22/24",
        "22/04/2024 23:32",
    ],
)
def test_trace_of_a_spreadsheet_is_seen(text):
    assert corruption.fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "Quoi ?",
        "Pourquoi ? Comment ?",
        "6.0e3",
        "place/2",
        "ÇA ET LÀ",
        "ظلّ",
        "طنجة، تطوان",
        "2024-04-22",
        "a|b",
        "3/4",
        "",
    ],
)
def test_text_that_looks_like_one_is_left_alone(text):
    assert corruption.fault(text) == ""


def told(change) -> list[str]:
    with pytest.raises(DataError) as caught:
        curated.load(change, ontology.load(ONTOLOGY, change))
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "entities.csv",
            ARABIC,
            "??????",
            'data/entities.csv:6: "??????": question marks stand for letters that were lost in saving; write it again,'
            " and save as .xlsx or as CSV UTF-8 (column label_ar)",
        ),
        (
            "sources.csv",
            ",2031-06-01,",
            ",01/06/2031,",
            'data/sources.csv:2: "01/06/2031": a spreadsheet turned a date so; write it again, in a column that is'
            " formatted as text (column issued)",
        ),
    ],
)
def test_corrupted_cell_is_reported_with_its_line_and_column(region, edit, file, old, new, says):
    edit(f"data/{file}", f",{old}," if file == "entities.csv" else old, f",{new}," if file == "entities.csv" else new)
    assert says in told(region / "data")


def test_a_turned_date_is_told_once(region, edit):
    edit("data/sources.csv", ",2031-06-01,", ",01/06/2031,")
    edit(
        "data/claims.csv",
        ",al-marsa,stated,bulletin,130,167,,,,,,",
        ",al-marsa,stated,bulletin,130,167,,,,,03/05/2031,",
    )
    turned = "a spreadsheet turned a date so; write it again, in a column that is formatted as text"
    assert told(region / "data") == [
        f'data/claims.csv:6: "03/05/2031": {turned} (column from)',
        f'data/sources.csv:2: "01/06/2031": {turned} (column issued)',
    ]


@pytest.mark.parametrize("code", ["09", "09.001", "09.163"])
def test_national_code_without_its_zero_is_told_in_every_column(tmp_path, code):
    """In the real data, as a spreadsheet does it: to the cells that are numbers, and not to `09.001.01.01`."""
    for path in DATA.glob("*.*"):
        cells = path.read_bytes()
        if path.name == "claims.csv":
            cells = cells.replace(f",{code},".encode(), f",{code[1:]},".encode())
        (tmp_path / path.name).write_bytes(cells)
    lines = [line for line in told(tmp_path) if "lost its leading zero" in line]
    assert len(lines) == (DATA / "claims.csv").read_text(encoding="utf-8").count(f",{code},")
    assert f'"{code[1:]}" in column record lost its leading zero: other codes of hcp-2024 have theirs' in lines[0]


def test_our_own_tables_show_no_trace():
    assert curated.load(DATA, ontology.load(ONTOLOGY, DATA)).claims

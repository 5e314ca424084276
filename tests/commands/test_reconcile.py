"""`azetta reconcile`: a table of names, as somebody has it, becomes one with ids."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from programs import run

pytestmark = pytest.mark.processes

TABLE = "nº;ville;note\n1;المرسي;\n2;El  Marsa;x\n3;Al Mersa;\n4;Reykjavík;=1+1\n5;;\n"


def reconciled(*arguments: object) -> list[list[str]]:
    done = run(Path.cwd(), "reconcile", *map(str, arguments), "--data", "data")
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")), delimiter=";"))


@pytest.fixture
def places(region: Path) -> Path:
    path = region / "places.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def test_each_name_has_its_id_or_what_else_may_be_meant(places: Path) -> None:
    header, *rows = reconciled(places, "--column", "ville")
    assert header == ["nº", "ville", "note", "id", "score", "candidates"]
    assert [row[3:5] for row in rows[:2]] == [["al-marsa", "100"], ["al-marsa", "100"]]
    assert rows[2][3] == ""
    assert 80 < int(rows[2][4]) < 100
    assert rows[2][5].startswith(f"al-marsa ({rows[2][4]})")
    assert rows[3] == ["4", "Reykjavík", "'=1+1", "", "", ""]
    assert rows[4][3:] == ["", "", ""]


def test_a_class_keeps_the_others_out(places: Path) -> None:
    assert reconciled(places, "--column", "ville", "--type", "Person")[1][3:] == ["", "", ""]


def test_what_is_added_stands_under_its_own_name_whatever_a_row_lacks(region: Path) -> None:
    path = region / "uneven.csv"
    path.write_text('"ville, ou, commune";"=note"\r\nEl Marsa\r\n\r\nEl Marsa;x;;\r\n', encoding="utf-8", newline="")
    header, *rows = reconciled(path, "--column", "ville, ou, commune")
    assert header == ["ville, ou, commune", "'=note", "id", "score", "candidates"]
    assert rows == [["El Marsa", "", "al-marsa", "100", ""], [""] * 5, ["El Marsa", "x", "al-marsa", "100", ""]]
    path.write_text("ville\nEl Marsa,3\n", encoding="utf-8")
    done = run(Path.cwd(), "reconcile", str(path), "--column", "ville", "--data", "data")
    assert done.returncode == 1
    assert done.stderr.endswith("uneven.csv: row 2 has more cells than the 1 of the first\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--column", "city"], "has no column “city”; there are: nº | ville | note"),
        (["--column", "vile"], "has no column “vile”; did you mean “ville”?"),
        (["--column", "ville", "--type", "Citty"], "nothing here is of the class “Citty”; did you mean “City”?"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(places: Path, arguments: list[str], message: str) -> None:
    done = run(Path.cwd(), "reconcile", str(places), *arguments, "--data", "data")
    assert done.returncode == 1
    assert message in done.stderr


def test_what_is_no_utf_8_is_told_how_to_be_saved(region: Path) -> None:
    path = region / "old.csv"
    path.write_bytes("ville\nÉmeraude\n".encode("cp1252"))
    done = run(Path.cwd(), "reconcile", str(path), "--column", "ville", "--data", "data")
    assert done.returncode == 1
    assert done.stderr.endswith("old.csv: is not UTF-8: save it as CSV UTF-8\n")

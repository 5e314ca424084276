"""Corrupted tables: each kind of damage to each table is one message with its place, and random damage is survived."""

from __future__ import annotations

import csv
import datetime
import io
import random
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from openpyxl import Workbook

from graph import pipeline
from graph.errors import DataError
from graph.facts import curated
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)
CASES = tomllib.loads((Path(__file__).parent / "corrupted.toml").read_text(encoding="utf-8"))
EACH = [(kind, table) for kind, case in CASES.items() for table in case["tables"]]


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def cell(place: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book.worksheets[0][place] = value

    return change


def hide(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[3].hidden = True


def add_sheet(title: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book.worksheets[0].title = title or book.worksheets[0].title
        book.create_sheet("two").append(["something"])

    return change


IN_A_WORKBOOK: dict[str, Callable[[Workbook], None]] = {
    "formula": cell("B3", "=1+1"),
    "date": cell("B3", datetime.date(2024, 4, 22)),
    "error": cell("B3", "#REF!"),
    "digits": cell("B3", 123456789012345678901),
    "size": cell("A1000000", "x"),
    "merged": lambda book: book.worksheets[0].merge_cells("A3:B3"),
    "hidden": hide,
    "two-sheets": add_sheet("one"),
    "other-sheet": add_sheet(""),
}


def with_code(text: str) -> str:
    """Two records of one source, as if they were national codes; one has lost its zero."""
    head, first, second = text.partition("al-marsa,wgs:lat")
    return (
        head.replace("41250,stated,gazetteer,,,place/2", "41250,stated,gazetteer,,,09.001")
        + first
        + second.replace("place/2", "9.001", 1)
    )


IN_A_TEXT: dict[str, Callable[[str], bytes]] = {
    "separator": lambda text: text.replace(",", "¦").encode(),
    "two-separators": lambda text: (
        text.partition("\n")[0].replace(",", ";").encode() + text.encode()[text.index("\n") :]
    ),
    "encoding": lambda text: text.encode("cp850", "replace"),
    "header": lambda text: f"All that we know\n{text}".encode(),
    "control": lambda text: "\n".join(
        line.replace(",", "\x01,", 1) if number == 2 else line for number, line in enumerate(text.split("\n"))
    ).encode(),
    "code": lambda text: with_code(text).encode(),
}


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)


def spoil(path: Path, kind: str) -> None:
    if kind in IN_A_TEXT:
        path.write_bytes(IN_A_TEXT[kind](path.read_text(encoding="utf-8")))
        return
    if kind == "old-excel":
        path.rename(path.with_suffix(".xls"))
        return
    sheet = path.with_suffix(".xlsx")
    if kind == "sheet":
        sheet.write_bytes(path.read_bytes())
    elif kind == "bomb":
        bomb(sheet)
    else:
        book = Workbook()
        book.active.title = path.stem
        for row in rows_of(path):
            book.active.append(row)
        IN_A_WORKBOOK[kind](book)
        book.save(sheet)
    path.unlink()


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        pytest.param(*each, marks=pytest.mark.long if each[0] == "bomb" else (), id=f"{each[0]} {each[1]}")
        for each in EACH
    ],
)
def test_corrupted_table_is_reported_once_with_its_place(region, kind, table):
    spoil(region / "data" / f"{table}.csv", kind)
    case = CASES[kind]
    if "notes" in case:
        (told,) = map(str, curated.load(region / "data", MODEL).warnings)
    else:
        with pytest.raises(DataError) as caught:
            curated.load(region / "data", MODEL)
        told = str(caught.value)
    expected = case.get("says", case.get("notes")).format(t=table)
    if kind in {"control", "code"}:  # the rest of the row is read, and its other faults told
        assert any(line.startswith(expected) for line in told.splitlines())
    else:
        assert told[: len(expected)] == expected
        assert "\n" not in told


def test_a_million_empty_rows_of_libreoffice_are_passed_over(region):
    """LibreOffice writes the rest of a sheet as one row, repeated: nothing to a reader that counts."""
    text = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}"
        "</table:table-row>"
        for row in rows_of(region / "data" / "moved.csv")
    )
    rest = '<table:table-row table:number-rows-repeated="{}"><table:table-cell>{}</table:table-cell></table:table-row>'
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    (region / "data" / "moved.csv").unlink()

    def save(last: str) -> None:
        content = f'<office:body{names}><table:table table:name="moved">{text}{last}</table:table></office:body>'
        with zipfile.ZipFile(region / "data" / "moved.ods", "w") as archive:
            archive.writestr("content.xml", content)

    save(rest.format(1_048_573, ""))
    assert [each.old for each in curated.load(region / "data", MODEL).moved] == ["old-fair", "gone-fair"]
    save(rest.format(1_048_573, "<text:p>x</text:p>"))
    with pytest.raises(DataError, match=r'data/moved\.ods: sheet "moved" has more than 100,000 rows'):
        curated.load(region / "data", MODEL)


FILES = [f"data/{table}.{ending}" for table in CASES["bomb"]["tables"] for ending in ("csv", "xlsx")]


@pytest.mark.long
def test_a_million_empty_rows_of_excel_are_refused_before_they_are_kept(region):
    spoil(region / "data" / "moved.csv", "hidden")
    path = region / "data" / "moved.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(5, 1_000_000))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(b"</sheetData>", rows + b"</sheetData>"))
    begun = time.monotonic()
    with pytest.raises(DataError, match=r'data/moved\.xlsx: sheet "moved" has more than 100,000 rows'):
        curated.load(region / "data", MODEL)
    assert time.monotonic() - begun < 10


SIGNS = [
    b"",
    b",",
    b";",
    b'"',
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"|",
    b"=",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xd8",
    b"9" * 20,
]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Change a few places of a file: bytes lost, slipped in or swapped, a piece moved or doubled."""
    for _ in range(chance.randint(1, 4)):
        start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        if chance.random() < 0.7:
            end = min(end, start + chance.randint(0, 9))
        piece = content[start:end]
        put = chance.choice([chance.choice(SIGNS), piece * 2, piece[::-1], bytes([chance.randrange(256)])])
        content = content[:start] + put + content[end:]
    return content


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_no_random_damage_gives_anything_but_messages(region, part):
    """Two thousand in all, one in ten of a workbook."""
    chance, data = random.Random(part), region / "data"
    for _ in range(250):
        path = data / f"{chance.choice(['sources', 'entities', 'claims', 'mentions', 'passages', 'moved'])}.csv"
        whole, sheet = path.read_bytes(), path.with_suffix(".xlsx")
        if chance.random() < 0.1:
            book = Workbook()
            book.active.title = path.stem
            for row in rows_of(path):
                book.active.append(row)
            book.save(sheet)
            sheet.write_bytes(damaged(sheet.read_bytes(), chance))
            path.unlink()
        else:
            path.write_bytes(damaged(whole, chance))
        told: list[str] = []
        try:
            curated.load(data, MODEL)
        except DataError as exc:
            told = [problem.file for problem in exc.problems]
        assert set(told) <= set(FILES)
        sheet.unlink(missing_ok=True)
        path.write_bytes(whole)


def test_corrupted_tables_leave_the_build_that_stood(built):
    chance, data, out = random.Random(0), built / "data", built / "dist"
    stood = {path.name: path.read_bytes() for path in out.iterdir()}
    refused = 0
    while refused < 30:
        path = data / f"{chance.choice(['sources', 'entities', 'claims', 'mentions'])}.csv"
        whole = path.read_bytes()
        path.write_bytes(damaged(whole, chance))
        try:
            curated.load(data, MODEL)
        except DataError:
            refused += 1
            with pytest.raises(DataError):
                pipeline.build(data, ONTOLOGY, out)
            assert {each.name: each.read_bytes() for each in out.iterdir()} == stood
        path.write_bytes(whole)

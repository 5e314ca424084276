"""An answer for a spreadsheet or a report: names and headings in the reader's language, ids in columns of their own."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from programs import run
from pyoxigraph import Literal, NamedNode

from graph.store.readable import WRITERS, sheet
from graph.store.results import Rows, styled

BASE = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"": BASE, "az": "https://w3id.org/azetta/ontology#"}
LABELS = {BASE + "mill": "moulin | «vieux»", PREFIXES["az"] + "runs": "gère"}


def number(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.fixture
def found() -> Rows:
    mill, other = NamedNode(BASE + "mill"), NamedNode("https://elsewhere.example/x")
    runs, passage = NamedNode(PREFIXES["az"] + "runs"), NamedNode(BASE + "source/news#char=1,9")
    made = Rows(
        ("who", "does", "what", "at", "code"),
        [
            (mill, runs, number("12", "integer"), passage, Literal("09.001")),
            (other, runs, Literal("=1+1"), None, Literal("09")),
            (None, runs, number("1.50", "decimal"), passage, Literal("bell\x07")),
        ],
        styled(PREFIXES),
    )
    made.titles = {"who": "qui", "does": "relation", "what": "quoi", "at": "preuve"}
    return made


def test_csv_has_names_then_ids_and_runs_nothing(found: Rows) -> None:
    body = WRITERS["csv"](sheet(found, PREFIXES, LABELS, "{x} : identifiant"))
    assert body.startswith(b"\xef\xbb\xbf")
    assert [*csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))] == [
        ["qui", "relation", "quoi", "preuve", "code", "qui : identifiant", "relation : identifiant"],
        ["moulin | «vieux»", "gère", "12", "source/news#char=1,9", "09.001", "mill", "az:runs"],
        ["https://elsewhere.example/x", "gère", "'=1+1", "", "09", "https://elsewhere.example/x", "az:runs"],
        ["", "gère", "1.50", "source/news#char=1,9", "bell\x07", "", "az:runs"],
    ]


def test_markdown_keeps_each_cell_in_its_place(found: Rows) -> None:
    lines = WRITERS["md"](sheet(found, PREFIXES, LABELS)).decode().splitlines()
    assert lines[:3] == [
        "| qui | relation | quoi | preuve | code | qui (id) | relation (id) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        r"| moulin \| «vieux» | gère | 12 | source/news#char=1,9 | 09.001 | mill | az:runs |",
    ]


def test_a_workbook_holds_numbers_as_numbers_and_codes_as_text(found: Rows) -> None:
    body = WRITERS["xlsx"](sheet(found, PREFIXES, LABELS, right_to_left=True))
    assert body == WRITERS["xlsx"](sheet(found, PREFIXES, LABELS, right_to_left=True))
    shown = openpyxl.load_workbook(io.BytesIO(body)).active
    assert (shown.freeze_panes, shown.sheet_view.rightToLeft, shown["A1"].font.bold) == ("A2", True, True)
    columns = {column[0].value: [cell.value for cell in column[1:]] for column in shown.columns}
    assert columns["quoi"] == [12, "=1+1", 1.5]
    assert shown["C3"].data_type == "s"
    assert columns["code"] == ["09.001", "09", "bell\ufffd"]
    assert Decimal(str(columns["quoi"][2])) == Decimal("1.5")


@pytest.mark.processes
def test_a_question_is_answered_in_the_language_of_its_reader(region: Path) -> None:
    text = ("question", "in-city", "--city", "Marsa", "--format", "csv", "--lang")
    french, arabic = (run(region, *text, language).stdout.splitlines() for language in ("fr", "ar"))
    assert french[0].startswith("\ufeffville,qui,relation,quoi,statut,source,preuve,ville (identifiant),")
    assert arabic[0].startswith("\ufeffالمدينة,")
    assert french[1].split(",")[0] == "El Marsa"
    assert len(french) == len(arabic) > 1
    plain = run(region, "query", "SELECT ?city { ?city a az:City }", "--format", "csv").stdout
    assert plain.splitlines() == ["city", f"{BASE}emerald-valley/al-marsa"]


@pytest.mark.processes
def test_without_the_extra_it_is_said_what_to_install(region: Path) -> None:
    hidden = "import sys; sys.modules['openpyxl'] = None; from graph.start import main; main()"
    command = [sys.executable, "-c", hidden, "question", "kinds", "--format", "xlsx"]
    done = subprocess.run(command, cwd=region, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == ("to write a workbook, install what it needs: pip install 'azetta[sheet]'")

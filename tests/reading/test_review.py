"""A review file comes back from any spreadsheet, and each line that was corrupted is named."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.reading import review
from graph.reading.proposals import Proposal
from reading.reviews import CLAIM, MENTION, NEW, TEXT, WHO, decided, save


def faults(path: str) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in review.read(Path(path)).problems]


def proposals(path: str) -> list[object]:
    return [each.proposal for each in review.read(Path(path)).lines]


def saved(*these: Proposal) -> list[list[str]]:
    """The rows of a review file, its header first."""
    return list(csv.reader(io.StringIO(Path(save(*these)).read_bytes().decode(), newline="")))


def rewritten(name: str, **how: str) -> str:
    """The review as a spreadsheet saves it: another separator, other line ends, a mark at the start."""
    rows = saved(CLAIM, *NEW)
    encoding = how.pop("encoding")
    with Path(name).open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, **how).writerows(rows)
    return name


@pytest.mark.parametrize(
    "how",
    [
        {"delimiter": ";", "lineterminator": "\r\n", "encoding": "utf-8-sig"},
        {"delimiter": "\t", "lineterminator": "\r\n", "encoding": "utf-16"},
        {"delimiter": ",", "lineterminator": "\n", "encoding": "utf-8"},
    ],
)
def test_csv_of_any_spreadsheet_is_read(region, how):
    assert proposals(rewritten("saved.csv", **how)) == [CLAIM, *NEW]
    assert faults("saved.csv") == []


def test_workbook_is_read(region):
    openpyxl = pytest.importorskip("openpyxl")
    rows = saved(CLAIM, *NEW)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save("review.xlsx")  # beside review.csv: each is read as itself
    assert proposals("review.xlsx") == [CLAIM, *NEW]


def test_date_that_a_spreadsheet_made_its_own_is_all_that_is_told(region):
    """The lines about a source or a thing whose own line is corrupted are not called wrong for that."""
    openpyxl = pytest.importorskip("openpyxl")
    about = {"type": "schema:NewsArticle", "issued": "2031-06-01", "language": "ar", "length": str(len(TEXT))}
    source = Proposal("source", "ghost", {**about, "sha256": sha256(TEXT.encode()).hexdigest()}, decision="accept")
    rows = saved(source, replace(CLAIM, cells={**CLAIM.cells, "source": "ghost"}))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([date(2031, 6, 1) if cell == "2031-06-01" else cell or None for cell in row])
    book.save("review.xlsx")
    for command in (["review", "review.xlsx"], ["accept", "review.xlsx", *WHO]):
        told = CliRunner().invoke(main, [*command, "--text", "ghost=texts/bulletin.txt", "--data", "data"])
        (line,) = told.stderr.splitlines()
        assert (told.exit_code, line.startswith("review.xlsx:2: ")) == (1, True)
        assert "the spreadsheet made the date 2031-06-01 of it" in line


def test_formula_in_a_workbook_is_named_by_its_cell(region):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    rows = saved(CLAIM)
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.active["H2"] = "=A1"
    book.save("review.xlsx")
    assert [line for line, _ in faults("review.xlsx")] == [2]


def test_rows_may_be_gone_or_reordered_and_columns_too(region):
    header, *rows = saved(CLAIM, *NEW)
    with Path("review.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row[::-1] for row in (header, rows[3], rows[0])])
    assert proposals("review.csv") == [NEW[2], CLAIM]


def test_lines_of_words_are_read_as_they_stand(region):
    broken = decided(MENTION, "")
    object.__setattr__(broken, "words", " deux\nlignes ")
    assert proposals(save(broken)) == [broken]


def test_each_corrupted_line_is_named(region):
    corrupted = [
        decided(CLAIM, "acept"),
        decided(CLAIM, "", start="1.84E+02"),
        decided(CLAIM, "", **{"from": "03/05/2031"}),
        decided(MENTION, "", property="locatedIn"),
        decided(MENTION, "", start="٣"),
    ]
    assert faults(save(*corrupted)) == [
        (2, 'unknown decision "acept" in column decision; did you mean "accept"?'),
        (
            3,
            '"1.84E+02": a spreadsheet cut a long number to this; write it again, in a column that is formatted as '
            "text (column start)",
        ),
        (
            4,
            '"03/05/2031": a spreadsheet turned a date so; write it again, in a column that is formatted as text '
            "(column from)",
        ),
        (5, 'a mention has no property: empty the cell "locatedIn"'),
        (6, 'start "٣" is not a position in the text: a whole number such as 120'),
    ]


def test_what_is_no_review_says_what_is_expected(region):
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    [(line, message)] = faults("other.csv")
    assert line == 1
    assert message.startswith("no header: the columns decision, kind, id, ")


def test_comma_in_how_sure_is_the_spreadsheet_s(region):
    text = Path(save(CLAIM)).read_text(encoding="utf-8")
    Path("review.csv").write_text(text.replace(",0.8,", ',"0,8",'), encoding="utf-8")
    assert proposals("review.csv") == [CLAIM]

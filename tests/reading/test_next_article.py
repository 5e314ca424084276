"""From a text to the tables: what is read, decided and accepted is checked, and read again it is not proposed again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.reading import review

TEXT = "افتتحت جهة وادي الزمرد مركز الأفق للتكوين بمدينة المرسى.\nوأطلقت مؤسسة المنارة برنامج برمج لفائدة الشباب.\n"
ABOUT = [
    *("--language", "ar", "--issued", "2031-07-01", "--url", "https://example.org/next"),
    *("--title", "ar=نص تال", "--title", "fr=Texte suivant", "--title", "en=Next text"),
]
COPY = ["--text", "next=next.txt"]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--data", "data"])
    assert result.exit_code == 0, result.output
    return result.stdout


def lines(name: str = "next.review.csv") -> list[review.Line]:
    found = review.read(Path(name))
    assert found.problems == ()
    return list(found.lines)


@pytest.mark.usefixtures("region")
def test_article_is_read_decided_accepted_and_read_again() -> None:
    Path("next.txt").write_text(TEXT, encoding="utf-8", newline="")
    run("read", "next=next.txt", *ABOUT)
    wrong = [each.number for each in lines() if "cafe-numerique" in (each.proposal.id, *each.proposal.cells.values())]
    right = [each.number for each in lines() if each.number not in wrong]
    assert wrong, "the reader takes the word centre for the one that it knows: a curator has something to refuse"
    chosen = (",".join(map(str, numbers)) for numbers in (right, wrong))
    run("review", "next.review.csv", *COPY, "--accept", next(chosen), "--refuse", next(chosen))
    run("accept", "next.review.csv", *COPY, "--by", "Nadia", "--on", "2031-07-02")
    tables = {name: Path("data", f"{name}.csv").read_text(encoding="utf-8") for name in ("claims", "decisions")}
    assert "manara-foundation,launches,barmij,stated,next,58,89," in tables["claims"]
    assert "cafe-numerique,next" not in Path("data/mentions.csv").read_text(encoding="utf-8")
    assert tables["decisions"].count("\nrefuse,") == len(wrong)
    assert TEXT.split(".")[0] not in "".join(tables.values())
    run("check", *COPY)
    run("read", "next=next.txt", "--out", "again.csv")
    assert not [each for each in lines("again.csv") if each.proposal.kind in ("source", "mention")]
    assert not [each for each in lines("again.csv") if "cafe-numerique" in each.proposal.cells.values()]


def name_in_all_languages(name: str) -> None:
    with Path(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in (each for each in rows if each["kind"] == "entity"):
        row |= {"label_fr": f"{row['id']} fr", "label_en": f"{row['id']} en"}
    with Path(name).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


@pytest.mark.usefixtures("region")
def test_sum_that_was_accepted_is_known_again_by_how_much_it_is_and_for_what() -> None:
    Path("next.txt").write_text(
        "ستساهم جهة وادي الزمرد بـ200 ألف درهم في بناء مدرسة «الواحة للبرمجة».\n", encoding="utf-8", newline=""
    )
    run("read", "next=next.txt", *ABOUT)
    told = {each.proposal.cells["property"] for each in lines() if each.proposal.kind == "claim"}
    assert told == {"funder", "funds", "amount", "currency"}
    name_in_all_languages("next.review.csv")
    run("review", "next.review.csv", *COPY, "--accept", ",".join(str(each.number) for each in lines()))
    run("accept", "next.review.csv", *COPY, "--by", "Nadia", "--on", "2031-07-02")
    run("check", *COPY)
    run("read", "next=next.txt", "--out", "again.csv")
    assert not [each for each in lines("again.csv") if each.proposal.kind in ("entity", "mention")]

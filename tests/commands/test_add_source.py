"""`add source` measures the text and asks for what it is not told; and claims may hold in a period."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT

from commands.additions import COPY, more

WORDS = "ويضم المركز مختبرا للتصنيع الرقمي"

TITLES = ["--title", "ar=مذكرة", "--title", "fr=Une note", "--title", "en=A note"]
SOURCE = ["--id", "note", *TITLES, "--url", "https://example.org/note", "--date", "2031-05-04"]


def test_source_is_measured(run, held):
    Path("note.txt").write_bytes("أزطا é 🚀\r\n".encode())
    result = run("add", "source", "note.txt", *SOURCE, "--language", "fr", "--nature", "press")
    assert (result.exit_code, result.stderr) == (0, "")
    digest = "f5ed107d63c5c461cb25e47b74ca66e67125c055c42c6b9c6b7e1cb56f13ef30"  # of coreutils
    row = f"note,schema:NewsArticle,مذكرة,Une note,A note,,2031-05-04,https://example.org/note,,fr,10,{digest},press,\n"
    assert more(held) == {"sources.csv": [row]}


def test_language_of_a_source_is_not_guessed(run, held):
    result = run("add", "source", "texts/bulletin.txt", *SOURCE)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, "Error: Missing option '--language'.")


@pytest.mark.processes
def test_what_is_not_given_is_asked_for_where_somebody_can_answer(region, held):
    terminal, end = os.openpty()
    call = [sys.executable, str(ROOT / "build.py"), "add", "source", "texts/bulletin.txt", *SOURCE]
    os.write(terminal, b"ar\n")
    done = subprocess.run(call, stdin=end, capture_output=True, timeout=60, encoding="utf-8", check=False)
    os.close(terminal)
    os.close(end)
    assert (done.returncode, done.stderr) == (0, "--language: The language of the text, such as ar or fr: ")
    assert done.stdout.startswith("data/sources.csv: note,schema:NewsArticle,مذكرة,Une note,A note,,2031-05-04,")
    assert len(more(held)["sources.csv"]) == 1


def test_source_that_is_not_utf8_is_refused(run, held):
    Path("note.txt").write_bytes("أزطا".encode("cp1256"))
    result = run("add", "source", "note.txt", *SOURCE, "--language", "ar")
    assert (result.exit_code, held()) == (1, held.before)
    assert result.stderr.startswith("note.txt:1: not UTF-8")


def test_period_is_given_with_the_place_that_says_it(run, held):
    period = ["--from", "2031-05", "--until", "2031-12", "--period-at", "262-270"]
    result = run("add", "claim", "cafe-fab-lab", "locatedIn", "al-marsa", "--words", WORDS, *period, *COPY)
    assert (result.exit_code, result.stderr) == (0, "")
    row = "cafe-fab-lab,locatedIn,al-marsa,stated,bulletin,184,217,,,161-167,262-270,2031-05,2031-12"
    assert more(held)["claims.csv"] == [f"{row}\n"]
    assert "  period: 262-270  …" in result.stdout
    wrong = run(
        "add", "claim", "barmij", "locatedIn", "al-marsa", "--words", WORDS, "--from", "2032", "--until", "2031", *COPY
    )
    assert (wrong.exit_code, "until" in wrong.stderr) == (1, True)


def test_date_of_a_source_may_be_unknown(run, held):
    """It is asked for, and given empty it is empty: no date is guessed."""
    Path("note.txt").write_text("كلمة", encoding="utf-8")
    undated = [*SOURCE[:-1], "", "--language", "ar"]
    assert run("add", "source", "note.txt", *undated).exit_code == 0
    assert ",,https://example.org/note," in "".join(more(held)["sources.csv"])


def test_spelling_that_exists_only_to_match(run, held):
    labels = ["--label", "ar=لقاء", "--label", "fr=Rencontre", "--label", "en=Meeting", "--hidden", "ar=ملتقى"]
    result = run("add", "entity", "meeting", "Theme", *labels)
    assert result.stdout == "data/entities.csv: meeting,Theme,لقاء,Rencontre,Meeting,,,,,ملتقى,\n"

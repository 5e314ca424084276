"""What `add` takes for what not every row has: a period, a spelling that only matches, a date that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.additions import COPY
from graph.cli import main

SOURCE = ["--id", "note", "--title", "ar=مذكرة", "--title", "fr=Une note", "--title", "en=A note"]


@pytest.fixture
def run(region):
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--data", "data"])


def test_claim_may_hold_in_a_period(run):
    said = ["noura-haddad", "presidentOf", "emerald-valley-council", "--record", "body/1", "--source", "gazetteer"]
    result = run("add", "claim", *said, "--from", "2031-06", "--until", "2036")
    assert (result.exit_code, result.stderr) == (0, "")
    row = "noura-haddad,presidentOf,emerald-valley-council,stated,gazetteer,,,body/1,,,,2031-06,2036"
    assert row in Path("data/claims.csv").read_text(encoding="utf-8").splitlines()


def test_of_several_places_that_name_an_end_the_last_before_the_words_is_taken(run):
    """The programme is named at 48-63 and again, as "the programme", at 118-126."""
    said = ["barmij", "deliveredAt", "cafe-incubator", "--status", "planned", "--words", "وستفتح به حاضنة مقاولات"]
    result = run("add", "claim", *said, *COPY)
    assert (result.exit_code, result.stderr) == (0, "")
    row = "barmij,deliveredAt,cafe-incubator,planned,bulletin,219,242,,118-126,,,,"
    assert row in Path("data/claims.csv").read_text(encoding="utf-8").splitlines()


def test_date_of_a_source_may_be_unknown(run):
    """It is asked for, and given empty it is empty: no date is guessed."""
    Path("note.txt").write_text("كلمة", encoding="utf-8")
    given = [*SOURCE, "--url", "https://example.org/note", "--date", "", "--language", "ar"]
    assert run("add", "source", "note.txt", *given).exit_code == 0
    assert ",A note,,,https://example.org/note," in Path("data/sources.csv").read_text(encoding="utf-8")


def test_titles_that_a_source_lacks_are_named_as_they_are_typed(run):
    Path("note.txt").write_text("كلمة", encoding="utf-8")
    given = [*SOURCE[:4], "--url", "https://example.org/note", "--date", "", "--language", "ar"]
    result = run("add", "source", "note.txt", *given)
    told = 'it needs a title in each language of the dataset: give --title fr="…" --title en="…"\n'
    assert (result.exit_code, result.stderr) == (1, told)


def test_spelling_that_exists_only_to_match(run):
    labels = ["--label", "ar=لقاء", "--label", "fr=Rencontre", "--label", "en=Meeting", "--hidden", "ar=ملتقى"]
    result = run("add", "entity", "meeting", "Theme", *labels)
    assert result.stdout == "data/entities.csv: meeting,Theme,لقاء,Rencontre,Meeting,,,,,ملتقى,\n"

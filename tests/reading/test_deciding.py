"""`review` shows what a review file proposes and how it stands to what is known, and decides on lines of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from click.testing import CliRunner

from graph.cli import main
from graph.pipeline import load
from graph.reading import review
from reading.reviews import CLAIM, COPY, ENTITY, MENTION, SAID, decided, proposed, save

PLACED = proposed(
    "claim", "", 130, 167, subject="cafe-numerique", property="locatedIn", object="al-marsa", status="stated"
)

WHERE = "مركز «Cafe\u0301 Nume\u0301rique» بمدينة المرسى"


def run(*arguments: str):
    return CliRunner().invoke(main, ["review", "review.csv", *COPY, *arguments, "--data", "data"])


def decisions() -> list[str]:
    return [each.proposal.decision for each in review.read(Path("review.csv")).lines]


@pytest.fixture
def undecided(region) -> None:
    known = next(c.id for c in load(Path("data"), ONTOLOGY).facts.claims if c.object == "al-marsa" and c.line == 6)
    again = replace(PLACED, against=known)
    other = replace(decided(PLACED, "", object="emerald-valley", object_at="0-11"), against=known)
    save(*(replace(each, decision="") for each in (ENTITY, MENTION, SAID, replace(CLAIM, cue="is-in"), again, other)))


@pytest.mark.usefixtures("undecided")
def test_review_counts_and_tells_what_is_new_repeated_or_contradicted():
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "entity: accepted 0, refused 0, undecided 1",
        "mention: accepted 0, refused 0, undecided 1",
        "claim: accepted 0, refused 0, undecided 4",
        "2: ?       entity  digital-bulletin  [0.8 cue-1]  new",
        "    نشرة رقمية",
        "3: ?       mention digital-bulletin  [0.8 cue-1]",
        "    نشرة رقمية",
        "4: ?       claim   digital-bulletin deliveredAt cafe-numerique stated  [0.8 cue-1]  new",
        "    وادي الزمرد 🚀 نشرة رقمية",
        "5: ?       claim   cafe-fab-lab locatedIn al-marsa stated  [0.8 is-in]  new",
        "    ويضم المركز مختبرا للتصنيع الرقمي",
        "6: ?       claim   cafe-numerique locatedIn al-marsa stated  [0.8 cue-1]  corroborates bulletin, line 6 of "
        "claims.csv",
        f"    {WHERE}",
        "7: ?       claim   cafe-numerique locatedIn emerald-valley stated  [0.8 cue-1]  conflicts with al-marsa "
        "(bulletin, line 6 of claims.csv)",
        f"    {WHERE}",
    ]


@pytest.mark.usefixtures("undecided")
def test_lines_ranges_and_cues_are_decided_and_the_rest_of_the_file_stays():
    before = Path("review.csv").read_bytes()
    assert run("--accept", "2-4,cue:is-in", "--refuse", "7").exit_code == 0
    assert decisions() == ["accept", "accept", "accept", "accept", "", "refuse"]
    now = Path("review.csv").read_bytes()
    assert now.replace(b"accept,", b",").replace(b"refuse,", b",") == before


@pytest.mark.usefixtures("undecided")
def test_with_a_new_thing_goes_all_that_names_it():
    """Else `accept` would ask for each of those lines to be refused by hand."""
    assert run("--refuse", "2").exit_code == 0
    assert decisions() == ["refuse", "refuse", "refuse", "", "", ""]


def test_cue_is_named_with_its_language_or_is_that_of_each(region):
    other = replace(decided(CLAIM, "", status="planned"), cue="ar.is-in")
    save(replace(CLAIM, decision="", cue="fr.is-in"), other, replace(PLACED, decision="", cue="fr.is"))
    assert run("--accept", "cue:fr.is-in").exit_code == 0
    assert decisions() == ["accept", "", ""]
    assert run("--refuse", "cue:is-in").exit_code == 0
    assert decisions() == ["refuse", "refuse", ""]


@pytest.mark.usefixtures("undecided")
@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (["--accept", "9"], 'no proposal stands at "9"'),
        (["--accept", "cue:nothing"], 'no proposal stands at "cue:nothing"'),
        (["--accept", "first"], '"first" is no line such as 12'),
        (["--accept", "2-4", "--refuse", "3"], "line 3 is both accepted and refused"),
    ],
)
def test_choice_that_names_nothing_is_a_misuse(choice, told):
    before = Path("review.csv").read_bytes()
    result = run(*choice)
    assert result.exit_code == 2
    assert told in result.stderr
    assert Path("review.csv").read_bytes() == before


@pytest.mark.usefixtures("undecided")
def test_what_is_wrong_is_told_by_line_and_nothing_is_decided():
    before = Path("review.csv").read_bytes()
    result = run("--accept", "3")
    assert (result.exit_code, result.stderr) == (
        1,
        'review.csv:3: "digital-bulletin" is new: accept line 2 too\n',
    )
    assert Path("review.csv").read_bytes() == before


@pytest.mark.usefixtures("undecided")
def test_file_that_cannot_be_written_stays_whole(monkeypatch):
    before = Path("review.csv").read_bytes()

    def full(old: str, new: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("--accept", "5")
    assert (result.exit_code, result.stderr) == (1, "cannot write review.csv: No space left on device\n")
    assert Path("review.csv").read_bytes() == before


@pytest.mark.usefixtures("undecided")
def test_other_text_than_the_one_read_is_told_before_anything_is_decided():
    path, before = Path("texts/bulletin.txt"), Path("review.csv").read_bytes()
    path.write_bytes(path.read_bytes() + b"\n")
    result = run("--accept", "5")
    assert result.exit_code == 1
    assert result.stderr.startswith("texts/bulletin.txt: its SHA-256 is ")
    assert Path("review.csv").read_bytes() == before

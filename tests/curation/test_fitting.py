"""Who names a property that is not there is shown those that can relate the two things."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from graph.cli import main


def told(*words: str) -> str:
    copy = ["--words", "x", "--text", "bulletin=texts/bulletin.txt", "--data", "data"]
    result = CliRunner().invoke(main, ["add", "claim", *words, *copy, "--lang", "en"])
    assert result.exit_code == 1
    return result.stderr


def test_what_can_lead_from_a_person_to_a_council_is_listed_the_more_particular_first(region: Path) -> None:
    message = told("noura-haddad", "directorOf", "emerald-valley-council")
    listed = message.partition("these can lead from one to the other: ")[2].split("), ")
    assert [each.partition(" (")[0] for each in listed][:3] == ["met", "officerOf", "presidentOf"]
    assert "presidentOf (يرأس" in message  # in the first language of the dataset
    assert "offersTraining" not in message


def test_a_slip_of_the_pen_is_asked_about_alone(region: Path) -> None:
    message = told("noura-haddad", "presidntOf", "emerald-valley-council")
    assert message.startswith('no property is called "presidntOf"; did you mean "presidentOf" (يرأس)')
    assert "these can lead" not in message


def test_what_a_property_is_not_for_is_refused_with_those_that_are(region: Path) -> None:
    said = ["--record", "body/1", "--source", "gazetteer", "--data", "data", "--lang", "en"]
    words = ["add", "claim", "noura-haddad", "councilOf", "emerald-valley-council"]
    message = CliRunner().invoke(main, [*words, *said]).stderr
    assert "the subject of councilOf must be of the class Council; noura-haddad is not" in message
    assert "data/claims.csv: these can lead from one to the other: met (" in message
    assert ", presidentOf (يرأس)" in message

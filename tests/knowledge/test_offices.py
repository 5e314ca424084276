"""Who presides is who is told last to; that another presided before is no conflict, and no fact of today."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.facts import curated
from graph.model import ontology
from graph.model.records import Facts

pytestmark = pytest.mark.usefixtures("region")

MODEL = ontology.load(ONTOLOGY)
PRESIDES = "{},presidentOf,emerald-valley-council,stated,{},,,body/7,,,,{},{}"
PEOPLE = "adil,Person,عادل,Adil,Adil,,,,,,\nhoda,Person,هدى,Hoda,Hoda,,,,,,\n"


def presidents(*told: str, at: str = "") -> tuple[dict[str, str], Facts]:
    """The standing of each president of the council by what is told: "WHO SOURCE-DATE FROM UNTIL", and the facts.

    Noura Haddad presides by a source of 2031.
    """
    claims = []
    for number, line in enumerate(told):
        who, issued, since, until, *_ = (*line.split(" "), "", "")
        add(
            "sources",
            f"book-{number},dcat:Dataset,كتاب {number},Livre {number},Book {number},,{issued},,,,,,reference,",
        )
        claims.append(PRESIDES.format(who, f"book-{number}", since, until))
    add("entities", PEOPLE.rstrip())
    add("claims", *claims)
    facts = curated.load(Path("data"), MODEL, at)
    held = [each for each in facts.claims if each.property == "presidentOf"]
    return {f"{each.subject} {each.source.partition('-')[2]}".strip(): each.standing for each in held}, facts


def add(name: str, *lines: str) -> None:
    path = Path("data", f"{name}.csv")
    path.write_text(path.read_text(encoding="utf-8") + "\n".join([*lines, ""]), encoding="utf-8")


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        (["adil 2024-03"], {"noura-haddad": "stated", "adil 0": "over"}),  # another presided before
        (
            ["adil 2024-03 2021-09-17"],
            {"noura-haddad": "stated", "adil 0": "over"},
        ),  # elected then, as that source says
        (["adil 2033-04"], {"noura-haddad": "over", "adil 0": "stated"}),
        (["adil 2033-04 2032"], {"noura-haddad": "over", "adil 0": "stated"}),
        (["adil 2035 2020 2026"], {"noura-haddad": "stated", "adil 0": "over"}),  # by its period alone
        (["noura-haddad 2033"], {"noura-haddad": "stated", "noura-haddad 0": "stated"}),  # nobody follows herself
        (
            ["noura-haddad 2025 2021", "hoda 2028"],  # she came back
            {"noura-haddad": "stated", "noura-haddad 0": "over", "hoda 1": "over"},
        ),
    ],
)
def test_who_is_told_later_follows(told: list[str], standing: dict[str, str]) -> None:
    found, facts = presidents(*told)
    assert found == standing
    assert (facts.conflicts, facts.warnings) == ((), ())


@pytest.mark.parametrize(
    "told",
    [
        "adil 2031-04",  # the other source of that year
        "adil 2035 2021",  # in 2035 it is told that he presides since 2021
        "adil 2024 2021 2034",  # his term is told to last beyond
        "adil  2021",  # by a source of which nobody knows when it spoke
    ],
)
def test_two_at_one_time_conflict_and_both_stand(told: str) -> None:
    found, facts = presidents(told)
    assert found == {"noura-haddad": "stated", "adil 0": "stated"}
    assert len(facts.conflicts) == 1
    assert "both stand" in str(facts.warnings[0])


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        ("2026", {"noura-haddad": "upcoming", "adil 0": "stated", "hoda 1": "upcoming"}),
        ("2032", {"noura-haddad": "stated", "adil 0": "over", "hoda 1": "upcoming"}),
        ("2040", {"noura-haddad": "over", "adil 0": "over", "hoda 1": "stated"}),
    ],
)
def test_asked_of_another_day_who_presided_then_does(at: str, standing: dict[str, str]) -> None:
    assert presidents("adil 2024-03 2021", "hoda 2036 2035", at=at)[0] == standing


def test_of_what_many_may_have_at_once_nobody_follows_another() -> None:
    """Both stand in the town, though the sources that say so are seven years apart."""
    add("sources", "book-0,dcat:Dataset,كتاب,Livre,Book,,2024,,,,,,reference,")
    add("claims", "manara-foundation,locatedIn,al-marsa,stated,book-0,,,body/7,,,,,")
    there = [each for each in curated.load(Path("data"), MODEL).claims if each.property == "locatedIn"]
    assert {each.subject: each.standing for each in there if each.object == "al-marsa"} == {
        "cafe-numerique": "stated",
        "manara-foundation": "stated",
    }

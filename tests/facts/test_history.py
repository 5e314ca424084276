"""What curators decided is read with its faults, and where two values stand against one another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.facts import curated
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)
HEAD = "kind,a,b,source,reason,by,on\n"
POPULATION = "al-marsa,population,41250,stated,gazetteer,,,place/2,,,,,\n"
COUNTED = "al-marsa,population,{},stated,{},,,{},,,,{},{}\n"


def claim(subject: str, name: str) -> str:
    """The id of the claim of the invented region that has this subject and property."""
    told = curated.load(Path("data"), MODEL).claims
    (found,) = (each.id for each in told if (each.subject, each.property) == (subject, name))
    return found


def told(lines: str) -> list[str]:
    Path("data/decisions.csv").write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        curated.load(Path("data"), MODEL)
    return str(caught.value).splitlines()


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("withdraw,0123456789abcdef,,,wrong,N. H.,2031-06-02", 'unknown claim "0123456789abcdef" in column a'),
        ("prefer,{launch},0123456789abcdef,,newer,N. H.,2031-06-02", 'unknown claim "0123456789abcdef" in column b'),
        ("prefer,{launch},,,newer,N. H.,2031-06-02", "b is missing"),
        (
            "prefer,{launch},{launch},,newer,N. H.,2031-06-02",
            "a claim is preferred to another, not to itself: mend column",
        ),
        (
            "withdrawn,{launch},,,wrong,N. H.,2031-06-02",
            'unknown kind "withdrawn" in column kind; did you mean "withdraw"?',
        ),
        ("withdraw,{launch},,,,N. H.,2031-06-02", "reason is missing"),
        ("withdraw,{launch},,,wrong,,2031-06-02", "by is missing"),
        ("withdraw,{launch},,,wrong,N. H.,June", 'on "June" is not a day such as 2024-04-22'),
        (
            "same,بارميج,barmidj,,a spelling,N. H.,2031-06-02",
            'unknown entity "barmidj" in column b; did you mean "barmij"?',
        ),
        ("same,بارميج,barmij,bulletn,a spelling,N. H.,2031-06-02", 'unknown source "bulletn" in column source'),
    ],
)
def test_fault_of_a_decision_is_told_with_its_place(line: str, says: str) -> None:
    (said,) = told(line.format(launch=claim("emerald-valley-authority", "launches")) + "\n")
    assert said.startswith(f"data/decisions.csv:2: {says}")


@pytest.mark.usefixtures("region")
def test_two_claims_are_not_preferred_to_each_other() -> None:
    one, other = claim("barmij", "about"), claim("barmij", "audience")
    pair = "prefer,{},{},,newer,N. H.,2031-06-02\n"
    assert told(pair.format(one, other) + pair.format(other, one)) == [
        "data/decisions.csv:3: line 2 decides on the same already: keep one"
    ]


@pytest.mark.usefixtures("region")
def test_a_claim_whose_line_has_a_fault_is_not_called_unknown(edit) -> None:
    one = claim("barmij", "about")
    edit("data/claims.csv", "barmij,about,coding", "barmij,about,codin")
    assert [line.partition(":")[0] for line in told(f"withdraw,{one},,,wrong,N. H.,2031-06-02\n")] == [
        "data/claims.csv"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [(("", ""), ("", "")), (("2030", ""), ("", "")), (("", "2031"), ("2031-06", "")), (("2030", "2031"), ("2031", ""))],
)
def test_two_values_of_one_source_at_one_time_are_refused(edit, first, second) -> None:
    two = COUNTED.format(41250, "gazetteer", "place/2", *first) + COUNTED.format(43, "gazetteer", "place/3", *second)
    edit("data/claims.csv", POPULATION, two)
    with pytest.raises(DataError) as caught:
        curated.load(Path("data"), MODEL)
    assert str(caught.value) == (
        "data/claims.csv:14: al-marsa population 43 (gazetteer): the same source says 41250 on line 13; keep one, or "
        "say in columns from and until when each holds"
    )


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [(("", "2030"), ("2031", ""), 43), (("2031-06", ""), ("", "2031-05-31"), 43), (("", ""), ("", ""), "041250")],
)
def test_values_of_other_times_and_one_value_written_twice_are_no_conflict(edit, first, second, number) -> None:
    two = COUNTED.format(41250, "gazetteer", "place/2", *first)
    edit("data/claims.csv", POPULATION, two + COUNTED.format(number, "gazetteer", "place/3", *second))
    assert curated.load(Path("data"), MODEL).warnings == ()


def census(edit, number: int) -> None:
    """Add a second source, which counts `number` people."""
    path = Path("data/sources.csv")
    line = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("gazetteer,"))
    path.write_text(path.read_text("utf-8") + line.replace("gazetteer,", "census,", 1) + "\n", encoding="utf-8")
    edit("data/claims.csv", POPULATION, POPULATION + COUNTED.format(number, "census", "7", "", ""))


def test_two_values_of_one_source_are_refused_though_another_source_says_a_third(edit) -> None:
    """What stands before them and is only warned of hides nothing."""
    census(edit, 43)
    other, again = COUNTED.format(43, "census", "7", "", ""), COUNTED.format(44, "gazetteer", "place/3", "", "")
    edit("data/claims.csv", POPULATION + other, other + POPULATION + again)
    with pytest.raises(
        DataError, match=r"^data/claims.csv:15: .* 44 .gazetteer.: the same source says 41250 on line 14"
    ):
        curated.load(Path("data"), MODEL)


def test_two_sources_that_differ_are_a_warning_and_both_stand(edit) -> None:
    census(edit, 43)
    facts = curated.load(Path("data"), MODEL)
    assert [re.sub("[0-9a-f]{16}", "ID", str(each)) for each in facts.warnings] == [
        "data/claims.csv:14: warning: al-marsa population 43 (census): gazetteer says 41250 on line 13; both stand, "
        "unless decisions.csv prefers one (ID or ID)"
    ]
    assert {each.object for each in facts.claims if each.property == "population" and each.asserted} == {"41250", "43"}


def test_a_conflict_that_curators_decided_is_settled(edit) -> None:
    census(edit, 43)
    (warning,) = curated.load(Path("data"), MODEL).warnings
    this, that = re.findall("[0-9a-f]{16}", str(warning))
    decision = f"prefer,{this},claim/{that},,the census counted,N. H.,2031-06-02\n"
    Path("data/decisions.csv").write_text(HEAD + decision, encoding="utf-8")
    facts = curated.load(Path("data"), MODEL)
    assert facts.warnings == ()
    standings = {each.object: each.standing for each in facts.claims if each.property == "population"}
    assert standings == {"41250": "outweighed", "43": "stated"}

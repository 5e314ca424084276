"""Who says the same is counted once for each text, and what became of an announcement is told by date and passage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from click.testing import CliRunner
from pyoxigraph import NamedNode

from graph.cli import main
from graph.knowledge.corroboration import Attestation, repeats
from graph.knowledge.knowledge import Knowledge
from graph.pipeline import load
from graph.store import question
from graph.store.embedded import Embedded

Edit = Callable[[str, str, str], None]
ALMANAC = "almanac,dcat:Dataset,تقويم,Almanach,Almanac,,2033-04,https://example.org/almanac,,,,,reference,"
ECHO = f"echo,schema:NewsArticle,صدى,Écho,Echo,,2031-07,https://example.org/echo,,ar,200,{'0' * 64},press,"
LAUNCH = "emerald-valley-authority,launches,barmij,stated"
VENUE = "barmij,deliveredAt,cafe-numerique,stated"


def grown(*lines: str, source: str = ALMANAC) -> Knowledge:
    """Give the invented region with one source more, which says these claims."""
    for name, new in (("sources", [source]), ("claims", lines)):
        path = Path("data", f"{name}.csv")
        path.write_text(path.read_text(encoding="utf-8") + "\n".join([*new, ""]), encoding="utf-8")
    return load(Path("data"), ONTOLOGY)


def of_claim(knowledge: Knowledge, subject: str, name: str, source: str) -> Attestation:
    (found,) = (
        claim.id
        for claim in knowledge.facts.claims
        if (claim.subject, claim.property, claim.source) == (subject, name, source)
    )
    return knowledge.asserted.attested[found]


def asked(knowledge: Knowledge, name: str) -> list[tuple[str, ...]]:
    """Ask a question; give its rows by local names, a passage as its two positions."""
    store = Embedded(knowledge.quads())
    answer = question.load(name).ask(store, {}, timeout=20)
    return [tuple(_local(cell, store.base) for cell in row) for row in answer.rows]


def _local(cell: object, base: str) -> str:
    if isinstance(cell, NamedNode):
        short = cell.value.removeprefix("https://w3id.org/azetta/ontology#").removeprefix(base).removeprefix("source/")
        return short.rpartition("#char=")[2]
    return str(getattr(cell, "value", ""))


@pytest.mark.usefixtures("region")
def test_two_sources_corroborate_and_say_from_when_to_when() -> None:
    knowledge = grown("al-marsa,population,41250,stated,almanac,,,7,,,,,")
    assert of_claim(knowledge, "al-marsa", "population", "gazetteer") == Attestation(2, "2031", "2033-04")
    assert of_claim(knowledge, "al-marsa", "population", "almanac") == Attestation(2, "2031", "2033-04")
    assert of_claim(knowledge, "al-marsa", "wgs:lat", "gazetteer") == Attestation(1, "2031", "2031")
    assert asked(knowledge, "corroborated") == [
        ("al-marsa", "population", "41250", "2", "2031", "2033-04", "Stated", "gazetteer", "2031", "place/2"),
        ("al-marsa", "population", "41250", "2", "2031", "2033-04", "Stated", "almanac", "2033-04", "7"),
    ]


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    "line",
    [
        "al-marsa,containedIn,emerald-valley,planned,almanac,,,7,,,,,",
        "al-marsa,containedIn,emerald-valley,discussed,almanac,,,7,,,,,",
    ],
)
def test_an_announcement_does_not_confirm_a_fact(line: str) -> None:
    assert of_claim(grown(line), "al-marsa", "containedIn", "gazetteer").sources == 1


def test_other_periods_are_another_content(edit: Edit) -> None:
    edit(
        "data/claims.csv",
        "emerald-valley-council,stated,gazetteer,,,body/1,,,,,",
        "emerald-valley-council,stated,gazetteer,,,body/1,,,,,2030",
    )
    later = grown("noura-haddad,presidentOf,emerald-valley-council,stated,almanac,,,7,,,,2032,")
    assert of_claim(later, "noura-haddad", "presidentOf", "almanac").sources == 1


def echoed(*spans: tuple[int, int]) -> Knowledge:
    """Give the region with an echo, whose two claims cite the very words that the bulletin's at `spans` do."""
    path = Path("data/passages.csv")
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    starts = tuple(f"bulletin,{start},{end}," for start, end in spans)
    copied = [f"echo{line.removeprefix('bulletin')}" for line in lines if line.startswith(starts)]
    path.write_text("\n".join([head, *sorted([*lines, *copied]), ""]), encoding="utf-8")
    return grown(f"{LAUNCH},echo,26,64,,,,,,", f"{VENUE},echo,110,153,,,,,,", source=ECHO)


@pytest.mark.usefixtures("region")
def test_a_text_published_again_counts_once_and_is_said_to_be_shared() -> None:
    knowledge = echoed((26, 64), (110, 153))
    assert repeats(knowledge.facts) == {"echo": "bulletin"}
    assert of_claim(knowledge, "emerald-valley-authority", "launches", "echo").sources == 1
    said = {str(triple) for triple in knowledge.triples() if "sharesTextWith" in str(triple.predicate)}
    assert len(said) == 1
    checked = CliRunner().invoke(main, ["check", "--data", "data"])
    assert "note: echo has sentences of bulletin: the two count as one source of what both say" in checked.stderr


@pytest.mark.usefixtures("region")
def test_one_shared_phrase_makes_no_copy() -> None:
    knowledge = echoed((26, 64))
    assert repeats(knowledge.facts) == {}
    assert of_claim(knowledge, "emerald-valley-authority", "launches", "echo") == Attestation(
        2, "2031-06-01", "2031-07"
    )


@pytest.mark.usefixtures("region")
def test_what_became_of_a_plan_is_told_in_the_order_of_the_sources() -> None:
    knowledge = grown("cafe-incubator,partOf,cafe-numerique,stated,almanac,,,9,,,,,")
    assert asked(knowledge, "promises") == [
        ("cafe-incubator", "partOf", "2031-06-01", "cafe-numerique", "Planned", "bulletin", "219,242"),
        ("cafe-incubator", "partOf", "2033-04", "cafe-numerique", "Stated", "almanac", "9"),
    ]
    assert asked(knowledge, "silence") == []


@pytest.mark.usefixtures("region")
def test_silence_is_measured_against_the_newest_source() -> None:
    knowledge = grown("al-marsa,population,41250,stated,almanac,,,7,,,,,")
    assert asked(knowledge, "promises") == []
    assert asked(knowledge, "silence") == [
        ("cafe-incubator", "partOf", "cafe-numerique", "Planned", "bulletin", "2031-06-01", "22", "219,242")
    ]


@pytest.mark.usefixtures("region")
def test_a_source_without_a_date_may_have_broken_the_silence() -> None:
    undated = ALMANAC.replace("2033-04", "")
    knowledge = grown("cafe-incubator,partOf,cafe-numerique,stated,almanac,,,9,,,,,", source=undated)
    assert asked(knowledge, "silence") == []


@pytest.mark.usefixtures("region")
def test_two_presidents_of_one_council_conflict_and_both_are_listed() -> None:
    people = Path("data/entities.csv")
    people.write_text(people.read_text(encoding="utf-8") + "adil,Person,عادل,Adil,Adil,,,,,,\n", encoding="utf-8")
    same = ALMANAC.replace("2033-04", "2031-04")
    knowledge = grown("adil,presidentOf,emerald-valley-council,stated,almanac,,,body/1,,,,,", source=same)
    (warning,) = knowledge.facts.warnings
    assert "gazetteer says noura-haddad on line 19; both stand" in str(warning)
    assert asked(knowledge, "conflicts") == [
        (
            *("adil", "presidentOf", "emerald-valley-council", "Stated", "almanac", "2031-04", "body/1"),
            *("noura-haddad", "emerald-valley-council", "gazetteer"),
        ),
        (
            *("noura-haddad", "presidentOf", "emerald-valley-council", "Stated", "gazetteer", "2031", "body/1"),
            *("adil", "emerald-valley-council", "almanac"),
        ),
    ]


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(("people", "conflicts"), [("41249", 1), ("41251", 1), ("+41250", 0)])
def test_a_number_conflicts_with_a_smaller_one_and_a_greater_not_with_itself_in_other_signs(
    people: str, conflicts: int
) -> None:
    """The gazetteer says 41250."""
    knowledge = grown(f"al-marsa,population,{people},stated,almanac,,,7,,,,,")
    assert len(knowledge.facts.conflicts) == conflicts


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(("one", "other", "conflicts"), [("2031-05", "2031-05-06", 0), ("2031-05", "2031-06-06", 1)])
def test_a_month_does_not_conflict_with_a_day_in_it(one: str, other: str, conflicts: int) -> None:
    knowledge = grown(
        f"cafe-numerique,openedOn,{one},stated,gazetteer,,,place/3,,,,,",
        f"cafe-numerique,openedOn,{other},stated,almanac,,,3,,,,,",
    )
    assert len(knowledge.facts.conflicts) == conflicts

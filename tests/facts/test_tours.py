"""Guided tours are data: what is wrong in one is told by its line, and nothing of it is guessed."""

from __future__ import annotations

import pytest
from checkout import ONTOLOGY
from programs import run

from graph.errors import DataError
from graph.page.html import render
from graph.pipeline import check, load

TOUR = """\
[[tour]]
id = "begin"
title = { ar = "البداية", fr = "Le début", en = "The beginning" }

[[tour.step]]
at = "view=map&select=al-marsa&kind=Programme,other&at=1-2&text=bulletin&question=roles"
claims = ["LAUNCHES"]
ar = "أطلقت الجهة برنامج برمج."
fr = "La Région a lancé Barmij."
en = "The Region launched Barmij."
"""


@pytest.fixture
def tours(region, emerald):
    """Write the tours of the region, its claim in them, with some words replaced; give its folder of data."""

    def write(*changes: tuple[str, str]):
        text = TOUR.replace("LAUNCHES", emerald.facts.claims[0].id)
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (region / "data" / "tours.toml").write_text(text, encoding="utf-8")
        return region / "data"

    return write


def test_a_tour_is_read_with_its_steps(tours, emerald):
    (tour,) = load(tours(), ONTOLOGY).facts.tours
    assert (tour.id, tour.titles["fr"], tour.line) == ("begin", "Le début", 1)
    assert [(step.line, step.texts["en"], step.claims) for step in tour.steps] == [
        (5, "The Region launched Barmij.", (emerald.facts.claims[0].id,))
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("select=al-marsa", "select=al-marza", '5: unknown entity "al-marza" in at: select; did you mean "al-marsa"?'),
        (
            "select=al-marsa",
            "select=barmij~about~al-marsa",
            '5: no claim says the link "barmij~about~al-marsa"',
        ),
        ("view=map", "view=mapp", '5: unknown view "mapp" in at: view; did you mean "map"?'),
        ("view=map", "veiw=map", '5: "veiw" is no part of an address of the page; did you mean "view"?'),
        ("view=map", "lang=ar", '5: "lang" is no part of an address of the page'),
        ("view=map", "depth=7", '5: "depth" cannot be "7" in an address of the page'),
        ("question=roles", "question=rolls", '5: unknown question "rolls" in at: question; did you mean "roles"?'),
        ("text=bulletin", "text=bulletins", '5: unknown source "bulletins" in at: text; did you mean "bulletin"?'),
        ("kind=Programme", "kind=Program", '5: unknown class "Program" in at: kind; did you mean "Programme"?'),
        ('fr = "La', 'fz = "La', '5: unknown key "fz"'),
        ('fr = "La', 'fz = "La', "5: [tour.step] has no text for the language fr"),
        ("claims = [", "claims = []#", "5: a step names the claims that its sentence rests on"),
        ('claims = ["', 'claims = ["0', "5: unknown claim "),
        ('id = "begin"', 'id = "Begin!"', '1: id "Begin!" may hold only a-z, 0-9 and "-"'),
        ("[[tour.step]]", "[[tour.steps]]", "1: a tour has steps"),
        ("[[tour.step]]", "[[tour.step]", "5: not valid TOML"),
        ("[[tour]]", '[[tour]]\nid = "begin"\n[[tour]]', "1: a tour has steps"),
        ("[[tour]]", "[[trip]]\n[[tour]]", '0: unknown key "trip"'),
    ],
)
def test_a_fault_of_a_tour_is_told_with_its_line(tours, old, new, told):
    with pytest.raises(DataError) as caught:
        load(tours((old, new)), ONTOLOGY)
    line, message = told.split(": ", 1)
    problems = [each for each in caught.value.problems if each.file.endswith("tours.toml")]
    assert any(each.line == int(line) and message in str(each.message) for each in problems), problems


def test_check_tells_the_faults_of_tours_with_those_of_tables(tours, edit):
    data = tours(("select=al-marsa", "select=al-marza"))
    edit("data/claims.csv", "barmij,about,coding,stated", "barmij,about,koding,stated")
    _, problems = check(data, ONTOLOGY)
    assert {each.file.rpartition("/")[2] for each in problems} >= {"tours.toml", "claims.csv"}


def test_a_dataset_without_tours_has_none(emerald):
    assert emerald.facts.tours == ()
    assert '"tours":[]' in render(emerald)


@pytest.mark.processes
def test_tours_follow_what_is_called_otherwise(tours, region):
    data = tours(("select=al-marsa", "select=emerald-valley-authority~launches~barmij&marked=barmij,al-marsa"))
    done = run(region, "rename", "barmij", "barmij-programme", "--reason", "its full name")
    assert done.returncode == 0, done.stderr
    facts = load(data, ONTOLOGY).facts
    (step,) = facts.tours[0].steps
    assert "select=emerald-valley-authority~launches~barmij-programme&marked=barmij-programme,al-marsa" in step.address
    assert step.claims == (facts.claims[0].id,)
    assert step.texts["en"] == "The Region launched Barmij."

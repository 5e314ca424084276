"""What a name may hold, and when two things of one name are refused or doubted."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import ONTOLOGY

from graph.errors import DataError
from graph.facts import curated
from graph.facts.naming import fault
from graph.model import ontology

MODEL = ontology.load(ONTOLOGY)
CITY = "al-marsa,City,المرسى,El Marsa,Al Marsa,,,La Marsa|Marsa,,,"
SECOND = "marsa-port,City,مرسى الميناء,port,Port,,,LA MARSA,,,"
CONTAINED = "al-marsa,containedIn,emerald-valley,stated,gazetteer,,,place/2,,,,,"


@pytest.mark.parametrize(
    "name",
    ["نمی\u200cشود", "👩\u200d💻", "L’École", "ⵙⵓⵙ ⵎⴰⵙⵙⴰ", "بَرْمِج", "C++", "1337", "مدرسة (1337)"],
    ids=ascii,
)
def test_what_a_script_needs_is_no_fault(name):
    assert fault(name) == ""


@pytest.mark.parametrize(
    "sign",
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u00ad\u2060\ufeff",
    ids=ascii,
)
def test_what_no_reader_sees_is_refused_and_the_name_without_it_is_given(sign):
    found = fault(f"Aga{sign}dir")
    assert found == f'holds the invisible character U+{ord(sign):04X}: delete it, and write "Agadir"'


def second_city(edit, place: str) -> None:
    edit("data/entities.csv", CITY, f"{CITY}\n{SECOND}")
    added = f"marsa-port,containedIn,{place},stated,gazetteer,,,place/3,,,,,"
    edit("data/claims.csv", CONTAINED, f"{CONTAINED}\n{added}")


def test_two_things_of_one_class_and_name_in_one_place_are_refused(edit):
    second_city(edit, "emerald-valley")
    with pytest.raises(DataError) as caught:
        curated.load(Path("data"), MODEL)
    assert str(caught.value) == (
        'data/entities.csv:7: "marsa-port" and "al-marsa" on line 6 are of one class and both called "LA MARSA", in '
        '"emerald-valley": make them one, or write in decisions.csv why they are two: "distinct,al-marsa,marsa-port"'
    )


def test_a_decision_keeps_two_things_of_one_name_apart(region, edit):
    second_city(edit, "emerald-valley")
    (region / "data" / "decisions.csv").write_text(
        "kind,a,b,source,reason,by,on\ndistinct,al-marsa,marsa-port,,two ports,Azetta,2031-06-01\n", encoding="utf-8"
    )
    assert curated.load(Path("data"), MODEL).warnings == ()


def test_two_things_of_one_class_and_name_elsewhere_are_a_warning(edit):
    second_city(edit, "cafe-numerique")
    assert [str(warning) for warning in curated.load(Path("data"), MODEL).warnings] == [
        'data/entities.csv:7: warning: "marsa-port" and "al-marsa" on line 6 are of one class and both called '
        '"LA MARSA": are they two things?'
    ]


def test_a_name_of_another_class_is_no_fault(edit):
    edit("data/entities.csv", CITY, f"{CITY}\n{SECOND.replace('City', 'Theme')}")
    assert curated.load(Path("data"), MODEL).warnings == ()

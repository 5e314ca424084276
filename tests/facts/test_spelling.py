"""Iris are found in whatever spelling a text has, as whole words, and where they really stand."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from graph.facts.sounds import sounds
from graph.facts.spelling import cut, find, fold, searched

CASES = tomllib.loads((Path(__file__).parents[1] / "spellings.toml").read_text(encoding="utf-8"))
SEARCHED, HEARD = CASES.pop("searched"), CASES.pop("heard")


@pytest.mark.parametrize(("text", "folded"), CASES.items())
def test_what_a_spelling_is_folded_to(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(("name", "form"), SEARCHED.items())
def test_form_in_which_a_name_is_looked_up(name, form):
    assert searched(name) == form


@pytest.mark.parametrize(("name", "heard"), HEARD.items())
def test_what_is_heard_of_a_name(name, heard):
    assert sounds(name) == heard


def found(text: str, name: str) -> list[str]:
    return [text[start:end] for start, end in find(fold(text), name)]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("أگادير", "أكادير"),
        ("اݣادير", "أكادير"),
        ("ڤيديو", "فيديو"),
        ("لوجيپول", "لوجيبول"),
        ("چامبيون", "جامبيون"),
        ("مدرسه", "مدرسة"),
        ("مصطفي", "مصطفى"),
        ("مسؤول", "مسوول"),
        ("شاطئ", "شاطي"),
        ("ٱلواحة", "الواحة"),
        ("آسفي", "اسفي"),
        ("کلیة", "كلية"),
        ("مَدْرَسَةٌ", "مدرسة"),
        ("رحمٰن", "رحمن"),
        ("واحـــة", "واحة"),
        ("واحة\u200f", "واحة"),
        ("وا\u200cحة", "واحة"),
        ("١٣٣٧", "1337"),
        ("۱۳۳۷", "1337"),
        ("ÉCOLE", "école"),
        ("Cafe\u0301", "café"),
        ("Chtouka-Aït Baha", "chtouka ait baha"),
        ("l\u2019École", "l'école"),
        ("Straße", "STRASSE"),
        ("Œuvre", "oeuvre"),
        ("ﻻعب", "لاعب"),
        ("ⵙⵓⵙ", "ⵙⵓⵙ"),
    ],
)
def test_one_name_in_two_spellings(spelling, name):
    assert found(f"قبل {spelling} بعد", name) == [spelling.rstrip("\u200f")]
    assert found(f"قبل {name} بعد", spelling) == [name]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("بالمدرسة", "مدرسة", "مدرسة"),
        ("والمدرسة", "المدرسة", "المدرسة"),
        ("وبمدرسة", "مدرسة", "مدرسة"),
        ("فكمدرسة", "مدرسة", "مدرسة"),
        ("للمدرسة", "المدرسة", "للمدرسة"),
        ("وللمدرسة", "مدرسة", "مدرسة"),
        ("لمدرسة", "المدرسة", "مدرسة"),
        ("للوجيستيك", "اللوجيستيك", "لوجيستيك"),
        ("و”يوكود”", "يوكود", "يوكود"),
        ("ٱلمدرسة", "مدرسة", "مدرسة"),
        ("بأليوپول", "أليوپول", "أليوپول"),
    ],
)
def test_what_arabic_writes_onto_the_front_of_a_word(text, name, words):
    assert found(f"زار {text}.", name) == [words]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("رسالة مسلاة", "سلا"),
        ("أليوپول", "يوپول"),
        (unicodedata.normalize("NFD", "أليوپول"), "يوپول"),
        ("مدرستهم", "مدرسة"),
        ("112 و 12.5 و 3,12", "12"),
        ("Parisian", "Paris"),
        ("anything", ""),
        ("anything", "ـ"),
    ],
)
def test_what_only_resembles_a_name_is_not_found(text, name):
    assert found(text, name) == []


def test_a_name_may_be_broken_over_lines():
    assert find(fold("مدينة\r\n المهن"), "مدينة المهن") == [(0, 13)]


def test_offsets_count_code_points_of_the_text_as_it_is():
    text = "🚀 \r\n\u2028Cafe\u0301 بَيْت ﻻعب"
    spans = {name: find(fold(text), name) for name in ("café", "بيت", "لاعب")}
    assert spans == {"café": [(5, 10)], "بيت": [(11, 16)], "لاعب": [(17, 20)]}


def test_a_span_ends_with_the_marks_of_its_last_letter():
    text = "كتابٌ جديدٌ"
    assert found(text, "كتاب") == ["كتابٌ"]


def test_name_is_found_where_its_last_words_are_quoted():
    assert found("زار مركز مجموعة “زمردة” أمس", "مركز مجموعة زمردة") == ["مركز مجموعة “زمردة"]
    assert found("زار مركز مجموعة، زمردة", "مركز مجموعة زمردة") == []


def test_every_folded_character_leads_back_to_where_it_came_from():
    text = "Ǆ ﷺ ½ ſ İ مَدْرَسَةٌ"
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for character, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert character in fold(unicodedata.normalize("NFC", text[start:end])).text


@pytest.mark.parametrize(
    ("text", "offset", "broken"),
    [
        ("واحة", 0, None),
        ("واحة", 4, None),
        ("واحة", 2, "word"),
        ("بَيت", 1, "letter"),
        ("Cafe\u0301s", 4, "letter"),
        ("Cafe\u0301s", 5, "word"),
        ("بالواحة", 3, None),
        ("والواحة", 1, None),
        ("l'École", 2, None),
        ("école", 1, "word"),
        ("في 1337", 4, "word"),
    ],
)
def test_what_an_offset_cuts(text, offset, broken):
    assert cut(text, offset) == broken

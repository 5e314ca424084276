"""Known names are found in a text as `cite` and `check` find them one by one, the longest first."""

from __future__ import annotations

from itertools import product

import pytest

from graph.facts.spelling import find, fold
from graph.reading.gazetteer import Gazetteer

PLACES = {
    "oasis": ["الواحة", "Oasis"],
    "green-oasis": ["الواحة الخضراء"],
    "school-42": ["École 42", "مدرسة 42"],
    "palm": ["نخيل"],
    "palm-city": ["نخيل"],
}


def said(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[each.start : each.end], each.named) for each in Gazetteer(PLACES).find(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زرنا الواحة الخضراء", [("الواحة الخضراء", ("green-oasis",))]),
        ("زرنا الواحة «الخضراء»", [("الواحة «الخضراء", ("green-oasis",))]),
        ("وبالواحةِ نزلنا، ثم للواحة عدنا", [("الواحةِ", ("oasis",)), ("للواحة", ("oasis",))]),
        ("مدرسة\u00a0٤٢ و ECOLE  42", [("مدرسة\u00a0٤٢", ("school-42",)), ("ECOLE  42", ("school-42",))]),
        ("école 42,5", []),
        ("l'oasis", [("oasis", ("oasis",))]),
        ("oasisien, 🌴oasis", [("oasis", ("oasis",))]),
        ("بالنخيل", [("نخيل", ("palm", "palm-city"))]),
        ("مدرسة الواحة", [("الواحة", ("oasis",))]),
        ("", []),
    ],
)
def test_names_in_a_text(text, expected):
    assert said(text) == expected


def test_what_is_found_is_what_the_search_for_one_name_finds():
    """The automaton and `find` agree wherever one name stands alone, with each prefix and each sign after it."""
    before = ["", "و", "ف", "ب", "لل", "ول", "وبال", "س", "3.", "«", "d'"]
    after = ["", "،", ".", "ية", "s", ".5", "»"]
    for name, first, last in product(["الواحة", "نخيل", "Oasis", "École 42"], before, after):
        text = f"أ {first}{name.removeprefix('ال') if 'ل' in first else name}{last} ب"
        alone = [(each.start, each.end) for each in Gazetteer({"one": [name]}).find(fold(text))]
        assert alone == find(fold(text), name), text

"""Where sentences end: at full stops and lines, but not where a page of one width breaks them."""

from __future__ import annotations

import pytest

from graph.reading.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un. Deux ! Trois ?", ["Un.", "Deux !", "Trois ?"]),
        ("M. Amal et Mme. Rami.", ["M. Amal et Mme. Rami."]),
        ("Il coûte 1.500 DH. Oui", ["Il coûte 1.500 DH.", "Oui"]),
        ("عنوان\nنص، ثم نص؟ نعم؛ لا", ["عنوان", "نص، ثم نص؟", "نعم؛", "لا"]),
        ("Une ligne\nqui continue.\nUne autre", ["Une ligne\nqui continue.", "Une autre"]),
        ("«Oui.» Non.", ["«Oui.»", "Non."]),
        (" \n\n ", []),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_lines_of_one_width_end_no_sentence():
    line = "كلمات كثيرة تملأ السطر كله إلى آخره ثم تستمر بعده"
    text = "\n".join([line] * 6) + ".\n\n" + line
    assert [text[start:end] for start, end in sentences(text)] == ["\n".join([line] * 6) + ".", line]

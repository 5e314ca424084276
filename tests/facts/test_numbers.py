"""A number is found however a text writes it: grouped, in letters, by thousands and millions, in any digits."""

from __future__ import annotations

import pytest

from graph.facts.quantities import spans
from graph.facts.spelling import fold


@pytest.mark.parametrize(
    ("text", "number", "written"),
    [
        ("un coût de 42 millions de DH", "42000000", "42 millions"),
        ("42 MDH hors taxes", "42000000", "42 MDH"),
        ("près de dix millions de dirhams", "10000000", "dix millions"),
        ("pour 3.000 stagiaires", "3000", "3.000"),
        ("3\u202f000 places", "3000", "3\u202f000"),
        ("5,95 millions", "5950000", "5,95 millions"),
        ("le 07 février", "7", "07"),
        ("مبلغ 3 ملايين درهم", "3000000", "3 ملايين"),
        ("بغلاف قدره 200 ألف درهم", "200000", "200 ألف"),
        ("تقدر بـ3.200.000 درهم", "3200000", "3.200.000"),
        ("مساحته ١٢٤٠ مترا", "1240", "١٢٤٠"),
        ("عشرة ملايين", "10000000", "عشرة ملايين"),
        ("a loan of 1.5 million", "1500000", "1.5 million"),
    ],
)
def test_number_is_found(text: str, number: str, written: str) -> None:
    assert [text[start:end] for start, end in spans(fold(text), number)] == [written]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30.000 places", "30"),  # grouped, not a fraction
        ("130 places", "30"),
        ("projet A8", "8"),  # a name
        ("42 millions", "4200000"),
        ("dixième édition", "10"),
        ("trente places", "30"),  # letters beyond ten are not read
        ("2024-04-22", "2024-04-22"),  # not a number
    ],
)
def test_what_is_not_that_number(text: str, number: str) -> None:
    assert list(spans(fold(text), number)) == []

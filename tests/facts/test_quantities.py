"""Numbers and dates are read as Arabic and French write them."""

from __future__ import annotations

import pytest

from graph.facts.names import Names
from graph.facts.quantities import dates, numbers, years
from graph.facts.spelling import fold
from graph.model.records import Facts, Info


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 communes", ["18"]),
        ("5 millions de dirhams", ["5000000"]),
        ("3,5 milliards DH", ["3500000000"]),
        ("1 240 m²", ["1240"]),
        ("1.240,5", []),
        ("3.200.000 درهم", ["3200000"]),
        ("200 ألف درهم", ["200000"]),
        ("٣ ملايين درهم", ["3000000"]),
        ("بـ42 مليون درهم", ["42000000"]),
        ("بـ3.200.000 ملايين درهم", ["3200000"]),
        ("0,05 %", ["0.05"]),
        ("entre 5, 10 et 15", ["5", "10", "15"]),
        ("A8, H2O, v1.2.3, 16ème", []),
        ("10 mille", ["10000"]),
        ("100\u00a0000", ["100000"]),
    ],
)
def test_numbers(text, expected):
    assert [each.value for each in numbers(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 فبراير 2021", ["2021-02-05"]),
        ("١٨ يوليوز ٢٠٢٤", ["2024-07-18"]),
        ("بداية شهر غشت 2025", ["2025-08"]),
        ("12 تشرين الثاني 2023", ["2023-11-12"]),
        ("1er décembre 2024", ["2024-12-01"]),
        ("en AOUT 2022", ["2022-08"]),
        ("30/06/2025", ["2025-06-30"]),
        ("31/02/2025", []),
        ("12 رمضان 1445", []),
        ("5 mai", []),
        ("2024", []),
    ],
)
def test_dates(text, expected):
    assert [each.value for each in dates(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42 millions de dirhams", [("42000000", "az:MAD")]),
        ("3,2 MDH et 4 MMDH", [("3200000", "az:MAD"), ("4000000000", "az:MAD")]),
        ("62MDH", [("62000000", "az:MAD")]),
        ("2 M€, 500 euros, 20 dollars", [("2000000", "az:EUR"), ("500", "az:EUR"), ("20", "az:USD")]),
        ("بغلاف قدره 1,5 مليون درهم", [("1500000", "az:MAD")]),
        ("٣ ملايين أورو", [("3000000", "az:EUR")]),
        ("1 240 m² sur 3 hectares", [("1240", "m2"), ("30000", "m2")]),
        ("على 12 هكتارا و400 متر مربع", [("120000", "m2"), ("400", "m2")]),
        ("5 millions d'habitants", [("5000000", "")]),
        ("20 madriers", [("20", "")]),
    ],
)
def test_what_a_number_counts(text, expected):
    assert [(each.value, each.unit) for each in numbers(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fin 2025 ou en 2026", ["2025", "2026"]),
        ("منذ سنة 2021 وفي أفق 2030", ["2021", "2030"]),
        ("2024 stands alone", []),
        ("en 2025 m", ["2025"]),
        ("en 1 500", []),
        ("en 1500,5", []),
        ("بعام 2024", ["2024"]),
    ],
)
def test_years_are_known_by_the_word_before(text, expected):
    assert [each.value for each in years(fold(text))] == expected


def test_they_stand_where_they_are_written():
    text = "🌴 بكلفة ٥ ملايين درهم منذ 3 مارس 2024"
    assert next(text[each.start : each.end] for each in numbers(fold(text))) == "٥ ملايين درهم"
    assert [text[each.start : each.end] for each in dates(fold(text))] == ["3 مارس 2024"]


def test_value_of_a_claim_is_named_by_a_number_worth_as_much():
    about = Info("dunes", "https://example.org/", "1", ("ar",), "", "", {}, {})
    text = "تضم المدينة ١٢ ألف نسمة"
    names = Names(text, Facts(about, {}, {}, ()), {})
    assert names.literal_within("12000", (0, len(text)))
    assert not names.literal_within("12000", (0, 12))
    assert not names.literal_within("120", (0, len(text)))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("un coût de 42 millions de DH", "42"),
        ("18,7 MDH", "18.7"),
        ("18,7 MDH", "18"),
        ("sur 5 hectares", "5"),
        ("غلاف من 42 مليون درهم", "42"),
        ("٢٠٠ ألف درهم", "200"),
        ("3\u202f000 places", "3"),
    ],
)
def test_some_digits_of_a_number_are_no_value_of_a_claim(text, part):
    about = Info("dunes", "https://example.org/", "1", ("ar",), "", "", {}, {})
    assert not Names(text, Facts(about, {}, {}, ()), {}).literal_within(part, (0, len(text)))


@pytest.mark.parametrize("text", ["على مساحة 4900 متر مربع", "4900 m² au total", "4 900 DH", "4900 %"])
def test_what_is_measured_is_no_count(text):
    about = Info("dunes", "https://example.org/", "1", ("ar",), "", "", {}, {})
    names = Names(text, Facts(about, {}, {}, ()), {})
    assert names.literal_within("4900", (0, len(text)))
    assert not names.literal_within("4900", (0, len(text)), count=True)
    assert Names("4 900 places", Facts(about, {}, {}, ()), {}).literal_within("4900", (0, 12), count=True)

"""A curator reads what is wrong in her language; no message of a catalogue is missing in another."""

import ast
from functools import cache
from pathlib import Path
from re import sub
from string import Formatter
from unicodedata import bidirectional

import pytest

import graph
from graph.errors import Problem, said
from graph.model import messages

EMPTY = Problem("data/claims.csv", 41, said("{column} is missing", column="source"))


def _fields(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@cache
def _templates() -> set[str]:
    """The English templates of all messages in the code."""
    calls = [
        node
        for file in Path(graph.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said"
    ]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant) and len(call.args) == 1}


@pytest.mark.parametrize("language", sorted({*messages.LANGUAGES} - {"en"}))
def test_each_message_that_can_be_told_is_in_each_catalogue(language):
    assert _templates() == set(messages.catalogue(language))
    assert all(_fields(english) == _fields(told) for english, told in messages.catalogue(language).items())


def test_no_message_in_arabic_begins_in_latin_letters():
    """By its first letter a terminal or an editor tells in which direction a message is read."""
    for told in messages.catalogue("ar").values():
        directions = [bidirectional(letter) for letter in sub(r"{\w+}", "", told)]
        assert next((each for each in directions if each in {"L", "AL"}), "AL") == "AL", told


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "data/claims.csv:41: source is missing"),
        ("fr", "data/claims.csv:41: la colonne source est vide : remplissez-la"),
        ("es", "data/claims.csv:41: la columna source está vacía: rellénela"),
        ("ar", "data/claims.csv:41: \u2068العمود \u2068source\u2069 فارغ: املأه\u2069"),
    ],
)
def test_a_problem_is_told_in_the_language_with_its_place_first(language, line):
    assert messages.problem(EMPTY, language) == line


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": "ar_MA.UTF-8"}, "ar"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_tells_the_language(environment, language):
    assert messages.of_locale(environment) == language


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "the spreadsheet unpacks to 10,485,760 bytes; delete empty rows and columns, or save CSV"),
        (
            "fr",
            "le classeur est trop grand (10\u202f485\u202f760 octets une fois décompressé) : supprimez les lignes et "
            "colonnes vides, ou enregistrez en CSV",
        ),
        (
            "es",
            "el libro es demasiado grande (10\u202f485\u202f760 octetos una vez descomprimido): elimine las filas y "
            "columnas vacías, o guárdelo como CSV",
        ),
        (
            "ar",
            "الملف كبير جدا (\u206810\u202f485\u202f760\u2069 بايت بعد فك ضغطه): احذف الأسطر والأعمدة الفارغة، "
            "أو احفظه بصيغة CSV",
        ),
    ],
)
def test_thousands_are_set_apart_as_the_language_does(language, told):
    message = said("the spreadsheet unpacks to {size} bytes; delete empty rows and columns, or save CSV", size=10485760)
    assert messages.told(message, language) == told

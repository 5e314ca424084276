"""A curator is told of the commonest mistakes in her language, with what mends them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from openpyxl import Workbook

from graph.facts import curated
from graph.model import messages, ontology

MODEL = ontology.load(ONTOLOGY)
MISTAKES = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text(encoding="utf-8"))
ISOLATES = str.maketrans("", "", "\u2068\u2069")


def told(language: str) -> list[str]:
    found = curated.read(Path("data"), MODEL).problems
    return [messages.problem(each, language).translate(ISOLATES) for each in found]


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_in_each_language(edit, mistake):
    edit(f"data/{mistake['file']}", mistake["old"], mistake["new"])
    for language in set(mistake) & set(messages.LANGUAGES):
        assert mistake[language] in told(language)


def test_formula_is_told_by_its_sheet_and_cell(region):
    book = Workbook()
    book.active.title = "Feuil1"
    for row in (["entity", "source", "start", "end"], ["barmij", "bulletin", "=40+8", "63"]):
        book.active.append(row)
    (region / "data" / "mentions.csv").unlink()
    book.save(region / "data" / "mentions.xlsx")
    assert told("en") == ['data/mentions.xlsx:2: sheet "Feuil1": cell C2: a formula, not a text: put its value there']
    assert told("fr") == [
        "data/mentions.xlsx:2: feuille « Feuil1 » : cellule C2 : c’est une formule : remplacez-la par sa valeur"
    ]
    assert told("ar") == ["data/mentions.xlsx:2: الورقة «Feuil1»: الخلية C2: هذه معادلة: اكتب قيمتها مكانها"]

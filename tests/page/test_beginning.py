"""The page of a dataset that was just begun says what to do next, and shows the first claim once it is there."""

from __future__ import annotations

import pytest
from checkout import ONTOLOGY
from playwright.sync_api import expect
from programs import add

from graph.curation import beginning
from graph.model.inputs import MENTIONS
from graph.pipeline import load

BASE = "https://data.example.org/valle/"
STEPS = {
    "es": [
        "Añada una primera fuente: azetta add source ARCHIVO.",
        "Anote lo que nombra en data/entities.csv y data/mentions.csv, y lo que dice en data/claims.csv; README.md"
        " recorre un ejemplo.",
        "azetta check nombra cada error; azetta build rehace esta página.",
    ],
    "fr": [
        "Ajoutez une première source\u00a0: azetta add source FICHIER.",
        "Inscrivez ce qu’elle nomme dans data/entities.csv et data/mentions.csv, et ce qu’elle dit dans"
        " data/claims.csv ; README.md déroule un exemple.",
        "azetta check nomme chaque erreur ; azetta build refait cette page.",
    ],
    "ar": [
        "أضف مصدرا أول: azetta add source FILE.",
        "اكتب ما يسميه في data/entities.csv، ومواضع ذكره في data/mentions.csv، وما يقوله في data/claims.csv؛"
        " وفي README.md مثال خطوة خطوة.",
        "يسمي azetta check كل خطأ، ويعيد azetta build إنشاء هذه الصفحة.",
    ],
}
NOTHING = {
    "es": "Estos datos aún no contienen ningún elemento.",
    "fr": "Ces données ne contiennent encore aucun élément.",
    "ar": "لا توجد عناصر في هذه البيانات بعد.",
}
ROWS = {
    "sources.csv": "letter,schema:Article,Una carta,,,https://example.org/letter,,es,28,{sha256},original,\n",
    "entities.csv": "valle,Region,Valle,,,\ncosta,Province,Costa,,,\n",
    MENTIONS: "costa,letter,3,8\nvalle,letter,22,27\n",
    "claims.csv": "costa,containedIn,valle,stated,letter,0,27,,,,,,\n",
}


@pytest.mark.parametrize("languages", [["es"], ["fr"], ["ar", "fr"]], ids="-".join)
def test_page_of_nothing_says_what_to_do_next(visit, violations, tmp_path, languages):
    beginning.begin(tmp_path / "valle", "valle", BASE, languages)
    tab = visit(tmp_path / "valle" / "dist" / "index.html")
    for language in languages:
        if len(languages) > 1:
            tab.locator(f"[data-lang={language}]").click()
        expect(tab.locator("#record .steps li")).to_have_text(STEPS[language])
        expect(tab.locator("#record h3").first).to_have_text(NOTHING[language])
        expect(tab.locator("#empty")).to_have_text(NOTHING[language])
    assert tab.locator("html").get_attribute("dir") == "ltr"
    assert tab.locator("#record .steps").bounding_box()["height"] > 60
    for view in ("map", "table", "timeline", "spots", "questions", "network"):
        tab.locator(f"[data-view={view}]").click()
        assert violations(tab) == []


def test_first_claim_takes_the_place_of_what_to_do(visit, paged, tmp_path, names_drawn):
    folder = tmp_path / "valle"
    beginning.begin(folder, "valle", BASE, ["es"])
    for table, rows in ROWS.items():
        add(folder / "data" / table, rows.replace("{sha256}", "0" * 64))
    tab = visit(paged(load(folder / "data", ONTOLOGY)))
    assert names_drawn(tab) == {"Valle", "Costa"}
    assert tab.locator("#record .steps").count() == 0
    expect(tab.locator("#record .totals dd")).to_have_text(["2", "1", "1", "1"])

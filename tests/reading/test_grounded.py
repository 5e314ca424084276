"""Nothing ungrounded is proposed: the house's own check of evidence finds both ends of each claim where it says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY
from conftest import REGION

from graph.facts import curated
from graph.facts.evidence import ends
from graph.facts.names import Names
from graph.facts.spelling import find, fold
from graph.model import ontology
from graph.model.records import Claim, Entity
from graph.reading import language
from graph.reading.reader import TextReader

FRENCH = """\
Noura Haddad, présidente du Conseil de la Vallée d'Émeraude, a inauguré le Café Numérique à El Marsa. Ce centre est géré
par la Fondation Manara et la société « Grand Large ». Il s'adresse aux jeunes ; le programme Barmij y couvre 18
communes et 1.200 habitants, en partenariat avec l’Université d'Azur. Le projet est en cours de réalisation.
"""
MODEL = ontology.load(ONTOLOGY, DATA)


def texts() -> dict[str, tuple[Path, str, str]]:
    cases = {
        "arabic": (REGION / "data", (REGION / "texts" / "bulletin.txt").read_bytes().decode(), "ar"),
        "french": (REGION / "data", FRENCH, "fr"),
    }
    if "AZETTA_ARTICLE" in os.environ:
        cases["article"] = (DATA, Path(os.environ["AZETTA_ARTICLE"]).read_bytes().decode(), "ar")
    return cases


@pytest.mark.parametrize("case", texts())
def test_each_end_is_named_where_the_proposal_says(case):
    data, text, tag = texts()[case]
    facts = curated.load(data, MODEL)
    found = TextReader(facts, MODEL).read("s", text, language.load(tag, ONTOLOGY, MODEL))
    fresh = {
        each.id: Entity(each.id, (each.cells["class"],), {tag: each.cells[f"label_{tag}"]}, {}, frozenset(), 0)
        for each in found
        if each.kind == "entity"
    }
    facts.entities.update(fresh)
    names = Names(text, facts, MODEL.concepts)
    claims = [each for each in found if each.kind == "claim"]
    assert len(claims) >= 3
    for each in claims:
        cells = each.cells
        prop = MODEL.properties[cells["property"]]
        claim = Claim(
            cells["subject"],
            cells["property"],
            cells["object"],
            "xsd:integer" if prop.datatypes else "",
            False,
            cells["status"],
            "s",
            (),
            "",
            0,
        )
        for end in ("subject", "object"):
            at = cells.get(f"{end}_at")
            span = tuple(map(int, at.split("-"))) if at else (int(cells["start"]), int(cells["end"]))
            assert end in ends(claim, span, names), (end, each)
    for each in found:
        if each.kind == "mention":
            assert (int(each.cells["start"]), int(each.cells["end"])) in names.spans(each.id), each


@pytest.mark.parametrize("tag", ["ar", "fr"])
def test_each_phrase_that_says_a_stage_is_a_name_of_it(tag):
    """Else the check of evidence would refuse what `read` proposes."""
    for cue in language.load(tag, ONTOLOGY, MODEL).cues:
        for phrase in cue.phrases if cue.object else ():
            said = re.sub(r"\{\w+\}", "", phrase)
            named = (find(fold(said), name) for name in MODEL.concepts[cue.object].names)
            assert any(named), (cue.key, phrase)

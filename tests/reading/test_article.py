"""On the article that the data was made from, the reader finds what two readers wrote into mentions.csv."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY

from graph.facts import curated
from graph.facts.spelling import fold
from graph.model import ontology
from graph.reading import language
from graph.reading.mentions import Things

ARTICLE = "albarg-2024-04-22"
pytestmark = pytest.mark.skipif("AZETTA_ARTICLE" not in os.environ, reason="needs a copy of the article")


def test_mentions_of_the_article():
    model = ontology.load(ONTOLOGY, DATA)
    facts = curated.load(DATA, model)
    text = Path(os.environ["AZETTA_ARTICLE"]).read_bytes().decode()
    found = {
        (each.id, each.start, each.end)
        for each in Things(facts, model).find(fold(text), language.load("ar", ONTOLOGY, model))
    }
    own = (each for each in facts.mentions if each.source == ARTICLE)
    curators = {(each.entity, each.start, each.end) for each in own}
    right = len(found & curators)
    assert right / len(found) >= 0.97
    assert right / len(curators) >= 0.97

"""The dataset is cited in the words of reference managers and registries, and told with what it owes to its sources."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from graph.export import writers
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.triples import Asserted
from graph.model.formats import find

BASE = "https://example.org/emerald-valley/"
ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"


def written(knowledge: Knowledge, name: str) -> str:
    stream = io.BytesIO()
    writers.write(knowledge, find(name), stream)
    return stream.getvalue().decode()


def test_text_has_the_reference_in_each_language_and_every_source_with_its_licence(emerald: Knowledge) -> None:
    assert written(emerald, "citation.txt").splitlines() == [
        f"وادي الزمرد (جهة متخيلة). Azetta's tests. 2031-06-01. v1.0.0. {BASE}",
        f"Vallée d'Émeraude (région imaginaire). Azetta's tests. 2031-06-01. v1.0.0. {BASE}",
        f"Emerald Valley (an invented region). Azetta's tests. 2031-06-01. v1.0.0. {BASE}",
        "",
        f"وادي الزمرد (جهة متخيلة). Azetta's tests. 2031-06-01. v1.0.0. {BASE} <{ZERO}>",
        f"bulletin: نشرة وادي الزمرد. مجلس وادي الزمرد. https://example.org/bulletin <{ZERO}>",
        f"gazetteer: معجم الأماكن المتخيلة. https://example.org/gazetteer <{ZERO}>",
    ]


def test_reference_managers_read_it(emerald: Knowledge) -> None:
    info = replace(emerald.info, publisher="Marsa & Co {50%}")
    hostile = replace(emerald, asserted=Asserted(replace(emerald.facts, info=info), emerald.ontology))
    assert written(hostile, "region.bib").splitlines() == [
        "@misc{emerald-valley,",
        "  title = {{وادي الزمرد (جهة متخيلة)}},",
        r"  author = {{Marsa \& Co \{50\%\}}},",
        "  year = {2031},",
        "  month = {6},",
        "  day = {1},",
        "  version = {1.0.0},",
        f"  url = {{{BASE}}},",
        "  language = {ar},",
        "}",
    ]
    assert "PY  - 2031\r\nDA  - 2031/06/01/\r\n" in written(emerald, "citation.ris")
    assert written(emerald, "citation.ris").endswith("ER  - \r\n")
    (item,) = json.loads(written(emerald, "citation.csl.json"))
    assert (item["type"], item["issued"], item["URL"]) == ("dataset", {"date-parts": [[2031, 6, 1]]}, BASE)


def test_datacite_has_all_that_it_makes_mandatory(emerald: Knowledge) -> None:
    told = json.loads(written(emerald, "datacite.json"))
    assert (told["publicationYear"], told["types"]["resourceTypeGeneral"]) == (2031, "Dataset")
    assert told["creators"] == [{"name": "Azetta's tests", "nameType": "Organizational"}]
    assert [each["lang"] for each in told["titles"]] == ["ar", "fr", "en"]
    assert told["rightsList"] == [{"rightsUri": ZERO}]
    assert {each["relatedIdentifier"] for each in told["relatedIdentifiers"]} == {
        "https://example.org/bulletin",
        "https://example.org/gazetteer",
    }


@pytest.mark.parametrize(("name", "place"), [("graphml", "{*}desc"), ("gexf", "{*}meta/{*}description")])
def test_a_network_says_what_it_owes_to_which_source(emerald: Knowledge, name: str, place: str) -> None:
    told = ElementTree.fromstring(written(emerald, name)).findtext(place) or ""
    assert f"https://example.org/bulletin <{ZERO}>" in told

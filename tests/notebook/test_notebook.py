"""A dataset, an entity and the page as a notebook shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from checkout import ONTOLOGY

import graph
from graph.dataset import Dataset
from graph.pipeline import load
from graph.store.embedded import Embedded


@pytest.fixture
def valley(region: Path) -> Dataset:
    return Dataset(Embedded(load(region / "data", ONTOLOGY).quads()), "ar")


def parsed(html: str) -> ElementTree.Element:
    """The markup, which is well-formed, and has neither scripts nor anything to fetch."""
    assert not re.search(r"<script|\bon\w+=|\bsrc=|\bhref=|url\(", html)
    return ElementTree.fromstring(html.replace("<br>", "<br/>"))


def test_dataset_shows_its_counts_its_network_and_what_to_try(valley: Dataset) -> None:
    section = parsed(valley._repr_html_())
    assert section.attrib == {"lang": "ar", "dir": "rtl"}
    assert section.findtext("p") == "العناصر: 13 · الإفادات: 18 · المصادر: 2"
    labels = [text.text for text in section.iterfind(".//text")]
    assert "المرسى" in labels
    assert len(labels) <= 18
    codes = [code.text for code in section.iterfind(".//code")]
    assert codes[-1] == "dataset.show()"
    for code in codes[:-1]:
        assert len(eval(code or "", {"dataset": valley})) > 0, code
    assert valley._repr_html_() == valley._repr_html_()


def test_who_reads_a_language_that_the_dataset_lacks_is_shown_its_things_all_the_same(valley: Dataset) -> None:
    dataset = Dataset(valley.store, "es")
    section = parsed(dataset._repr_html_())
    assert (section.get("lang"), section.findtext("h3")) == ("es", "Vallée d'Émeraude (région imaginaire)")
    assert {row["entity"] for row in dataset.entities} == {row["entity"] for row in valley.entities}
    assert len(dataset.sources) == 2


def test_a_thing_of_two_classes_is_counted_once(region: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", "\nbarmij,Programme,", "\nbarmij,Programme|Event,")
    dataset = Dataset(Embedded(load(region / "data", ONTOLOGY).quads()), "en")
    assert "Entities: 13 · " in dataset._repr_html_()


def test_dataset_that_describes_nothing_shows_no_more_than_its_name() -> None:
    assert Dataset(Embedded([]), "fr")._repr_html_() is None


def test_names_are_escaped_wherever_they_are_shown(region: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", ",Al Marsa,", ",<b>&amp;Al Marsa,")
    dataset = Dataset(Embedded(load(region / "data", ONTOLOGY).quads()), "en")
    for html in (dataset._repr_html_(), dataset.entity("al-marsa")._repr_html_(), dataset.entities._repr_html_()):
        assert "&lt;b&gt;&amp;amp;Al Marsa" in html
        assert "<b>" not in html


@pytest.mark.parametrize("name", [5, None, ["al-marsa"]])
def test_entity_is_named_by_a_text(valley: Dataset, name: object) -> None:
    with pytest.raises(graph.QueryError, match="an entity is named by its id, its IRI or a name, not by"):
        valley.entity(name)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["al-marsa", "Al Marsa", "المرسى", "AL  MARSA"])
def test_entity_is_found_by_what_people_call_it(valley: Dataset, name: str) -> None:
    found = valley.entity(name)
    assert found.id == "al-marsa"
    assert repr(found) == "<Entity al-marsa: المرسى>"
    assert valley.entity(found.iri).id == "al-marsa"
    assert {row["name"] for row in found.names} >= {"المرسى", "Al Marsa"}
    assert found.claims.to_pandas()["subject_name"].notna().all()
    assert len({row["claim"] for row in found.claims}) == len(
        valley.query("SELECT DISTINCT ?c { ?c a az:Claim ; rdf:subject|rdf:object :al-marsa }")
    )


def test_name_of_none_or_of_several_is_told(region: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", ",Al Marsa,", ",Barmij,")
    dataset = Dataset(Embedded(load(region / "data", ONTOLOGY).quads()))
    with pytest.raises(graph.QueryError, match="“barmij marsa” is no az:Entity of this dataset; did you mean “"):
        dataset.entity("barmij marsa")
    with pytest.raises(graph.QueryError, match="“Barmij” names several: al-marsa, barmij"):
        dataset.entity("Barmij")


def test_page_is_shown_whole_in_a_frame_that_cannot_reach_the_notebook(built: Path) -> None:
    shown = graph.open("dist").show(height=300)
    frames: list[dict[str, str | None]] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: frames.append(dict(attributes))  # type: ignore[method-assign]
    reader.feed(shown._repr_html_())
    (frame,) = frames
    assert frame["srcdoc"] == (built / "dist" / "index.html").read_text(encoding="utf-8")
    assert "allow-same-origin" not in str(frame["sandbox"])
    assert "height:300px" in str(frame["style"])
    with pytest.raises(graph.OutputError, match="this dataset has no page here"):
        graph.open("dist", at="2024").show()

"""Nanopublications, held to their rules and their hashes by the checker of the library that is not ours."""

from __future__ import annotations

import io
import re
import sys
import warnings
from itertools import groupby
from typing import Any

import pyoxigraph
import pytest

from graph.errors import OutputError
from graph.export import writers
from graph.knowledge.knowledge import Knowledge
from graph.model.formats import FORMATS

BASE = "https://example.org/emerald-valley/"
AZ = "https://w3id.org/azetta/ontology#"


def written(knowledge: Knowledge) -> list[list[pyoxigraph.Quad]]:
    stream = io.BytesIO()
    writers.write(knowledge, FORMATS["nanopub.trig"], stream)
    quads = pyoxigraph.parse(stream.getvalue(), format=pyoxigraph.RdfFormat.TRIG)
    return [list(group) for _, group in groupby(quads, lambda quad: quad.graph_name.value.split("#")[0])]


def checked(quads: list[pyoxigraph.Quad]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import rdflib
        from nanopub import Nanopub

        dataset = rdflib.ConjunctiveGraph()
        dataset.parse(data=pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.TRIG), format="trig")
        found = Nanopub(rdf=dataset)
        assert found.is_valid
        return found.has_valid_trusty


def graph(quads: list[pyoxigraph.Quad], name: str) -> list[pyoxigraph.Quad]:
    return [quad for quad in quads if quad.graph_name.value.endswith(f"#{name}")]


@pytest.mark.long
def test_each_claim_is_one_that_the_checker_finds_valid(emerald: Knowledge) -> None:
    found = written(emerald)
    assert len(found) == 18
    assert all(map(checked, found))


@pytest.mark.long
def test_a_changed_character_is_seen(emerald: Knowledge) -> None:
    from nanopub.utils import MalformedNanopubError

    first = [
        pyoxigraph.Quad(q.subject, q.predicate, pyoxigraph.NamedNode(f"{BASE}else"), q.graph_name)
        if q in graph(written(emerald)[0], "assertion")
        else q
        for q in written(emerald)[0]
    ]
    with pytest.raises(MalformedNanopubError, match="not valid"):
        checked(first)


def test_what_is_planned_is_not_asserted(emerald: Knowledge) -> None:
    found = written(emerald)
    planned = [quads for quads in found if any(q.object.value == f"{AZ}Planned" for q in graph(quads, "assertion"))]
    assert len(planned) == 1
    predicates = {quad.predicate.value for quad in graph(planned[0], "assertion")}
    assert predicates.isdisjoint({f"{AZ}PROPERTY"})
    assert f"{AZ}status" in predicates


def test_it_says_where_it_comes_from_and_when(emerald: Knowledge) -> None:
    quads = written(emerald)[0]
    provenance = {quad.predicate.value for quad in graph(quads, "provenance")}
    assert {"http://www.w3.org/ns/prov#wasQuotedFrom", "http://www.w3.org/ns/oa#start"} <= provenance
    created = [q.object.value for q in graph(quads, "pubinfo") if q.predicate.value.endswith("/created")]
    assert created == ["2031-06-01"]
    assert re.fullmatch(rf"{BASE}np/RA[\w-]{{43}}", quads[0].graph_name.value.split("#")[0])


def test_without_the_extra_it_is_said_what_to_install(emerald: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanopub.trustyuri.rdf", None)
    with pytest.raises(OutputError, match=r"pip install 'azetta\[nanopub\]'$"):
        written(emerald)

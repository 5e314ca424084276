"""A long answer comes in pieces that are its bytes, whatever stands in its texts, and is cut after a whole row."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph.guard.jobs import Job, Kind, Reply
from graph.guard.worker import Evaluator
from graph.model.serialisation import GRAPHS
from graph.store.embedded import Embedded

ROWS = 3_000
TEXT = '},{"s":{"type":" <result></result><result> \\" ,{} \n,{} \r\n[{}\t"},"y":{'
"""What looks like the place between two rows, in any format."""
QUERY = "SELECT ?s ?x WHERE { ?s az:text ?x }"
GRAPH = "CONSTRUCT { ?s az:text ?x, ?s . az:all az:of ?x } WHERE { ?s az:text ?x }"
Found = list[tuple[str, str]]


def json_rows(body: bytes) -> Found:
    rows = json.loads(body)["results"]["bindings"]
    return [(row["s"]["value"], row["x"]["value"]) for row in rows]


def xml_rows(body: bytes) -> Found:
    rows = ET.fromstring(body).iter("{http://www.w3.org/2005/sparql-results#}result")
    return [(str(row[0][0].text), str(row[1][0].text)) for row in rows]


def csv_rows(body: bytes) -> Found:
    _, *rows = csv.reader(io.StringIO(body.decode(), newline=""), strict=True)
    return [(row[0], row[1]) for row in rows]


def tsv_rows(body: bytes) -> Found:
    lines = [line.split("\t") for line in body.decode().split("\n")[1:-1]]
    triples = rdflib.Graph().parse(data="".join(f"{s} <e:x> {x} .\n" for s, x in lines), format="turtle")
    return [(s.strip("<>"), str(triples.value(rdflib.URIRef(s.strip("<>")), rdflib.URIRef("e:x")))) for s, _ in lines]


READ: dict[str, Callable[[bytes], Found]] = {"json": json_rows, "xml": xml_rows, "csv": csv_rows, "tsv": tsv_rows}


@pytest.fixture(scope="module")
def store() -> Embedded:
    text, graph = NamedNode("https://w3id.org/azetta/ontology#text"), NamedNode("https://e.org/g")
    return Embedded([Quad(NamedNode(f"https://e.org/{n}"), text, Literal(f"{n}{TEXT}"), graph) for n in range(ROWS)])


def pieces(store: Embedded, query: str, form: str, rows: int = 100_000, size: int = 1 << 26) -> list[Reply]:
    sent: list[Reply] = []
    Evaluator(store, rows, size).answer(Job(query, form, form), sent.append)
    assert [each.more for each in sent] == [True] * (len(sent) - 1) + [False]
    return sent


def body(sent: list[Reply]) -> bytes:
    return b"".join(each.body for each in sent)


@pytest.mark.parametrize("form", READ)
def test_the_pieces_of_a_table_are_the_table(store: Embedded, form: str) -> None:
    sent = pieces(store, QUERY, form)
    found = READ[form](body(sent))
    assert len(sent) > 3
    assert all(len(each.body) < 100_000 for each in sent)
    assert sent[-1].cut == 0
    assert sorted(found) == sorted((f"https://e.org/{n}", f"{n}{TEXT}") for n in range(ROWS))


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("rows", [1, 2, 999, ROWS - 1, ROWS])
def test_a_table_is_cut_after_as_many_rows_as_it_may_have(store: Embedded, form: str, rows: int) -> None:
    whole = READ[form](body(pieces(store, QUERY, form)))
    sent = pieces(store, QUERY, form, rows=rows)
    assert READ[form](body(sent)) == whole[:rows]
    assert sent[-1].cut == (rows if rows < ROWS else 0)


@pytest.mark.parametrize("form", READ)
def test_a_table_is_cut_after_as_many_bytes_as_it_may_have(store: Embedded, form: str) -> None:
    whole = READ[form](body(pieces(store, QUERY, form)))
    sent = pieces(store, QUERY, form, size=200_000)
    found = READ[form](body(sent))
    assert 150_000 < len(body(sent)) < 205_000  # as the engine wrote them
    assert found == whole[: sent[-1].cut]


@pytest.mark.parametrize("form", ["json", "tsv", "csv", "xml"])
def test_rows_that_hold_nothing_are_counted_too(store: Embedded, form: str) -> None:
    none, some = "UNDEF " * 3_000, "'},{},{},[{}'"
    for values, ends in ((none, 2_000), (f"{none} {some} {none}", 3_500)):
        sent = pieces(store, f"SELECT ?x WHERE {{ VALUES ?x {{ {values} }} }}", form, rows=ends)
        assert sent[-1].cut == ends
        text = body(sent).decode()
        counted = {
            "json": lambda text: len(json.loads(text)["results"]["bindings"]),
            "xml": lambda text: text.count("<result>"),
            "csv": lambda text: text.count("\r\n") - 1,
            "tsv": lambda text: text.count("\n") - 1,
        }
        assert counted[form](text) == ends


def triples(body: bytes, form: str) -> rdflib.Graph:
    if form == "jsonld":  # for which rdflib warns of itself
        found = (quad.triple for quad in parse(body, format=RdfFormat.JSON_LD))
        return rdflib.Graph().parse(data=serialize(found, format=RdfFormat.N_TRIPLES), format="nt")
    return rdflib.Graph().parse(data=body, format={"turtle": "turtle", "nt": "nt", "rdfxml": "xml"}[form])


@pytest.mark.parametrize("form", GRAPHS)
def test_a_large_graph_comes_in_pieces_each_triple_once(store: Embedded, form: str) -> None:
    sent = pieces(store, GRAPH, form)
    assert len(sent) > 3
    assert len(triples(body(sent), form)) == 3 * ROWS
    cut = pieces(store, GRAPH, form, size=100_000)
    assert cut[-1].cut == len(triples(body(cut), form)) < 3 * ROWS


def test_what_xml_cannot_hold_ends_an_answer_that_has_begun(store: Embedded) -> None:
    sent: list[Reply] = []
    values = " ".join(f'"{n}{"x" * 100}"' for n in range(2_000))
    Evaluator(store, 9_999, 1 << 26).answer(
        Job(f'SELECT ?x WHERE {{ VALUES ?x {{ {values} "\\u0001" }} }}', "xml"), sent.append
    )
    assert [each.kind for each in sent[:2]] == [Kind.SOLUTIONS] * 2
    assert (sent[-1].kind, sent[-1].more) == (Kind.UNACCEPTABLE, False)

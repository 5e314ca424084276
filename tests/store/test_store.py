"""Where SPARQL runs: the union of graphs, one source, prefixes, parameters, deadlines, and all that is refused."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import QueryError, QueryTimeout, UpdateRefused
from graph.store.answer import GRAPH, TRUTH, Answer
from graph.store.embedded import Embedded

from .mill import AZ, BASE, column, fact, iri


@pytest.fixture
def store() -> Embedded:
    """Two sources, both of which say where the mill is; one alone tells of the school."""
    home = Quad(iri(""), NamedNode(AZ + "note"), Literal("x"), iri("graph/description"))
    return Embedded([fact("mill", "map"), fact("mill", "news"), fact("school", "news"), home])


def truth(answer: Answer) -> bool:
    assert answer.kind == TRUTH
    return bool(answer)


def test_fact_that_two_sources_say_is_counted_once(store: Embedded) -> None:
    assert column(store.query("SELECT (COUNT(*) AS ?n) { ?thing az:locatedIn ?place }")) == ["2"]


def test_from_asks_one_source_alone(store: Embedded) -> None:
    everything = "SELECT ?thing { ?thing az:locatedIn ?place }"
    from_map = f"SELECT ?thing FROM <{BASE}source/map> {{ ?thing az:locatedIn ?place }}"
    assert column(store.query(everything)) == [BASE + "mill", BASE + "school"]
    assert column(store.query(from_map)) == [BASE + "mill"]
    assert column(store.query(everything, source="map")) == [BASE + "mill"]
    assert column(store.query(everything, source=f"{BASE}source/map")) == [BASE + "mill"]


def test_one_source_hides_the_graphs_of_the_others(store: Embedded) -> None:
    assert column(store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", source="map")) == [BASE + "source/map"]


def test_dataset_of_the_protocol_takes_the_place_of_the_stores(store: Embedded) -> None:
    text = "SELECT ?thing { ?thing az:locatedIn ?place }"
    assert column(store.query(text, default=[f"{BASE}source/map"])) == [BASE + "mill"]
    assert column(store.query(text, named=[f"{BASE}source/map"])) == []


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <source/map>",
        "FROM :source\\/map",
        f"FROM <{BASE}source/map>",
        "from named <source/map> FROM :source\\/map",
    ],
)
def test_graph_may_be_named_in_every_way_of_sparql(store: Embedded, clause: str) -> None:
    assert column(store.query(f"SELECT ?thing {clause} {{ ?thing az:locatedIn ?place }}")) == [BASE + "mill"]
    declared = f"BASE <{BASE}source/> PREFIX s: <{BASE}source/> SELECT ?thing FROM %s {{ ?thing az:locatedIn ?place }}"
    for name in ("<map>", "s:map", "<../source/map>"):
        assert column(store.query(declared % name)) == [BASE + "mill"]


@pytest.mark.parametrize(
    "name", ["<source/maps>", ":maps", "<urn:x:maps>", "NAMED <source/maps>", "<source/news> FROM :m"]
)
def test_unknown_graph_is_refused_however_it_is_named(store: Embedded, name: str) -> None:
    with pytest.raises(QueryError, match=f"there is no such graph; there are: {BASE}graph/description, "):
        store.query(f"SELECT * FROM {name} {{ ?s ?p ?o }}")
    for parameters in ({"default": [f"{BASE}maps"]}, {"named": [f"{BASE}maps"]}):
        with pytest.raises(QueryError, match=f"<{BASE}maps>: there is no such graph; there are: "):
            store.query("ASK { }", **parameters)


def test_word_from_in_a_text_names_no_graph(store: Embedded) -> None:
    assert not truth(store.query("ASK { ?from az:locatedIn 'a letter from <urn:x:nobody>' } # from <urn:x:nobody>"))


def test_unknown_source_names_those_there_are(store: Embedded) -> None:
    with pytest.raises(QueryError, match="no source is called “maps”; there are: map, news"):
        store.query("ASK { }", source="maps")


def test_prefixes_need_no_declaration_and_the_base_is_known(store: Embedded) -> None:
    assert truth(store.query("ASK { :mill az:locatedIn <valley> }"))
    assert truth(store.query("PREFIX az: <https://other.example/> ASK { FILTER NOT EXISTS { :mill az:locatedIn ?x } }"))


def test_quads_can_be_asked_as_they_stand() -> None:
    plain = Embedded([fact("mill", "map")], union=False)
    assert not truth(plain.query("ASK { ?s ?p ?o }"))
    assert truth(plain.query("ASK { GRAPH ?g { ?s ?p ?o } }"))


@pytest.mark.parametrize("value", ['" } UNION { ?s ?p ?o', "\\", "a\nb", "'''", "\u202e", '"@ar', "}"])
def test_hostile_value_is_only_a_value(value: str) -> None:
    store = Embedded([Quad(iri("a"), iri("name"), Literal(text), iri("g")) for text in (value, "other")])
    found = store.query(f"SELECT ?name {{ ?thing <{BASE}name> ?name }}", substitutions={"name": Literal(value)})
    assert column(found) == [value]


def test_parameter_that_is_not_selected_is_said(store: Embedded) -> None:
    with pytest.raises(QueryError, match=r"\?nowhere"):
        store.query("SELECT ?s { ?s ?p ?o }", substitutions={"nowhere": Literal("x")})


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("SELECT ?x\nWHERE {\n  ?s ?p\n}", 4, 1, "“}” is not expected here"),
        ('SELECT ?x { ?x "سوس" }', 1, 16, '“"سوس"” is not expected here'),
        ("SELEC ?x { }", 1, 1, "“SELEC” is not expected here"),
        ("SELECT * { ?s foo:bar ?o }", 1, 15, "the prefix “foo:” is not declared"),
        ("SELECT * { ?s ?p ?o", 1, 20, "the query ends too early"),
        ("", 1, 1, "the query ends too early"),
        ("SELECT * { ?s ?p ?o FILTER(?o >) }", 1, 32, "“)” is not expected here"),
        ("SELECT (1 AS ?x) (2 AS ?x) { }", 1, 31, "Duplicated variable name"),
        ("SELECT * {\r\n\t?s ?p ;; }", 2, 8, "is not expected here"),
    ],
)
def test_mistake_is_shown_where_it_stands(store: Embedded, text: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.query(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    message, shown, mark = str(caught.value).split("\n")
    assert message.startswith(f"line {line}, column {column}: ")
    assert reason in message
    assert shown == "  " + text.split("\n")[line - 1].rstrip("\r")
    assert len(mark) == 2 + column


def test_unknown_function_is_named(store: Embedded) -> None:
    with pytest.raises(QueryError, match=r"<http://example\.org/f>"):
        store.query("SELECT (<http://example.org/f>(1) AS ?x) { }")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "# a comment\nPREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "drop graph <http://x>",
        "LOAD <http://127.0.0.1/x>",
        "WITH <http://x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_update_is_refused(store: Embedded, text: str) -> None:
    with pytest.raises(UpdateRefused, match="only queries are answered"):
        store.query(text)
    assert column(store.query("SELECT (COUNT(*) AS ?n) { ?s az:locatedIn ?o }")) == ["2"]


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that must not be called: its address, and who called."""
    calls: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            calls.append(self.path)
            self.send_error(404)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/x", calls
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT <%s> { ?s ?p ?o } }",
        "PREFIX s: <%s> SELECT * { SERVICE s: { ?s ?p ?o } }",
        "SELECT * { SERVICE#\n<%s>{ ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE SILENT <%s> { } } }",
        "ASK { SERVICE <%s> { } } this is no query",
        "SELECT * { VALUES ?e { <%s> } SERVICE ?e { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?a<?x&&'>'=?y) SERVICE <%s> { } FILTER(''='') }",
        "SELECT * { ?a ?b ?c FILTER(?a<?x#>'''\n) SERVICE <%s> { } #'''\n}",
    ],
)
def test_no_spelling_of_service_reaches_the_network(store: Embedded, canary: tuple[str, list[str]], text: str) -> None:
    address, calls = canary
    with pytest.raises(QueryError):
        store.query(text % address)
    assert calls == []


@pytest.mark.parametrize("address", ["%s", "file:///etc/passwd"])
def test_from_fetches_nothing(store: Embedded, canary: tuple[str, list[str]], address: str) -> None:
    named, calls = canary
    with pytest.raises(QueryError, match="there is no such graph"):
        store.query(f"SELECT * FROM <{address.replace('%s', named)}> {{ ?s ?p ?o }}")
    assert calls == []


def test_the_word_service_is_not_refused(store: Embedded) -> None:
    assert truth(store.query('# service <x>\nASK { BIND ("SERVICE <x> { }" AS ?service) VALUES ?x { <a:service> } }'))


@pytest.mark.parametrize("brackets", ["{}", "()"])
def test_deep_nesting_is_refused_before_it_ends_the_process(store: Embedded, brackets: str) -> None:
    opening, closing = (bracket * 100_000 for bracket in brackets)
    text = f"SELECT * {{ {opening} {closing} }}" if brackets == "{}" else f"SELECT * {{ FILTER {opening} 1 {closing} }}"
    with pytest.raises(QueryError, match="nests"):
        store.query(text)


def test_endless_query_stops_at_its_deadline_and_the_next_is_answered() -> None:
    store = Embedded([Quad(iri(str(n)), iri("p"), iri(str(n)), iri("g")) for n in range(300)])
    began = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"no answer within 0.5 seconds"):
        store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=0.5)
    assert time.monotonic() - began < 5
    assert column(store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", timeout=20)) == ["300"]


def test_deadline_changes_no_answer(store: Embedded) -> None:
    text = "SELECT ?thing ?none { ?thing az:locatedIn ?place }"
    assert column(store.query(text, timeout=20)) == column(store.query(text))
    assert truth(store.query("ASK { :mill ?p ?o }", timeout=20))
    described = store.query("DESCRIBE :mill", timeout=20)
    assert described.kind == GRAPH
    assert len(list(described.rows)) == 1
    with pytest.raises(QueryError) as caught:
        store.query("SELECT * {\n ?s }", timeout=20)
    assert (caught.value.line, caught.value.column) == (2, 5)

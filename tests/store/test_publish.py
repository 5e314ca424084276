"""The dataset on two real servers: what is sent, what is left alone, what is counted, and the same answers as here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import servers
from pyoxigraph import Literal, NamedNode, Quad

from graph.dataset import Dataset
from graph.errors import EndpointError, QueryError, QueryTimeout
from graph.knowledge.knowledge import Knowledge
from graph.store import question
from graph.store.embedded import Embedded
from graph.store.graph_store import Either, GraphStore, GraphWriter, Update, writer_for
from graph.store.publish import Sent, publish
from graph.store.remote import Remote, bound

pytestmark = pytest.mark.servers

BASE = "https://w3id.org/azetta/souss-massa/"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def put(server: servers.Server) -> Callable[[Sequence[Quad]], dict[str, str]]:
    """Publish quads; give what happened to each graph, by the end of its name."""

    def send(quads: Sequence[Quad], base: str = BASE) -> dict[str, str]:
        done = publish(quads, base, server.endpoint, writer_for(server.endpoint))
        return {sent.graph.removeprefix(base): sent.outcome for sent in done}

    return send


@pytest.fixture(scope="module")
def published(souss: Knowledge, server: servers.Server) -> Remote:
    publish(list(souss.quads()), BASE, server.endpoint, writer_for(server.endpoint))
    return Remote(server.endpoint)


@pytest.fixture(scope="module")
def here(souss: Knowledge) -> Dataset:
    return Dataset(Embedded(souss.quads()))


def count(endpoint: str, graph: str) -> int:
    answer = Remote(endpoint).query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(next(iter(answer.rows))[0].value)


def fact(name: str, graph: str, base: str) -> Quad:
    return Quad(NamedNode(base + name), NamedNode(base + "in"), Literal("سوس", language="ar"), NamedNode(base + graph))


def test_every_graph_arrives_and_a_second_time_nothing_is_sent(
    souss: Knowledge, put: Callable[[Sequence[Quad]], dict[str, str]], server: servers.Server
) -> None:
    quads = list(souss.quads())
    graphs = {quad.graph_name.value for quad in quads}
    assert {BASE + name for name in put(quads)} == graphs
    for graph in graphs:
        assert count(server.endpoint, graph) == len({quad for quad in quads if quad.graph_name.value == graph})
    assert set(put(quads).values()) == {"unchanged"}


def test_only_what_changed_is_sent(put: Callable[[Sequence[Quad]], dict[str, str]], server: servers.Server) -> None:
    base = "https://changes.example/"
    first = [fact("mill", "a", base), fact("mill", "b", base), fact("mill", "c", base)]
    assert put(first, base) == {"a": "added", "b": "added", "c": "added"}
    second = [fact("mill", "a", base), fact("school", "b", base)]
    assert put(second, base) == {"a": "unchanged", "b": "replaced", "c": "removed"}
    assert [count(server.endpoint, base + graph) for graph in "abc"] == [1, 1, 0]
    assert put(second, base) == {"a": "unchanged", "b": "unchanged"}


def test_graph_that_somebody_else_emptied_is_sent_again(
    put: Callable[[Sequence[Quad]], dict[str, str]], server: servers.Server
) -> None:
    base = "https://emptied.example/"
    quads = [fact("mill", "a", base), fact("mill", "b", base)]
    put(quads, base)
    writer_for(server.endpoint).delete(base + "a")
    assert put(quads, base) == {"a": "added", "b": "unchanged"}


def test_graphs_of_others_are_left_alone(
    put: Callable[[Sequence[Quad]], dict[str, str]], server: servers.Server
) -> None:
    theirs, base = "https://theirs.example/graph", "https://ours.example/"
    writer_for(server.endpoint).put(theirs, ["<https://theirs.example/s> <https://theirs.example/p> 1 .\n"])
    put([fact("mill", "a", base)], base)
    put([fact("mill", "b", base)], base)
    assert count(server.endpoint, theirs) == 1


class Lossy:
    """A store that accepts every write and loses the last triple, as some were seen to."""

    def __init__(self, writer: GraphWriter) -> None:
        self._writer = writer

    def put(self, graph: str, lines: Sequence[str]) -> None:
        self._writer.put(graph, lines[:-1])

    def delete(self, graph: str) -> None:
        self._writer.delete(graph)

    def put_all(self, graphs: Mapping[str, Sequence[str]]) -> bool:
        return False


def test_lost_triple_is_noticed_and_the_next_publication_mends_it(
    put: Callable[[Sequence[Quad]], dict[str, str]], server: servers.Server
) -> None:
    base = "https://lossy.example/"
    quads = [fact("mill", "a", base), fact("school", "a", base)]
    with pytest.raises(EndpointError, match=r"was sent 2 triples of <https://lossy\.example/a> and holds 1"):
        publish(quads, base, server.endpoint, Lossy(writer_for(server.endpoint)))
    assert put(quads, base) == {"a": "replaced"}


def test_without_a_graph_store_updates_are_sent(server: servers.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.graph_store.BATCH", 3)
    base = "https://updates.example/"
    address = server.endpoint.replace("/query", "/update") if not server.user else server.endpoint + "-auth"
    absent = GraphStore(server.endpoint, server.endpoint.rsplit("/", 1)[0] + "/no-graph-store")
    quads = [fact(str(n), "a", base) for n in range(7)]
    done = publish(quads, base, server.endpoint, Either(absent, Update(server.endpoint, address)))
    assert done == [Sent(base + "a", 7, "added")]
    assert count(server.endpoint, base + "a") == 7


@pytest.mark.parametrize("called", ["agadir", "اكادير", "AGADIR", "أگَادير"])
def test_a_thing_is_found_there_by_its_name_too(called: str, published: Remote) -> None:
    assert Dataset(published).entity(called).iri.endswith("/agadir")


@pytest.mark.parametrize("name", question.names())
def test_question_has_the_same_answer_there_as_here(name: str, here: Dataset, published: Remote) -> None:
    given = {
        "entity": "technopark-tiznit",
        "from": "jadara-foundation",
        "to": "devoxx-morocco",
        "city": "أكادير",
        "centre": "cmc-souss-massa",
        "status": "planned",
        "audience": "youth",
    }
    asks = question.load(name)
    values = {parameter: given[parameter] for parameter in asks.parameters if parameter in given}
    expected = here.question(name, **values)
    found = Dataset(published).question(name, timeout=180, **values)
    assert len(expected) > 0
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    assert sorted(str(found).splitlines()) == sorted(str(expected).splitlines())


def test_truth_and_triples_come_back_as_such(published: Remote) -> None:
    there = Dataset(published)
    assert there.query("ASK { :agadir a az:City }")[0] == {"answer": True}
    assert there.query("ASK { :agadir a az:Nothing }")[0] == {"answer": False}
    code = "<https://w3id.org/azetta/morocco#hcpCode>"
    told = there.query(f"CONSTRUCT {{ :drarga {code} ?code }} WHERE {{ <drarga> {code} ?code }}")
    assert [row["object"] for row in told] == ["09.001.05.09"]


def test_network_is_the_same_there(published: Remote, here: Dataset) -> None:
    expected, found = here.to_networkx(), Dataset(published).to_networkx()
    assert dict(found.nodes) == dict(expected.nodes)
    assert dict(found.edges) == dict(expected.edges)
    assert len(found.edges) > 200


def test_one_source_is_asked_alone_there_too(published: Remote) -> None:
    text = "SELECT ?place WHERE { ?place az:containedIn :souss-massa }"
    assert len(Dataset(published).query(text, source="hcp-2024")) == 6
    assert len(Dataset(published).query(text, source="albarg-2024-04-22")) == 0


@pytest.mark.parametrize(
    "value", ['" } UNION { ?thing ?p ?name', "\\", "a\nb", "'''\"\"\"", '"@ar', "} #", "<x>", "?thing", "عُقدة \u202e"]
)
def test_hostile_value_is_only_a_value(published: Remote, value: str) -> None:
    text = "SELECT ?name WHERE { ?thing rdfs:label ?name }"
    assert list(Dataset(published).query(text, substitutions={"name": Literal(value)})) == []
    found = Dataset(published).query(text, substitutions={"name": Literal("Orange", language="fr")})
    assert list(found) == [{"name": "Orange"}]


def test_errors_of_the_server_are_told_in_its_words(published: Remote, server: servers.Server) -> None:
    with pytest.raises(QueryError, match="refuses the query"):
        published.query("SELECT * { ?s ?p")
    with pytest.raises(EndpointError, match="/nowhere answered 404"):
        Remote(server.endpoint.rsplit("/", 1)[0] + "/nowhere").query("ASK { }")


def test_wrong_password_is_told_and_never_shown(server: servers.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZETTA_USER", "dba")
    monkeypatch.setenv("AZETTA_PASSWORD", "pa55word")
    if not server.user:  # a server that asks nobody is not told
        writer_for(server.endpoint).put("https://open.example/g", ["<a:a> <a:b> <a:c> .\n"])
        return
    with pytest.raises(EndpointError, match="set AZETTA_USER and AZETTA_PASSWORD") as caught:
        writer_for(server.endpoint).put(BASE + "x", ["<a:a> <a:b> <a:c> .\n"])
    assert "pa55word" not in str(caught.value)


def test_command_publishes_and_says_what_changed(server: servers.Server, home: Path) -> None:

    def run(*arguments: str) -> str:
        command = [sys.executable, str(ROOT / "build.py"), *arguments, "--endpoint", server.endpoint]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=120, env=os.environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("publish")
    told = run("publish").splitlines()
    assert all(line.startswith("unchanged") for line in told[:-1])
    assert re.match(r"\d+ graphs, 0 changed, ", told[-1])
    assert run("query", "ASK { :agadir a az:City }").splitlines()[-1] == "true"


def test_silent_service_is_given_up(server: servers.Server) -> None:
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(QueryTimeout, match=r"gave no answer within 0\.3 seconds"):
            Remote(f"http://127.0.0.1:{silent.getsockname()[1]}/sparql").query("ASK { }", timeout=0.3)


def test_binding_stays_outside_comments_and_strings() -> None:
    text = '# WHERE {\nSELECT ?x WHERE { ?x ?p "WHERE {" }'
    assert bound(text, {"x": Literal("a")}) == '# WHERE {\nSELECT ?x WHERE { VALUES (?x) { ("a") }  ?x ?p "WHERE {" }'


def test_writer_is_found_by_the_shape_of_the_address() -> None:
    assert isinstance(writer_for("https://example.org/anything"), Update)
    for address in (
        "http://localhost:7200/repositories/azetta",
        "https://db.example:8182/sparql",
        "http://localhost:8890/sparql",
        "http://localhost:7878/query",
    ):
        assert isinstance(writer_for(address), Either)
    assert isinstance(writer_for("http://x.example/q", "http://x.example/data"), GraphStore)

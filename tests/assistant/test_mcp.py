"""The Model Context Protocol server, asked by the SDK's own client, as an assistant's program does."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters
from programs import ROOT

from graph.assistant import tools
from graph.knowledge.knowledge import Knowledge
from graph.store import question
from graph.store.embedded import Embedded

TOOLS = {"search_entities", "describe", "claims_about", "how_linked", "ask", "promises", "sparql"}
Ask = Callable[[Callable[[Client], Coroutine[Any, Any, Any]]], Any]


@pytest.fixture(scope="module", params=["stdio", "http"])
def ask(request: pytest.FixtureRequest, emerald_home: Path) -> Iterator[Ask]:
    arguments = [str(ROOT / "build.py"), "mcp", "--out", str(emerald_home / "dist")]

    if request.param == "stdio":
        with _session(StdioServerParameters(command=sys.executable, args=arguments)) as asked:
            yield asked
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, *arguments, "--http", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        _wait(port)
        with _session(f"http://127.0.0.1:{port}/mcp") as asked:
            yield asked
        server.kill()


@contextmanager
def _session(server: Any) -> Iterator[Ask]:
    """One conversation for all the tests, as an assistant has it."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server)) as client:
        yield lambda work: portal.call(work, client)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not come up")


def told(ask: Ask, tool: str, **arguments: Any) -> Any:
    result = ask(lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content
    found = result.structured_content
    return found.get("result", found)


def refused(ask: Ask, tool: str, **arguments: Any) -> str:
    result = ask(lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    return str(result.content[0].text)


def test_every_tool_reads_only_and_has_a_schema_of_its_answer(ask: Ask) -> None:
    tools = ask(lambda client: client.list_tools()).tools
    assert {each.name for each in tools} == TOOLS
    assert all(each.annotations.read_only_hint for each in tools)
    assert all(each.output_schema and each.description for each in tools)


def test_a_model_is_told_what_each_parameter_is_and_which_questions_there_are(ask: Ask) -> None:
    tools = {each.name: each for each in ask(lambda client: client.list_tools()).tools}
    told = [each for tool in tools.values() for each in tool.input_schema["properties"].values()]
    assert all(each["description"] for each in told)
    assert "ar, fr, en" in tools["describe"].input_schema["properties"]["language"]["description"]
    assert "claims(entity): What is said about each entity, and where?" in tools["ask"].description


def test_a_name_in_any_spelling_leads_to_the_thing_in_the_language_asked_for(ask: Ask) -> None:
    (first, *_) = told(ask, "search_entities", name="المرسي", language="fr")
    assert (first["id"], first["name"], first["kinds"], first["score"]) == ("al-marsa", "El Marsa", ["City"], 100)
    assert told(ask, "search_entities", name="Al Marsa", kind="Person") == []


def test_a_claim_can_be_cited(ask: Ask) -> None:
    found = told(ask, "claims_about", entity="Barmij", about="inPartnershipWith", language="en")
    (claim,) = found["claims"]
    assert (claim["object"]["name"], claim["status"], claim["fact"]) == ("Manara Foundation", "Stated", True)
    assert claim["claim"].startswith("claim/")
    assert claim["cited"] == {
        "source": {"id": "source/bulletin", "name": "Emerald Valley bulletin"},
        "address": "https://example.org/bulletin",
        "issued": "2031-06-01",
        "passages": ["48-107"],
        "record": "",
    }


def test_what_is_planned_is_no_fact(ask: Ask) -> None:
    (claim,) = told(ask, "claims_about", entity="cafe-incubator", about="partOf")["claims"]
    assert (claim["status"], claim["fact"]) == ("Planned", False)


def test_how_things_are_linked_step_by_step(ask: Ask) -> None:
    steps = told(ask, "how_linked", one="manara-foundation", other="cafe-numerique", language="en")["steps"]
    assert [step[0]["property"]["id"] for step in steps] == ["az:inPartnershipWith", "az:deliveredAt"]
    assert told(ask, "how_linked", one="al-marsa", other="al-marsa")["steps"] == []


def test_a_documented_question_with_a_name_for_its_parameter(ask: Ask) -> None:
    found = told(ask, "ask", question="claims", parameters={"entity": "نورة الحداد"}, language="fr")
    assert found["title"] == "Que dit-on de cet élément, et où est-ce dit ?"
    assert [row[found["columns"].index("object")]["id"] for row in found["rows"]] == ["emerald-valley-council"]


def test_each_row_of_a_question_has_the_claim_it_rests_on(ask: Ask) -> None:
    found = told(ask, "ask", question="partners", language="en")
    assert found["columns"][-1] == "claim"
    _, who, *_, claim = next(row for row in found["rows"] if row[1]["id"] == "barmij")
    of_entity = told(ask, "claims_about", entity=who["id"], about="inPartnershipWith")["claims"]
    assert claim["id"] in [each["claim"] for each in of_entity]
    assert told(ask, "ask", question="kinds")["columns"] == ["kind", "count"], "what is counted rests on no one claim"


def test_a_table_of_which_not_all_rows_were_counted_says_so(ask: Ask) -> None:
    found = told(ask, "sparql", query="SELECT (1 AS ?one) { ?a ?b ?c . ?d ?e ?f }")
    assert (found["in_all"], found["more"], len(found["rows"])) == (100_000, True, 200)
    assert not told(ask, "sparql", query="SELECT ?city { ?city a az:City }")["more"]


BULLETIN = {
    "id": "source/bulletin",
    "title": "Emerald Valley bulletin",
    "address": "https://example.org/bulletin",
    "issued": "2031-06-01",
}


def test_a_table_says_how_its_sources_are_cited(ask: Ask) -> None:
    assert BULLETIN in told(ask, "ask", question="partners", language="en")["sources"]
    passage = "SELECT ?passage { :barmij ^oa:hasBody / oa:hasTarget ?passage }"
    (source,) = told(ask, "sparql", query=passage)["sources"]
    assert source["address"] == BULLETIN["address"]


def test_sparql_within_bounds(ask: Ask) -> None:
    found = told(ask, "sparql", query="SELECT ?city { ?city a az:City }")
    assert [row[0]["id"] for row in found["rows"]] == ["https://example.org/emerald-valley/al-marsa"]
    assert told(ask, "sparql", query="ASK { :barmij a az:Programme }")["rows"][0][0]["id"] == "true"


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("describe", {"entity": "nobody"}, '"nobody" names nothing here'),
        ("describe", {"entity": "\x00‮<script>"}, "names nothing here"),
        ("ask", {"question": "claim"}, "claims"),
        ("ask", {"question": "claims"}, "needs a value for “entity”"),
        ("ask", {"question": "../../etc/passwd"}, "passwd"),
        ("claims_about", {"entity": "barmij", "about": "launchs"}, 'did you mean "launches"?'),
        ("sparql", {"query": "DROP ALL"}, "line 1"),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, "SERVICE"),
        ("sparql", {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a = ?l + 1) }"}, ""),
        ("sparql", {"query": "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }"}, "only SELECT and ASK are answered"),
        ("sparql", {"query": "أ" * 200_000}, "longer than 131,072 characters"),
        ("describe", {"entity": "أ" * 200_000}, "أأأ…"),
        ("describe", {"entity": "barmij", "language": "xx"}, "language is one of ar, fr, en"),
        ("ask", {"question": "claims", "parameters": {"entity": "x" * 200_000}}, "xxx…"),
        ("search_entities", {"name": "x", "kind": "no:such"}, 'nothing here is of the class "no:such"'),
        ("search_entities", {"name": "x", "kind": "Cty"}, 'did you mean "City"?'),
        ("search_entities", {"name": 3}, ""),
        ("ask", {"question": "claims", "entity": "barmij"}, "entity"),
        ("promises", {"limit": 5}, "limit"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_answered_is_told_in_words(ask: Ask, tool: str, arguments: dict[str, Any], message: str) -> None:
    said = refused(ask, tool, **arguments)
    assert message in said
    assert "Traceback" not in said
    assert len(said) < 1500


def test_resources_list_the_questions_and_give_an_entity_as_turtle(ask: Ask) -> None:
    listed = {str(each.uri) for each in ask(lambda client: client.list_resources()).resources}
    assert listed == {"azetta://questions", "azetta://ontology", "azetta://sources"}
    questions = json.loads(ask(lambda client: client.read_resource("azetta://questions")).contents[0].text)
    assert questions["claims"]["parameters"]["entity"]["type"] == "az:Entity"
    turtle = ask(lambda client: client.read_resource("azetta://entity/al-marsa")).contents[0].text
    assert '"El Marsa"@fr' in turtle


def test_a_resource_that_there_is_none_of_is_told_in_words(ask: Ask) -> None:
    with pytest.raises(MCPError, match='"nobody" names nothing here'):
        ask(lambda client: client.read_resource("azetta://entity/nobody"))


def test_a_port_that_is_taken_is_told_in_words(emerald_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [
            sys.executable,
            str(ROOT / "build.py"),
            "mcp",
            "--out",
            str(emerald_home / "dist"),
            "--http",
            "--port",
            port,
        ]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"cannot serve on 127.0.0.1: port {port} is taken: choose another with --port, or --port 0 for a free one\n"
    )


def test_an_own_question_that_bears_no_variable_more_is_asked_as_it_stands(
    emerald: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "SELECT ?source WHERE { ?claim prov:hadPrimarySource ?source } GROUP # what }\n BY ?source"
    own = question.Question("own", {"en": "Own"}, {}, text)
    monkeypatch.setattr(question, "find", lambda name, store: own)
    assert tools.Tools(Embedded(emerald.quads())).ask("own").in_all == 2

"""The server keeps the answers it gave last: within bounds, of one build, and only those that cannot change."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.guard.jobs import Job, Kind, Reply
from graph.server.answer_cache import AnswerCache

from .conftest import Served, running, until, write_build

ASKED = Job("SELECT * { ?s ?p ?o }").encode()


def test_the_oldest_answers_go_when_there_is_no_more_room() -> None:
    answers = AnswerCache(room=3 * (1000 + 4))
    for number in range(4):
        answers.put(b"job%d" % number, Reply(Kind.SOLUTIONS, 0, b"x" * 1000))
        answers.get(b"job0")
    assert [answers.get(b"job%d" % number) is not None for number in range(4)] == [True, False, True, True]


@pytest.mark.parametrize("kind", [Kind.BAD, Kind.UNACCEPTABLE, Kind.TOO_LARGE])
def test_a_refusal_is_not_kept(kind: Kind) -> None:
    answers = AnswerCache()
    answers.put(ASKED, Reply(kind, 0, b""))
    assert answers.get(ASKED) is None


def test_a_large_answer_is_not_kept() -> None:
    answers = AnswerCache()
    answers.put(ASKED, Reply(Kind.GRAPH, 0, b"x" * 300_000))
    assert answers.get(ASKED) is None


@pytest.mark.parametrize("call", ["RAND()", "STRUUID()", "struuid()", "UUID()", "NOW()"])
def test_what_differs_each_time_is_asked_each_time(served: Served, call: str) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    assert served.ask(query).body != served.ask(query).body


def test_the_same_question_in_another_format_or_dataset_is_another(served: Served) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    all_, again = served.ask(query), served.ask(query)
    assert all_.body == again.body
    assert served.ask(query, accept="text/csv").type == "text/csv"
    part = served.ask(query, path="/sparql", accept="text/csv")
    assert part.text.startswith("n\r\n")
    from_one = served.fetch(
        "/sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B%20?s%20?p%20?o%20%7D"
        "&default-graph-uri=https://data.example.org/valley/graph/inferred"
    )
    assert from_one.values("n") == ["7"]


def test_an_answer_of_the_old_build_is_not_given_for_the_new_one(quads: str, tmp_path: Path) -> None:
    from graph.system.exchange import swap

    query = "SELECT (COUNT(*) AS ?n) { ?s az:isNew ?o }"
    folder = write_build(tmp_path / "dist", quads)
    with running(folder) as server:
        assert [server.ask(query).values("n") for _ in range(3)] == [["0"]] * 3
        new = "<https://e.org/s> <https://w3id.org/azetta/ontology#isNew> <https://e.org/o> <https://e.org/g> .\n"
        swap(write_build(tmp_path / "fresh", quads + new), folder, tmp_path / "old")
        until(lambda: server.ask(query).values("n") == ["1"])

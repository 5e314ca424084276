"""A new build is served whole as soon as it is there; a broken one leaves the old one in place."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from graph.system.exchange import swap

from .conftest import Served, descendants, running, until, write_build

EDITION = "SELECT ?a ?b { ?x az:edition ?a . ?y az:edition ?b }"


def edition(quads: str, number: int) -> str:
    """The dataset with one thing said twice, in two graphs: an answer of two builds would say two numbers."""
    told = (
        f'<https://data.example.org/valley/{name}> <https://w3id.org/azetta/ontology#edition> "{number}" '
        f"<https://data.example.org/valley/graph/{graph}> .\n"
        for name, graph in (("one", "entities"), ("two", "inferred"))
    )
    return quads + "".join(told)


def version(served: Served) -> str:
    return str(json.loads(served.fetch("/health").body)["version"])


def replace(folder: Path, fresh: Path) -> None:
    swap(fresh, folder, folder.with_name("old"))


def test_a_new_build_is_served_without_a_restart_and_answers_never_mix(quads: str, tmp_path: Path) -> None:
    folder = write_build(tmp_path / "dist", edition(quads, 1), "1")
    answers: list[set[str]] = []
    stop = threading.Event()
    with running(folder) as server:

        def ask() -> None:
            while not stop.is_set():
                reply = server.ask(EDITION)
                assert reply.status == 200
                answers.append({*reply.values("a"), *reply.values("b")})

        asker = threading.Thread(target=ask)
        asker.start()
        for number in (2, 3):
            fresh = write_build(
                tmp_path / f"fresh{number}", edition(quads, number), str(number), **{"note.csv": f"{number}\n"}
            )
            replace(folder, fresh)
            until(lambda expected=str(number): version(server) == expected)
            assert server.fetch("/download/note.csv").text == f"{number}\n"
        stop.set()
        asker.join()
        assert server.process.poll() is None
    assert answers[0] == {"1"}
    assert answers[-1] == {"3"}
    assert all(len(each) == 1 for each in answers)


def test_a_query_that_runs_while_the_build_changes_is_answered_from_the_old_one(quads: str, tmp_path: Path) -> None:
    slow = "SELECT (SAMPLE(?v) AS ?a) (COUNT(*) AS ?n) { ?x az:edition ?v . ?b ?c ?d . ?e ?f ?g . ?h ?i ?j }"
    folder = write_build(tmp_path / "dist", edition(quads, 1), "1")
    with running(folder, "--timeout", "60") as server:
        reply: list[list[str]] = []
        asker = threading.Thread(target=lambda: reply.append(server.ask(slow, timeout=90).values("a")))
        asker.start()
        replace(folder, write_build(tmp_path / "fresh", edition(quads, 2), "2"))
        until(lambda: version(server) == "2")
        assert server.ask(EDITION).values("a") == ["2"] * 4
        asker.join()
    assert reply == [["1"]]


def test_the_processes_of_the_old_build_end_when_it_is_replaced(quads: str, tmp_path: Path) -> None:
    folder = write_build(tmp_path / "dist", edition(quads, 1), "1")
    with running(folder) as server:
        old = descendants(server.process.pid)
        replace(folder, write_build(tmp_path / "fresh", edition(quads, 2), "2"))
        until(lambda: version(server) == "2")
        until(lambda: not set(old) & set(descendants(server.process.pid)))


@pytest.mark.parametrize("broken", ["triples", "digest", "manifest", "missing"])
def test_a_broken_build_leaves_the_old_one_served(quads: str, tmp_path: Path, broken: str) -> None:
    folder = write_build(tmp_path / "dist", edition(quads, 1), "1")
    with running(folder) as server:
        fresh = write_build(tmp_path / "fresh", "<broken" if broken == "triples" else edition(quads, 2), "2")
        if broken == "digest":
            (fresh / "valley.nq").write_text("", encoding="utf-8")
        elif broken == "manifest":
            (fresh / "manifest.json").write_text("{", encoding="utf-8")
        elif broken == "missing":
            (fresh / "index.html").unlink()
        replace(folder, fresh)
        assert server.process.stdout
        assert b"the new build is not served" in server.process.stdout.readline()
        assert (version(server), server.ask(EDITION).values("a")) == ("1", ["1"] * 4)
        replace(folder, write_build(tmp_path / "mended", edition(quads, 3), "3"))
        until(lambda: version(server) == "3")


def test_quads_that_say_nothing_of_themselves_are_served_too(tmp_path: Path) -> None:
    quads = "<https://e.org/s> <https://e.org/p> <https://e.org/o> <https://e.org/g> .\n"
    with running(write_build(tmp_path / "dist", quads)) as server:
        assert server.ask("SELECT ?o { ?s ?p ?o }").values("o") == ["https://e.org/o"]
        for path in ("/.well-known/void", "/s", "/azetta/ontology"):
            assert [server.fetch(path, accept=accept).status for accept in ("text/turtle", "text/html")] == [404, 404]
        assert "<title>" in server.fetch("/query").text


def test_the_build_is_served_even_when_its_folder_is_gone(quads: str, tmp_path: Path) -> None:
    folder = write_build(tmp_path / "dist", edition(quads, 1), "1")
    with running(folder) as server:
        folder.rename(tmp_path / "away")
        for file in (tmp_path / "away").iterdir():
            file.unlink()
        assert server.fetch("/download/valley.nq").text == edition(quads, 1)
        assert server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?a").status == 503
        assert server.ask(EDITION).values("a") == ["1"] * 4

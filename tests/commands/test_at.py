"""`query` and `question` asked of another day, and the warnings that `check` and `build` print."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from programs import run, told

import graph

pytestmark = pytest.mark.processes

PLACED = "SELECT ?centre { ?centre az:locatedIn ?city . ?city a az:City }"
ENDED = "cafe-numerique,locatedIn,al-marsa,stated,bulletin,130,167,,,,,,"
CAFE = "https://example.org/emerald-valley/cafe-numerique"
INFERRED = "https://example.org/emerald-valley/cafe-fab-lab"


@pytest.fixture
def ended(region: Path, edit) -> Path:
    """The invented region, whose café was in the town until May 2031; its newest source is of June."""
    edit("data/claims.csv", ENDED, ENDED + "2031-05")
    return region


def test_what_was_over_holds_on_a_day_of_its_time(ended: Path) -> None:
    """And so does what follows from it: the fab lab is where the café is."""
    assert told(ended, "query", PLACED, "--data", "data") == []
    assert {CAFE, INFERRED} <= set(told(ended, "query", PLACED, "--data", "data", "--at", "2031-05-31"))
    assert told(ended, "query", PLACED, "--data", "data", "--at", "2032") == []


def test_a_build_is_asked_of_another_day_and_stays_as_it_is(ended: Path) -> None:
    assert run(ended, "build").returncode == 0
    before = (ended / "dist" / "emerald-valley.nq").read_bytes()
    assert CAFE in told(ended, "query", PLACED, "--at", "2031")
    assert CAFE in told(ended, "query", PLACED, "--out", "dist", "--at", "2031")
    assert told(ended, "query", PLACED) == []
    assert (ended / "dist" / "emerald-valley.nq").read_bytes() == before


def test_a_build_without_its_tables_cannot_be_asked_of_another_day(emerald_home: Path, tmp_path: Path) -> None:
    shutil.copytree(emerald_home / "dist", tmp_path / "copy")
    done = run(tmp_path, "query", PLACED, "--out", "copy", "--at", "2031")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "it is not recorded what copy/ was made from: name the folder of the tables with --data\n"


def test_a_question_is_asked_of_another_day(ended: Path) -> None:
    def shown(*more: str) -> list[str]:
        done = run(ended, "question", "centres", "--lang", "en", "--data", "data", *more)
        assert done.returncode == 0, done.stderr
        return [line for line in done.stdout.splitlines() if line.startswith("training centre")]

    assert shown()
    assert all("over" in line and "stated" not in line for line in shown())
    assert all("stated" in line and "over" not in line for line in shown("--at", "2031-05"))


@pytest.mark.parametrize("command", [["query", PLACED], ["question", "centres"]], ids=["query", "question"])
@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--at", "spring"], '"spring" is not a year, a month or a day such as 2024, 2024-04 or 2024-04-22'),
        (["--at", "2024-02-30"], '"2024-02-30" is not a year, a month or a day such as 2024, 2024-04 or 2024-04-22'),
        (["--at", "2031", "--endpoint", "http://127.0.0.1:9/"], "--endpoint and --at do not go together"),
    ],
)
def test_a_day_that_is_none_or_cannot_be_asked_is_a_misuse(ended: Path, command, given, says) -> None:
    done = run(ended, *command, *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_python_asks_of_another_day(ended: Path) -> None:
    assert len(graph.open("data").query(PLACED)) == 0
    assert {row["centre"] for row in graph.open("data", at="2031-05").query(PLACED)} >= {CAFE, INFERRED}
    with pytest.raises(graph.QueryError, match="is not a year"):
        graph.open("data", at="May")
    with pytest.raises(graph.QueryError, match="holds what is so at one date alone"):
        graph.open("http://127.0.0.1:9/", at="2031")


def test_check_and_build_warn_of_sources_that_differ_and_go_on(region: Path) -> None:
    sources, claims = region / "data" / "sources.csv", region / "data" / "claims.csv"
    line = next(line for line in sources.read_text("utf-8").splitlines() if line.startswith("gazetteer,"))
    sources.write_text(sources.read_text("utf-8") + line.replace("gazetteer,", "census,", 1) + "\n", encoding="utf-8")
    claims.write_text(claims.read_text("utf-8") + "al-marsa,population,43,stated,census,,,7,,,,,\n", encoding="utf-8")
    for command in ("check", "build"):
        done = run(region, command)
        assert done.returncode == 0
        assert done.stderr.startswith(
            "data/claims.csv:20: warning: al-marsa population 43 (census): gazetteer says 41250"
        )

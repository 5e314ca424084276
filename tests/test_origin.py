"""Which dataset is meant: one rule for every command, and no build is renewed from, or replaced by, other data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

import graph

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent
REGION = ROOT / "tests" / "regions" / "emerald-valley"
CLAIMS = "SELECT (COUNT(?c) AS ?n) { ?c a az:Claim }"
CITIES = "SELECT ?city { ?city a az:City }"
#: A line of `entities.csv`, and one of `claims.csv` that speaks of it.
CITY = "new-city,City,مدينة جديدة,Ville nouvelle,New City,,,,,ar|fr|en\n"
IN_THE_VALLEY = "barmij,about,coding,stated,bulletin,49,79,,\n"

Edit = Callable[[str, str, str], None]


def run(folder: Path, *arguments: str, program: Path = ROOT / "build.py") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(program), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def told(folder: Path, *arguments: str, program: Path = ROOT / "build.py") -> list[str]:
    """The lines of a CSV answer, without its head."""
    done = run(folder, *arguments, "-f", "csv", program=program)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[1:]


def add(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(line)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, with its `build.py`."""
    folder = tmp_path / "checkout"
    for name in ("data", "ontology", "graph"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder)
    return folder


@pytest.fixture
def mine(region: Path) -> Path:
    """A folder `mine` beside the region's `data`, with a claim more, of which `dist` is a build."""
    shutil.copytree(region / "data", region / "mine")
    add(region / "mine" / "claims.csv", IN_THE_VALLEY)
    done = run(region, "build", "--data", "mine")
    assert done.returncode == 0, done.stderr
    return region


# --- asking ---


def test_build_of_a_changed_copy_of_the_checkouts_data_is_what_is_asked(checkout: Path) -> None:
    """It has the name and all but a line of the checkout's data, and was once replaced by them."""
    program = checkout / "build.py"
    shutil.copytree(checkout / "data", checkout / "mine")
    add(checkout / "mine" / "entities.csv", CITY)
    assert run(checkout, "build", "--data", "mine", program=program).returncode == 0
    before = (checkout / "dist" / "manifest.json").read_bytes()
    new = "https://w3id.org/azetta/souss-massa/new-city"
    assert new in told(checkout, "query", CITIES, program=program)
    assert run(checkout, "question", "partners", program=program).returncode == 0
    assert (checkout / "dist" / "manifest.json").read_bytes() == before
    add(checkout / "mine" / "entities.csv", CITY.replace("new-", "newer-"))
    done = run(checkout, "query", CITIES, program=program)
    assert "mine/entities.csv changed since the last build: building" in done.stderr.splitlines()
    assert done.stdout.count("new-city") + done.stdout.count("newer-city") == 2


def test_build_of_other_data_than_those_here_is_named(mine: Path) -> None:
    done = run(mine, "query", CLAIMS, "-f", "csv")
    assert (done.stdout, done.stderr) == ("n\n19\n", "dist/ was made from mine/, not from data/\n")
    assert told(mine, "query", CLAIMS, "--data", "mine") == ["19"]


def test_other_data_than_those_of_the_build_are_asked_without_writing(mine: Path) -> None:
    before = (mine / "dist" / "manifest.json").stat().st_mtime_ns
    done = run(mine, "query", CLAIMS, "--data", "data", "-f", "csv")
    assert done.stdout == "n\n18\n"
    assert done.stderr == "dist/ was made from mine/: asking the curated files of data/; nothing is written\n"
    assert (mine / "dist" / "manifest.json").stat().st_mtime_ns == before


def test_edit_of_any_region_is_noticed(region: Path) -> None:
    assert run(region, "build").returncode == 0
    assert told(region, "query", CLAIMS) == ["18"]
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    done = run(region, "query", CLAIMS, "-f", "csv")
    assert (done.stdout, done.stderr) == ("n\n19\n", "data/claims.csv changed since the last build: building\n")


def test_build_is_renewed_wherever_it_stands_and_whoever_asks(region: Path, tmp_path: Path) -> None:
    assert run(region, "build", "--data", "data", "--out", "out").returncode == 0
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    assert told(elsewhere, "query", CLAIMS, "--out", "../region/out") == ["19"]
    shutil.move(region, tmp_path / "moved")  # the whole of it, as a checkout is
    add(tmp_path / "moved" / "data" / "claims.csv", IN_THE_VALLEY.replace("49", "50"))
    assert told(elsewhere, "query", CLAIMS, "--out", "../moved/out") == ["20"]
    assert not list(elsewhere.iterdir())


def test_region_named_as_the_first_keeps_its_build(checkout: Path, edit: Edit) -> None:
    edit("data/dataset.toml", 'name = "emerald-valley"', 'name = "souss-massa"')
    program = checkout / "build.py"
    assert run(checkout, "build", "--data", "../region/data", program=program).returncode == 0
    assert told(checkout, "query", CLAIMS, program=program) == ["18"]
    assert told(checkout, "query", CLAIMS, program=program) == ["18"]


def test_texts_of_a_build_stay_in_its_page(region: Path) -> None:
    quoted = "وستفتح به حاضنة مقاولات"
    assert run(region, "build", "--text", "bulletin=texts/bulletin.txt").returncode == 0
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    assert told(region, "query", CLAIMS) == ["19"]
    assert json.dumps(quoted)[1:-1] in (region / "dist" / "index.html").read_text(encoding="utf-8")


def test_published_files_tell_no_path(region: Path) -> None:
    """The copy of the text is private, and so is the name of its folder."""
    shutil.move(region / "texts", region / "private-folder")
    arguments = ["--text", "bulletin=private-folder/bulletin.txt", "--out", "out"]
    assert run(region, "build", *arguments).returncode == 0
    for path in (region / "out").iterdir():
        assert b"private-folder" not in path.read_bytes(), path
        assert str(region).encode() not in path.read_bytes(), path


# --- where nothing is named ---


@pytest.mark.parametrize("below", [".", "texts"], ids=["here", "above"])
def test_every_command_takes_the_data_here_or_above(region: Path, below: str) -> None:
    folder = region / below
    assert run(folder, "check").stdout == "2 sources, 13 entities, 18 claims, 10 inferences: no problem\n"
    assert run(folder, "cite", f"bulletin={region}/texts/bulletin.txt", "حاضنة").stdout.startswith("bulletin,")
    assert "emerald-valley" in run(folder, "export", "-", "--format", "ttl").stdout
    assert run(folder, "build").returncode == 0
    assert (region / "dist" / "emerald-valley.nq").is_file()
    assert told(folder, "query", CLAIMS) == ["18"]


@pytest.mark.parametrize("missing", ["dataset.toml", "claims.csv"])
def test_broken_data_here_are_never_passed_over(region: Path, missing: str) -> None:
    (region / "data" / missing).unlink()
    for command in (["check"], ["build"], ["query", CLAIMS], ["export", "-", "--format", "ttl"]):
        done = run(region, *command)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert f"data/{missing}: no such file" in done.stderr


def test_checkout_elsewhere_guesses_nothing(tmp_path: Path) -> None:
    for command in (["check"], ["build"], ["query", CLAIMS], ["publish", "-e", "http://127.0.0.1:9/"], ["serve"]):
        done = run(tmp_path, *command)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert "--data" in done.stderr
    assert not list(tmp_path.iterdir())


# --- nothing is overwritten unasked ---


def test_plain_build_leaves_the_build_of_other_data(mine: Path) -> None:
    before = (mine / "dist" / "manifest.json").read_bytes()
    done = run(mine, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "dist/ was made from mine/, not from data/: to build data/ there instead, say --out dist or --data data\n"
    )
    assert (mine / "dist" / "manifest.json").read_bytes() == before
    assert run(mine, "build", "--out", "dist").returncode == 0
    assert told(mine, "query", CLAIMS) == ["18"]


def test_build_without_a_record_is_replaced_by_its_own_dataset_alone(region: Path, edit: Edit) -> None:
    """So an older version left it."""
    assert run(region, "build").returncode == 0
    (region / ".dist.made").unlink()
    done = run(region, "query", CLAIMS, "-f", "csv")
    assert done.stdout == "n\n18\n"
    assert "it is not recorded what dist/ was made from" in done.stderr
    edit("data/dataset.toml", 'name = "emerald-valley"', 'name = "ruby-valley"')
    assert run(region, "build").returncode == 1
    edit("data/dataset.toml", 'name = "ruby-valley"', 'name = "emerald-valley"')
    assert run(region, "build").returncode == 0


def test_record_of_one_build_is_never_that_of_another(region: Path) -> None:
    """A folder put in the place of a build was made from nobody knows what."""
    assert run(region, "build", "--out", "out").returncode == 0
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    assert run(region, "build").returncode == 0
    shutil.rmtree(region / "out")
    shutil.copytree(region / "dist", region / "out")
    add(region / "data" / "claims.csv", IN_THE_VALLEY.replace("49", "50"))
    assert told(region, "query", CLAIMS, "--out", "out") == ["19"]
    assert told(region, "query", CLAIMS) == ["20"]


def test_serve_of_a_folder_without_a_build_refuses(region: Path) -> None:
    assert run(region, "build").returncode == 0
    done = run(region, "serve", "--out", "dits", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("dits holds no build: ")
    assert not (region / "dits").exists()


@contextmanager
def counted() -> Iterator[tuple[str, list[str]]]:
    """A service that only counts what it is asked."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            seen.append(format % args)

        def do_GET(self) -> None:
            self.send_error(503)

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql", seen
        finally:
            server.shutdown()


def test_publish_without_a_build_sends_nothing(region: Path) -> None:
    assert run(region, "build", "--data", "data", "--out", "out").returncode == 0
    with counted() as (address, seen):
        done = run(region, "publish", "--endpoint", address)
        assert (done.returncode, done.stdout, seen) == (1, "", [])
        assert done.stderr.startswith("dist holds no build: ")
        assert not (region / "dist").exists()
        assert run(region, "publish", "--endpoint", address, "--out", "out").returncode == 1
        assert seen


def test_publish_of_broken_data_sends_nothing(region: Path, edit: Edit) -> None:
    assert run(region, "build").returncode == 0
    edit("data/claims.csv", "launches,barmij", "launches,barmidj")
    with counted() as (address, seen):
        done = run(region, "publish", "--endpoint", address)
    assert (done.returncode, seen) == (1, [])
    assert 'data/claims.csv:2: unknown entity "barmidj"' in done.stderr


@pytest.mark.parametrize("command", ["check", "export", "query", "serve"])
def test_build_of_other_data_than_those_named_is_refused(mine: Path, command: str) -> None:
    words = {"check": [], "export": ["-", "--format", "ttl"], "query": [CLAIMS], "serve": ["--port", "0"]}[command]
    done = run(mine, command, *words, "--out", "dist", "--data", "data")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "dist/ was made from mine/, not from data/\n")


def test_what_a_build_was_made_from_is_checked_and_exported(mine: Path) -> None:
    assert "19 claims" in run(mine, "check", "--out", "dist").stdout
    assert "18 claims" in run(mine, "check").stdout
    rows = run(mine, "export", "-", "--format", "claims.csv", "--out", "dist").stdout.splitlines()
    assert len(rows) == 20


def test_folder_with_a_build_alone_means_what_that_was_made_from(region: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "elsewhere").mkdir()
    arguments = ["--data", "../region/data", "--text", "bulletin=../region/texts/bulletin.txt"]
    assert run(folder, "build", *arguments).returncode == 0
    page = (folder / "dist" / "index.html").read_bytes()
    done = run(folder, "check")
    assert (done.returncode, done.stdout.splitlines()[-1].endswith("18 claims, 10 inferences: no problem")) == (0, True)
    assert run(folder, "build").returncode == 0
    assert (folder / "dist" / "index.html").read_bytes() == page
    assert told(folder, "query", CLAIMS) == ["18"]


# --- broken data ---


def test_last_good_build_answers_while_the_data_are_broken(region: Path, edit: Edit) -> None:
    assert run(region, "build").returncode == 0
    before = (region / "dist" / "manifest.json").read_bytes()
    edit("data/claims.csv", "launches,barmij", "launches,barmidj")
    for command in (["query", CLAIMS], ["question", "partners"]):
        done = run(region, *command, "-f", "csv")
        assert done.returncode == 0
        assert done.stdout
        assert done.stderr.splitlines() == [
            "data/claims.csv changed since the last build: building",
            'data/claims.csv:2: unknown entity "barmidj" in column object; did you mean "barmij"?',
            "dist/ is asked as it was last built",
        ]
    assert (region / "dist" / "manifest.json").read_bytes() == before
    edit("data/claims.csv", "launches,barmidj", "launches,barmij")
    assert run(region, "query", CLAIMS).stderr == ""


def test_only_the_first_of_many_problems_are_told_with_an_answer(region: Path) -> None:
    assert run(region, "build").returncode == 0
    for number in range(100):
        add(region / "data" / "claims.csv", IN_THE_VALLEY.replace("coding", f"unknown-{number}"))
    done = run(region, "query", CLAIMS, "-f", "csv")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (0, "n\n18\n", 8)
    assert "… and 95 more" in done.stderr
    assert len(run(region, "check").stderr.splitlines()) == 100


def test_last_good_build_answers_when_a_text_is_gone(region: Path) -> None:
    assert run(region, "build", "--text", "bulletin=texts/bulletin.txt").returncode == 0
    (region / "texts" / "bulletin.txt").unlink()
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    done = run(region, "query", CLAIMS, "-f", "csv")
    assert (done.returncode, done.stdout) == (0, "n\n18\n")
    assert "texts/bulletin.txt: No such file" in done.stderr
    assert "dist/ is asked as it was last built" in done.stderr


# --- Python and services ---


def test_a_service_and_a_build_are_not_asked_together(region: Path) -> None:
    for words in (["query", CLAIMS], ["question", "partners"]):
        for folder in ("--out", "--data"):
            done = run(region, *words, "--endpoint", "http://127.0.0.1:9/", folder, "data")
            assert (done.returncode, done.stdout) == (2, "")
            assert f"--endpoint and {folder}" in done.stderr


def test_python_follows_the_same_rule(region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (region / "deep").mkdir()
    monkeypatch.chdir(region / "deep")
    assert graph.open().query(CLAIMS)[0] == {"n": 18}
    assert (region / "dist" / "emerald-valley.nq").is_file()
    add(region / "data" / "claims.csv", IN_THE_VALLEY)
    assert graph.open(region / "dist").query(CLAIMS)[0] == {"n": 19}
    monkeypatch.chdir(tmp_path)
    assert graph.open("region/data").query(CLAIMS)[0] == {"n": 19}
    assert graph.open("region/dist").query(CLAIMS)[0] == {"n": 19}
    with pytest.raises(graph.OutputError, match=r"^region/texts holds no build: .*--data FOLDER --out region/texts"):
        graph.open("region/texts")
    assert not os.path.exists("dist")

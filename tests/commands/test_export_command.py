"""`export` writes the whole dataset or a part of it, and names what is mistyped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import programs
import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.knowledge.knowledge import Knowledge

BASE = "https://example.org/emerald-valley/"
AZ = "https://w3id.org/azetta/ontology#"


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["export", "--data", "data", *arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("region")
def test_what_surrounds_an_entity_is_written_to_its_depth() -> None:
    for depth, expected in {
        "0": {"cafe-numerique"},
        "1": {"al-marsa", "barmij", "cafe-fab-lab", "cafe-incubator", "cafe-numerique"},
    }.items():
        assert run("out.graphml", "--entity", "cafe-numerique", "--depth", depth) == (0, "", "")
        assert set(nx.read_graphml("out.graphml")) == expected
    status, text, _ = run("-", "--format", "entities.csv", "--entity", "young-people")
    assert (status, [line.split(",")[0] for line in text.splitlines()[1:]]) == (0, ["barmij", "young-people"])


def test_the_page_of_a_part_offers_no_tour_through_the_whole(region: Path, emerald: Knowledge) -> None:
    (region / "data" / "tours.toml").write_text(
        '[[tour]]\nid = "begin"\ntitle = { ar = "البداية", fr = "Le début", en = "The beginning" }\n[[tour.step]]\n'
        f'at = "select=barmij"\nclaims = ["{emerald.facts.claims[0].id}"]\n'
        'ar = "برمج."\nfr = "Barmij."\nen = "Barmij."\n',
        encoding="utf-8",
    )
    for arguments, offered in (((), True), (("--entity", "al-marsa"), False)):
        assert run("out.html", *arguments) == (0, "", "")
        page = (region / "out.html").read_text(encoding="utf-8")
        assert ('"tours":[]' not in page, "The beginning" in page) == (offered, offered)


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("name", ["المرسي", "EL-MARSA", "La Marsa", f"{BASE}al-marsa"])
def test_an_entity_is_named_in_any_language_and_spelling(name: str) -> None:
    assert run("out.graphml", "--entity", name, "--depth", "0") == (0, "", "")
    assert set(nx.read_graphml("out.graphml")) == {"al-marsa"}


def test_a_name_of_several_is_told_with_their_ids(edit: Callable[[str, str, str], None]) -> None:
    edit("data/entities.csv", "Fondation Manara", "El Marsa")
    assert run("out.graphml", "--entity", "el marsa") == (
        1,
        "",
        '"el marsa" is the name of "al-marsa" (المرسى) and "manara-foundation" (مؤسسة المنارة): give the id of one\n',
    )


@pytest.mark.usefixtures("region")
def test_one_source_is_written_with_what_follows_from_it_alone() -> None:
    """The bulletin puts the café in the town, the gazetteer the town in the valley: alone, neither puts it there."""
    assert run("out.nq", "--source", "bulletin")[0] == 0
    text = Path("out.nq").read_text(encoding="utf-8")
    located = f"<{BASE}cafe-fab-lab> <{AZ}locatedIn> <{BASE}%s> "
    assert located % "al-marsa" in text
    assert located % "emerald-valley" not in text
    assert "gazetteer" not in text


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["out.docx"], 1, "no format is known for 'out.docx'"),
        (["out.ttl", "--entity", "al-mersa"], 1, 'no entity is called "al-mersa"; did you mean "al-marsa" (المرسى)?'),
        (["out.ttl", "--entity", "Fondation Manarra"], 1, 'did you mean "manara-foundation" (مؤسسة المنارة)?'),
        (["out.ttl", "--source", "buletin"], 1, 'unknown source "buletin"; did you mean "bulletin"?'),
        (["out.ttl", "--source", "x"], 1, 'unknown source "x"; it is one of bulletin, gazetteer'),
        (["-"], 2, "say --format"),
        (["out.ttl", "--depth", "2"], 2, "say --entity too"),
        (["no/out.ttl"], 1, "no/out.ttl: there is no folder "),
        (["data/out.ttl"], 1, "data/out.ttl stands in a folder that is an input of the build"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(arguments: list[str], status: int, message: str) -> None:
    found, text, errors = run(*arguments)
    assert (found, text) == (status, "")
    assert message in errors
    assert not list(Path().rglob("out.*"))


@pytest.mark.parametrize("way", ["data/claims.csv", "link/claims.csv", "texts/../data/claims.csv", "claims.csv"])
def test_curated_files_are_never_exported_over(region: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """The tables of an export have the names of the curated ones, and other columns."""
    (region / "link").symlink_to("data")
    before = (region / "data" / "claims.csv").read_bytes()
    monkeypatch.chdir(region / "data" if way == "claims.csv" else region)
    done = CliRunner().invoke(main, ["export", "--data", str(region / "data"), way])
    assert (done.exit_code, done.stderr) == (
        1,
        f"{way} stands in a folder that is an input of the build: name another place\n",
    )
    assert (region / "data" / "claims.csv").read_bytes() == before


@pytest.mark.processes
def test_the_standard_output_of_a_pipe_is_written_by_its_path(region: Path) -> None:
    done = programs.run(region, "export", "/dev/stdout", "--format", "claims.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1 + 18


@pytest.mark.processes
def test_a_build_that_may_not_be_read_is_not_told_as_absent(region: Path) -> None:
    (region / "dist").mkdir(mode=0)
    code = "import os; from graph import last_build; os.getuid() or os.setuid(65534);last_build.open_store(data='data')"
    done = subprocess.run([sys.executable, "-c", code], cwd=region, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr.splitlines()[-1].startswith("PermissionError: ")
    assert "holds no dataset yet" not in done.stderr

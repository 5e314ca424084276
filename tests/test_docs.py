"""The documents keep step with what the project does."""

from __future__ import annotations

import csv
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import nbformat
import pytest
from checkout import DATA, ONTOLOGY
from click.testing import CliRunner
from nbclient import NotebookClient

import graph
from graph.cli import main
from graph.model.ontology import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"), key=lambda path: (path.stem != "curating", path.stem))
DOCUMENTS = "\n".join([*(path.read_text(encoding="utf-8") for path in PAGES), README])
SPARQL = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
COMMANDS = main.list_commands(click.Context(main))


def blocks(language: str) -> list[str]:
    """The examples of a language: the curator's documents first."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", DOCUMENTS, re.DOTALL | re.MULTILINE)


def parts(name: str) -> list[str]:
    """The commands of a command that is a group of them."""
    command = main.get_command(click.Context(main), name)
    return list(command.commands) if isinstance(command, click.Group) else []


@pytest.mark.parametrize("name", COMMANDS)
def test_documents_show_every_command(name):
    assert re.search(rf"^ *python build\.py {name}\b", "\n".join(blocks("sh")), re.MULTILINE), name


@pytest.mark.parametrize("name", [*COMMANDS, *(f"{name} {part}" for name in COMMANDS for part in parts(name))])
def test_help_of_every_command_has_an_example_on_a_line_of_its_own(name):
    answer = CliRunner().invoke(main, [*name.split(), "--help"])
    assert re.search(rf"^ +azetta {name}\b", answer.output, re.MULTILINE), answer.output


def test_documents_name_only_commands_and_options_that_exist():
    for line in "\n".join([*blocks("sh"), CONTRIBUTING]).splitlines():
        for name, rest in re.findall(r"python build\.py ([a-z]+)\b([^`|]*)", line):
            assert name in COMMANDS, line
            part = next(iter(rest.split()), "")
            asked = [name, part] if part in parts(name) else [name]
            known = CliRunner().invoke(main, [*asked, "--help"]).output
            for option in re.findall(r"--[a-z-]+", rest):
                if name != "question":  # a question's own parameters are options too
                    assert option in known, line


def test_links_of_the_documents_lead_somewhere():
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), (document.name, target)


def test_readme_is_a_page():
    assert len(README.split()) <= 1000


def test_readme_shows_every_room():
    rooms = {path.parent.name for path in (ROOT / "graph").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE)) - {"data", "ontology", "graph", "dist"} == rooms


def test_contributing_names_places_that_exist_and_marks_that_are_registered():
    for place in re.findall(r"`((?:graph|ontology|tests)/[\w./-]*)`", DOCUMENTS + CONTRIBUTING):
        stem = re.sub(r"[A-Z]{4,}\.\w+$", "", place)
        assert (ROOT / stem).exists(), place
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    marks = {line.partition(":")[0] for line in project["tool"]["pytest"]["ini_options"]["markers"]}
    explained = re.findall(r"^- `(\w+)`: ", CONTRIBUTING.partition("-m quick")[2], re.MULTILINE)
    assert set(explained) == marks - {"quick"}


def test_claim_that_the_readme_adds_is_not_in_the_data_yet():
    (line,) = csv.reader(io.StringIO(blocks("csv")[0]))
    with (DATA / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert line not in list(csv.reader(file))


@pytest.mark.long
@pytest.mark.skipif("AZETTA_ARTICLE" not in os.environ, reason="needs a copy of the article: AZETTA_ARTICLE=FILE")
def test_commands_of_the_readme_add_the_row_that_it_shows_and_tell_it(tmp_path, monkeypatch):
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copy(os.environ["AZETTA_ARTICLE"], tmp_path / "article.txt")
    monkeypatch.chdir(tmp_path)
    who = ["-c", "user.name=Curator", "-c", "user.email=curator@example.org"]
    for step in (["init", "--quiet"], ["add", "data"], ["commit", "--quiet", "-m", "before"]):
        subprocess.run(["git", *who, *step], check=True)
    lines = "\n".join(blocks("sh")).splitlines()
    shown, told = (next(line for line in lines if f"build.py {name}" in line) for name in ("add claim", "diff"))
    added = CliRunner().invoke(main, shlex.split(shown)[2:])
    assert (added.exit_code, added.stderr) == (0, "")
    assert added.stdout.splitlines()[0] == f"data/claims.csv: {blocks('csv')[0].strip()}"
    assert CliRunner().invoke(main, shlex.split(told)[2:]).stdout == blocks("text")[0]


def test_queries_of_the_page_on_sparql_have_answers(home, monkeypatch):
    monkeypatch.chdir(home)
    queries = re.findall(r"^```sparql\n(.*?)^```", SPARQL, re.DOTALL | re.MULTILINE)
    for query in queries:
        answer = CliRunner().invoke(main, ["query", query, "--out", "dist", "-f", "csv"])
        assert answer.exit_code == 0, answer.stderr
        assert len(answer.stdout.splitlines()) > 3, query
    assert "أكادير" in CliRunner().invoke(main, ["query", queries[0], "--out", "dist", "-f", "csv"]).stdout


def test_engine_that_is_fetched_is_the_one_that_is_pinned():
    pin = tomllib.loads((ROOT / "graph/page/engine.toml").read_text(encoding="utf-8"))
    fetched = set(re.findall(r"npm install --prefix \S+ ([\w@.]+)", SPARQL))
    assert fetched == {f"{pin['package']}@{pin['version']}"}


def python(folder: Path, mark: str) -> list[str]:
    """Run the Python of the README that holds `mark`; give the lines that it prints."""
    shown = next(block for block in blocks("python") if mark in block)
    done = subprocess.run([sys.executable, "-c", shown], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8").splitlines()


def test_python_of_the_readme_finds_every_claim_on_a_text_in_the_turtle(home):
    with (DATA / "claims.csv").open(encoding="utf-8", newline="") as file:
        expected = sum(bool(claim["start"]) for claim in csv.DictReader(file))
    assert len(python(home, "import rdflib")) == expected


def test_python_of_the_readme_asks(home):
    printed = "\n".join(python(home, "import graph"))
    assert "Fondation Jadara" in printed  # who the partners are
    assert "504768" in printed  # the people of Agadir at the census of 2024


def test_python_of_the_documents_makes_frames(home):
    printed = "\n".join(python(home, "technopark"))
    assert "مصرح به" in printed  # how its claims stand
    assert "pole_name" in printed
    assert "n: int64" in printed


@pytest.mark.processes
@pytest.mark.filterwarnings("default")  # those of the kernel's own libraries
def test_notebook_runs_from_top_to_bottom_and_is_kept_without_what_it_shows(home, tmp_path, monkeypatch):
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    notebook = nbformat.read(ROOT / "docs" / "notebook.ipynb", 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)
    NotebookClient(notebook, kernel_name="python3", timeout=60, resources={"metadata": {"path": str(home)}}).execute()
    shown = [output.data.get("text/html", "") for cell in code for output in cell.outputs if "data" in output]
    assert "<svg" in shown[0]
    assert 'dir="rtl"' in shown[1]
    assert any("قيد الإنجاز" in output.data["text/plain"] for output in code[5].outputs)
    assert "أورنج" in code[6].outputs[0].text  # the way from the technopark
    assert shown[-1].startswith("<iframe srcdoc=")


@pytest.mark.processes
def test_reference_is_one_page_of_all_public_names(tmp_path):
    (command,) = re.findall(r"`python (-m pdoc -o api graph '[^`]*)`", (ROOT / "docs" / "asking.md").read_text("utf-8"))
    assert f"`python {command}`" in CONTRIBUTING
    call = [sys.executable, "-W", "error", *shlex.split(command)]
    subprocess.run(call, cwd=tmp_path, check=True, capture_output=True)
    assert {path.name for path in (tmp_path / "api").iterdir()} == {"graph.html", "index.html", "search.js"}
    page = (tmp_path / "api" / "graph.html").read_text(encoding="utf-8")
    assert {name for name in graph.__all__ if f'id="{name}"' not in page} == set()
    assert 'id="EntityView.claims"' in page


def test_contributing_explains_every_column_of_the_claims():
    with (DATA / "claims.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    explained = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^ *\| (`.*?) \|", CONTRIBUTING, re.MULTILINE)))
    assert sorted(explained) == sorted(columns)


def test_every_class_that_the_project_promises_exists():
    promised = (
        "Council Partner Centre TrainingCentre Technopark InnovationCity Incubator FabLab YouthPlatform School Pole"
        " City Region Province Person Organization Programme Strategy Event Sector Theme TrainingField Audience Claim"
    )
    assert set(promised.split()) <= set(load(ONTOLOGY).classes)


def test_changelog_begins_with_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[1] == version

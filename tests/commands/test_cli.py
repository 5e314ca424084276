"""The command line as a user meets it: real processes, their messages and how they end."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from graph.cli import main
from graph.commands import Command

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
BUILD = [sys.executable, str(ROOT / "build.py")]
COMMANDS = main.list_commands(click.Context(main))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*BUILD, *arguments], capture_output=True, check=False, env=os.environ | environment)


def test_no_command_builds(region):
    done = run("--data", "data", "--out", "here")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("2 sources, 13 entities, 18 claims, 14 inferences\n14 files in here/: ")
    assert done.stderr == b""
    assert (region / "here" / "emerald-valley.nq").is_file()


def test_check_writes_nothing(region):
    before = sorted(region.rglob("*"))
    done = run("check", "--data", "data")
    assert done.stdout.decode() == "2 sources, 13 entities, 18 claims, 14 inferences: no problem\n"
    assert sorted(region.rglob("*")) == before


def test_wrong_data_ends_with_every_message_and_no_traceback(edit):
    edit("data/claims.csv", "launches,barmij", "launches,برمج")
    edit("data/entities.csv", "coding,Theme", "coding,Thème")
    for command in ("build", "check"):
        done = run(command, "--data", "data", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert done.returncode == 1
        assert done.stdout == b""
        assert done.stderr.decode("utf-8") == (
            'data/claims.csv:2: unknown entity "برمج" in column object; did you mean "barmij" (برمج)?\n'
            'data/entities.csv:13: unknown class "Thème" in column class; did you mean "Theme" (thème)?\n'
        )


def test_missing_folder_is_named(region):
    done = run("check", "--data", "nowhere")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"nowhere/{name}: no such file" for name in ("claims.csv", "dataset.toml", "entities.csv", "sources.csv")
    ]


def test_folder_that_is_a_file_is_a_misuse(region):
    done = run("check", "--data", "data/claims.csv")
    assert done.returncode == 2
    assert b"Invalid value for '--data'" in done.stderr


def test_file_that_is_a_folder_ends_with_a_message(region):
    (region / "data" / "claims.csv").unlink()
    (region / "data" / "claims.csv").mkdir()
    done = run("check", "--data", "data")
    assert (done.returncode, done.stderr) == (1, b"data/claims.csv: Is a directory\n")


@pytest.mark.parametrize("arguments", [["chek"], ["check", "--colour"], ["--colour"], ["build", "--text", "bulletin"]])
def test_misuse_ends_with_2_and_says_where_help_is(region, arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert b"--help" in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    "arguments", [["check", "--data", "data"], ["export", "-", "--format", "nq", "--data", "data"]]
)
def test_reader_that_leaves_early_is_no_failure(region, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run([*BUILD, *arguments], stdout=writer, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writer)
    assert done.returncode == 0
    assert all(b".csv: note: " in line for line in done.stderr.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--data", "data", "--data", "./data"],
        ["--out", "a", "--out", "b"],
        ["check", "--data", "data", "--data", "data"],
        ["cite", "bulletin=texts/bulletin.txt", "x", "--data", "data", "--data", "data"],
        ["export", "x.ttl", "--entity", "barmij", "--entity", "coding"],
        ["export", "x.ttl", "--source", "bulletin", "--source", "gazetteer"],
        ["query", "ASK {}", "--out", "a", "--out", "b"],
        ["query", "ASK {}", "-f", "csv", "--format", "json"],
        ["question", "in-city", "--city", "al-marsa", "--city", "al-marsa"],
        ["question", "--lang", "fr", "--lang", "en"],
        ["question", "--lang", "fr", "partners", "--lang", "en"],
        ["serve", "--port", "0", "--port", "0"],
        ["publish", "--endpoint", "http://127.0.0.1:9/", "-e", "http://127.0.0.1:10/"],
        ["build", "--text", "bulletin=texts/bulletin.txt", "--text", "bulletin=data/claims.csv"],
    ],
    ids=" ".join,
)
def test_option_given_twice_is_a_misuse(region, words):
    before = sorted(region.rglob("*"))
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"is given twice" in done.stderr
    assert sorted(region.rglob("*")) == before


@pytest.mark.parametrize(
    "words",
    [
        ["--data", ""],
        ["build", "--ontology", ""],
        ["check", "--out="],
        ["cite", "bulletin=texts/bulletin.txt", "x", "--data", ""],
        ["export", "x.ttl", "--data", ""],
        ["publish", "--endpoint", "http://127.0.0.1:9/", "--out", ""],
        ["query", "ASK {}", "--data", ""],
        ["query", "ASK {}", "--out", ""],
        ["query", "ASK {}", "--out="],
        ["question", "partners", "--data", ""],
        ["serve", "--out", ""],
    ],
    ids=" ".join,
)
def test_empty_name_is_not_the_folder_here(region, words):
    shutil.copytree(region / "data", region, dirs_exist_ok=True)  # as "." would find them
    before = sorted(region.rglob("*"))
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"it is empty and names no folder" in done.stderr
    assert sorted(region.rglob("*")) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_reads_its_options_once(command):
    found = main.get_command(click.Context(main), command)
    assert all(isinstance(each, Command) for each in (found.commands.values() if command == "add" else [found]))


def test_mistyped_command_gets_a_suggestion():
    assert "No such command 'chek'. Did you mean 'check'?" in run("chek").stderr.decode()
    assert "Did you mean" not in run("zzz").stderr.decode()


def test_progress_is_shown_on_a_terminal_and_cleared(region):
    screen, terminal = pty.openpty()
    subprocess.run([*BUILD, "--data", "data"], stdout=subprocess.DEVNULL, stderr=terminal, check=True)
    os.close(terminal)
    shown = os.read(screen, 100_000).decode()
    os.close(screen)
    assert "reading …" in shown
    assert "index.html …" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["build.py"])
    lines = main.get_command(click.Context(main), command).get_help(click.Context(main, info_name=command)).splitlines()
    examples = [line.split() for line in lines[lines.index("  Examples:") :]]
    assert ["python", "build.py", command] in [example[:3] for example in examples] or command == "build"
    assert ["python", "build.py"] in [example[:2] for example in examples]


def test_help_lists_every_command():
    text = run("--help").stdout.decode()
    assert text.startswith("Usage: build.py [OPTIONS] COMMAND [ARGS]...")
    assert {line.split()[0] for line in text.partition("Commands:\n")[2].splitlines()} == set(COMMANDS)


def test_version_is_that_of_the_project():
    version = run("--version").stdout.decode().strip()
    assert f'version = "{version.removeprefix("azetta, version ")}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_asking_loads_nothing_that_only_building_needs():
    code = "import sys, graph, graph.cli, graph.store; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT).stdout.decode().split()
    )
    assert not loaded & {"rdflib", "networkx", "pyvis", "shacl", "jinja2", "graph.facts.curated", "graph.pipeline"}


def test_building_loads_no_notebook_and_leaves_none_behind(region):
    code = (
        "import sys; from pathlib import Path; from graph import origin, pipeline;"
        "pipeline.build(Path('data'), Path(origin.ROOT, 'ontology'), Path('dist')); print(*sys.modules);"
        "from IPython.display import IFrame; IFrame('x', 1, 1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert [name for name in done.stdout.split() if name.partition(".")[0] == "IPython"] == []


def test_missing_package_says_how_to_install():
    """Without its site, Python finds the checkout alone."""
    done = subprocess.run([sys.executable, "-S", str(ROOT / "build.py")], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("The Python package click is missing. In a virtual environment: ")


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("import sys; sys.argv[0] = '/usr/bin/azetta'; from graph.start import main; main()", "azetta"),
        (None, "python -m graph"),
    ],
)
def test_help_and_messages_say_what_to_type(start: str | None, name: str, tmp_path: Path) -> None:
    program = [sys.executable, *(["-c", start] if start else ["-m", "graph"])]

    def said(*words: str) -> str:
        done = subprocess.run([*program, *words], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        return done.stdout + done.stderr

    for words in (["--help"], ["query", "--help"], ["question", "--help"], ["question", "kinds", "--help"]):
        assert f"{name} " in said(*words)
        assert "build.py" not in said(*words)
    assert f"make one there first ({name} build " in said("query", "ASK {}", "--out", "nowhere")

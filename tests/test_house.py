"""The house: one meaning for each name, and what a newcomer adds is one file, found from the tree."""

from __future__ import annotations

import ast
import base64
import json
import re
import subprocess
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from checkout import ROOT

pytestmark = pytest.mark.processes

QUESTION = """\
#+ title:
#+   ar: أي المدن معروفة؟
#+   fr: Quelles villes sont connues ?
#+   en: Which cities are known?
#+ description:
#+   ar: المدن كلها.
#+   fr: Toutes les villes.
#+   en: All the cities.
SELECT ?city WHERE { ?city a az:City } ORDER BY ?city
"""
RULE = """\
#+ title:
#+   ar: الرئيسة جزء من المجلس
#+   fr: Qui préside un conseil en fait partie
#+   en: Who presides over a council is part of it
PREFIX az: <https://w3id.org/azetta/ontology#>
CONSTRUCT { ?person az:partOf ?council }
WHERE {
  ?person az:presidentOf ?council .
}
"""
FORMAT = """\
'''The names, one a line.'''

def write(knowledge, stream):
    for entity in knowledge.facts.entities.values():
        stream.write(f"{entity.labels['en']}\\n".encode())
"""
COMMAND = """\
'''`azetta hello`: a greeting.'''

import click

@click.command()
def command():
    '''Greet.'''
    click.echo("hello")
"""


@pytest.fixture
def run(checkout: Path) -> Callable[..., str]:
    """Run a command of the copy; give what it prints."""

    def command(*arguments: str) -> str:
        call = [sys.executable, str(checkout / "build.py"), *arguments]
        done = subprocess.run(call, cwd=checkout, capture_output=True, encoding="utf-8", timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return command


def test_format_question_rule_and_command_are_a_file_each(checkout: Path, run: Callable[..., str]) -> None:
    """As CONTRIBUTING says: the format is a line of the table too."""
    table = checkout / "graph" / "model" / "formats.py"
    line = '    Format("names.txt", "names.txt", "text/plain", "graph.export.names:write"),\n'
    table.write_text(table.read_text(encoding="utf-8").replace("_TABLE = (\n", f"_TABLE = (\n{line}"), encoding="utf-8")
    (checkout / "graph" / "export" / "names.py").write_text(FORMAT, encoding="utf-8")
    (checkout / "graph" / "store" / "questions" / "cities.rq").write_text(QUESTION, encoding="utf-8")
    (checkout / "ontology" / "rules" / "president.rq").write_text(RULE, encoding="utf-8")
    (checkout / "graph" / "commands" / "hello.py").write_text(COMMAND, encoding="utf-8")

    run()
    names = (checkout / "dist" / "names.txt").read_text(encoding="utf-8").splitlines()
    assert {"Al Marsa", "Barmij"} <= set(names)
    assert "names.txt" in json.loads((checkout / "dist" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert "Emerald Valley Council" in run("export", "-", "--format", "names.txt")
    assert ":noura-haddad" in run("query", "SELECT ?who { ?who az:partOf :emerald-valley-council }")
    assert "Al Marsa" in run("question", "cities", "--lang", "en")
    assert "Quelles villes sont connues ?" in run("question", "--lang", "fr")
    page = (checkout / "dist" / "index.html").read_text(encoding="utf-8")
    asked = re.search(r'data-is="asked">([^<]*)<', page)
    assert b"Which cities are known?" in zlib.decompress(base64.b64decode(asked[1]))
    assert run("hello") == "hello\n"
    assert "Greet." in run("--help")


def public(path: Path) -> set[str]:
    """The classes, and the aliases of types, that a module makes under a name of its own for others."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name[0].isupper() and not name.isupper():
                    names.add(name)
    return {name for name in names if not name.startswith("_")}


def test_name_of_a_class_or_an_alias_means_one_thing_in_the_whole_house() -> None:
    where = defaultdict(list)
    for path in sorted((ROOT / "graph").rglob("*.py")):
        for name in public(path):
            where[name].append(str(path.relative_to(ROOT)))
    assert {name: modules for name, modules in where.items() if len(modules) > 1} == {}


def test_few_modules_are_in_no_room() -> None:
    assert len({path.name for path in (ROOT / "graph").glob("*.py")} - {"__init__.py", "__main__.py"}) <= 8


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its head and its docstring."""
    documented = ast.get_docstring(function) is not None and len(function.body) > 1
    return (function.end_lineno or 0) - function.body[documented].lineno + 1


def test_no_function_is_longer_than_can_be_held_in_the_head() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in (ROOT / "graph").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > 40
    ]
    assert long == []


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    written = [path for room in ("graph", "bench") for path in (ROOT / room).rglob("*.*")]
    tests = (ROOT / "tests").rglob("*.py")
    paths = [each for each in [*written, *tests] if each.suffix in {".py", ".js", ".css", ".html"}]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths if path.is_file()}
    long = {
        str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > 300 and "node_modules" not in path.parts
    }
    assert len(lengths) > 200
    assert long == {}

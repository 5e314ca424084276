"""The engine that a page may carry: pinned, had from npm by who asks for it, never fetched by a build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from programs import run

from graph.page import engine

pytestmark = pytest.mark.processes

HERE = Path(__file__).parent
PACKAGE = HERE / "node_modules" / "oxigraph"
FETCH = f'npm install --prefix "{{}}" oxigraph@{engine.declared()["version"]}'


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "azetta"


def test_without_it_the_build_says_what_to_do_and_leaves_what_stands(region, cache):
    done = run(region, "build", "--sparql")
    message = f"the SPARQL engine (oxigraph {engine.declared()['version']}) is not here; to fetch it once: "
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{message}{FETCH.format(cache)}\n")
    assert not (region / "dist").exists()
    assert run(region, "build").returncode == 0  # what was not asked for is not missed


def test_another_than_the_pinned_one_is_refused(region, cache):
    shutil.copytree(PACKAGE, cache / "node_modules" / "oxigraph")
    with (cache / "node_modules/oxigraph/web_bg.wasm").open("ab") as file:
        file.write(b"x")
    done = run(region, "build", "--sparql")
    assert (done.returncode, "web_bg.wasm is not the engine that is pinned" in done.stderr) == (1, True)
    assert done.stderr.endswith(f"{FETCH.format(cache)}\n")


def test_a_build_says_which_page_it_has_and_keeps_it_when_it_is_made_anew(region, cache, edit):
    cache.parent.mkdir()
    cache.symlink_to(HERE)

    def built(*options):
        done = run(region, *options)
        assert done.returncode == 0, done.stderr
        page = (region / "dist/index.html").read_bytes()
        return json.loads((region / "dist/manifest.json").read_text(encoding="utf-8"))["page"], page

    plain, carrying = built("build"), built("build", "--sparql")
    assert (plain[0], carrying[0]) == ("html", "sparql.html")
    assert len(carrying[1]) - len(plain[1]) < 1_550_000
    edit("data/claims.csv", "41250", "41251")
    kind, renewed = built("query", "ASK {}")
    assert kind == "sparql.html"
    assert renewed != carrying[1]
    assert run(region, "export", "again.sparql.html").returncode == 0  # the same bytes from the same tables
    assert (region / "again.sparql.html").read_bytes() == renewed


def test_the_page_of_the_dataset_is_not_larger_than_was_promised(cache, souss, tmp_path):
    from graph.page import html

    cache.parent.mkdir()
    cache.symlink_to(HERE)
    with (tmp_path / "page.html").open("wb") as file:
        html.write_with_engine(souss, file)
    assert (tmp_path / "page.html").stat().st_size < 2_900_000


def test_the_tests_take_the_version_that_is_pinned():
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert wanted[engine.declared()["package"]] == engine.declared()["version"]

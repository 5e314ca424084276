"""An archive written in parts, slice by slice, has the triples and the problems of the whole."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY, ROOT
from click.testing import CliRunner

from graph import pipeline
from graph.cli import main
from graph.errors import DataError, OutputError, Problem
from graph.scale import archive, spark, tables
from graph.scale.engines import local, processes
from graph.store import parts

REGION = ROOT / "tests" / "regions" / "emerald-valley" / "data"
Change = Callable[[list[dict[str, str]]], object]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real tables, which a test may change: sources that say much alike, in a folder that is called as a table."""
    return Path(shutil.copytree(DATA, tmp_path / "claims"))


def change(path: Path, how: Change) -> None:
    """Change the rows of a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    how(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def read(folder: Path) -> dict[str, list[str]]:
    """Give the lines of each part, but for what says which files can be downloaded, and how much that is."""
    found = {}
    for path in folder.iterdir():
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        found[path.name] = [line for line in lines if "distribution" not in line and "void#triples" not in line]
    return found


def found(work: Callable[[], tuple[Problem, ...] | list[Problem]]) -> set[tuple[str, int, str]]:
    """Give the errors and warnings that some work finds."""
    try:
        problems = work()
    except DataError as exc:
        problems = (*exc.problems, *exc.warnings)
    return {(Path(each.file).name, each.line, str(each.message)) for each in problems if each.level == "error"}


@pytest.mark.long
@pytest.mark.parametrize(("tables", "size"), [(REGION, 1), (DATA, 150)], ids=["invented", "real"])
def test_parts_are_those_of_a_build_of_the_whole_and_counts_too(tables: Path, size: int, tmp_path: Path) -> None:
    summary = pipeline.build(tables, ONTOLOGY, tmp_path / "dist")
    quads = next((tmp_path / "dist").glob("*.nq"))
    whole = {each.graph: each.triples for each in parts.write(str(quads), tmp_path / "whole")}

    made = archive.build(tables, ONTOLOGY, tmp_path / "parts", local, size=size)

    assert read(tmp_path / "parts") == read(tmp_path / "whole")
    description = next(graph for graph in whole if graph.endswith("/graph/description"))
    assert {**made.triples, description: 0} == {**whole, description: 0}
    assert made.counts == summary.counts
    assert set(made.warnings) == {each for each in summary.warnings if each.file != "index.html"}


@pytest.mark.processes
def test_parts_are_the_same_bytes_of_any_engine_size_of_slices_and_folder(tmp_path: Path) -> None:
    folder = tmp_path / "it's [b] *"  # which to a database is no name of a folder
    folder.mkdir()
    for name, engine, size in (("one", local, 9_999), ("other", partial(processes, workers=2), 2)):
        archive.build(REGION, ONTOLOGY, folder / name, engine, size=size)
    one, other = ({path.name: path.read_bytes() for path in (folder / name).iterdir()} for name in ("one", "other"))
    assert one == other


@pytest.mark.slow
def test_parts_are_the_same_bytes_of_a_cluster_whose_executors_work_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.chdir(Path(shutil.copytree(REGION, tmp_path / "data")).parent)
    cluster = partial(spark.run, master="local-cluster[2,1,1024]")
    for name, engine in (("here", local), ("there", cluster)):
        archive.build(Path("data"), ONTOLOGY, Path(name), engine, size=2)
    here, there = ({path.name: path.read_bytes() for path in Path(name).iterdir()} for name in ("here", "there"))
    assert here == there


def spoilt(column: str, text: str, where: Callable[[dict[str, str]], bool]) -> Change:
    """Put a text into a column of the first row that is meant."""
    return lambda rows: next(filter(where, rows)).__setitem__(column, text)


#: What may be wrong with a table so that only the lines of several sources, or all of them, show it.
FAULTS: dict[str, tuple[str, Change]] = {
    "an unknown entity": ("claims.csv", spoilt("object", "nobody", lambda row: row["property"] == "partOf")),
    "a line twice": ("claims.csv", lambda rows: rows.append(dict(rows[10]))),
    "an entity twice": ("entities.csv", lambda rows: rows.append(dict(rows[10]))),
    "a source twice": ("sources.csv", lambda rows: rows.append(dict(rows[3]))),
    "a source that is gone": ("sources.csv", lambda rows: rows.pop(0)),
    "a decision on a claim that is not": ("decisions.csv", spoilt("a", "0" * 16, lambda row: row["kind"] == "prefer")),
    "a decision on an entity that is not": ("decisions.csv", spoilt("b", "nobody", lambda row: row["kind"] == "same")),
    "two of one name and place": (
        "entities.csv",
        lambda rows: next(row for row in rows if row["id"] == "ahl-tifnoute").update(
            label_fr=next(row["label_fr"] for row in rows if row["id"] == "ahl-ramel")
        ),
    ),
    "a place within itself": (
        "claims.csv",
        spoilt(
            "object",
            "agadir",
            lambda row: row["subject"] == "agadir-ida-ou-tanane" and row["property"] == "containedIn",
        ),
    ),
    "a passage beyond the text": ("mentions.csv", spoilt("end", "9999999", lambda row: True)),
}


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_told_as_of_the_whole(fault: str, data: Path, tmp_path: Path) -> None:
    table, how = FAULTS[fault]
    change(data / table, how)
    whole = found(lambda: pipeline.check(data, ONTOLOGY)[1])
    in_parts = found(lambda: list(archive.build(data, ONTOLOGY, tmp_path / "parts", local, size=150).warnings))
    assert whole
    assert in_parts
    assert in_parts <= whole  # what later steps find is told once the earlier ones find nothing


def test_what_no_claim_says_of_other_slices_is_told_as_of_the_whole(tmp_path: Path) -> None:
    """A line says the length of one source; no claim says those of the passages of the other."""
    data = Path(shutil.copytree(REGION, tmp_path / "data"))
    with (data / "claims.csv").open("a", encoding="utf-8") as claims:
        claims.write("source/gazetteer,length,287,stated,gazetteer,,,body/1,,,,,\n")
    in_parts = found(lambda: list(archive.build(data, ONTOLOGY, tmp_path / "parts", local, size=1).warnings))
    whole = found(lambda: pipeline.check(data, ONTOLOGY)[1])
    assert {message for *_, message in in_parts} == {message for *_, message in whole}
    unsaid = "source/bulletin#char=277,285 length 8 is asserted, but no claim and no inference says so"
    assert unsaid in {message for *_, message in in_parts}


def test_failed_build_leaves_the_parts_as_they_were_and_nothing_beside_them(data: Path, tmp_path: Path) -> None:
    archive.build(REGION, ONTOLOGY, tmp_path / "parts", local)
    before = {path.name: path.read_bytes() for path in (tmp_path / "parts").iterdir()}
    change(data / "claims.csv", spoilt("status", "done", lambda row: True))
    with pytest.raises(DataError, match="done"):
        archive.build(data, ONTOLOGY, tmp_path / "parts", local)
    assert {path.name: path.read_bytes() for path in (tmp_path / "parts").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims", "parts"]


def test_shape_and_rule_that_need_the_whole_are_refused_by_name(tmp_path: Path) -> None:
    data = Path(shutil.copytree(REGION, tmp_path / "data"))
    (data / "rules").mkdir()
    (data / "rules" / "by-name.rq").write_text(
        "PREFIX az: <https://w3id.org/azetta/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "CONSTRUCT { ?a az:partOf ?b }\nWHERE {\n  ?a az:partOf ?b .\n  FILTER (STRLEN(STR(?a)) > 3)\n}\n"
    )
    with pytest.raises(DataError, match=r"rules/by-name\.rq: .*more than a join"):
        archive.build(data, ONTOLOGY, tmp_path / "parts", local)
    shutil.rmtree(data / "rules")
    (data / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix az: <https://w3id.org/azetta/ontology#> .\n"
        "az:OwnShape a sh:NodeShape ; sh:targetClass az:City ; sh:property [ sh:path az:partOf ; sh:maxCount 9 ] .\n"
    )
    with pytest.raises(DataError, match=r"shapes\.ttl: .*az:inParts"):
        archive.build(data, ONTOLOGY, tmp_path / "parts", local)


def test_command_writes_parts_and_says_what_it_does_not_go_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(REGION, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    given = ["build", "--data", "data", "--ontology", str(ONTOLOGY), "--parts", "parts"]
    done = CliRunner().invoke(main, given)
    assert (done.exit_code, "graphs, " in done.output) == (0, True)
    stores = [line.partition(": ")[0] for line in done.output.splitlines()[-4:]]
    assert stores == ["Virtuoso", "GraphDB", "QLever", "Neptune"]
    assert {path.suffixes[-1] for path in (tmp_path / "parts").iterdir()} == {".gz"}
    refused = CliRunner().invoke(main, [*given, "--site", "site", "--fresh"])
    assert (refused.exit_code, "leave out --site, --fresh" in refused.output) == (2, True)


def test_without_duckdb_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(OutputError, match=r"pip install 'azetta\[parquet\]'"):
        archive.build(REGION, ONTOLOGY, tmp_path / "parts", local)


def test_source_of_more_claims_than_memory_may_hold_is_refused_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_MOST", 9)
    with pytest.raises(DataError) as refused:
        archive.build(REGION, ONTOLOGY, tmp_path / "parts", local)
    (problem,) = refused.value.problems
    assert (Path(problem.file).name, problem.line) == ("claims.csv", 2)
    assert "has 10 claims, and an archive in parts takes 9 of one source" in str(problem.message)
    assert not (tmp_path / "parts").exists()


def test_slice_is_called_by_its_first_and_last_source() -> None:
    several = [tables.Slice(1, ("a", "b", "c", "d")), tables.Slice(2, ("a", "b")), tables.Slice(3, ("a",))]
    assert [str(each) for each in (*several, tables.Slice(4, ()))] == ["a … d", "a … b", "a", "entities"]

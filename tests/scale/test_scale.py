"""Whoever does the work, and whatever is left of the last build, the bytes are those of a clean build."""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from checkout import ONTOLOGY, ROOT
from click.testing import CliRunner
from pyoxigraph import RdfFormat, serialize

from graph import pipeline
from graph.cli import main
from graph.errors import DataError, OutputError
from graph.knowledge import judging, portions
from graph.scale import cache, sections, spark
from graph.scale.engines import local, processes
from scale import work

REGION = ROOT / "tests" / "regions" / "emerald-valley" / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Tables that a test may change."""
    return Path(shutil.copytree(REGION, tmp_path / "data"))


def edited(data: Path, chance: random.Random) -> None:
    """Change one thing of the tables, as a curator does."""
    path = data / chance.choice(["claims.csv", "claims.csv", "entities.csv", "sources.csv", "mentions.csv"])
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    row = chance.choice(rows)
    if path.name == "claims.csv" and chance.random() < 0.6:
        row[3] = chance.choice(["stated", "ongoing", "planned", "discussed"])
    elif path.name == "entities.csv":
        row[head.index("alt_en")] = f"Other name {chance.randrange(99)}"
    elif path.name == "sources.csv":
        row[head.index("publisher")] = f"Publisher {chance.randrange(99)}"
    elif chance.random() < 0.5:
        rows.remove(row)
    else:
        chance.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])


def triples(data: Path, out: Path | None = None) -> tuple[bytes | None, bytes | None]:
    """All that RDF files hold, quads and triples: made anew, or read from what builds of `out` remember."""
    knowledge = pipeline.load(data, ONTOLOGY)
    if out:
        with cache.of(out, fresh=False) as memo:
            sections.write(knowledge, memo, local)
            return triples_of(knowledge)
    return triples_of(knowledge)


def triples_of(knowledge: pipeline.Knowledge) -> tuple[bytes | None, bytes | None]:
    quads = serialize(knowledge.quads(), format=RdfFormat.N_QUADS)
    return quads, serialize(knowledge.triples(), format=RdfFormat.N_TRIPLES)


@pytest.mark.long
def test_after_ten_random_edits_the_triples_are_those_of_a_clean_build(data: Path, tmp_path: Path) -> None:
    chance = random.Random(23)
    for _ in range(10):
        before = {path: path.read_bytes() for path in data.glob("*.csv")}
        edited(data, chance)
        try:
            anew = triples(data)
        except DataError:
            for path, content in before.items():
                path.write_bytes(content)
            continue
        assert triples(data, tmp_path / "dist") == anew


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def built(data: Path, out: Path, **how: object) -> tuple[dict[str, bytes], pipeline.Summary] | list[str]:
    """Every file of a build, the manifest among them; or what is wrong."""
    try:
        summary = pipeline.build(data, ONTOLOGY, out, **how)
    except DataError as error:
        return list(map(str, error.problems))
    return files(out), summary


@pytest.mark.slow
def test_after_a_hundred_random_edits_every_file_is_that_of_a_clean_build(data: Path, tmp_path: Path) -> None:
    chance = random.Random(100)
    for _ in range(100):
        before = {path: path.read_bytes() for path in data.glob("*.csv")}
        edited(data, chance)
        clean, again = built(data, tmp_path / "clean", anew=True), built(data, tmp_path / "dist")
        if isinstance(clean, list):
            assert again == clean
            for path, content in before.items():
                path.write_bytes(content)
        else:
            assert again[0] == clean[0]


@pytest.mark.long
def test_every_file_is_the_same_of_any_engine_again_and_with_a_damaged_cache(data: Path, tmp_path: Path) -> None:
    clean, summary = built(data, tmp_path / "clean")
    assert summary.written == (2, 2)
    for each in (local, processes):
        assert built(data, tmp_path / each.__name__, engine=each)[0] == clean
    kept = sorted((tmp_path / ".local.cache").iterdir())
    kept[0].write_bytes(kept[0].read_bytes()[:-1])
    kept[1].unlink()
    again, summary = built(data, tmp_path / "local")
    assert again == clean
    text = (data / "claims.csv").read_text(encoding="utf-8")
    (data / "claims.csv").write_text(text.replace("population,41250", "population,41251"), encoding="utf-8")
    changed, summary = built(data, tmp_path / "local")
    assert changed["emerald-valley.nq"] != clean["emerald-valley.nq"]
    assert summary.lines[-1] == "1 of 2 sources were written anew, the others are as they were"
    assert built(data, tmp_path / "local", anew=True)[1].written == (2, 2)


@pytest.mark.processes
def test_processes_give_results_in_the_order_of_the_tasks_and_survive_a_killed_worker(tmp_path: Path) -> None:
    tasks = [(str(tmp_path / "mark"), number) for number in range(12)]
    assert list(processes(work.squared_once_killed, tasks, 2)) == [number * number for number in range(12)]


@pytest.mark.processes
def test_task_whose_worker_is_killed_twice_is_named() -> None:
    with pytest.raises(OutputError, match=r"^the system ended the process that worked on “the-large-one”, twice"):
        list(processes(work.killed, ["small", "the-large-one"], 2))


@pytest.fixture
def in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each source be judged by itself, as it is in a large dataset."""
    monkeypatch.setattr(judging, "SMALL", 0)
    monkeypatch.setattr(portions, "_CLAIMS", 1)


@pytest.mark.processes
@pytest.mark.usefixtures("in_portions")
def test_what_is_wrong_in_one_source_is_told_at_its_line_and_the_old_output_stands(data: Path, tmp_path: Path) -> None:
    whole, _ = built(data, tmp_path / "dist")
    claims = data / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("al-marsa,wgs:lat,30.50", "al-marsa,wgs:lat,90.50"), encoding="utf-8")
    (problem,) = built(data, tmp_path / "dist", engine=processes)
    assert problem.startswith(f"{claims}:14: a latitude is a number from -90 to 90")
    assert files(tmp_path / "dist") == whole
    assert {path.name for path in tmp_path.iterdir()} == {".dist.cache", ".dist.made", "data", "dist"}


@pytest.mark.processes
@pytest.mark.usefixtures("in_portions")
def test_source_whose_judge_is_killed_twice_is_named_and_the_old_output_stands(data: Path, tmp_path: Path) -> None:
    whole, _ = built(data, tmp_path / "dist")
    message = r"^the system ended the process that worked on “gazetteer”, twice"
    with pytest.raises(OutputError, match=message):
        built(data, tmp_path / "dist", engine=lambda do, tasks: processes(partial(work.killed_at_a_portion, do), tasks))
    assert files(tmp_path / "dist") == whole


@pytest.mark.processes
def test_small_build_imports_no_engine_but_its_own(data: Path, tmp_path: Path) -> None:
    code = f"""
import sys
from graph.cli import main
try:
    main(["build", "--data", {str(data)!r}, "--out", {str(tmp_path / "dist")!r}])
except SystemExit:
    pass
print(sorted({{"duckdb", "pyspark", "concurrent.futures.process"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.processes
def test_watching_build_builds_again_on_save_and_tells_what_is_wrong_meanwhile(data: Path, tmp_path: Path) -> None:
    def until(true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 120
        while not true():
            assert time.monotonic() < deadline
            assert child.poll() is None
            time.sleep(0.2)

    told, quads, claims = tmp_path / "told", tmp_path / "dist" / "emerald-valley.nq", data / "claims.csv"
    command = [sys.executable, "build.py", "build", "--watch", "--data", str(data), "--out", str(tmp_path / "dist")]
    with told.open("w") as stream:
        child = subprocess.Popen(command, cwd=ROOT, stderr=stream, stdout=subprocess.DEVNULL)
    try:
        until(quads.exists)
        whole = claims.read_text(encoding="utf-8")
        claims.write_text(whole.replace("population,41250", "population,many"), encoding="utf-8")
        until(lambda: 'claims.csv:13: "many" in column object is not' in told.read_text(encoding="utf-8"))
        assert "41250" in quads.read_text(encoding="utf-8")
        claims.write_text(whole.replace("population,41250", "population,41999"), encoding="utf-8")
        until(lambda: "41999" in quads.read_text(encoding="utf-8"))
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == 130
    finally:
        child.kill()
        child.wait()


@pytest.mark.processes
def test_interrupted_build_of_many_processes_says_one_line_and_leaves_nobody(data: Path, tmp_path: Path) -> None:
    """At a terminal the signal comes to all; workers just begun told of it, and what clears up after them, of leaks."""
    command = ["build", "--engine", "processes", "--data", str(data), "--out", str(tmp_path / "dist")]
    catching = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        [sys.executable, "build.py", *command], cwd=ROOT, stderr=subprocess.PIPE, preexec_fn=catching
    ) as child:
        children = Path(f"/proc/{child.pid}/task/{child.pid}/children")
        while child.poll() is None and len(pids := children.read_text("ascii").split()) < 2:
            time.sleep(0.01)
        for pid in [*pids, child.pid]:
            os.kill(int(pid), signal.SIGINT)
        assert (child.communicate(timeout=60)[1], child.returncode) == (b"Interrupted\n", 130)  # all have closed it
    assert {path.name for path in tmp_path.iterdir()} == {".dist.cache", "data"}


def test_without_pyspark_or_java_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(OutputError, match=r"^pyspark is not installed: pip install 'azetta\[scale\]'$"):
        list(spark.run(work.squared, [2]))
    parts = {"pyspark": ("SparkConf", "SparkContext"), "pyspark.errors": ("PySparkException",)}
    for name, given in parts.items():  # as if it were installed
        module = ModuleType(name)
        vars(module).update(dict.fromkeys(given, Exception))
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(OutputError, match=r"^Spark needs Java 17 or later, and there is none here"):
        list(spark.run(work.squared, [2]))


@pytest.mark.slow
def test_spark_that_does_not_answer_is_told_in_a_line() -> None:
    pytest.importorskip("pyspark")
    with pytest.raises(OutputError, match=r"^Spark at spark://127\.0\.0\.1:9 gave up: java\.lang\.\w+: [^\n]+$"):
        list(spark.run(work.squared, [2], "spark://127.0.0.1:9"))


def test_what_is_no_address_of_a_spark_is_refused_in_a_line() -> None:
    told = CliRunner().invoke(main, ["build", "--engine", "spark", "--master", "cluster.example.org:7077"])
    assert told.exit_code == 2
    assert told.stderr.splitlines()[-1].endswith("it begins with local, spark://, yarn, k8s://")


@pytest.mark.slow
def test_spark_gives_the_same_bytes_though_the_worker_of_an_executor_is_killed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))  # where executors find the work of this test
    cluster = partial(spark.run, master="local-cluster[2,1,1024]")
    tasks = [(str(tmp_path / "mark"), number) for number in range(12)]
    assert list(cluster(work.squared_once_killed, tasks)) == [number * number for number in range(12)]
    assert (tmp_path / "mark").exists()
    assert built(data, tmp_path / "spark", engine=cluster)[0] == built(data, tmp_path / "clean")[0]


def test_build_that_has_no_room_is_refused_before_it_begins(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=100_000))
    with pytest.raises(OutputError, match=r"^a build of 18 claims takes about 1 MB, and 0 MB are free in "):
        pipeline.build(data, ONTOLOGY, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()

"""An archive keeps a table in many files, as CSV or Parquet: what is built from them is what one file gives."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pytest
from checkout import ONTOLOGY
from click.testing import CliRunner, Result
from programs import REGION, add

from graph import pipeline
from graph.cli import main
from graph.model.inputs import digests

WHY = ["--reason", "a better name", "--on", "2031-07-01"]


@pytest.fixture
def archive(region: Path) -> Path:
    """The invented region with a file of claims and one of mentions for each source."""
    data = region / "data"
    for name in ("claims", "mentions"):
        table, folder = data / f"{name}.csv", data / name
        head, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
        folder.mkdir()
        for source in ("bulletin", "gazetteer"):
            said = [row for row in rows if f",{source}," in row]
            (folder / f"{source}.csv").write_text("".join([head, *said]), encoding="utf-8")
        table.unlink()
    return data


def parquet(path: Path) -> Path:
    """Keep a file as Parquet, its whole numbers as fractions, which pandas makes of them where some are missing."""
    numbers = '* REPLACE (start::DOUBLE AS start, "end"::DOUBLE AS "end")'
    rows = f"SELECT {numbers} FROM read_csv('{path}', all_varchar = true, nullstr = '')"
    duckdb.sql(f"COPY ({rows}) TO '{path.with_suffix('.parquet')}'")
    path.unlink()
    return path.with_suffix(".parquet")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data", "data"])


def built(data: Path, out: Path) -> dict[str, bytes]:
    """Every file of a build but the manifest, which tells what tables it was made from."""
    pipeline.build(data, ONTOLOGY, out)
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "manifest.json"}


def test_files_of_a_folder_are_built_as_one_table_that_holds_the_same(archive: Path, tmp_path: Path) -> None:
    kept = parquet(archive / "claims" / "gazetteer.csv")
    several = built(archive, tmp_path / "several")
    inputs = json.loads((tmp_path / "several" / "manifest.json").read_bytes())["inputs"]
    kinds = ["claims/bulletin.csv", "claims/gazetteer.parquet", "mentions/bulletin.csv", "mentions/gazetteer.csv"]
    files = [f"data/{name}" for name in kinds]
    assert [name for name in inputs if name.startswith(("data/claims", "data/mentions"))] == files
    assert built(REGION / "data", tmp_path / "one") == several
    before = digests(archive, ONTOLOGY)
    kept.unlink()
    assert digests(archive, ONTOLOGY).items() < before.items()


def test_what_is_wrong_is_told_in_its_file_and_row(archive: Path) -> None:
    claims = archive / "claims"
    path = claims / "gazetteer.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("41250", "many"), encoding="utf-8")
    parquet(path)
    line = (claims / "bulletin.csv").read_text(encoding="utf-8").splitlines()[1]
    add(archive / "mentions" / "gazetteer.csv", "nobody,bulletin,26,38\n")
    (claims / "later.csv").write_text(
        f"{','.join(pipeline.curated.claims.COLUMNS)}\n{line}\n{line.replace('stated', 'sure')}\n", encoding="utf-8"
    )
    (claims / "torn.parquet").write_bytes(b"PAR1")
    (claims / "sheet.xlsx").write_bytes(b"PK")
    told = run("check").stderr.splitlines()
    assert [each.partition(": ")[0] for each in told] == [
        "data/claims/gazetteer.parquet:2",
        "data/claims/later.csv:2",
        "data/claims/later.csv:3",
        "data/claims/sheet.xlsx",
        "data/claims/torn.parquet",
        "data/mentions/gazetteer.csv:2",
    ]
    assert told[1].endswith("the same claim stands already on line 2 (data/claims/bulletin.csv); delete one")
    assert '"many" in column object is not' in told[0]


def test_rows_are_added_to_the_file_beside_the_folder_and_changed_where_they_stand(archive: Path) -> None:
    before = {path.name: path.read_bytes() for path in (archive / "claims").iterdir()}
    done = run("rename", "barmij", "barmij-programme", *WHY)
    assert done.stdout.splitlines() == [
        "data/entities.csv: 1 lines written, 1 taken out",
        "data/claims/bulletin.csv: 5 lines written, 5 taken out",
        "data/mentions/bulletin.csv: 2 lines written, 2 taken out",
        "data/moved.csv: 6 lines written, 0 taken out",
    ]
    assert run("undo").exit_code == 0
    assert {path.name: path.read_bytes() for path in (archive / "claims").iterdir()} == before
    row = ["manara-foundation", "locatedIn", "al-marsa", "--record", "body/9", "--source", "gazetteer"]
    assert run("add", "claim", *row).stdout.startswith("data/claims.csv: manara-foundation,locatedIn,")
    assert run("check").exit_code == 0
    assert run("sheet", "claims").stderr.startswith("data/claims/bulletin.csv: a sheet holds a table of one file")


def test_rows_in_parquet_are_not_rewritten(archive: Path) -> None:
    kept = parquet(archive / "claims" / "bulletin.csv")
    before = kept.read_bytes()
    done = run("rename", "barmij", "barmij-programme", *WHY)
    assert done.exit_code == 1
    assert done.stderr.startswith("data/claims/bulletin.parquet: its rows would change, and a Parquet file is not")
    assert kept.read_bytes() == before
    assert not (archive / "claims.csv").exists()


def test_without_duckdb_one_line_says_what_parquet_needs(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet(archive / "claims" / "bulletin.csv")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    missing = "data/claims/bulletin.parquet: to read Parquet, install what it needs: pip install 'azetta[parquet]'"
    assert missing in run("check").stderr.splitlines()


def test_what_may_hold_rows_and_is_not_read_is_refused_and_a_note_beside_it_is_not(archive: Path) -> None:
    claims = archive / "claims"
    for name in ("READ.CSV", "2030.csv.gz", "2031.tsv", "README.md", "Thumbs.db"):
        (claims / name).write_text("rows", encoding="utf-8")
    (claims / "2032").mkdir()
    told = [line for line in run("check").stderr.splitlines() if "in this folder only .csv and .parquet" in line]
    assert [line.partition(": ")[0] for line in told] == [
        *("data/claims/2030.csv.gz", "data/claims/2031.tsv", "data/claims/2032", "data/claims/READ.CSV"),
    ]


def test_parquet_file_is_read_alone_whatever_its_name_and_folder_are_like(archive: Path) -> None:
    """DuckDB takes a name with `*` or `[…]` for a pattern, and a folder `name=value` for a column."""
    kept = parquet(archive / "claims" / "bulletin.csv")
    before = [claim.id for claim in pipeline.load(archive, ONTOLOGY).facts.claims]
    kept.rename(kept.with_name("bull[e]tin*.parquet"))
    table = archive / "claims" / "bulletin.csv"
    table.write_text(",".join(pipeline.curated.claims.COLUMNS) + "\n", encoding="utf-8")
    parquet(table)
    odd = archive.rename(archive.with_name("region=north"))
    assert [claim.id for claim in pipeline.load(odd, ONTOLOGY).facts.claims] == before


def test_id_that_stands_in_two_files_is_told_with_both(archive: Path) -> None:
    head, row, *_ = (archive / "entities.csv").read_text(encoding="utf-8").splitlines()
    (archive / "entities").mkdir()
    (archive / "entities" / "more.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    told = "data/entities/more.csv:2: the id "
    (line,) = [line for line in run("check").stderr.splitlines() if line.startswith(told)]
    assert line.endswith("stands already on line 2 (data/entities.csv)")

"""LibreOffice opens the workbook and each table, and what it saves builds the same dataset, whatever it speaks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from click.testing import CliRunner

from graph.cli import main
from graph.curation import canonical
from graph.errors import DataError
from graph.facts import curated
from graph.model import ontology

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice: libreoffice-calc"),
]
MODEL = ontology.load(ONTOLOGY)
TABLES = ("sources", "entities", "claims", "mentions", "passages")
AS_TEXT = "CSV:44,34,76,1," + "/".join(f"{column}/2" for column in range(1, 21))
SPEAKS = """\
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale"><value>{}</value></prop></item></oor:items>
"""
#: Language → how it saves a table: another ending, and the filter if it is CSV with semicolons.
SAVED = {"fr-FR": ("csv", ":Text - txt - csv (StarCalc):59,34,76,1"), "ar-MA": ("ods", ""), "en-US": ("xlsx", "")}


def office(folder: Path, language: str, ending: str, *files: Path, opened: str = "") -> Path:
    """Open files and save them; give the folder of what is saved."""
    (folder / "profile" / "user").mkdir(parents=True, exist_ok=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(SPEAKS.format(language), encoding="utf-8")
    call = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    call += [f"--infilter={opened}"] if opened else []
    call += ["--convert-to", ending, "--outdir", str(folder / "saved"), *map(str, files)]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "saved"


@pytest.fixture
def formed(region):
    """The invented region, its tables in their form on disk."""
    for name, content in canonical.changes(region / "data").items():
        (region / "data" / name).write_bytes(content or b"")
    return region


@pytest.mark.parametrize("language", SAVED)
def test_tables_that_it_opens_as_text_and_saves_hold_the_same(formed, tmp_path, language):
    plain, data = curated.load(formed / "data", MODEL), formed / "data"
    ending, how = SAVED[language]
    saved = office(tmp_path, language, ending + how, *(data / f"{name}.csv" for name in TABLES), opened=AS_TEXT)
    for name in TABLES:
        (data / f"{name}.csv").unlink()
        shutil.copy(saved / f"{name}.{ending}", data)
    found = curated.load(data, MODEL)
    assert (found.entities, found.sources, found.claims) == (plain.entities, plain.sources, plain.claims)
    assert (found.mentions, found.passages) == (plain.mentions, plain.passages)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_workbook_that_it_saves_gives_the_tables_byte_for_byte(formed, tmp_path, ending):
    assert CliRunner().invoke(main, ["sheet"]).exit_code == 0
    saved = office(tmp_path, "fr-FR", ending, formed / "emerald-valley.xlsx") / f"emerald-valley.{ending}"
    answer = CliRunner().invoke(main, ["sheet", "--in", str(saved)])
    assert (answer.exit_code, answer.output) == (0, "the tables hold the same already\n")


def test_what_it_turns_when_it_guesses_is_told_with_its_cell(formed, tmp_path):
    """Opened with its box "detect special numbers" ticked."""
    claims = formed / "data" / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(",130-152,", ",1/2/2024,"), encoding="utf-8")
    saved = office(tmp_path, "en-US", "ods", claims, opened="CSV:44,34,76,1,,0,false,true")
    claims.unlink()
    shutil.copy(saved / "claims.ods", claims.parent)
    with pytest.raises(DataError) as caught:
        curated.load(claims.parent, MODEL)
    told = 'data/claims.ods:9: sheet "claims": cell J9: the spreadsheet made the date 2024-01-02 of it; '
    assert str(caught.value) == f"{told}format the column as text and write the cell again"

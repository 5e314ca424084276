"""Data in other languages than ours: checked, built and served in them, the first of the list first."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from programs import run
from translated import told_in

from .conftest import running

#: The languages of a dataset; for what a reader accepts, the language and direction of a page and one of its words.
READERS = {
    "fr": {"": ("fr", "ltr", "Noms"), "ar": ("fr", "ltr", "Noms"), "fr-MA, ar;q=0.5": ("fr", "ltr", "Noms")},
    "ar,zgh": {
        "": ("ar", "rtl", "الأسماء"),
        "zgh": ("zgh", "ltr", "ⵉⵙⵎⴰⵡⵏ"),
        "fr, zgh;q=0.3": ("zgh", "ltr", "ⵉⵙⵎⴰⵡⵏ"),
    },
    "es,fr,ar": {"": ("es", "ltr", "Nombres"), "es-ES": ("es", "ltr", "Nombres"), "ar": ("ar", "rtl", "الأسماء")},
    "de": {"": ("fr", "ltr", "Noms"), "de": ("fr", "ltr", "Noms")},
}
#: What the command line calls the column of centres.
HEADINGS = {"fr": "centre", "ar,zgh": "المركز", "es,fr,ar": "centro", "de": "centre"}


@pytest.fixture(scope="module", params=READERS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented region in some languages, built."""
    folder = tmp_path_factory.mktemp("told") / request.param
    told_in(request.param.split(","), folder / "data")
    done = run(folder, "build")
    assert (done.returncode, done.stdout.partition("\n")[0]) == (0, "2 sources, 13 entities, 18 claims, 14 inferences")
    return folder


def test_check_finds_no_problem(folder: Path) -> None:
    done = run(folder, "check")
    assert done.returncode == 0
    assert done.stdout == "2 sources, 13 entities, 18 claims, 14 inferences: no problem\n"
    assert "warning" not in done.stderr


def test_columns_follow_the_list(folder: Path) -> None:
    languages = folder.name.split(",")
    head = (folder / "dist" / "entities.csv").read_text(encoding="utf-8-sig").split("\n")[0].split(",")
    assert [column for column in head if column.startswith("label_")] == [f"label_{tag}" for tag in languages]
    assert [column for column in head if column.startswith("alt_")] == [f"alt_{tag}" for tag in languages]


def test_a_question_is_answered_in_the_first_language(folder: Path) -> None:
    done = run(folder, "question", "centres", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    named = [row[1] for row in rows]
    assert named[0] == HEADINGS[folder.name]
    assert ("المقهى الرقمي" if folder.name == "ar,zgh" else "Café Numérique") in named


def test_sheet_explains_its_columns(folder: Path) -> None:
    assert run(folder, "sheet").returncode == 0


def test_pages_speak_what_the_reader_accepts(folder: Path) -> None:
    with running(folder / "dist") as served:
        for accepted, (language, direction, names) in READERS[folder.name].items():
            for path in ("/emerald-valley/cafe-numerique", "/query?query=ASK{}", "/emerald-valley/nothing"):
                page = served.fetch(path, accept="text/html", accept_language=accepted)
                assert page.headers["content-language"] == language, (accepted, path)
                assert f'<html lang="{language}" dir="{direction}">' in page.text
                _nothing_in_silence(page.text, language)
            record = served.fetch("/emerald-valley/cafe-numerique", accept="text/html", accept_language=accepted).text
            assert f"<h2>{names}</h2>" in record
            assert re.findall(r'hreflang="(\w+)"', record) == {"de": [], "fr": []}.get(
                folder.name, folder.name.split(",")
            )
        network = served.fetch("/", accept="text/html").text
        assert f'<html lang="{READERS[folder.name][""][0]}"' in network


def _nothing_in_silence(page: str, language: str) -> None:
    """A heading in Arabic letters is in Arabic, or says so."""
    for heading in re.findall(r"<(?:h2|th|button)>(.+?)</(?:h2|th|button)>", page):
        if re.search(r"[\u0600-\u06ff]", heading):
            assert language == "ar" or 'lang="ar" dir="rtl"' in heading

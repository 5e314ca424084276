"""`diff` tells what became of the data between two folders, revisions or builds, in the reader's words."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from graph.cli import main

ALMANAC = "almanac,dcat:Dataset,حولية,Almanach,Almanac,,2031,https://example.org/almanac,,,,,reference,\n"
MORE = "barmij,about,coding,stated,bulletin,26,79,,,,,,\nbarmij,about,young-people,stated,bulletin,26,79,,,,,,\n"
#: What was done to the copy, and how a reader is told: of the fair that was renamed, no claim came or went.
EDITS = {
    "sources.csv": {"gazetteer,dcat": f"{ALMANAC}gazetteer,dcat"},
    "entities.csv": {
        "marsa-tech,Event,مرسى تيك,Marsa Tech,Marsa Tech,": "marsa-fair,Event,مرسى تيك,Marsa Tech,Marsa Tech Fair,",
        "cafe-fab-lab,FabLab": "cafe-fab-lab,Incubator",
        "young-people,": "tizi,City,تيزي,Tizi,Tizi,,,,,,\nyoung-people,",
    },
    "claims.csv": {
        "organises,marsa-tech": "organises,marsa-fair",
        "marsa-tech,bearsNameOf": "marsa-fair,bearsNameOf",
        "barmij,deliveredAt,cafe-numerique,stated,bulletin,110,153,,,,,,\n": MORE,
        "population,41250": "population,42000",
        "al-marsa,wgs:lat": "al-marsa,population,40000,stated,almanac,,,x,,,,,\nal-marsa,wgs:lat",
        "cafe-numerique,planned": "cafe-numerique,stated",
    },
    "moved.csv": {
        "old-fair,marsa-tech": "marsa-tech,marsa-fair,it was renamed,2031-07-01\nold-fair,marsa-fair",
    },
}
TOLD = """\
Sources · added: 1
  Almanac (almanac)
Entities · added: 1
  Tizi (tizi)
Entities · renamed: 1
  Marsa Tech Fair (marsa-fair)
    id: marsa-tech → marsa-fair
    name (label_en): Marsa Tech → Marsa Tech Fair
    it was renamed
Entities · changed: 1
  Café Numérique fab lab (cafe-fab-lab)
    kind: fab lab → incubator
Claims · added: 2
  Al Marsa · population · 40000 (stated · Almanac)
  Barmij · is about · young people (stated · Emerald Valley bulletin)
Claims · removed: 1
  Barmij · delivered at · Café Numérique (stated · Emerald Valley bulletin)
Claims · changed: 3
  Al Marsa · population · 42000 (Gazetteer of invented places)
    value: 41250 → 42000
  Barmij · is about · coding (Emerald Valley bulletin)
    passages: 48-79 → 26-79|48-79
  Café Numérique incubator · part of · Café Numérique (Emerald Valley bulletin)
    status: planned → stated
"""


def diff(*arguments: str):
    return CliRunner().invoke(main, ["diff", *arguments])


@pytest.fixture
def newer(region, edit):
    """The region in `old`, and with changes by hand in `data`."""
    shutil.copytree("data", "old")
    for file, changed in EDITS.items():
        for old, new in changed.items():
            edit(f"data/{file}", old, new)
    return region


def test_all_that_changed_is_told_in_words(newer):
    result = diff("old", "data", "--lang", "en")
    assert (result.exit_code, result.stdout.splitlines(), result.stderr) == (0, TOLD.splitlines(), "")


def test_words_are_those_of_the_dataset_and_arrows_point_as_it_is_read(newer):
    lines = diff("old").stdout.splitlines()
    assert lines[:2] == ["المصادر · إضافات: 1", "  حولية (almanac)"]
    assert "    القيمة: 41250 ← 42000" in lines
    assert "    valeur\u00a0: 41250 → 42000" in diff("old", "--lang", "fr").stdout.splitlines()


def test_exit_code_says_whether_something_differs(newer):
    assert diff("old", "--exit-code").exit_code == 1
    same = diff("data", "--exit-code", "--lang", "en")
    assert (same.exit_code, same.stdout) == (0, "Nothing differs.\n")


def test_tables_and_json_say_the_same(newer):
    rows = list(
        csv.DictReader(io.StringIO(diff("old", "--lang", "en", "--format", "csv").stdout.removeprefix("\ufeff")))
    )
    population = next(row for row in rows if row["field"] == "object")
    assert population == {
        "change": "changed", "kind": "claim", "id": population["id"], "subject": "al-marsa", "property": "population",
        "object": "42000", "source": "gazetteer", "field": "object", "old": "41250", "new": "42000", "reason": "",
        "words": "Al Marsa · population · 42000 (Gazetteer of invented places)",
    }  # fmt: skip
    told = json.loads(diff("old", "--format", "json").stdout)
    assert [(each["kind"], each["change"], each["id"]) for each in told] == list(
        dict.fromkeys((row["kind"], row["change"], row["id"]) for row in rows)
    )
    first, _, heading, *_ = diff("old", "--lang", "en", "--format", "md").stdout.splitlines()
    assert first == "### Sources · added: 1"
    assert heading == "- Almanac (almanac)"


def test_a_withdrawn_claim_no_longer_stands(region, edit):
    shutil.copytree("data", "old")
    claim = json.loads(diff("--data", "data", "--format", "json", "old", "data").stdout)
    assert claim == []
    rows = CliRunner().invoke(main, ["export", "-", "--format", "claims.csv", "--data", "data"]).stdout
    id_ = next(line.split(",")[0] for line in rows.splitlines() if ",deliveredAt," in line)
    with open("data/decisions.csv", "w", encoding="utf-8") as file:
        file.write(f"kind,a,b,source,reason,by,on\nwithdraw,{id_},,,it was an error,Curator,2031-07-01\n")
    assert diff("old", "--lang", "en").stdout == (
        "Claims · changed: 1\n"
        "  Barmij · delivered at · Café Numérique (Emerald Valley bulletin)\n"
        "    status: stated → withdrawn\n"
    )


@pytest.mark.processes
def test_a_build_is_as_good_as_the_tables_that_it_was_made_from(newer, monkeypatch):
    built = CliRunner().invoke(main, ["build", "--data", "old", "--out", "was"])
    assert built.exit_code == 0, built.stderr
    assert diff("was", "old", "--lang", "en", "--exit-code").stdout == "Nothing differs.\n"
    assert diff("was", "data", "--lang", "en").stdout == TOLD
    (newer / "elsewhere").mkdir()
    monkeypatch.chdir(newer / "elsewhere")
    assert diff("../was", "../old").exit_code == 0


@pytest.mark.processes
def test_a_build_tells_as_the_tables_do_when_a_claim_holds_and_what_no_longer_stands(region, edit, emerald):
    held = "presidentOf,emerald-valley-council,stated,gazetteer,,,body/1,,,,"
    edit("data/claims.csv", f"{held},", f"{held}2031-01,2036")
    named = next(each.id for each in emerald.facts.claims if each.property == "deliveredAt")
    decision = f"kind,a,b,source,reason,by,on\nwithdraw,{named},,,it was an error,Curator,2031-07-01\n"
    (region / "data" / "decisions.csv").write_text(decision, encoding="utf-8")
    built = CliRunner().invoke(main, ["build", "--data", "data", "--out", "was"])
    assert built.exit_code == 0, built.stderr
    assert diff("was", "data", "--lang", "en").stdout == "Nothing differs.\n"


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Curator", "-c", "user.email=c@example.org", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def history(newer):
    """A repository whose `v1` is the older state and whose working tables are the newer."""
    shutil.copytree("data", "kept")
    shutil.rmtree("data")
    shutil.move("old", "data")
    git("init", "--quiet")
    git("add", "data")
    git("commit", "--quiet", "-m", "first")
    git("tag", "v1")
    shutil.rmtree("data")
    shutil.move("kept", "data")
    return newer


def test_revisions_of_git_are_versions(history, monkeypatch):
    assert diff("--lang", "en").stdout == TOLD  # with the last commit
    git("commit", "--quiet", "-a", "-m", "second")
    assert diff("--lang", "en").stdout == "Nothing differs.\n"
    assert diff("v1", "HEAD", "--lang", "en").stdout == TOLD
    monkeypatch.chdir("data")
    assert diff("HEAD~1:data", "--lang", "en").stdout == TOLD


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("v9", '"v9" is no folder, and git knows no revision "v9" with a folder "data/"\n'),
        ("v1:tables", '"v1:tables" is no folder, and git knows no revision "v1" with a folder "tables"\n'),
        ("texts", "texts/dataset.toml: no such file: no dataset is there\n"),
    ],
)
def test_what_is_no_version_is_said(history, word, told):
    result = diff(word)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", told)


def test_an_empty_word_is_no_folder(region):
    """As a script gives whose variable is not set."""
    assert diff("").exit_code == 2


def test_without_git_a_folder_is_asked_for(region):
    result = diff("v1")
    assert (result.exit_code, result.stderr) == (1, '"v1" is no folder, and data lies in no git repository\n')


def test_a_table_that_cannot_be_read_is_named(newer, edit):
    edit("old/claims.csv", "barmij,about,coding,stated,bulletin,48,79,,,,,,", "barmij,about")
    assert diff("old").stderr == "old/claims.csv:3: 2 cells where the header has 13 columns\n"

"""`check` tells all that is wrong in one run, warnings at a level of their own, to readers and to other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.curation.findings import FORMATS
from graph.errors import Problem


def check(*arguments: str):
    return CliRunner().invoke(main, ["check", "--data", "data", *arguments])


MISTAKES = [  # file, what stands there, what a curator made of it, what she is told
    (
        "claims.csv",
        "noura-haddad,presidentOf,",
        "noura-haddad,presidentOff,",
        'data/claims.csv:19: unknown property "presidentOff" in column property; did you mean "presidentOf"?',
    ),
    (
        "claims.csv",
        "emerald-valley-council,councilOf,emerald-valley-authority",
        "emerald-valley-council,councilOf,barmij",
        "data/claims.csv:17: the object of councilOf must be of the class Authority; barmij is not",
    ),
    (
        "mentions.csv",
        "barmij,bulletin,48,63",
        "barmij,bulletin,480,63",
        "data/mentions.csv:4: the passage 480 to 63 is empty: end must be greater than start",
    ),
    (
        "sources.csv",
        ",2031-06-01,",
        ",June 2031,",
        'data/sources.csv:2: issued "June 2031" is not a date such as 2024-04-22 or 2024-04-22T23:32:00+01:00',
    ),
    (
        "entities.csv",
        "marsa-tech,Event,",
        "marsa-tech,Evnt,",
        'data/entities.csv:12: unknown class "Evnt" in column class; did you mean "Event"?',
    ),
    (
        "dataset.toml",
        "claims = 15",
        "claims = 99",
        "data/dataset.toml: claims: 18, fewer than the 99 of [minimum]; was something lost?",
    ),
    (
        "dataset.toml",
        "City = 1",
        'City = 1\n\n[colours]\nsea = "blue"',
        'data/dataset.toml: unknown key "colours"',
    ),
    (
        "dataset.toml",
        'version = "1.0.0"',
        'version = "1.0.0"\nfocus = "nowhere"',
        'data/dataset.toml: unknown entity "nowhere" in focus',
    ),
]


@pytest.mark.parametrize("mistakes", [MISTAKES[:3], MISTAKES[1:2], MISTAKES[5:], [MISTAKES[1], *MISTAKES[6:]]])
def test_mistakes_of_several_kinds_are_told_in_one_run(edit, mistakes):
    for file, old, new, _ in mistakes:
        edit(f"data/{file}", old, new)
    result = check()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == sorted(each for *_, each in mistakes)


def test_no_fault_breeds_others(edit):
    """What a line with a fault speaks of is not said to be missing, nor what rests on a source with one."""
    edit("data/sources.csv", ",2031-06-01,", ",June 2031,")
    edit("data/entities.csv", "marsa-tech,Event,", "marsa-tech,Evnt,")
    assert check().stderr.splitlines() == [
        MISTAKES[4][3],
        MISTAKES[3][3],
    ]


def test_of_an_unreadable_table_only_that_is_told(edit, region):
    edit("data/claims.csv", "emerald-valley-council,councilOf,emerald-valley-authority", "a,b,c")
    Path("data/entities.csv").write_text("id;class\n", encoding="utf-8")
    told = check().stderr.splitlines()
    assert 'data/entities.csv:1: missing column "label_ar"' in told
    assert [line for line in told if not line.startswith("data/entities.csv")] == [
        'data/claims.csv:17: unknown property "b" in column property',
    ]


DOUBT = 'data/entities.csv:7: warning: "marsa-port" and "al-marsa" on line 6 are of one class and both called '


@pytest.fixture
def doubtful(edit):
    """A region in which something may be wrong: two cities of one name, in different places."""
    edit("data/entities.csv", "barmij,Programme,", "marsa-port,City,المرسى,El Marsa,Al Marsa,,,,,,\nbarmij,Programme,")
    edit(
        "data/claims.csv",
        "al-marsa,population,41250,",
        "marsa-port,population,12,stated,gazetteer,,,place/9,,,,,\nal-marsa,population,41250,",
    )


def test_warning_is_a_problem_where_that_is_asked_for(doubtful):
    result = check()
    assert (result.exit_code, result.stderr.splitlines()[0][: len(DOUBT)]) == (0, DOUBT)
    assert result.stdout.endswith("no problem, 1 warning\n")
    result = check("--strict")
    assert (result.exit_code, result.stdout) == (1, "")
    assert DOUBT.replace("warning: ", "") in result.stderr


def test_json_lists_what_was_found(doubtful, edit):
    edit("data/mentions.csv", "barmij,bulletin,48,63", "barmij,bulletin,480,63")
    result = check("--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    found = json.loads(result.stdout)
    assert [(each["file"], each["line"], each["level"]) for each in found if each["level"] != "note"] == [
        ("data/mentions.csv", 4, "error"),
    ]
    assert found[-1]["message"] == "the passage 480 to 63 is empty: end must be greater than start"


def test_sarif_has_what_its_standard_requires(doubtful):
    document = json.loads(check("--format", "sarif").stdout)
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    run = document["runs"][0]
    assert run["tool"]["driver"]["name"] == "azetta"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["note", "warning"]
    assert {each["ruleId"] for each in run["results"]} == set(rules)
    warning = next(each for each in run["results"] if each["level"] == "warning")
    assert warning["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "data/entities.csv"}, "region": {"startLine": 7}}}
    ]
    assert warning["message"]["text"].startswith('"marsa-port" and "al-marsa"')


def test_annotations_are_escaped_as_github_says(edit):
    edit("data/entities.csv", "marsa-tech,Event,", "marsa-tech,100%,")
    result = check("--format", "github")
    assert result.exit_code == 1
    assert (
        '::error file=data/entities.csv,line=12::unknown class "100%25" in column class' in result.stdout.splitlines()
    )


def test_what_a_file_is_called_and_a_message_of_two_lines_end_no_annotation_early():
    found = [Problem("a,b:c.csv", 2, "50% off,\nnow: ", "note")]
    assert FORMATS["github"](found) == "::notice file=a%2Cb%3Ac.csv,line=2::50%25 off,%0Anow: "


def test_nothing_found_is_nothing_said(region):
    CliRunner().invoke(main, ["format", "--data", "data"])
    assert check("--format", "github").stdout == ""
    assert json.loads(check("--format", "json").stdout) == []

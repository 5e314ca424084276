"""`check` proposes as one thing what is called nearly the same, until a curator says that it is two."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT
from click.testing import CliRunner

from graph.cli import main

ACADEMY = "{},Organization,{},{},{},,,,,,\n"
DECIDED = "kind,a,b,source,reason,by,on\ndistinct,{},{},,each has its own board,Curator,2031-07-01\n"


@pytest.fixture
def check(region, edit):
    """Put an organisation with these names before the foundation's line; give what is noted of it."""

    def checked(id_: str, *labels: str, decision: str = "", record: str = "body/2") -> list[str]:
        edit("data/entities.csv", "manara-foundation,", f"{ACADEMY.format(id_, *labels)}manara-foundation,")
        claims = f"{id_},locatedIn,al-marsa,stated,gazetteer,,,{record},,,,,\n"
        edit("data/claims.csv", "al-marsa,wgs:lat", f"{claims}al-marsa,wgs:lat")
        if decision:
            Path("data/decisions.csv").write_text(decision, encoding="utf-8")
        done = CliRunner().invoke(main, ["check", "--data", "data"])
        assert done.exit_code == 0, done.stderr
        return [line for line in done.stderr.splitlines() if "`merge`" in line]

    return checked


@pytest.mark.parametrize(
    ("labels", "name", "other"),
    [
        (("منارة", "Manara Fondation", "Lighthouse"), "Fondation Manara", "Manara Fondation"),  # another order
        (("منارة", "Fondation Mannara", "Lighthouse"), "Fondation Manara", "Fondation Mannara"),  # a letter more
        (("منارة", "Fondation Menara", "Lighthouse"), "Fondation Manara", "Fondation Menara"),  # another letter
        (("موسسة المنار", "Phare", "Lighthouse"), "مؤسسة المنارة", "موسسة المنار"),  # hamzas are folded, a letter less
    ],
)
def test_names_that_are_nearly_the_same_are_proposed(check, labels, name, other):
    assert check("the-other", *labels) == [
        f'data/entities.csv:9: note: "manara-foundation" is called "{name}", and "the-other" on line 8 "{other}": '
        "if they are one, `merge` them; if they are two, write in decisions.csv why: "
        '"distinct,the-other,manara-foundation"'
    ]


@pytest.mark.parametrize("labels", [("منارة", "Fondation Marina", "Lighthouse"), ("منارة", "Manara", "Foundation")])
def test_names_that_are_others_are_not(check, labels):
    assert check("the-other", *labels) == []


def test_who_decided_that_they_are_two_is_not_asked_again(check):
    decided = DECIDED.format("manara-foundation", "the-other")
    assert check("the-other", "منارة", "Fondation Menara", "Lighthouse", decision=decided) == []


def test_two_records_of_one_dataset_are_two_things(check, edit):
    line = "manara-foundation,locatedIn,al-marsa,stated,gazetteer,,,body/3,,,,,\n"
    edit("data/claims.csv", "al-marsa,wgs:long", f"{line}al-marsa,wgs:long")
    assert check("the-other", "منارة", "Fondation Menara", "Lighthouse") == []


def test_other_digits_are_another_thing(check):
    assert check("the-other", "منارة", "Fondation Manara2", "Lighthouse") == []


@pytest.mark.processes
def test_the_same_is_told_whatever_the_hash_seed(check, region):
    check("the-other", "منارة", "Manara Fondation", "Lighthouse")
    told = {
        subprocess.run(
            [sys.executable, str(ROOT / "build.py"), "check", "--format", "json"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=region,
            capture_output=True,
            check=True,
        ).stdout
        for seed in "0237"
    }
    assert len(told) == 1

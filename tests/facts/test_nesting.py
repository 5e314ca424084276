"""A name inside a longer one is a mention only where its text does not name the entity by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.facts.named import check_nesting
from graph.facts.rows import CuratedFile
from graph.model.records import Mention

LONGER, WITHIN = Mention("tizi-tech", "first", 10, 30, 2), Mention("tizi", "first", 25, 30, 3)


@pytest.mark.parametrize(
    ("source", "lines"),
    [("first", [3]), ("second", [])],
    ids=["the same text names it by itself", "another text does"],
)
def test_a_text_is_judged_by_itself(source, lines):
    file = CuratedFile(Path("mentions.csv"))
    check_nesting(file, [LONGER, WITHIN, Mention("tizi", source, 40, 45, 4)])
    assert [problem.line for problem in file.problems] == lines

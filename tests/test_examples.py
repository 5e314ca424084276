"""The examples of the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest
from checkout import DATA

import graph

NAMES = ["graph", *(module.name for module in pkgutil.walk_packages(graph.__path__, "graph."))]
EXAMPLES = [
    test for name in NAMES for test in doctest.DocTestFinder().find(importlib.import_module(name)) if test.examples
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda test: test.name)
def test_example_of(example: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `data` is that of the checkout, and no build is."""
    (tmp_path / "data").symlink_to(DATA)
    monkeypatch.chdir(tmp_path)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0

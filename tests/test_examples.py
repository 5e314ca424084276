"""The examples of the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import graph

NAMES = ["graph", *(module.name for module in pkgutil.walk_packages(graph.__path__, "graph."))]
EXAMPLES = [
    test for name in NAMES for test in doctest.DocTestFinder().find(importlib.import_module(name)) if test.examples
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda test: test.name)
def test_example_of(example: doctest.DocTest) -> None:
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0

"""A run of the command on the invented region, and what its tables hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.additions import TABLES
from graph.cli import main


@pytest.fixture
def run(region):
    def invoke(*arguments: str):
        return CliRunner().invoke(main, [*arguments, "--data", "data"])

    return invoke


@pytest.fixture
def held(region):
    """What lines each table holds; `held.before` are those at first."""

    def lines() -> dict[str, list[bytes]]:
        return {name: Path("data", name).read_bytes().splitlines(keepends=True) for name in TABLES}

    lines.before = lines()
    return lines

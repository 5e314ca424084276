"""A model's service, and the command that asks it about an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.reading import chat
from reading.replay import replaying
from reading.visit import ARTICLE, NEW


@pytest.fixture
def service():
    with replaying() as service:
        yield service


@pytest.fixture
def read(region, service, monkeypatch):
    monkeypatch.setattr(chat, "_wait", lambda told, attempt: float(told or 0))
    Path("article.txt").write_text(ARTICLE, encoding="utf-8", newline="")

    def run(*more: str):
        arguments = ["read", "visit=article.txt", *NEW, "--data", "data", "--model", service.url, "--model-name", "m-1"]
        return CliRunner().invoke(main, [*arguments, *more], env={"AZETTA_MODEL_KEY": "sk-very-secret\n"})

    return run

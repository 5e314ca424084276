"""The site of the invented region, made once by the command, and where it is said to stand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from programs import REGION, run

ADDRESS = "https://example.net/pages/valley/"


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented region's `data`, whose picture is `card.png`, its `dist` and its `site`."""
    folder = tmp_path_factory.mktemp("web") / "region"
    shutil.copytree(REGION, folder)
    about = folder / "data" / "dataset.toml"
    about.write_text('card = "card.png"\n' + about.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "data" / "card.png").write_bytes(b"\x89PNG")
    done = run(folder, "build", "--site", "site", "--base-url", ADDRESS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith(" pages in site/")
    return folder


@pytest.fixture(scope="session")
def site(place: Path) -> Path:
    return place / "site"

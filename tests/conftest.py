"""What many tests share: the invented region, in a folder of its own that a test may spoil."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from programs import IN_THE_VALLEY, LENDS, LIBRARY, ROOT, add, run

from graph.knowledge.knowledge import Knowledge
from graph.pipeline import load

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
REGION = Path(__file__).parent / "regions" / "emerald-valley"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark what needs a browser, and the rooms whose every test starts something."""
    rooms = {"server": "servers", "guard": "processes"}
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if (room := item.path.parent.name) in rooms:
            item.add_marker(rooms[room])


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented region, in which the test also runs: its files are `data/…` and `texts/…`."""
    shutil.copytree(REGION, tmp_path / "region")
    monkeypatch.chdir(tmp_path / "region")
    return tmp_path / "region"


@pytest.fixture
def edit(region: Path) -> Callable[[str, str, str], None]:
    """Replace the one place of a file of the region that holds some text."""

    def change(file: str, old: str, new: str) -> None:
        path = region / file
        text = path.read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_bytes(text.replace(old, new).encode("utf-8", "surrogatepass"))

    return change


@pytest.fixture
def own(region: Path, edit: Callable[[str, str, str], None]) -> Path:
    """The invented region with what the section of CONTRIBUTING.md adds, a library, and a centre that is one too."""
    section = CONTRIBUTING.partition("### A region's own")[2].partition("\n## ")[0]
    blocks = re.findall(r"^([^`#][^\n]*(?:\n[^`\n][^\n]*)*)\n\n```\w+\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    for about, text in blocks:
        file = region / re.findall(r"`(data/[\w/.]+)`", about)[-1]
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    add(region / "data/entities.csv", LIBRARY)
    add(region / "data/claims.csv", LENDS)
    edit("data/entities.csv", "cafe-numerique,TrainingCentre,", "cafe-numerique,TrainingCentre|Library,")
    return region


@pytest.fixture(scope="session")
def emerald() -> Knowledge:
    """The invented region, loaded."""
    return load(REGION / "data", ONTOLOGY)


@pytest.fixture
def mine(region: Path) -> Path:
    """A folder `mine` beside the region's `data`, with a claim more, of which `dist` is a build."""
    shutil.copytree(region / "data", region / "mine")
    add(region / "mine" / "claims.csv", IN_THE_VALLEY)
    done = run(region, "build", "--data", "mine")
    assert done.returncode == 0, done.stderr
    return region

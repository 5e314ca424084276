"""What many tests share: the invented region, in a folder of its own that a test may spoil."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checkout import DATA, ONTOLOGY
from programs import IN_THE_VALLEY, LENDS, LIBRARY, ROOT, add, run

from graph.knowledge.knowledge import Knowledge
from graph.pipeline import load

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
REGION = Path(__file__).parent / "regions" / "emerald-valley"
#: The fixtures that start a build.
BUILT = {"home", "emerald_home", "own_home", "mine_home"}
#: The marks of what the quick run leaves out, and the seconds of a processor that a test of it may take.
OTHER, MOST = {"browser", "servers", "processes", "oracle", "long", "slow"}, 5


def pytest_configure() -> None:
    """Have all programs speak English, whatever the language of who runs the tests."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark what needs a browser or a build made by a process, and the rooms whose every test starts something."""
    rooms = {"assistant": "servers", "server": "servers", "guard": "processes"}
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if BUILT & {*item.fixturenames}:
            item.add_marker("processes")
        if (room := item.path.parent.name) in rooms:
            item.add_marker(rooms[room])
        if OTHER.isdisjoint(mark.name for mark in item.iter_markers()):
            item.add_marker("quick")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Hold the tests of the quick run to what makes it quick, whatever else the machine does."""
    before = sum(os.times()[:4])
    yield
    took = sum(os.times()[:4]) - before
    if took > MOST and item.get_closest_marker("quick"):
        pytest.fail(f"{took:.0f} seconds of a processor: mark it `long`", pytrace=False)


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


def with_own_terms(region: Path) -> None:
    """Give a region what the section of CONTRIBUTING.md adds, a library, and a centre that is one too."""
    section = CONTRIBUTING.partition("### A region's own")[2].partition("\n## ")[0]
    blocks = re.findall(r"^([^`#][^\n]*(?:\n[^`\n][^\n]*)*)\n\n```\w+\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    for about, text in blocks:
        file = region / re.findall(r"`(data/[\w/.]+)`", about)[-1]
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    add(region / "data/entities.csv", LIBRARY)
    add(region / "data/claims.csv", LENDS)
    text = (region / "data/entities.csv").read_text(encoding="utf-8")
    changed = text.replace("cafe-numerique,TrainingCentre,", "cafe-numerique,TrainingCentre|Library,")
    (region / "data/entities.csv").write_text(changed, encoding="utf-8")


@pytest.fixture
def own(region: Path) -> Path:
    """The invented region with terms, a rule, shapes and a question of its own."""
    with_own_terms(region)
    return region


@pytest.fixture(scope="session")
def emerald() -> Knowledge:
    """The invented region, loaded."""
    return load(REGION / "data", ONTOLOGY)


@pytest.fixture(scope="session")
def souss() -> Knowledge:
    """The real data, loaded: for its own promises, and where rare things must meet in one dataset."""
    return load(DATA, ONTOLOGY)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of the real data in `dist`, for tests that leave it as it is."""
    return built_in(tmp_path_factory.mktemp("home"), str(DATA))


@pytest.fixture(scope="session")
def emerald_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the invented region with a build of it in `dist`, for tests that leave it as it is."""
    return built_in(shutil.copytree(REGION, tmp_path_factory.mktemp("home") / "region"))


@pytest.fixture(scope="session")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, of the region with terms of its own."""
    folder = shutil.copytree(REGION, tmp_path_factory.mktemp("home") / "region")
    with_own_terms(folder)
    return built_in(folder)


@pytest.fixture(scope="session")
def mine_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with a folder `mine` beside `data`, with a claim more, of which `dist` is a build."""
    folder = shutil.copytree(REGION, tmp_path_factory.mktemp("home") / "region")
    shutil.copytree(folder / "data", folder / "mine")
    add(folder / "mine" / "claims.csv", IN_THE_VALLEY)
    return built_in(folder, "mine")


def built_in(folder: Path, data: str = "data") -> Path:
    done = run(folder, "build", "--data", data)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def built(region: Path, emerald_home: Path) -> Path:
    """The invented region, in which the test runs, with a build of it in `dist`."""
    return shutil.copytree(emerald_home, region, dirs_exist_ok=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, with its `build.py`, whose `data` are the invented region's."""
    folder = tmp_path / "checkout"
    for path in (ROOT / "ontology", ROOT / "graph", REGION / "data"):
        shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder)
    return folder


@pytest.fixture
def mine(region: Path, mine_home: Path) -> Path:
    """The invented region, in which the test runs, with a folder `mine`, of which `dist` is a build."""
    return shutil.copytree(mine_home, region, dirs_exist_ok=True)


@pytest.fixture
def own_built(region: Path, own_home: Path) -> Path:
    """The invented region with terms of its own, in which the test runs, with a build of it in `dist`."""
    return shutil.copytree(own_home, region, dirs_exist_ok=True)

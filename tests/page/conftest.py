"""A real Chromium without a network, and pages of real data to look at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from graph.knowledge.knowledge import Knowledge
from graph.page import html

TEXTS = Path(__file__).parents[1] / "regions" / "emerald-valley" / "texts"
SVG = "{http://www.w3.org/2000/svg}"
MARK = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)[^>]*><title>([^<]+)<")
DESK = {"width": 1440, "height": 900}
Visit = Callable[..., Page]


@pytest.fixture(scope="package")  # not longer: the loop that it runs would keep other tests from running theirs
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "the tests of the page need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Knowledge], Path]:
    """Write the page of some knowledge to a file of its own."""

    def write(knowledge: Knowledge) -> Path:
        path = tmp_path_factory.mktemp("page") / "index.html"
        with path.open("wb") as file:
            html.write(knowledge, file)
        return path

    return write


@pytest.fixture(scope="session")
def curated(paged: Callable[[Knowledge], Path], souss: Knowledge) -> Path:
    """The page of the real data: for its own promises, and for what no invented one has, a crowd and contradictions."""
    return paged(souss)


@pytest.fixture(scope="session")
def valley(paged: Callable[[Knowledge], Path], emerald: Knowledge) -> Path:
    """The page of the invented region."""
    return paged(emerald)


@pytest.fixture(scope="session")
def quoting(paged: Callable[[Knowledge], Path], emerald: Knowledge) -> Path:
    """The page of the invented region, built with the text of its source."""
    with (TEXTS / "bulletin.txt").open(encoding="utf-8", newline="") as file:
        return paged(replace(emerald, texts={"bulletin": file.read()}))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a page from its file, without a network; at the end nothing may have been asked for or complained of."""
    contexts, asked, complaints = [], [], []

    def open_page(file: Path, hash_: str = "", **options: object) -> Page:
        context = browser.new_context(
            **{"viewport": DESK, "locale": "en-GB", "offline": True, "reduced_motion": "reduce"} | options
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.set_default_timeout(8000)
        tab.goto(f"{file.as_uri()}{hash_}")
        tab.wait_for_selector("body[data-ready]")
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert complaints == []


@pytest.fixture(scope="session")
def violations() -> Callable[..., list[str]]:
    """Say what axe-core finds wrong with what a page shows now: rule, and the element."""
    script = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
    assert script.is_file(), "the tests of the page need axe-core: npm ci --prefix tests/page"
    axe = script.read_text(encoding="utf-8")

    def check(tab: Page, targets: bool = False) -> list[str]:
        if not tab.evaluate("typeof axe === 'object'"):
            tab.evaluate(axe)
        found = tab.evaluate(
            "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
        )["violations"]
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return check


@pytest.fixture(scope="session")
def names_drawn() -> Callable[[Page], set[str]]:
    """Read which things are named in the picture of the view, from the SVG that the page gives away."""
    return lambda tab: written(tab, "name")


@pytest.fixture(scope="session")
def links_drawn() -> Callable[[Page], set[str]]:
    """Read which links are named in that picture."""
    return lambda tab: written(tab, "link")


@pytest.fixture(scope="session")
def things_drawn() -> Callable[[Page], dict[str, tuple[float, float]]]:
    """Read where each thing stands on the canvas, whether or not there is room for its name."""

    def read(tab: Page) -> dict[str, tuple[float, float]]:
        tab.wait_for_timeout(250)
        return {name: (float(x), float(y)) for x, y, name in MARK.findall(taken(tab, "svg").decode())}

    return read


def written(tab: Page, what: str) -> set[str]:
    tab.wait_for_timeout(250)
    root = ElementTree.fromstring(taken(tab, "svg").decode())
    names = [group for group in root.iter(f"{SVG}g") if group.get("class") == what]
    return {" ".join(line.text or "" for line in name.iter(f"{SVG}text")) for name in names}


@pytest.fixture(scope="session")
def take() -> Callable[[Page, str], bytes]:
    """Take something away from the page, as its user does, and give the bytes."""
    return taken


def taken(tab: Page, what: str) -> bytes:
    # by keyboard: what the mouse points at stands out as long as the mouse is there
    if tab.locator("#take").get_attribute("aria-expanded") != "true":
        tab.locator("#take").press("Enter")
    with tab.expect_download() as waiting:
        tab.locator(f"[data-take={what}]").press("Enter")
    tab.locator("#take").press("Enter")
    return Path(waiting.value.path()).read_bytes()

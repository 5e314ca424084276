"""The page beside what plain pyvis writes for the same network: file size, first picture, frames while panning, memory.

    python bench/page.py [CLAIMS ...]

Both are opened in the same Chromium (1440 × 900, no network but what the file holds), one after the other in one run.
The first whole picture is when all that is shown has been drawn: with plain pyvis, when its simulation has found places
and the picture appears; after `TIMEOUT` seconds the wait is given up.
The frame time is the median while the picture is dragged for two seconds, the memory what scripts hold after it.
Where the SPARQL engine is at hand, the size of the page that carries it is told too. Figures hang on what else the
machine does: its load is printed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

import generate
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate
from pyvis.network import Network

from graph.errors import OutputError
from graph.knowledge.knowledge import Knowledge
from graph.page import html
from graph.pipeline import load

SIZES = (40, 2_400, 12_400, 50_000)  # claims: about 70, 1,000, 5,000 and 20,000 nodes
TIMEOUT = 150
FRAMES = """() => new Promise((done) => {
  const times = []; const end = performance.now() + 2000;
  const step = (now) => { times.push(now); now < end ? requestAnimationFrame(step) : done(times); };
  requestAnimationFrame(step);
})"""


def plain(knowledge: Knowledge, path: Path) -> None:
    """Write what a user of pyvis writes: names, links, all of it in the file."""
    shown = knowledge.network
    picture = Network(directed=True, height="860px", cdn_resources="in_line")
    for name, node in shown.nodes(data=True):
        picture.add_node(name, label=node["label"], title=node["kind"], group=node["kind"])
    picture.node_ids = shown  # its own list is searched for both ends of every edge
    for subject, target, name in shown.edges(keys=True):
        picture.add_edge(subject, target, title=name)
    path.write_text(picture.generate_html(), encoding="utf-8")


def with_engine(knowledge: Knowledge, path: Path) -> str:
    """Give the size of the page that carries the engine, as a text."""
    try:
        with path.open("wb") as file:
            html.write_with_engine(knowledge, file)
    except OutputError as error:
        return str(error)
    return f"{path.stat().st_size / 1024:,.0f} KiB"


def first_picture(tab: Page, path: Path, ready: str) -> float | None:
    """Give the seconds until the whole picture stands; None if it does not within `TIMEOUT`."""
    start = time.perf_counter()
    try:
        tab.goto(path.as_uri(), wait_until="commit", timeout=TIMEOUT * 1000)
        tab.wait_for_function(ready, timeout=TIMEOUT * 1000, polling=20)
    except TooLate:
        return None
    return time.perf_counter() - start


def frame(tab: Page, canvas: str) -> float:
    """Give the median milliseconds from frame to frame while the picture is dragged."""
    box = tab.locator(canvas).bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + box["height"] - 120
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate("window.frames_ = (" + FRAMES + ")()")
    end = time.perf_counter() + 1.9
    while time.perf_counter() < end:
        x += 4
        tab.mouse.move(min(x, box["x"] + box["width"] - 30), y)
    times = tab.evaluate("window.frames_")
    tab.mouse.up()
    return median(later - sooner for sooner, later in pairwise(times))


def memory(tab: Page) -> float:
    """Give the MiB that the scripts of a page hold, once what they let go of is collected."""
    session = tab.context.new_cdp_session(tab)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 2**20


def opened(browser: Browser, path: Path, ready: str, canvas: str) -> tuple[str, str, str]:
    """Open one file in a fresh context: its first picture, its frame time and its memory, as texts."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, offline=True, bypass_csp=True
    )  # to look inside
    tab = context.new_page()
    first = first_picture(tab, path, ready)
    pace, held = (f"{frame(tab, canvas):.0f} ms", f"{memory(tab):.0f} MiB") if first is not None else ("-", "-")
    context.close()
    return (f"{first:.2f} s" if first is not None else f"> {TIMEOUT} s", pace, held)


def compare(browser: Browser, claims: int, work: Path) -> None:
    """Print one size, both pages."""
    generate.write(work / "data", claims)
    knowledge = load(work / "data", Path(__file__).parents[1] / "ontology")
    ours, theirs = work / "azetta.html", work / "pyvis.html"
    start = time.perf_counter()
    with ours.open("wb") as file:
        html.write(knowledge, file)
    took = time.perf_counter() - start
    plain(knowledge, theirs)
    shown = knowledge.network
    engine = with_engine(knowledge, work / "sparql.html")
    links, busy = shown.number_of_edges(), os.getloadavg()[0]
    print(f"\n{len(shown):,} nodes, {links:,} links (written in {took:.1f} s; load {busy:.0f})")
    print(f"  with the SPARQL engine {engine}")
    drawn = "typeof network !== 'undefined' && network.body.nodeIndices.length > 0 && "
    settled = drawn + "(!network.physics.physicsEnabled || network.physics.ready)"
    for name, path, ready, canvas in (
        ("azetta", ours, "document.body && document.body.dataset.drawn > 0", "#canvas"),
        ("plain pyvis", theirs, settled, "#mynetwork"),
    ):
        first, pace, held = opened(browser, path, ready, canvas)
        size = f"{path.stat().st_size / 1024:8,.0f} KiB"
        print(f"  {name:12}{size}   first picture {first:>9}   frame {pace:>7}   {held:>8}", flush=True)


def main() -> None:
    """Compare each size."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        for claims in map(int, sys.argv[1:] or SIZES):
            compare(browser, claims, Path(folder) / str(claims))
        browser.close()


if __name__ == "__main__":
    main()

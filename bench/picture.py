"""What the picture shows of the structure that the data has: the layout of now beside the one before it, in one run.

    python bench/picture.py [CLAIMS ...]

Three data sets: the one of the package, what its first article and the reference data say, and invented regions of so
many claims. Of each layout: the silhouette of the communities (Rousseeuw 1987; the mean over Louvain's seeds 0 to 9, on
stated links, with the distances as drawn), and how many pairs of links would cross as straight lines. Of the page, in a
real Chromium of 1440 × 900: the names that are drawn, how many pairs of them overlap, and how many stand nearer to a
stranger's mark than to their own. Only what the page draws counts: of a large network, its overview.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import generate
import networkx as nx
import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from graph.knowledge import part
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.network import asserted_links
from graph.page import html, layout
from graph.pipeline import load

ROOT = Path(__file__).parents[1]
BEFORE = "757343c:graph/page/layout.py"
ONE_ARTICLE = {"albarg-2024-04-22", "hcp-2024", "geonames", "wikidata"}
SIZES = (2_400,)  # claims: about 1,000 things
SEEDS = range(10)
DESK = {"width": 1440, "height": 900}
Places = Mapping[Any, tuple[float, float]]
MARKS = """() => [...document.querySelectorAll('path:has(title)')].map(p => {
  const [x, y, r] = p.getAttribute('transform').match(/-?[\\d.]+/g).map(Number); return [p.textContent, x, y, r]; })"""
NAMES = """() => [...document.querySelectorAll('g.name')].map(g => [...g.querySelectorAll('text')]).map(lines => [
  lines.map(t => t.textContent).join(' '), lines.map(t => {
    const { x, width } = t.getBBox(), y = Number(t.getAttribute('y'));
    const em = Number(t.parentNode.getAttribute('font-size'));
    return [x, y - 0.85 * em, x + width, y + 0.3 * em]; })])"""  # the box of a text would have the room above it too


def silhouette(links: nx.Graph, places: Places) -> float:
    """Give the mean silhouette of the things that share their community with another."""
    names = sorted(set(links) & set(places))
    at = np.array([places[name] for name in names], dtype=float)
    apart = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    plain = links.subgraph(names)
    return float(np.mean([_silhouette(_numbered(plain, names, seed), apart) for seed in SEEDS]))


def _numbered(links: nx.Graph, names: Sequence[str], seed: int) -> Any:
    ordered = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in links.edges()))
    found = nx.community.louvain_communities(ordered, seed=seed)
    number = {name: index for index, members in enumerate(found) for name in members}
    return np.array([number[name] for name in names])


def _silhouette(group: Any, apart: Any) -> float:
    sizes = np.bincount(group)
    sums = np.stack([apart[:, group == each].sum(axis=1) for each in range(len(sizes))], axis=1)
    rows = np.flatnonzero(sizes[group] > 1)
    own = sums[rows, group[rows]] / (sizes[group[rows]] - 1)
    others = sums[rows] / sizes
    others[np.arange(len(rows)), group[rows]] = np.inf
    nearest = others.min(axis=1)
    return float(np.mean((nearest - own) / np.maximum(nearest, own)))


def crossings(links: nx.Graph, places: Places) -> int:
    """Count the pairs of links without a common end that cross as straight lines."""
    edges = sorted(tuple(sorted(edge)) for edge in links.edges() if edge[0] in places and edge[1] in places)
    ends = np.array([[places[a], places[b]] for a, b in edges], dtype=float)
    joint = np.array([[bool({*one} & {*other}) for other in edges] for one in edges])
    a, b = ends[:, 0], ends[:, 1]

    def side(point: Any) -> Any:  # of each line: on which side each point is
        along, to = (b - a)[:, None, :], point[None, :, :] - a[:, None, :]
        return np.sign(along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0])

    astride = side(a) * side(b) < 0
    return int(np.triu(astride & astride.T & ~joint).sum())


def looked_at(tab: Page, browser: Browser) -> tuple[list[Any], tuple[int, int, int]]:
    """Give the marks (name, x, y, radius), how many names are drawn, overlap, and stand nearer to a stranger's mark.

    All is read from the SVG that the page gives away, drawn by the browser itself.
    """
    tab.locator("#take").press("Enter")
    with tab.expect_download() as waiting:
        tab.locator("[data-take=svg]").press("Enter")
    shown = browser.new_page(viewport=DESK)
    shown.set_content(Path(waiting.value.path()).read_text(encoding="utf-8").partition("?>")[2])
    marks, drawn = shown.evaluate(MARKS), shown.evaluate(NAMES)
    shown.close()
    lines = [(index, line) for index, (_, boxes) in enumerate(drawn) for line in boxes]
    over = {(i, j) for i, one in lines for j, two in lines if i < j and _overlap(one, two)}
    return marks, (len(drawn), len(over), sum(_estranged(name, boxes, marks) for name, boxes in drawn))


def _overlap(one: Sequence[float], two: Sequence[float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _estranged(name: str, boxes: Sequence[Sequence[float]], marks: Sequence[Any]) -> bool:
    def gap(x: float, y: float, r: float) -> float:
        far = (np.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3])) for box in boxes)
        return max(0.0, float(min(far)) - r)

    begun = name.removesuffix("…")
    own = min(gap(*at) for title, *at in marks if title.startswith(begun))
    return any(gap(*at) < own - 0.5 for title, *at in marks if not title.startswith(begun))


def layouts() -> dict[str, Any]:
    """Give the layout as it was and as it is."""
    old = ModuleType("before")
    code = subprocess.run(["git", "show", BEFORE], cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    exec(code, old.__dict__)
    return {
        "before": lambda network, boxes, communities, focus: old.positions(network, boxes, focus),
        "now": layout.positions,
    }


def measured(name: str, knowledge: Knowledge, browser: Browser, file: Path) -> None:
    """Print what the page of some knowledge shows with each layout."""
    network = knowledge.network
    print(f"\n{name}: {len(network):,} things, {network.number_of_edges():,} links")
    for when, positions in layouts().items():
        layout.positions = positions
        page = html.render(knowledge)
        file.write_text(page, encoding="utf-8")
        links, marks, readable = drawn(browser, file, network)
        print(
            f"  {when:8}silhouette {silhouette(links, marks):5.2f}   crossings {crossings(links, marks):5,}   names "
            f"{readable[0]:3} of {len(marks)}, {readable[1]} overlapping, {readable[2]} nearer to a stranger",
            flush=True,
        )


def drawn(browser: Browser, file: Path, network: nx.MultiDiGraph) -> tuple[nx.Graph, Places, tuple[int, int, int]]:
    """Open a page: the stated links, where things are on the screen, and how the names of the things do."""
    tab = browser.new_page(viewport=DESK, offline=True, reduced_motion="reduce")
    tab.goto(f"{file.as_uri()}#lang=en")
    tab.wait_for_selector("body[data-drawn]:not([data-drawn='0'])")
    tab.wait_for_timeout(500)
    marks, readable = looked_at(tab, browser)
    tab.close()
    called = {data["label_en"].casefold(): node for node, data in network.nodes(data=True)}
    return asserted_links(network), {called[title.casefold()]: (x, y) for title, x, y, _ in marks}, readable


def main() -> None:
    """Measure each data set."""
    knowledge = load(ROOT / "data", ROOT / "ontology")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
        file = Path(folder) / "index.html"
        measured("the dataset", knowledge, browser, file)
        first = replace(part._part(knowledge, lambda claim: claim.source in ONE_ARTICLE), whole=True)
        measured("with one article", first, browser, file)
        for claims in map(int, sys.argv[1:] or SIZES):
            generate.write(Path(folder) / str(claims), claims)
            measured("invented", load(Path(folder) / str(claims), ROOT / "ontology"), browser, file)
        browser.close()


if __name__ == "__main__":
    main()

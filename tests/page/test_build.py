"""How the page is made: the same bytes, a layout without overlaps, kinds that anybody can tell apart."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from unicodedata import category

import pytest
from checkout import ONTOLOGY

from graph.knowledge.structure import shape
from graph.page import html
from graph.page.data import declared, kind_of
from graph.page.layout import positions

pytestmark = pytest.mark.long

PAGE = Path(html.__file__).parent
GROUNDS = {"light": "#fbf9f4", "dark": "#12171d"}
WRITE = """
import sys
from pathlib import Path
from graph.page import html
from graph import pipeline
html.write(pipeline.load(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout.buffer)
"""


def communities(network):
    found = shape(network, network.edges)
    return dict(zip(found.names, found.measures["community"], strict=True))


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return sum(
        w * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4)
        for w, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_same_bytes_whatever_the_seed_the_clock_and_the_place(region, tmp_path):
    made = {
        subprocess.run(
            [sys.executable, "-c", WRITE, "data", str(ONTOLOGY)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(PAGE.parents[1])},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Africa/Casablanca"), ("99", "Pacific/Auckland"))
    }
    assert len(made) == 1


def test_no_two_nodes_overlap_and_the_focus_is_near_the_middle():
    import networkx as nx

    network = nx.relabel_nodes(nx.barabasi_albert_graph(90, 2, seed=4), str)
    boxes = dict.fromkeys(network, (90.0, 40.0))
    places = positions(network, boxes, communities(network), "50")
    touching = [
        (a, b) for a, b in combinations(places, 2) if all(abs(places[a][i] - places[b][i]) < 22 for i in (0, 1))
    ]
    assert touching == []
    width, height = (max(p[i] for p in places.values()) - min(p[i] for p in places.values()) for i in (0, 1))
    assert abs(places["50"][0]) < width / 3
    assert abs(places["50"][1]) < height / 3


def test_a_large_network_is_laid_out_without_a_collision():
    import networkx as nx

    network = nx.relabel_nodes(nx.barabasi_albert_graph(3000, 2, seed=4), str)
    places = positions(network, dict.fromkeys(network, (90.0, 40.0)), communities(network), None)
    assert len(set(places.values())) == 3000


def test_communities_stand_apart_and_few_links_cross():
    """Three rings of eight, joined by one link each to the next, and two things without a link."""
    import networkx as nx

    rings = [nx.relabel_nodes(nx.cycle_graph(8), lambda n, ring=ring: f"{ring}{n}") for ring in "abc"]
    network = nx.compose_all(rings)
    network.add_edges_from([("a0", "b0"), ("b1", "c0"), ("c1", "a1")])
    network.add_nodes_from(["alone", "lonely"])
    communities = {node: "abc".find(node[0]) if len(node) == 2 else 3 + (node == "lonely") for node in network}
    places = positions(network, dict.fromkeys(network, (90.0, 40.0)), communities, "a0")
    middle = {each: [sum(places[f"{each}{n}"][axis] for n in range(8)) / 8 for axis in (0, 1)] for each in "abc"}
    for each in "abc":
        for n in range(8):
            assert min(middle, key=lambda other: math.dist(middle[other], places[f"{each}{n}"])) == each
    crossed = [
        (one, two)
        for one, two in combinations(sorted(network.edges), 2)
        if not {*one} & {*two} and crossing(*(places[end] for end in (*one, *two)))
    ]
    assert len(crossed) <= 1
    bottom = max(y for node, (_, y) in places.items() if len(node) == 2)
    assert all(places[node][1] > bottom for node in ("alone", "lonely"))


def crossing(a, b, c, d):
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_every_kind_has_its_own_shape_and_enough_contrast():
    kinds = declared()["kind"]
    assert len({kind["shape"] for kind in kinds}) == len(kinds)
    for kind in kinds:
        for colour, ground in zip(kind["colour"], GROUNDS.values(), strict=True):
            assert contrast(colour, ground) >= 3, kind


def test_every_class_that_the_data_uses_has_a_kind(emerald):
    from graph.model.ontology import load

    kinds = declared()["kind"]
    known = load(ONTOLOGY).classes
    assert [kind["class"] for kind in kinds if kind["class"] not in known] == []
    assert kind_of(["Technopark"], emerald, kinds) == [kind["class"] for kind in kinds].index("Centre")


def test_what_it_inlines_can_be_seen_and_says_the_same(valley):
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", valley.read_text(encoding="utf-8"), re.DOTALL)
    seen = [text.replace("\n", "") for text in scripts]
    assert [text for text in seen if any(category(letter).startswith("C") for letter in text)] == []
    names = ["المرسى", "next\u0085line", "two\u2028lines", "\u202eback", "🚀", "</script>", "a\\é", "\ufeff", "\ufffe"]
    written = html.embed(names)
    assert json.loads(written) == names
    assert not [letter for letter in written if category(letter).startswith("C")]
    assert "المرسى" in written, "a letter takes two bytes, not six"
    assert "<" not in written


def test_no_letter_that_is_escaped_follows_a_backslash():
    sources = [path.read_text(encoding="utf-8") for path in (PAGE / "review").iterdir()]
    assert [found for source in sources for found in re.findall(r"\\[^\0-\x7f]", source)] == []


def test_its_files_stay_small():
    assert {
        path.name: lines
        for path in PAGE.iterdir()
        if path.is_file() and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    } == {}


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML =", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
)
def test_no_script_reads_data_as_markup(word):
    assert [path.name for path in PAGE.rglob("*.js") if word in path.read_text(encoding="utf-8")] == []


def test_the_scripts_are_clean(tmp_path):
    biome = Path(__file__).parent / "node_modules" / ".bin" / "biome"
    assert biome.is_file(), "the tests of the page need biome: npm ci --prefix tests/page"
    (tmp_path / "biome.json").write_bytes((Path(__file__).parent / "biome.json").read_bytes())
    rooms = ["js", "review"]
    for room in rooms:
        shutil.copytree(PAGE / room, tmp_path / room)
    done = subprocess.run([biome, "lint", "--error-on-warnings", *rooms], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_of_the_dataset_is_light(curated):
    assert curated.stat().st_size <= 900_000  # bytes

"""The page: the whole knowledge as one HTML file that asks the network for nothing.

pyvis builds the network (its nodes, edges and options, and the vis-network script that it carries); the template, the
style and the scripts beside this file show it. The files are joined here, so nobody needs a build tool.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge import Knowledge

SCRIPTS = (
    "words", "model", "shapes", "state", "search", "facets", "evidence", "record", "paths",
    "labels", "network", "overlay", "pointer", "map", "mapmove", "table", "timeline", "spots", "serialise", "questions",
    "frame", "picture", "print", "main",
)  # fmt: skip
LABEL_WIDTH, LABEL_LINE, LABEL_LETTER = 130, 16, 6.4
DASHES = {"planned": [8, 6], "discussed": [2, 5]}


def write(knowledge: Knowledge, file: BinaryIO) -> None:
    """Write the page; where the knowledge holds texts of sources it quotes them, and then it is not for publication."""
    file.write(render(knowledge).encode("utf-8"))


def render(knowledge: Knowledge) -> str:
    """Give the page's HTML."""
    from graph.network import view
    from graph.page.data import describe

    network = view(knowledge)
    data = describe(knowledge, network)
    picture = _picture(network, data, focus(knowledge, network))
    script, style = joined_script(), _read("style.css") + _read("print.css")
    library = _vis_network()
    picture.templateEnv = _environment()
    picture.path = "template.html"
    picture.templateEnv.globals = {
        "data": data,
        "script": script,
        "library": library,
        "style": style,
        "hashes": {"script": _hash(script), "network": _hash(library), "style": _hash(style)},
        "first": data["info"]["languages"][0],
    }
    return str(picture.generate_html())


def focus(knowledge: Knowledge, network: nx.MultiDiGraph) -> str | None:
    """Say what stands in the middle: what `dataset.toml` names as its focus, else the most connected thing."""
    named = knowledge.info.focus
    if named in network:
        return str(named)
    return max(sorted(network), key=_told(network).degree, default=None)


def joined_script() -> str:
    """Join the script files into the one that the page carries, without their comments and indents."""
    lines = (line.lstrip() for name in SCRIPTS for line in _read(f"{name}.js").splitlines(keepends=True))
    return (
        '"use strict";\n(() => {\n'
        + "".join(line for line in lines if line.strip() and not line.startswith("//"))
        + "})();\n"
    )


def _picture(network: nx.MultiDiGraph, data: dict[str, Any], centre: str | None) -> Any:
    """Build the network with pyvis: numbers for names, as the data has them, and explicit edge ids."""
    from pyvis.network import Network

    from graph.page.layout import positions

    ids = [node["id"] for node in data["nodes"]]
    told = _told(network)
    size = {node: 16 if node == centre else 6 + min(10, 2 * told.degree(node) ** 0.5) for node in ids}
    boxes = {node["id"]: _box(node, size[node["id"]]) for node in data["nodes"]}
    places = positions(told, boxes, centre)
    data["info"]["focus"] = ids.index(centre) if centre else -1
    picture = Network(directed=True)
    for index, node in enumerate(data["nodes"]):
        x, y = places[ids[index]]
        picture.add_node(
            index,
            label=" ",
            shape="custom",
            color=data["kinds"][node["kind"]]["colour"][0],
            x=x,
            y=y,
            size=round(size[ids[index]], 1),
        )
    picture.node_ids = range(len(ids))  # pyvis looks up both ends of every edge there: in a list that takes minutes
    pairs: dict[tuple[int, int], int] = {}
    for index, edge in enumerate(data["edges"]):
        pair = (min(edge["f"], edge["t"]), max(edge["f"], edge["t"]))
        pairs[pair] = pairs.get(pair, 0) + 1
        picture.add_edge(
            edge["f"], edge["t"], id=index, dashes=DASHES.get(edge["s"], False), smooth=_bend(pairs[pair], edge)
        )
    picture.options = {"physics": {"enabled": False}, "layout": {"randomSeed": 1}, "interaction": {"hover": True}}
    return picture


def _told(network: nx.MultiDiGraph) -> nx.Graph:
    """Keep the links that sources tell: what is inferred from them says nothing new about who is near to whom."""
    import networkx as nx

    told = nx.Graph()
    told.add_nodes_from(sorted(network))
    told.add_edges_from(sorted((a, b) for a, b, data in network.edges(data=True) if a != b and not data["inferred"]))
    return told


def _bend(nth: int, edge: dict[str, Any]) -> Any:
    """Bend the second and later edges between two things, so that each can be seen and touched."""
    if nth == 1:
        return False
    return {
        "enabled": True,
        "type": "curvedCW" if edge["f"] < edge["t"] else "curvedCCW",
        "roundness": round(0.14 * (nth - 1), 2),
    }


def _box(node: dict[str, Any], size: float) -> tuple[float, float]:
    """Estimate the room that a node and its longest name under it need."""
    letters = max((len(name) for name in node["label"].values()), default=0)
    lines = 1 + (letters * LABEL_LETTER > LABEL_WIDTH)
    return min(letters * LABEL_LETTER, LABEL_WIDTH) + size, 2 * size + lines * LABEL_LINE + size / 2


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(str(Path(__file__).parent)), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["embed"] = embed
    environment.filters["parsed"] = json.loads
    return environment


def embed(value: Any) -> Any:
    """Write JSON that HTML cannot mistake for markup and JavaScript cannot mistake for a line's end."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - what could end the script element was just escaped


def _vis_network() -> str:
    folder = Path(str(resources.files("pyvis"))) / "templates" / "lib"
    return (
        next(iter(sorted(folder.glob("vis-9.1*/vis-network.min.js"))))
        .read_text(encoding="utf-8")
        .partition("//# sourceMappingURL")[0]
    )


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

"""The page: the whole knowledge as one HTML file that asks the network for nothing.

pyvis builds the network (its nodes, edges and options, and the vis-network script that it carries); the template, the
style and the scripts beside this file show it. The files are joined here (`graph.page.linker`), so nobody needs a
build tool.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from operator import itemgetter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from graph.knowledge.network import asserted_links
from graph.model.labels import LabelResolver
from graph.model.words import head, order
from graph.page.linker import joined

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.knowledge import Knowledge

SIZES = 5.5, 22
LABEL_WIDTH, LABEL_LINE, LABEL_LETTER = 130, 16, 6.4
STYLES = ("style", "reader", "tours", "lanes", "short", "forced", "print")
_LAPSED = [10, 4, 2, 4]
DASHES = {
    "planned": [8, 6],
    "discussed": [2, 5],
    "ongoing": [16, 3],
    "inferred": [1, 4],
    "upcoming": [8, 6],
    "over": _LAPSED,
    "withdrawn": _LAPSED,
    "outweighed": _LAPSED,
}


def write(knowledge: Knowledge, file: BinaryIO) -> None:
    """Write the page; where the knowledge holds texts of sources it quotes them, and then it is not for publication."""
    file.write(render(knowledge).encode("utf-8"))


def render(knowledge: Knowledge) -> str:
    """Give the page's HTML."""
    from graph.page.data import describe

    network = knowledge.network
    data = describe(knowledge, network)
    names = [dict(knowledge.facts.entities[node["id"]].labels) for node in data["nodes"]]
    picture = _picture(network, data, names, focus(knowledge, network))
    script = ascii_script(joined(Path(__file__).parent / "js", "main.js"))
    style = "".join(read(f"css/{name}.css") for name in STYLES)
    library = ascii_script(vis_network())
    picture.templateEnv = environment(data["info"]["spoken"], knowledge.info.languages)
    picture.path = "template.html"
    picture.templateEnv.globals = {
        "data": data,
        "names": names,
        "script": script,
        "library": library,
        "style": style,
        "hashes": {"script": content_hash(script), "network": content_hash(library), "style": content_hash(style)},
        "heads": {language: head(language) for language in data["interface"]},
    }
    return str(picture.generate_html())


def focus(knowledge: Knowledge, network: nx.MultiDiGraph) -> str | None:
    """Say what stands in the middle: what `dataset.toml` names as its focus, else what most ways lead over."""
    named = knowledge.info.focus
    if named in network:
        return str(named)
    return max(sorted(network), key=lambda node: itemgetter("betweenness", "degree")(network.nodes[node]), default=None)


def _picture(network: nx.MultiDiGraph, data: dict[str, Any], names: list[dict[str, str]], centre: str | None) -> Any:
    """Build the network with pyvis: numbers for names, as the data has them, and explicit edge ids."""
    from graph.page.layout import positions

    ids = [node["id"] for node in data["nodes"]]
    size = _sizes(network)
    boxes = {node: _box(texts.values(), size[node]) for node, texts in zip(ids, names, strict=True)}
    communities = dict(network.nodes(data="community"))
    places = positions(asserted_links(network), boxes, communities, centre)
    data["info"]["focus"] = ids.index(centre) if centre else -1
    picture = _network_of_pyvis()(directed=True)
    for index, name in enumerate(ids):
        x, y = places[name]
        picture.add_node(
            index,
            label=" ",
            shape="custom",
            group=communities[name],
            x=x,
            y=y,
            size=round(size[name], 1),
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


def _sizes(network: nx.MultiDiGraph) -> dict[str, float]:
    """Give the radius of each mark: its area is as the number of its links, down to what can still be made out."""
    degree = dict(network.nodes(data="degree"))
    most = max(degree.values(), default=0) or 1
    return {node: max(SIZES[0], SIZES[1] * (degree[node] / most) ** 0.5) for node in network}


def _network_of_pyvis() -> Any:
    """Give pyvis's network, but not IPython, which it loads for notebooks and which takes a twelfth of a whole build.

    In a notebook IPython is there already, and stays.
    """
    display = ModuleType("IPython.display")
    display.__dict__["IFrame"] = None
    stand_ins = {} if "IPython" in sys.modules else {"IPython": ModuleType("IPython"), display.__name__: display}
    sys.modules.update(stand_ins)
    try:
        from pyvis.network import Network
    finally:
        for name in stand_ins:
            del sys.modules[name]
    return Network


def _bend(nth: int, edge: dict[str, Any]) -> Any:
    """Bend the second and later edges between two things, so that each can be seen and touched."""
    if nth == 1:
        return False
    return {
        "enabled": True,
        "type": "curvedCW" if edge["f"] < edge["t"] else "curvedCCW",
        "roundness": round(0.14 * (nth - 1), 2),
    }


def _box(names: Iterable[str], size: float) -> tuple[float, float]:
    """Estimate the room that a node and its longest name under it need."""
    letters = max((len(name) for name in names), default=0)
    lines = 1 + (letters * LABEL_LETTER > LABEL_WIDTH)
    return min(letters * LABEL_LETTER, LABEL_WIDTH) + size, 2 * size + lines * LABEL_LINE + size / 2


def environment(spoken: str, languages: Sequence[str]) -> Any:
    """Give what renders the templates beside this file, in the language `spoken` of a dataset in `languages`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def named(texts: Mapping[str, str], other: str) -> str:
        """Give a name; one in another language than the page speaks says so."""
        text, language = resolver.chosen(texts) if texts else (other, spoken)
        return text if language == spoken else Markup('<bdi lang="{}">{}</bdi>').format(language, text)

    resolver = LabelResolver(order(languages[0], languages))
    environment = Environment(
        loader=FileSystemLoader(str(Path(__file__).parent)), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["embed"] = embed
    environment.filters["label"] = lambda texts, other: resolver.chosen(texts)[0] if texts else other
    environment.filters["named"] = named
    environment.filters["parsed"] = json.loads
    return environment


def ascii_script(script: str) -> str:
    """Escape what is outside ASCII in a script, where no such character follows a backslash."""
    return re.sub("[^\0-\x7f]", lambda found: json.dumps(found[0])[1:-1], script)


def embed(value: Any) -> Any:
    """Write JSON, in ASCII, that HTML cannot mistake for markup."""
    from markupsafe import Markup

    text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - what could end the script element was just escaped


def vis_network() -> str:
    """Give the script of vis-network that pyvis carries."""
    folder = Path(str(resources.files("pyvis"))) / "templates" / "lib"
    return (
        next(iter(sorted(folder.glob("vis-9.1*/vis-network.min.js"))))
        .read_text(encoding="utf-8")
        .partition("//# sourceMappingURL")[0]
    )


def read(name: str) -> str:
    """Read a file beside this one."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def content_hash(text: str) -> str:
    """Name a script or a style by its SHA-256, as a content security policy does."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

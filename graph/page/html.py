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
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from graph.knowledge import overview
from graph.knowledge.network import asserted_links
from graph.knowledge.schema_org import SchemaOrg
from graph.model.labels import LabelResolver
from graph.model.markup import embed, escaped
from graph.model.preview import metas
from graph.model.words import head, order
from graph.page.linker import joined
from graph.system.memo import remembered

if TYPE_CHECKING:
    import networkx as nx

    from graph.knowledge.knowledge import Knowledge

SIZES = 5.5, 22
LABEL_WIDTH, LABEL_LINE, LABEL_LETTER = 130, 16, 6.4
#: The first module of each variant of the page, by the words that only it says.
_FIRST = {"": "main.js", "query": "sparql/first.js", "overview": "overview/first.js"}
STYLES = ("style", "map", "card", "questions", "reader", "tours", "lanes", "short", "forced", "print")


def write(knowledge: Knowledge, file: BinaryIO) -> None:
    """Write the page; where the knowledge holds texts of sources it quotes them, and then it is not for publication."""
    file.write(render(knowledge).encode("utf-8"))


def write_with_engine(knowledge: Knowledge, file: BinaryIO) -> None:
    """Write the variant of the page that answers SPARQL; OutputError where its engine is not to be had.

    An overview answers nothing: not of all that the dataset says.
    """
    from graph.page.engine import scripts

    file.write(render(knowledge, None if knowledge.large else scripts(knowledge)).encode("utf-8"))


def render(knowledge: Knowledge, engine: Mapping[str, Any] | None = None) -> str:
    """Give the page's HTML; with an `engine`, of the variant that carries it."""
    from graph.page.data import describe
    from graph.page.layout import focus

    told = overview.of(knowledge) if knowledge.large else knowledge
    network, variant = told.network, "query" if engine else "overview" if knowledge.large else ""
    data = describe(told, network, ("page", variant) if variant else ("page",), answered=not knowledge.large)
    if knowledge.large:
        data["info"]["of"] = len(knowledge.facts.entities)
        data["communities"] = overview.communities(knowledge, {node["id"]: i for i, node in enumerate(data["nodes"])})
    asked = embed(data.pop("questions"))
    names = [dict(knowledge.facts.entities[node["id"]].labels) for node in data["nodes"]]
    picture = _picture(network, data, names, focus(told, network))
    scripts = [vis_network(), joined(Path(__file__).parent / "js", _FIRST[variant])]
    styles = (*STYLES, *(["sparql"] if engine else []))
    style, unpack = _bare("".join(read(f"css/{name}.css") for name in styles)), read("unpack.js")
    info, spoken = knowledge.info, data["info"]["spoken"]
    picture.templateEnv = environment(spoken, info.languages)
    picture.path = "template.html"
    picture.templateEnv.globals = {
        "data": data,
        "asked": deflated(asked),
        "names": names,
        "engine": engine,
        "packed": [remembered("deflated", (script,), partial(deflated, script)) for script in scripts],
        "unpack": unpack,
        "style": style,
        "hashes": {"scripts": list(map(content_hash, (unpack, *scripts))), "style": content_hash(style)},
        "canonical": info.place,
        "metas": metas(info, spoken, info.place, info.title.get(spoken, info.name)),
        "described": SchemaOrg(knowledge, spoken).dataset(),
        "heads": {language: head(language) for language in data["interface"]},
    }
    return str(picture.generate_html())


def _picture(network: nx.MultiDiGraph, data: dict[str, Any], names: list[dict[str, str]], centre: str | None) -> Any:
    """Build the network with pyvis: numbers for names, as the data has them, and explicit edge ids."""
    from graph.page.layout import positions

    ids = [node["id"] for node in data["nodes"]]
    size = _sizes(network)
    boxes = {node: _box(texts.values(), size[node]) for node, texts in zip(ids, names, strict=True)}
    communities = dict(network.nodes(data="community"))
    places = positions(asserted_links(network), boxes, communities, centre)
    picture = _network_of_pyvis()(directed=True)
    for index, name in enumerate(ids):
        x, y = places[name]
        picture.node_ids.clear()  # pyvis looks there whether it has a node, and both ends of every edge: in a list
        picture.add_node(
            index,
            label=" ",
            shape="custom",
            group=communities[name],
            x=x,
            y=y,
            size=round(size[name], 1),
        )
    picture.node_ids = range(len(ids))
    pairs: dict[tuple[int, int], int] = {}
    for index, edge in enumerate(data["edges"]):
        pair = (min(edge["f"], edge["t"]), max(edge["f"], edge["t"]))
        pairs[pair] = pairs.get(pair, 0) + 1
        picture.add_edge(edge["f"], edge["t"], id=index, smooth=_bend(pairs[pair], edge))
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
    environment.filters["deflated"] = deflated
    environment.filters["label"] = lambda texts, other: resolver.chosen(texts)[0] if texts else other
    environment.filters["named"] = named
    environment.filters["parsed"] = json.loads
    return environment


def ascii_script(script: str) -> str:
    """Escape what is outside ASCII in a script, where no such character follows a backslash."""
    return escaped("[^\0-\x7f]", script)


def deflated(script: str) -> str:
    """Give a script as the page carries it, which lets it run as its policy names it: compressed (zlib), in base64."""
    return base64.b64encode(zlib.compress(script.encode("utf-8"), 9)).decode("ascii")


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


def _bare(style: str) -> str:
    """Leave out of a style sheet what only its reader needs: notes and indentation."""
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))


def content_hash(text: str) -> str:
    """Name a script or a style by its SHA-256, as a content security policy does."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

"""The SPARQL engine that a page may carry: a package of npm, pinned in `engine.toml` and never fetched by a build.

It is looked for where a released wheel holds it, beside this file, and then in the user's cache, where npm puts it.
"""

from __future__ import annotations

import base64
import io
import lzma
import os
import re
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import OutputError, said
from graph.export import writers
from graph.model.formats import FORMATS
from graph.model.vocabulary import PREFIXES
from graph.page.linker import joined

if TYPE_CHECKING:
    from graph.knowledge.knowledge import Knowledge

_HERE = Path(__file__).parent
# Of the engine's module a plain script is made: browsers start no worker of modules in a page that is a file.
_OF_MODULES = re.compile(r"^export (?=class|function)|^export \{.*\};$|import\.meta", re.MULTILINE)
_GIVEN = "\nglobalThis.engine = { initSync, Store };\n"  # what the worker's own script takes of the engine's module
# No contexts of position, which machine code has little of: it is as small, and `unpack.js` need not know of them.
_FILTERS: list[dict[str, Any]] = [{"id": lzma.FILTER_LZMA1, "preset": 6, "lc": 3, "lp": 0, "pb": 0}]


@cache
def declared() -> dict[str, Any]:
    """Read `engine.toml`: the package, its version and licence, and the SHA-256 of each file that is taken."""
    return tomllib.loads((_HERE / "engine.toml").read_text(encoding="utf-8"))


def files() -> dict[str, bytes]:
    """Give the engine's files by name; OutputError, which says how to have them, if they are not here or not those."""
    pin, fetch = declared(), _command()
    places = [prefix / "node_modules" / pin["package"] for prefix in (_HERE / "carried", _cache())]
    place = next((each for each in places if each.is_dir()), None)
    if place is None:
        missing = f"{pin['package']} {pin['version']}"
        raise OutputError(
            said("the SPARQL engine ({missing}) is not here; to fetch it once: {fetch}", missing=missing, fetch=fetch)
        )
    found = {name: (place / name).read_bytes() if (place / name).is_file() else b"" for name in pin["sha256"]}
    for name, content in found.items():
        if sha256(content).hexdigest() != pin["sha256"][name]:
            file = str(place / name)
            raise OutputError(
                said("{file} is not the engine that is pinned; to fetch that: {fetch}", file=file, fetch=fetch)
            )
    return found


def scripts(knowledge: Knowledge) -> dict[str, Any]:
    """Give what a page needs to answer queries: the parts to unpack when one is first asked, and the known prefixes.

    The parts are the script of a worker, the engine's machine code, and the dataset as its TriG file has it.
    """
    engine, dataset = files(), io.BytesIO()
    writers.write(knowledge, FORMATS["trig"], dataset)
    plain = _OF_MODULES.sub(lambda word: "self" if word[0] == "import.meta" else "", engine["web.js"].decode("utf-8"))
    worker = plain + _GIVEN + joined(_HERE / "js" / "sparql", "worker.js")
    parts = {"worker": worker.encode("utf-8"), "machine": engine["web_bg.wasm"], "dataset": dataset.getvalue()}
    return {"parts": {name: _packed(part) for name, part in parts.items()}, "about": declared(), "prefixes": PREFIXES}


def _packed(content: bytes) -> dict[str, Any]:
    """Compress with LZMA, a third smaller than what browsers unpack themselves; `length` is that of the content."""
    packed = lzma.compress(content, lzma.FORMAT_RAW, filters=_FILTERS)
    return {"text": base64.b64encode(packed).decode("ascii"), "length": len(content)}


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "azetta"


def _command() -> str:
    return f'npm install --prefix "{_cache()}" {declared()["package"]}@{declared()["version"]}'

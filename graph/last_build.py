"""What the last build left, found and opened for those who ask: `query`, `question`, `serve`, `publish` and Python.

Only what a query needs is imported here: the whole cold process of a query takes a few hundredths of a second.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator

from graph.errors import OutputError
from graph.facts.inputs import digests
from graph.store.store import DISK_ABOVE, Embedded, merged, prepared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pyoxigraph import Quad

OUT = "dist"

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_SHARE = os.path.join(_PACKAGE, "share")
ROOT = _SHARE if os.path.isdir(_SHARE) else os.path.dirname(_PACKAGE)
"""The folder of `data` and `ontology`: the checkout, or inside the installed package."""


def open_store(say: Callable[[str], object] | None = None, *, graphs: bool = True) -> Embedded:
    """Open the dataset to ask: what the last build left here or, where `asked` finds none, the curated files.

    Without `graphs` only the union of its graphs may be loaded, which is sooner done.
    Raises DataError if the curated files are wrong, OutputError if what is to be read or replaced is damaged.
    """
    path = asked(say)
    if path is None:
        return Embedded(curated())
    small = os.path.getsize(path) <= DISK_ABOVE
    return merged(path) if small and not graphs else Embedded(prepared(path))


def asked(say: Callable[[str], object] | None = None) -> str | None:
    """Give the path of the N-Quads to ask, built again first if their inputs changed; `say` is told.

    None where no build belongs: outside the checkout none is made unasked, and a folder may be read-only.
    """
    manifest = read()
    reason = _reason(OUT, manifest)
    ours = manifest is not None or os.path.realpath(os.curdir) == os.path.realpath(ROOT)
    if reason and not (ours and os.access(os.curdir, os.W_OK)):
        (say or _warn)(f"{reason}: asking the curated files themselves; nothing is written")
        return None
    return _renewed(OUT, manifest, reason, say or _warn)


def curated() -> Iterator[Quad]:
    """Give the dataset as a build would write it, from the curated files; DataError if they are wrong."""
    from pathlib import Path

    from graph import pipeline
    from graph.knowledge.validate import validate

    data, ontology = Path(ROOT, "data"), Path(ROOT, "ontology")
    knowledge = pipeline.load(data, ontology)
    validate(knowledge, data, ontology)
    return knowledge.quads()


def current(out: str) -> str:
    """Give the path of the N-Quads file in `out`, after building it again if it is missing or older than its inputs."""
    manifest = read(out)
    return _renewed(out, manifest, _reason(out, manifest), _warn)


def _reason(out: str, manifest: dict[str, dict[str, Any]] | None) -> str:
    """Say why `out` is to be built; empty if it need not be."""
    return f"{out}/ holds no dataset yet" if manifest is None else _stale(manifest)


def _renewed(out: str, manifest: dict[str, dict[str, Any]] | None, reason: str, say: Callable[[str], object]) -> str:
    if reason:
        say(f"{reason}: building")
        from pathlib import Path

        from graph import pipeline

        pipeline.build(Path(ROOT, "data"), Path(ROOT, "ontology"), Path(out), say=say)
        manifest = read(out)
    if manifest is None:
        raise OutputError(f"{out}/ holds no dataset, though it was built just now")
    return whole(out, manifest)


def whole(out: str, manifest: dict[str, dict[str, Any]]) -> str:
    """Give the path of the N-Quads file in `out`; OutputError if its size is not the one it was built with.

    To hash it would take longer than many a query.
    """
    name = f"{manifest['name']}.nq"
    path = os.path.join(out, name)
    found, expected = os.path.getsize(path), manifest["files"][name]["bytes"]
    if found != expected and read(out) == manifest:  # and no other build took its place just now
        raise OutputError(f"{path} is damaged: it has {found:,} bytes and was built with {expected:,}; build again")
    return path


def read(out: str = OUT) -> dict[str, dict[str, Any]] | None:
    """Give the manifest of the folder `out`; None where no build left a whole one."""
    try:
        with open(os.path.join(out, "manifest.json"), "rb") as stream:
            manifest = json.loads(stream.read())
        name = f"{manifest['name']}.nq"
        told = isinstance(manifest["files"][name]["bytes"], int) and isinstance(manifest["inputs"], dict)
        return manifest if told and os.path.isfile(os.path.join(out, name)) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stale(manifest: dict[str, dict[str, Any]]) -> str:
    """Say which input changed; empty if none did, or if the dataset was built from other folders than ours."""
    built, now = manifest["inputs"], digests(os.path.join(ROOT, "data"), os.path.join(ROOT, "ontology"))
    changed = sorted(name for name in built.keys() | now.keys() if built.get(name) != now.get(name))
    if not changed or not _ours(manifest):
        return ""
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0]}{more} changed since the last build"


def _ours(manifest: dict[str, dict[str, Any]]) -> bool:
    import tomllib

    try:
        with open(os.path.join(ROOT, "data", "dataset.toml"), "rb") as stream:
            return tomllib.load(stream).get("name") == manifest["name"]
    except (OSError, ValueError):
        return True


def _warn(message: str) -> None:
    print(message, file=sys.stderr)

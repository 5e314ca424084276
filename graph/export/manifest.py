"""The manifest of a build: what went in, what came out, and by which versions; it also marks a folder as ours."""

from __future__ import annotations

import json
import os
from hashlib import file_digest

TYPE_CHECKING = False
if TYPE_CHECKING:  # every query reads a manifest, and would pay for these
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from graph.model.records import Info

NAME = "manifest.json"
_LARGE = "graspologic-native"
#: The libraries whose releases may change the bytes of an output; one of them those of a large network alone.
LIBRARIES = (_LARGE, "jinja2", "networkx", "numpy", "pyoxigraph", "pyvis", "shacl")


def read(folder: str | os.PathLike[str]) -> dict[str, Any] | None:
    """Give the manifest of a folder, or None if it holds none that a build wrote."""
    try:
        with open(os.path.join(folder, NAME), "rb") as stream:
            return parse(stream.read())
    except OSError:
        return None


def parse(text: bytes) -> dict[str, Any] | None:
    """Give a manifest from its bytes, or None if they are none that a build wrote."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    ours = isinstance(found, dict) and "azetta" in found and isinstance(found.get("files"), dict)
    return found if ours else None


def write(
    folder: Path,
    info: Info,
    counts: Mapping[str, int],
    read_files: Mapping[str, str],
    page: str,
    left: Sequence[str] = (),
) -> None:
    """Write the manifest of the files in `folder`; `read_files` are the digests of what was read, taken before.

    `page` names the format of the page, which has variants; `left` are the files that were left out.
    """
    from importlib.metadata import version  # here, since those who only read a manifest are to start fast

    from graph.knowledge.structure import LOUVAIN

    manifest = {
        "name": info.name,
        "version": info.version,
        "azetta": version("azetta"),
        "page": page,
        "counts": dict(counts),
        "versions": {each: version(each) for each in LIBRARIES if each != _LARGE or counts["entities"] > LOUVAIN},
        "inputs": dict(read_files),
        **({"left": list(left)} if left else {}),
        "files": {
            path.relative_to(folder).as_posix(): {"sha256": _digest(path), "bytes": path.stat().st_size}
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()

"""Which curated files a build reads, by their digests: how a later run knows that they changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def digests(data: str | PathLike[str], ontology: str | PathLike[str]) -> dict[str, str]:
    """Give the SHA-256 of every file that a build may read, keyed `data/…` or `ontology/…`, but for hidden ones.

    It imports next to nothing, since each query asks it.
    """
    found = {}
    for kind, top in (("data", os.fspath(data)), ("ontology", os.fspath(ontology))):
        for path in _files(top):
            with open(path, "rb") as stream:
                found[f"{kind}/{os.path.relpath(path, top)}".replace(os.sep, "/")] = sha256(stream.read()).hexdigest()
    return dict(sorted(found.items()))


def _files(top: str) -> Iterator[str]:
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(folder, name) for name in files if not name.startswith("."))

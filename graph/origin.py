"""Which dataset is meant, and what a build was made from: the one place that decides it, for commands and Python alike.

Tables are those that are named, else the `data/` here or in a folder above; only where Azetta is installed and nothing
stands around it are they the ones that came with it, and that is said. A build is the folder that is named, else the
`dist/` beside those tables.

What a build was made from is recorded beside its folder (`.dist.made`), not in its manifest: the files of a build are
for publication, and the same whatever the folders are called, while a copy of a text stands where nobody need know.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256

from graph.errors import DataError, OutputError, Problem, refusal, said
from graph.export import manifest
from graph.model.inputs import TABLES, digests, stamps
from graph.model.words import spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike
    from typing import Any

DATA, OUT = "data", "dist"

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_SHARE = os.path.join(_PACKAGE, "share")
_INSTALLED = os.path.isdir(_SHARE)
ROOT = _SHARE if _INSTALLED else os.path.dirname(_PACKAGE)
"""The folder of `data` and `ontology`: the checkout, or inside the installed package."""


class Origin:
    """What a build is made from: the folders of its tables and its ontology, and the copies of texts by source.

    `stamps` are those of the files that it was made from (`graph.model.inputs`). Neither a dataclass nor a named tuple:
    every query would pay for the making of one.
    """

    __slots__ = ("data", "ontology", "stamps", "texts")

    def __init__(
        self, data: str, ontology: str, texts: Mapping[str, str], stamps: Mapping[str, list[int]] | None = None
    ) -> None:
        self.data, self.ontology, self.texts, self.stamps = data, ontology, texts, stamps or {}

    def digests(self, made: Mapping[str, str]) -> dict[str, str]:
        """Give the digests of its files now; those that have their stamps of then need not be read to be as `made`."""
        now = stamps(self.data, self.ontology)
        known = {key: made[key] for key, each in now.items() if self.stamps.get(key) == each and key in made}
        return digests(self.data, self.ontology, known)


class Build:
    """A build: its folder, its manifest, and what it was made from (None where that is not recorded)."""

    __slots__ = ("manifest", "origin", "out")

    def __init__(self, out: str, manifest: dict[str, Any], origin: Origin | None) -> None:
        self.out, self.manifest, self.origin = out, manifest, origin

    def of(self, data: str) -> bool:
        """Tell whether it is known to be a build of the tables in the folder `data`."""
        return self.origin is not None and same(self.origin.data, data)

    def made_from(self) -> str:
        """Say what it was made from."""
        if self.origin is None:
            return said("it is not recorded what {folder} was made from", folder=f"{self.out}/")
        return said("{folder} was made from {data}", folder=f"{self.out}/", data=f"{self.origin.data}/")

    def replaced(self) -> str:
        """Say that another dataset stands where its tables stood; empty if it is the same one, or cannot be read."""
        now = called(self.origin.data) if self.origin else None
        if self.origin is None or now in {None, self.manifest["name"]}:
            return ""
        folder, data, held = f"{self.out}/", f"{self.origin.data}/", self.manifest["name"]
        return said("{folder} holds {name}, and {data} is now {now}", folder=folder, name=held, data=data, now=str(now))

    def stale(self) -> str:
        """Say which input changed since; empty if none did, or where it is not recorded which they are."""
        if self.origin is None:
            return ""
        try:
            made = self.manifest["inputs"]
            now = self.origin.digests(made)
        except OSError as error:
            return refusal(error)
        changed = sorted(name for name in made.keys() | now.keys() if made.get(name) != now.get(name))
        if not changed:
            return ""
        kind, _, name = changed[0].partition("/")
        folder = self.origin.data if kind == "data" else self.origin.ontology
        file = f"{folder}/{name}".replace(os.sep, "/")
        if len(changed) == 1:
            return said("{file} changed since the last build", file=file)
        return said("{file} and {number} more changed since the last build", file=file, number=len(changed) - 1)

    def whole(self) -> str:
        """Give the path of its N-Quads; OutputError if their size is not the one they were built with.

        To hash them would take longer than many a query.
        """
        name = f"{self.manifest['name']}.nq"
        path = os.path.join(self.out, name)
        size, expected = os.path.getsize(path), self.manifest["files"][name]["bytes"]
        again = build_in(self.out) if size != expected else None
        if again and again.manifest == self.manifest:  # and no other build took its place just now
            damaged = said(
                "{path} is damaged: it has {size} bytes and was built with {expected}; build again",
                path=path,
                size=size,
                expected=expected,
            )
            raise OutputError(damaged)
        return path


def of_tables(data: str) -> Origin:
    """Give what a build of some tables is made from where nothing else is said."""
    return Origin(data, os.path.join(ROOT, "ontology"), {})


def home() -> str | None:
    """Give the folder, here or above, that holds a `data/` with a `dataset.toml`; None if there is none.

    Here any table will do: a dataset that lost its `dataset.toml` is broken, not absent.
    """
    if any(os.path.isfile(os.path.join(DATA, name)) for name in TABLES):
        return os.curdir
    top = os.getcwd()
    while (above := os.path.dirname(top)) != top:
        top = above
        if os.path.isfile(os.path.join(top, DATA, TABLES[0])):
            return os.path.relpath(top)
    return None


def tables(data: str | None, say: Callable[[str], object]) -> str:
    """Give the folder of the tables that are meant: `data`, if named; `say` is told if they are the package's own.

    Raises DataError where there are none.
    """
    if data is not None:
        return os.path.normpath(data)
    if (top := home()) is not None:
        return os.path.normpath(os.path.join(top, DATA))
    if _INSTALLED:
        say(said("no data/ here or in a folder above: the data that came with Azetta are meant"))
        return os.path.join(ROOT, DATA)
    message = said("no such file here or in a folder above; name the folder of the tables with --data")
    raise DataError([Problem(f"{DATA}/{TABLES[0]}", 0, message)])


def bundled(data: str) -> bool:
    """Tell whether these are the tables that came with an installed Azetta: not a curator's own."""
    return _INSTALLED and same(data, os.path.join(ROOT, DATA))


def place(out: str | None = None) -> str:
    """Give the folder of the build that is meant: `out`, or the `dist` beside the tables here or above, or here."""
    return os.path.normpath(os.path.join(home() or os.curdir, OUT) if out is None else out)


def same(one: str, other: str) -> bool:
    """Tell whether two paths lead to one folder."""
    return os.path.realpath(one) == os.path.realpath(other)


def recorded(out: str, digest: str) -> Origin | None:
    """Give what the build in the folder `out` was made from, if it is the one whose manifest has that SHA-256."""
    path = _record(out)
    try:
        told = _read(path)[digest]
        data, ontology = (_found(path, told[name], os.path.join(ROOT, name)) for name in (DATA, "ontology"))
        texts = {source: _found(path, text, "") for source, text in told["texts"].items()}
        return Origin(data, ontology, texts, told.get("stamps"))
    except (KeyError, TypeError, AttributeError):
        return None


def record(origin: Origin, out: str | PathLike[str], fresh: str | PathLike[str]) -> None:
    """Record what the build in the folder `fresh` was made from, before it takes its place in the folder `out`.

    What is told of the one that stands there is kept, so that whichever of them a crash leaves is known.
    """
    path, standing = _record(out), _digest(out)
    own = {"data": os.path.join(ROOT, DATA) if _INSTALLED else "", "ontology": os.path.join(ROOT, "ontology")}
    told: dict[str, Any] = {
        name: None if own[name] and same(folder, own[name]) else _relative(path, folder)
        for name, folder in (("data", origin.data), ("ontology", origin.ontology))
    }
    told["texts"] = {source: _relative(path, text) for source, text in sorted(origin.texts.items())}
    told["stamps"] = dict(origin.stamps)
    kept = {key: value for key, value in _read(path).items() if key == standing} | {_digest(fresh): told}
    new = os.path.join(fresh, "made")  # in there, since what a killed build leaves there is removed
    with open(new, "wb") as stream:
        stream.write(f"{json.dumps(kept, ensure_ascii=False, indent=2)}\n".encode("utf-8", "surrogateescape"))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(new, path)


def build_in(out: str) -> Build | None:
    """Give the build in the folder `out`; None where there is no whole one, OSError where it may not be read."""
    try:
        with open(os.path.join(out, manifest.NAME), "rb") as stream:
            text = stream.read()
        told = manifest.parse(text) or {}
        name = f"{told['name']}.nq"
        sized = isinstance(told["files"][name]["bytes"], int) and isinstance(told["inputs"], dict)
        if not sized or not os.path.isfile(os.path.join(out, name)):
            return None
    except PermissionError:  # it is there for all that is known, and not to be told as absent
        raise
    except (OSError, KeyError, TypeError):
        return None
    return Build(out, told, recorded(out, sha256(text).hexdigest()))


def called(data: str) -> object:
    """Give the name of the dataset in the folder `data`; None where it cannot be read."""
    return _told(data).get("name")


def language_here() -> str:
    """Give the language of the dataset that is meant here, as far as the interface speaks it, without opening it."""
    about = _told(os.path.join(home() or ROOT, DATA))
    titles, tags = about.get("title", {}), about.get("languages", [])
    return spoken({tag: titles.get(tag, "") for tag in tags} if isinstance(titles, dict) else {})[0]


def _told(data: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(os.path.join(data, TABLES[0]), "rb") as stream:
            return tomllib.load(stream)
    except (OSError, ValueError):
        return {}


def _digest(folder: str | PathLike[str]) -> str:
    """Give the SHA-256 of the manifest in a folder, which tells its build from any other; empty if there is none."""
    try:
        with open(os.path.join(folder, manifest.NAME), "rb") as stream:
            return sha256(stream.read()).hexdigest()
    except OSError:
        return ""


def _record(out: str | PathLike[str]) -> str:
    folder, name = os.path.split(os.path.realpath(out))
    return os.path.join(folder, f".{name}.made")


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as stream:
            found = json.loads(stream.read().decode("utf-8", "surrogateescape"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _relative(record: str, path: str) -> str:
    """Write a path as seen from the record, so that both may be moved together."""
    path = os.path.realpath(path)
    try:
        return os.path.relpath(path, os.path.dirname(record)).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return path


def _found(record: str, path: str | None, own: str) -> str:
    """Give a recorded path as seen from here; for None, what is `own` to the package."""
    absolute = own if path is None else os.path.normpath(os.path.join(os.path.dirname(record), path))
    try:
        return min(os.path.relpath(absolute), absolute, key=len)
    except ValueError:  # another drive of Windows
        return absolute

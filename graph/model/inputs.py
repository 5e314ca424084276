"""Which curated files a build reads, by their digests: how a later run knows that they changed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from hashlib import file_digest
from time import time_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

_TICK = 2_000_000_000  # nanoseconds: that of FAT, the longest

#: The files that the format names; any other in their folders is nobody's business.
TABLES = ("dataset.toml", "sources.csv", "entities.csv", "claims.csv")
MENTIONS, PASSAGES, DECISIONS, MOVED = "mentions.csv", "passages.csv", "decisions.csv", "moved.csv"
COASTLINE, TOURS = "outline.json", "tours.toml"
#: What a dataset may have besides its tables.
OPTIONAL = (MENTIONS, PASSAGES, DECISIONS, MOVED, COASTLINE, TOURS)
#: The tables of rows, in the order in which a curator fills them.
ROWS = (*TABLES[1:], MENTIONS, PASSAGES, DECISIONS, MOVED)
#: What a table of rows may be instead of `.csv`: a workbook of its own.
SPREADSHEETS = (".xlsx", ".ods")
#: The tables that an archive may have in a folder too, `claims/`, say, with a file for each source or each year.
PARTED = ("entities.csv", "claims.csv", MENTIONS, PASSAGES)
#: What such a file may be.
PARTS = (".csv", ".parquet")
_TABLE = re.compile(r"(?i)[.](csv|parquet|tsv|xls[xmb]?|ods|numbers)([.](gz|bz2|xz|zip|zst))?$")
#: How the picture that `dataset.toml` may name ends.
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
ONTOLOGY = "ecosystem.ttl"
SHAPES = "shapes.ttl"
#: What a dataset may say of its own, beside the general model: `ontology.ttl`, `shapes.ttl`, rules and questions.
OWN_ONTOLOGY = "ontology.ttl"
_RULES, _QUESTIONS = "rules", "questions"


def standing(data: str | PathLike[str], name: str) -> list[str]:
    """Name the files of the folder `data` that hold a table: `claims.csv`, say, or `claims.xlsx`; CSV first."""
    names = (name, *(os.path.splitext(name)[0] + ending for ending in SPREADSHEETS))
    return [each for each in names if os.path.isfile(os.path.join(data, each))]


def parts(data: str | PathLike[str], name: str) -> list[str]:
    """Name the files of the folder of a table, `claims/2031.csv`, say, sorted: their rows follow those of its file."""
    return [each for each in _inside(data, name) if each.endswith(PARTS)]


def strays(data: str | PathLike[str], name: str) -> list[str]:
    """Name what else in the folder of a table may hold rows, sorted: folders, and tables of kinds not read there."""
    found = [each for each in _inside(data, name) if not each.endswith(PARTS)]
    return [each for each in found if _TABLE.search(each) or os.path.isdir(os.path.join(data, each))]


def _inside(data: str | PathLike[str], name: str) -> list[str]:
    folder = os.path.splitext(name)[0]
    place = os.path.join(data, folder)
    names = sorted(os.listdir(place)) if name in PARTED and os.path.isdir(place) else []
    return [f"{folder}/{each}" for each in names if each[0] not in ".~#"]


def files(data: str | PathLike[str], name: str) -> list[str]:
    """Name the files that hold the rows of a table, in their order; none where the dataset has no such table."""
    return [*standing(data, name)[:1], *parts(data, name)]


def place(data: str | PathLike[str], name: str) -> str:
    """Give the path of the file that holds a table; of its CSV where none does."""
    return os.path.join(data, (standing(data, name) or [name])[0])


def rules(folder: str | PathLike[str]) -> list[str]:
    """Give the paths of the rules of an ontology or a dataset, sorted; what an editor puts beside them is none."""
    return _queries(os.path.join(folder, _RULES))


def questions(data: str | PathLike[str]) -> list[str]:
    """Give the paths of the questions of a dataset, sorted."""
    return _queries(os.path.join(data, _QUESTIONS))


def _queries(folder: str) -> list[str]:
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith(".rq") and name[0] not in ".~#"]


def digests(
    data: str | PathLike[str], ontology: str | PathLike[str], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Give the SHA-256 of every file that a build may read and that is there, keyed `data/…` or `ontology/…`.

    Those that are `known` are not read.
    """
    return {key: (known or {}).get(key) or _digest(path) for key, path in _paths(data, ontology).items()}


def stamps(data: str | PathLike[str], ontology: str | PathLike[str]) -> dict[str, list[int]]:
    """Give the size (bytes) and the times (nanoseconds) of each of these files, which change when it does."""
    found = {}
    for key, path in _paths(data, ontology).items():
        with suppress(FileNotFoundError):  # an editor puts another in its place
            told = os.stat(path)
            found[key] = [told.st_size, told.st_mtime_ns, told.st_ctime_ns]
    return found


def settled(data: str | PathLike[str], ontology: str | PathLike[str]) -> dict[str, list[int]]:
    """Give the stamps but of files that changed just now, for they may again within a tick of their system's clock."""
    now = time_ns()
    return {key: each for key, each in stamps(data, ontology).items() if now - max(each[1:]) > _TICK}


def _paths(data: str | PathLike[str], ontology: str | PathLike[str]) -> dict[str, str]:
    """Give the paths of the files; it imports next to nothing, since each query asks it."""
    tables = (file for table in ROWS for file in (*standing(data, table), *parts(data, table)))
    names = (TABLES[0], COASTLINE, TOURS, OWN_ONTOLOGY, SHAPES, *tables)
    paths = {f"data/{name}": os.path.join(data, name) for name in names}
    paths |= {f"ontology/{name}": os.path.join(ontology, name) for name in (ONTOLOGY, SHAPES)}
    paths |= {f"ontology/{_RULES}/{os.path.basename(path)}": path for path in rules(ontology)}
    paths |= {f"data/{_RULES}/{os.path.basename(path)}": path for path in rules(data)}
    paths |= {f"data/{_QUESTIONS}/{os.path.basename(path)}": path for path in questions(data)}
    return {key: path for key, path in sorted(paths.items()) if os.path.isfile(path)}


def _digest(path: str) -> str:
    with open(path, "rb") as stream:
        return file_digest(stream, "sha256").hexdigest()

"""Reading `outline.json`: the land that the map draws under a dataset's places, where a dataset has one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import DataError, Problem
from graph.paths import shown

NAME = "outline.json"
SHAPE = '"title" (a text) and "land" (a list of rings, each a list of [longitude, latitude] in degrees) are expected'


def load(data: Path) -> Mapping[str, Any]:
    """Give the outline of the folder `data`, or nothing when it has none; DataError when it is not of its shape."""
    path = data / NAME
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as exc:
        raise DataError([Problem(shown(path), 0, "not valid UTF-8")]) from exc
    except json.JSONDecodeError as exc:
        raise DataError([Problem(shown(path), exc.lineno, f"not valid JSON: {exc.msg}")]) from exc
    if not (isinstance(found, dict) and isinstance(found.get("title"), str) and _rings(found.get("land"))):
        raise DataError([Problem(shown(path), 0, SHAPE)])
    return found


def _rings(land: object) -> bool:
    return isinstance(land, list) and all(isinstance(ring, list) and all(map(_point, ring)) for ring in land)


def _point(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(type(value) in (int, float) and abs(value) <= 360 for value in pair)
